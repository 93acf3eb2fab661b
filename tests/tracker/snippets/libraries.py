"""functools, itertools, collections, copy, operator, json and builtins that take functions."""

SNIPPETS = {
    "ChainMap sees changes of its dicts": """
from collections import ChainMap
given, defaults = {"size": 3}, {"size": 1, "depth": 2}
config = ChainMap(given, defaults)
before = config["size"], config["depth"], config.get("rate", 0.5), "depth" in config, "rate" in config
given["depth"] = 7
result = before, config["depth"], config.get("size"), sorted(config.keys())
""",
    "ChainMap without the key": """
from collections import ChainMap
ChainMap({"a": 1}, {})["b"]
""",
    "ChainMap as keywords": """
from collections import ChainMap
result = sorted(dict(**ChainMap({"a": 1}, {"a": 2, "b": 3})).items())
""",
    "partial": """
from functools import partial
def f(a, b=2, *c, **d): return a, b, c, d
p = partial(f, 1, x=3)
q = partial(p, 9, y=4)
result = p(), p(5, 6), q(), q(x=0), p.args, p.keywords, q.func is f
""",
    "partial binds its arguments when it is made": """
from functools import partial
xs = [1]
p = partial(lambda xs, n: xs + [n], xs)
xs.append(2)
xs = [9]
result = p(3)
""",
    "partial overrides keywords": """
from functools import partial
conv = partial(dict, padding="same", strides=1)
result = conv(), conv(strides=2), conv(filters=3)
""",
    "reduce": """
from functools import reduce
result = (
    reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + [b], "ab", []),
    reduce(max, [3, 9, 2]),
)
""",
    "reduce of nothing": """
from functools import reduce
reduce(lambda a, b: a, [])
""",
    "lru_cache computes once": """
from functools import lru_cache
calls = []
@lru_cache(maxsize=None)
def f(n):
    calls.append(n)
    return [n]
f(1).append(2)
result = f(1), f(2), calls
""",
    "cache": """
import functools
calls = []
@functools.cache
def fib(n):
    calls.append(n)
    return n if n < 2 else fib(n - 1) + fib(n - 2)
result = fib(10), len(calls)
""",
    "wraps keeps the name": """
from functools import wraps
def deco(f):
    @wraps(f)
    def inner(*a): return f(*a) + 1
    return inner
@deco
def name(x): return x
result = name(1), name.__name__
""",
    "singledispatch": """
from functools import singledispatch
@singledispatch
def f(x): return "any"
@f.register(int)
def _(x): return "int"
@f.register(list)
def _(x): return "list"
result = f(1), f([]), f("a")
""",
    "cmp_to_key": """
from functools import cmp_to_key
result = sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a))
""",
    "chain": """
from itertools import chain
result = list(chain([1], "ab", (2,))), list(chain.from_iterable([[1, 2], [3]]))
""",
    "product, permutations, combinations": """
from itertools import product, permutations, combinations, combinations_with_replacement
result = (
    list(product("ab", [1, 2])), list(product([0, 1], repeat=2)),
    list(permutations([1, 2, 3], 2))[:3], list(combinations("abc", 2)),
    list(combinations_with_replacement("ab", 2)),
)
""",
    "islice": """
from itertools import islice
it = iter(range(10))
result = list(islice(it, 2)), next(it), list(islice("abcdef", 1, 5, 2)), list(it)[:2]
""",
    "count and cycle": """
from itertools import count, cycle, islice
result = (
    list(islice(count(3, 2), 3)), list(islice(cycle("ab"), 5)), list(zip(count(), "xy")),
    next(count(1)),
)
""",
    "repeat": """
from itertools import repeat
result = list(repeat("a", 3)), list(map(pow, [2, 3], repeat(2))), list(repeat(0, times=2))
""",
    "accumulate": """
from itertools import accumulate
import operator
result = (
    list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], operator.mul)),
    list(accumulate([1, 2], initial=10)), list(accumulate([])),
)
""",
    "takewhile, dropwhile, filterfalse": """
from itertools import takewhile, dropwhile, filterfalse
small = lambda n: n < 3
it = iter([1, 2, 5, 1])
result = (
    list(takewhile(small, it)), list(it), list(dropwhile(small, [1, 5, 2])),
    list(filterfalse(small, [1, 5])),
)
""",
    "groupby": """
from itertools import groupby
result = (
    [(key, list(group)) for key, group in groupby("aabbba")],
    [k for k, _ in groupby([1, 3, 2], key=lambda n: n % 2)],
)
""",
    "zip_longest, starmap, pairwise": """
from itertools import zip_longest, starmap, pairwise
result = (
    list(zip_longest([1, 2], "a", fillvalue="-")), list(starmap(pow, [(2, 3), (3, 2)])),
    list(pairwise([1, 2, 3])),
)
""",
    "tee": """
from itertools import tee
a, b = tee([1, 2, 3])
next(b)
result = list(zip(a, b))
""",
    "compress": """
from itertools import compress
result = list(compress("abc", [1, 0, 1]))
""",
    "deque": """
from collections import deque
d = deque([1, 2, 3])
d.append(4); d.appendleft(0)
popped = d.pop(), d.popleft()
d.extend([7, 8]); d.extendleft([-1, -2])
result = list(d), popped, len(d), d[0], d[-1], 7 in d
""",
    "deque: maxlen and rotate": """
from collections import deque
d = deque([1, 2, 3], maxlen=3)
d.append(4)
d.rotate(1)
result = list(d), d.maxlen
""",
    "a queue of work": """
from collections import deque
queue, seen = deque([1]), []
while queue:
    n = queue.popleft()
    seen.append(n)
    queue.extend(m for m in (2 * n, 2 * n + 1) if m < 8)
result = seen
""",
    "defaultdict": """
from collections import defaultdict
d, n = defaultdict(list), defaultdict(int)
for i, c in enumerate("abca"):
    d[c].append(i)
    n[c] += 1
result = dict(d), dict(n), d.get("z"), "z" in d, len(d), n["q"], len(n)
""",
    "defaultdict with a factory of its own": """
from collections import defaultdict
made = []
def make():
    made.append(1)
    return len(made)
d = defaultdict(make, {"a": 0})
result = d["a"], d["b"], d["c"], d["b"], dict(d)
""",
    "Counter": """
from collections import Counter
c = Counter("abracadabra")
c.update("aa")
result = c["a"], c["z"], c.most_common(2), sum(c.values()), dict(Counter([1, 1, 2])), len(c)
""",
    "Counter: arithmetic": """
from collections import Counter
a, b = Counter(a=3, b=1), Counter(a=1, c=2)
result = dict(a + b), dict(a - b), dict(a & b), sorted(a.elements())
""",
    "OrderedDict": """
from collections import OrderedDict
d = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
d.move_to_end("a")
d.move_to_end("c", last=False)
first = d.popitem(last=False)
result = list(d.items()), first
""",
    "ChainMap": """
from collections import ChainMap
c = ChainMap({"a": 1}, {"a": 2, "b": 3})
result = c["a"], c["b"], sorted(c)
""",
    "operator": """
from operator import itemgetter, attrgetter, add, mul, methodcaller
class P:
    def __init__(self, n): self.n = n
result = (
    sorted([(2, "a"), (1, "b")], key=itemgetter(0)), itemgetter(1, 0)("ab"),
    attrgetter("n")(P(5)), add(1, 2), mul("a", 3), methodcaller("upper")("x"),
)
""",
    "json": """
import json
d = json.loads('{"b": [1, 2.0, null, true], "a": {"x": "y"}}')
result = d, json.dumps({"a": [1, None]}), json.loads("3")
""",
    "map with several iterables": """
result = (
    list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])), list(map(str, range(2))),
    list(map(len, ["a", "bb"])),
)
""",
    "filter": """
result = list(filter(None, [0, 1, "", "a"])), list(filter(lambda n: n % 2, range(5)))
""",
    "enumerate and zip together": """
result = [(i, a, b) for i, (a, b) in enumerate(zip("ab", [3, 4]), 1)]
""",
    "sorted by several keys": """
rows = [("b", 2), ("a", 2), ("c", 1)]
result = (
    sorted(rows, key=lambda r: (-r[1], r[0])), min(rows, key=lambda r: r[1]),
    sorted(rows, key=lambda r: r[1], reverse=True),
)
""",
    "getattr by name and eval of a name": """
class Net:
    width = 4
import math
result = (
    getattr(Net, "width"), getattr(math, "floor")(2.5), eval("Net").width,
    globals()["Net"].width,
)
""",
    "globals bind names": """
for i in range(2):
    globals()["block_%d" % i] = i * 10
result = block_0, block_1
""",
    "locals": """
def f(a):
    b = 2
    return sorted(locals().items())
result = f(1)
""",
    "isinstance of abstract classes": """
from collections.abc import Iterable, Sequence, Mapping, Callable
import numbers
result = (
    isinstance([], Iterable), isinstance({}, Mapping), isinstance("a", Sequence),
    isinstance(3, Iterable), isinstance(len, Callable), isinstance(2.5, numbers.Number),
    isinstance((1,), (list, tuple)),
)
""",
    "copy of dicts": """
import copy
a = {"x": [1], "y": {"z": 1}}
b, c = copy.copy(a), copy.deepcopy(a)
a["x"].append(2)
a["y"]["z"] = 5
a["w"] = 0
result = b, c
""",
    "hash of equal things": """
result = hash(1) == hash(1.0), hash("a") == hash("a"), hash((1, "a")) == hash((1, "a"))
""",
    "literal_eval": """
import ast
result = ast.literal_eval("[1, (2, 3), {'a': None}]")
""",
    "string templates and textwrap": """
from string import Template
result = Template("$a-b").substitute(a=1)
""",
    "round trip of zip": """
pairs = [("a", 1), ("b", 2)]
names, values = zip(*pairs)
result = names, values
""",
    "nested functions over lists of functions": """
def compose(*fs):
    def run(x):
        for f in fs:
            x = f(x)
        return x
    return run
result = compose(lambda x: x + 1, lambda x: x * 10, str)(4)
""",
}

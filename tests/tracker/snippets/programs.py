"""Longer programs, in which several of these things meet."""

SNIPPETS = {
    "cooperative init": """
class Base:
    def __init__(self, **kw):
        self.log = ["base", sorted(kw)]
class A(Base):
    def __init__(self, a=1, **kw):
        super().__init__(**kw)
        self.a = a
class B(Base):
    def __init__(self, b=2, **kw):
        super().__init__(**kw)
        self.b = b
class C(A, B):
    def __init__(self, c=3, **kw):
        super().__init__(**kw)
        self.c = c
x = C(a=10, b=20, z=5)
result = x.a, x.b, x.c, x.log
""",
    "class attr augmented through self": """
class A:
    count = 0
    items = []
    def hit(self):
        self.count += 1
        self.items += [self.count]
a, b = A(), A()
a.hit(); a.hit(); b.hit()
result = a.count, b.count, A.count, A.items
""",
    "property setter of a base through super": """
class A:
    @property
    def n(self): return self._n
    @n.setter
    def n(self, v): self._n = v
class B(A):
    @property
    def n(self): return super().n + 1
    @n.setter
    def n(self, v): A.n.fset(self, v * 2)
b = B()
b.n = 5
result = b.n
""",
    "super in nested function": """
class A:
    def f(self): return "A"
class B(A):
    def f(self):
        def inner():
            return super(B, self).f()
        return [super(B, self).f() for _ in range(1)] + [inner()]
result = B().f()
""",
    "dunder class cell": """
class A:
    def who(self): return __class__.__name__
class B(A): pass
result = B().who()
""",
    "init returns something": """
class A:
    def __init__(self): return 3
A()
""",
    "method in dict": """
class A:
    def __init__(self):
        self.table = {"x": self.x, "y": A.y}
    def x(self): return "x"
    @staticmethod
    def y(): return "y"
a = A()
result = a.table["x"](), a.table["y"](), a.y()
""",
    "bound method equality": """
class A:
    def f(self): pass
a, b = A(), A()
result = a.f == a.f, a.f == b.f, a.f is a.f, A.f is A.f
""",
    "function in instance dict is not bound": """
class A: pass
a = A()
a.f = lambda *args: len(args)
A.g = lambda *args: len(args)
result = a.f(1), a.g(1)
""",
    "partialmethod-like": """
from functools import partial
class A:
    def f(self, n, m): return n * m
    def g(self): return partial(self.f, 3)
result = A().g()(4)
""",
    "class decorator with arguments": """
def tag(name):
    def deco(cls):
        cls.tag = name
        old = cls.run
        def run(self): return name + old(self)
        cls.run = run
        return cls
    return deco
@tag("t-")
class A:
    def run(self): return "run"
result = A().run(), A.tag
""",
    "stacked decorators on methods": """
def add(n):
    def deco(f):
        def g(self, x): return f(self, x) + n
        return g
    return deco
class A:
    @add(1)
    @add(10)
    def f(self, x): return x * 2
    @classmethod
    @add(5)
    def c(cls, x): return x
result = A().f(1), A.c(2)
""",
    "closures over loop in dict comp": """
fs = {i: (lambda: i) for i in range(3)}
gs = {i: (lambda j=i: j) for i in range(3)}
result = [f() for f in fs.values()], [g() for g in gs.values()]
""",
    "nested closure chain with nonlocal": """
def outer():
    x = 0
    def mid():
        nonlocal x
        x += 1
        def inner():
            nonlocal x
            x *= 10
            return x
        return inner
    f = mid()
    return f(), f(), x
result = outer()
""",
    "global in nested function": """
n = 1
def f():
    n = 2
    def g():
        global n
        n = 3
        return n
    return g(), n
result = f(), n
""",
    "default sees class scope": """
class A:
    n = 5
    def f(self, k=n): return k
    n = 6
result = A().f(), A.n
""",
    "conditional function definitions": """
import sys
if len("ab") > 1:
    def f(): return "long"
else:
    def f(): return "short"
result = f()
""",
    "recursion with memo default": """
def fib(n, memo={}):
    if n in memo: return memo[n]
    memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]
result = fib(30), len(fib.__defaults__[0])
""",
    "generator closing in for with break and finally": """
log = []
def gen():
    try:
        for i in range(5): yield i
    finally:
        log.append("closed")
g = gen()
for x in g:
    if x == 2: break
log.append("after")
g.close()
result = log
""",
    "generator expression over generator": """
def gen():
    for i in range(4): yield i
result = sum(x * x for x in gen() if x % 2), list(x + y for x in gen() for y in range(x))
""",
    "yield in try except else": """
def gen():
    for i in range(3):
        try:
            if i == 1: raise KeyError
            yield ("try", i)
        except KeyError:
            yield ("except", i)
        else:
            yield ("else", i)
        finally:
            yield ("finally", i)
result = list(gen())
""",
    "yield from with return values summed": """
def count(n):
    for i in range(n): yield i
    return n * 10
def total():
    a = yield from count(2)
    b = yield from count(1)
    return a + b
def run():
    result = yield from total()
    yield result
result = list(run())
""",
    "generator with while and send of several": """
def machine():
    state = "start"
    while state != "end":
        got = yield state
        state = got or state
    return "done"
m = machine()
log = [next(m), m.send("middle"), m.send(None)]
try:
    m.send("end")
except StopIteration as e:
    log.append(e.value)
result = log
""",
    "tree recursion generators": """
def walk(t):
    if isinstance(t, list):
        for x in t: yield from walk(x)
    else: yield t
result = list(walk([1, [2, [3, []], 4], [[5]]]))
""",
    "contextmanager nested with exceptions": """
from contextlib import contextmanager
log = []
@contextmanager
def step(name):
    log.append("+" + name)
    try: yield
    except ValueError as e:
        log.append("v" + name)
        raise KeyError(name) from e
    else: log.append("=" + name)
    finally: log.append("-" + name)
try:
    with step("a"), step("b"):
        raise ValueError
except KeyError as e:
    log.append(e.args[0])
with step("c"): pass
result = log
""",
    "with return inside loop": """
class M:
    log = []
    def __enter__(self): self.log.append("in")
    def __exit__(self, *a): self.log.append("out")
def f():
    for i in range(3):
        with M():
            if i == 0: continue
            if i == 1: return i
result = f(), M.log
""",
    "exception chaining in loops": """
out = []
for x in ("1", "a", None, "2"):
    try:
        n = int(x)
    except ValueError:
        out.append("value")
    except TypeError:
        out.append("type")
        continue
    else:
        out.append(n)
    finally:
        out.append("|")
result = out
""",
    "try in function with multiple returns": """
def f(x):
    try:
        if x == 0: return "zero"
        return 10 / (x - 1)
    except ZeroDivisionError:
        return "div"
    finally:
        if x == 5: return "five"
result = f(0), f(1), f(3), f(5)
""",
    "custom exception hierarchy": """
class E(Exception): pass
class F(E): pass
class G(E, ValueError): pass
def t(exc):
    try: raise exc
    except F: return "F"
    except ValueError: return "V"
    except E as e: return type(e).__name__
result = t(E()), t(F), t(G("x"))
""",
    "args unpack mix": """
def f(a, b=2, *c, d, e=5, **f): return a, b, c, d, e, f
result = f(1, d=4), f(*[1, 2, 3, 4], d=0, **{"z": 1}), f(*(1,), **dict(d=2, b=7))
""",
    "dict update order": """
d = {"a": 1, "b": 2}
d.update(b=3, c=4)
d.update({"a": 0})
d |= {"e": 5}
result = list(d.items()), {**d, "a": 9}, {"a": 9, **d}
""",
    "nested default dict": """
from collections import defaultdict
tree = lambda: defaultdict(tree)
t = tree()
t["a"]["b"]["c"] = 1
result = list(t), list(t["a"]), t["a"]["b"]["c"], "x" in t["a"]
""",
    "slices assign and delete": """
x = list(range(10))
x[2:5] = []
x[::3] = [0] * len(x[::3])
del x[-2:]
x[len(x):] = [7, 8]
x[1:1] = ["i"]
result = x, x[::-2], x[-1:-4:-1]
""",
    "sort mixed bool and numbers": """
result = (
    sorted([True, 3, 0, 2.5, False]), sorted("bA1a", key=str.lower),
    sorted([(1, 2), (1,), (0, 9)]),
)
""",
    "boolean operators values": """
result = (0 or [] or "x"), (1 and "" and 2), (None or 0), not [], (1 or 1/0), [] and 1/0
""",
    "comparison chains with in": """
a = [1, 2]
result = 1 in a in [a], 1 < 2 in a, not 1 == 2, (1, 2) == (1, 2) != (2, 1)
""",
    "ternaries nested": """
f = lambda n: "neg" if n < 0 else "zero" if n == 0 else "pos"
result = [f(n) for n in (-1, 0, 1)]
""",
    "string building": """
rows = []
for i, name in enumerate(["conv", "bn"], 1):
    rows.append(f"{i:02}:{name:<6}|{name.upper():>5}|{i / 3:.3f}|{i * 1000:,d}|{i:+d}|{i:b}|{-i:e}")
result = rows
""",
    "format specs g and percent": """
result = (
    f"{1234.5678:.3g}", f"{0.00001:g}", f"{1e10:g}", f"{0.123:.1%}", f"{12:#x}", f"{3.0}",
    f"{10**20}", f"{True:d}", f"{'abc':.2}", f"{5:>{3}}",
)
""",
    "split variants": """
result = (
    "a  b c".split(None, 1), "a-b-c".split("-", maxsplit=1), "".split(), "".split(","),
    "abc".partition("x"), "a\\nb\\r\\nc".splitlines(), "x=1;y=2".split(";"),
)
""",
    "str methods 2": """
result = (
    "abc".find("c", -2), "aXbX".rsplit("X"), "Hello".swapcase(), "a.b.c".rpartition("."),
    "%s-%d" % ("a", 3), "{a}-{b[0]}".format(a=1, b=[2]), "ab".join(["1", "2", "3"]),
    "abcabc".replace("b", "", 1), "tEST".capitalize(), "x".isalpha(),
)
""",
    "int conversions": """
result = (
    int("-12"), int("0x1f", 16), int(1e3), int("10", 2), round(-2.5), round(3.14159, 3),
    round(15, -1), float("1_0.5"), bool("False"), bool(""),
)
""",
    "negative zero and division": """
result = (
    -7 // 2 * 2 + -7 % 2, divmod(7.5, -2), -1 % 5, 5 % -3, 2 ** -2, (-8) ** (1/3) == 0,
    1e308 * 10, 7 // 0.5,
)
""",
    "is for small and strings": """
a = "x"
b = None
result = a is a, b is None, b is not None, (a is None), 1 == True, "1" == 1
""",
    "bit twiddling": """
result = (
    5 << 2 | 1, ~0 & 0xF, 0b1010 ^ 0b0110, bin(10), hex(255)[2:], int(bin(5), 2),
    (1).__add__(2),
)
""",
    "list aliasing through function defaults and args": """
def f(x, acc=None):
    acc = acc or []
    acc.append(x)
    return acc
a = f(1)
b = f(2, a)
c = f(3, [])
result = a, b, c, a is b
""",
    "shadowed builtins": """
def f():
    list = [1, 2]
    len = lambda x: 99
    return list, len(list)
sum = lambda xs: "mine"
result = f(), sum([1])
""",
    "del builtin shadow": """
len = lambda x: 5
a = len("")
del len
result = a, len("")
""",
    "loop variable scoping in comprehension and loops": """
i = "before"
a = [i for i in range(2)]
b = {i for i in "x"}
for i in range(3): pass
c = i
result = a, b, c, (lambda: i)()
""",
    "walrus in while": """
it = iter([1, 2, 3, None])
out = []
while (x := next(it)) is not None:
    out.append(x)
result = out, x
""",
    "walrus in nested function": """
def f(xs):
    if (n := len(xs)) > 2: return n
    return [y := 1, y + 1, (z := y)]
result = f([1, 2, 3]), f([])
""",
    "star expr in return and index": """
def f():
    x = [1, 2]
    return 0, *x, 3
d = {(1, 2): "t"}
result = f(), d[1, 2]
""",
    "unpack nested with dict items": """
d = {"a": (1, [2, 3]), "b": (4, [5])}
out = []
for k, (n, (first, *rest)) in d.items():
    out.append((k, n, first, rest))
result = out
""",
    "enumerate zip reversed combos": """
xs = ["a", "b", "c"]
result = (
    list(enumerate(zip(xs, reversed(xs)))), list(zip(*enumerate(xs))),
    [x for x, _ in zip(xs, range(2))], dict(zip(xs, xs[1:])),
)
""",
    "filter none and map unpack": """
a, b = map(int, "3 4".split())
result = (
    a, b, list(filter(None, [0, "a", [], 1])), list(map(max, [1, 5], [3, 2])),
    [*map(lambda p: p[0] + p[1], [(1, 2)])],
)
""",
    "any all with generators side effects": """
log = []
def p(x):
    log.append(x)
    return x > 2
r = any(map(p, [1, 3, 5])), all(p(x) for x in [4, 1, 9])
result = r, log
""",
    "nested tuples immutability copies": """
a = ([1], 2)
b = a
a[0].append(3)
c = a + (4,)
result = b, c, b is a
""",
    "sets ops": """
s = {1, 2, 3}
t = s
s |= {4}
u = s - {1}
s.discard(2)
result = t, u, s == t, {1} < s, s & u, 4 in s, len(s), sorted(s ^ {9, 4})
""",
    "frozenset and hash keys": """
k = frozenset("ab")
d = {k: 1, (1, frozenset([2])): 2}
result = d[frozenset("ba")], d[1, frozenset([2])], k | {"c"} == {"a", "b", "c"}, len(k)
""",
    "dict views in loops with deletion of copy": """
d = {"a": 1, "b": 2, "c": 3}
for k in list(d.keys()):
    if d[k] % 2: d.pop(k)
result = d, list(d.values()), max(d, default=None)
""",
    "dict comprehension invert and sort": """
d = {"a": 3, "b": 1}
inv = {v: k for k, v in d.items()}
result = (
    inv, sorted(d, key=d.get), min(d, key=lambda k: d[k]),
    sorted(d.items(), key=lambda kv: kv[1], reverse=True),
)
""",
    "dict get chains": """
cfg = {"a": {"b": {"c": 5}}}
result = (
    cfg.get("a", {}).get("b", {}).get("c"), cfg.get("x", {}).get("y", 7),
    cfg["a"].setdefault("z", 1), sorted(cfg["a"]),
)
""",
    "pop with default and order": """
d = dict(a=1, b=2, c=3)
x = d.pop("b"), d.pop("zz", "none")
d["b"] = 9
result = x, list(d)
""",
    "class repr in containers and str fallback": """
class A:
    def __repr__(self): return "A!"
result = str([A(), (A(),)]), f"{[A()]}", "%r" % A()
""",
    "operator overload chain": """
class V:
    def __init__(self, *x): self.x = list(x)
    def __add__(self, o): return V(*[a + b for a, b in zip(self.x, o.x)])
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __iadd__(self, o):
        self.x = [a + b for a, b in zip(self.x, o.x)]
        return self
    def __eq__(self, o): return self.x == o.x
    def __getitem__(self, i): return self.x[i]
v = V(1, 2)
w = v
v += V(1, 1)
result = sum([V(1, 1), V(2, 2)]).x, w.x, w is v, V(1) == V(1), v[0], v[-1]
""",
    "iter on class with len and getitem": """
class S:
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= len(self): raise IndexError(i)
        return i * i
s = S()
result = list(s), len(s), 4 in s, [x for x in s], sum(s), bool(s), list(zip(s, s))
""",
    "contextual attribute hooks": """
class Cfg:
    def __init__(self): object.__setattr__(self, "d", {})
    def __getattr__(self, n):
        try: return self.d[n]
        except KeyError: raise AttributeError(n)
    def __setattr__(self, n, v): self.d[n] = v
    def __delattr__(self, n): del self.d[n]
    def __contains__(self, n): return n in self.d
c = Cfg()
c.x = 1
c.y = 2
del c.y
result = c.x, "x" in c, "y" in c, getattr(c, "y", "none"), hasattr(c, "x")
""",
    "dict subclass-like via composition": """
class Box:
    def __init__(self): self.d = {}
    def __setitem__(self, k, v): self.d[k] = v
    def __getitem__(self, k): return self.d[k]
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
    def __contains__(self, k): return k in self.d
    def keys(self): return self.d.keys()
b = Box()
b["a"] = 1
b["b"] = [2]
b["b"] += [3]
del b["a"]
def f(**kw): return kw
result = list(b), len(b), "b" in b, dict(b), f(**b)
""",
    "abstract with registry": """
class Registry:
    items = {}
    @classmethod
    def register(cls, name):
        def deco(k):
            cls.items[name] = k
            return k
        return deco
@Registry.register("a")
class A:
    def run(self): return "A"
@Registry.register("b")
class B(A):
    def run(self): return super().run() + "B"
result = [Registry.items[k]().run() for k in sorted(Registry.items)]
""",
    "dataclass with methods and class var": """
from dataclasses import dataclass, field
@dataclass
class Stage:
    filters: int
    blocks: int = 1
    names: list = field(default_factory=list)
    def __post_init__(self):
        self.names = self.names or [f"b{i}" for i in range(self.blocks)]
    def __iter__(self): return iter((self.filters, self.blocks))
s = Stage(8, blocks=2)
f, b = s
result = s.names, f, b, s == Stage(8, 2, ["b0", "b1"]), Stage(1).names
""",
    "namedtuple subclass": """
from collections import namedtuple
class P(namedtuple("P", "x y")):
    @property
    def s(self): return self.x + self.y
    def __add__(self, o): return P(self.x + o.x, self.y + o.y)
p = P(1, 2) + P(3, 4)
result = p.s, p[0], tuple(p), p == (4, 6), isinstance(p, P), p._replace(x=0).s
""",
    "typed named tuples in a list": """
from typing import NamedTuple
class Block(NamedTuple):
    k: int
    s: int = 1
blocks = [Block(3), Block(5, 2), Block(k=1, s=3)]
result = (
    [b.k * b.s for b in blocks], tuple(max(blocks)), blocks[0]._asdict(),
    [k for k, s in blocks if s > 1],
)
""",
    "enum loops and lookups": """
from enum import Enum
class C(Enum):
    A = "a"
    B = "b"
    def next(self):
        ms = list(C)
        return ms[(ms.index(self) + 1) % len(ms)]
result = (
    C.A.next().name, C("b").next() is C.A, {c.value: c.name for c in C}, C.A in (C.A,),
    C.A != C.B, isinstance(C.A, C), str(C.A), repr(C.A),
)
""",
    "lru cached method call counts": """
from functools import lru_cache
n = 0
@lru_cache(maxsize=2)
def f(x, y=0):
    global n
    n += 1
    return x + y
f(1); f(1); f(2); f(3); f(1); f(1, y=0)
result = n
""",
    "reduce compose": """
from functools import reduce
compose = lambda *fs: reduce(lambda f, g: lambda x: g(f(x)), fs)
result = compose(lambda x: x + 1, lambda x: x * 2, str)(3)
""",
    "itertools 2": """
from itertools import chain, islice, count, product, accumulate, groupby, cycle
result = (
    list(islice((x for x in count() if x % 3 == 0), 4)),
    ["".join(p) for p in product("ab", repeat=2)],
    list(accumulate([3, 1, 2], max)),
    {k: len(list(g)) for k, g in groupby(sorted("abca"))},
    [a + b for a, b in zip(cycle("xy"), "123")],
    list(chain(*[[1], [2, 3]])),
)
""",
    "deque rotate and counters by hand": """
from collections import deque, OrderedDict
d = deque("abc")
d.rotate(1)
d.appendleft("z")
o = OrderedDict(a=1)
o["b"] = 2
o.move_to_end("a")
result = list(d), d.count("a"), list(o), "".join(d)
""",
    "copy semantic in configs": """
import copy
base = {"l": [1, 2], "n": {"k": 1}}
a = dict(base); b = copy.deepcopy(base); c = base.copy()
a["l"].append(3); c["n"]["k"] = 9; b["l"].append(7)
result = base, a["l"] is base["l"], b
""",
    "int enum flags": """
class Flag:
    A, B, C = 1, 2, 4
    ALL = A | B | C
result = Flag.ALL, bool(Flag.ALL & Flag.B), Flag.ALL & ~Flag.A
""",
    "loops with flags and for else nested function": """
def primes(n):
    out = []
    for i in range(2, n):
        for p in out:
            if p * p > i:
                out.append(i)
                break
            if i % p == 0: break
        else:
            out.append(i)
    return out
result = primes(30)
""",
    "while with multiple updates": """
a, b, out = 0, 1, []
while b < 50:
    out.append(b)
    a, b = b, a + b
result = out
""",
    "string keys formatted in nested loops": """
names = {}
for stage in range(2, 4):
    for block in "ab":
        names[f"conv{stage}_{block}"] = stage * 10 + ord(block) - ord("a")
result = names, [k for k in names if k.endswith("b")]
""",
    "kwargs popping": """
def conv(filters, **kw):
    k = kw.pop("kernel", 3)
    act = kw.pop("act", None)
    kw.setdefault("padding", "same")
    return filters, k, act, kw
opts = {"kernel": 5, "strides": 2}
result = conv(8, **opts), opts
""",
    "closure counter class": """
def make():
    class Counter:
        total = 0
        def hit(self):
            Counter.total += 1
            return Counter.total
    return Counter
A, B = make(), make()
A().hit(); A().hit()
result = A.total, B.total, A is B
""",
    "type checks in dispatch": """
def f(x):
    if isinstance(x, bool): return "bool"
    if isinstance(x, (int, float)): return "num"
    if isinstance(x, str): return "str"
    if isinstance(x, dict): return "dict"
    if isinstance(x, (list, tuple, set)): return type(x).__name__
    if callable(x): return "fn"
    if x is None: return "none"
    return "?"
result = [f(x) for x in (True, 1, 2.0, "", {}, [], (), set(), len, f, lambda: 0, None, int)]
""",
    "type identity": """
result = (
    type([]) is list, type({}) == dict, type(1) in (int, float), type("") is not str,
    type(None) is type(None), [].__class__ is list, isinstance(type, type),
)
""",
    "eq chained list of objects": """
class A:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return isinstance(o, A) and self.n == o.n
xs = [A(1), A(2)]
result = (
    A(2) in xs, xs.index(A(2)), xs.count(A(1)), xs == [A(1), A(2)], A(1) == 1, xs[0] != A(1),
)
""",
    "round trip via json": """
import json
s = json.dumps({"b": 1, "a": [True, None, 1.5]}, sort_keys=True)
result = s, json.loads(s)["a"][1]
""",
    "os path": """
import os
result = (
    os.path.join("a", "/b"), os.path.splitext("x.tar.gz")[0], os.path.join("a", "b", "c.txt"),
    os.sep,
)
""",
    "math on sizes": """
import math
def out(n, k, s, p): return math.floor((n + 2 * p - k) / s) + 1
sizes = [out(n, 3, 2, 1) for n in (7, 8, 224)]
result = sizes, math.ceil(7 / 2), math.log2(8), int(math.sqrt(50)), math.prod(sizes[:2])
""",
    "divisible helper": """
def make_div(v, d=8, m=None):
    m = m or d
    n = max(m, int(v + d / 2) // d * d)
    return n + d if n < 0.9 * v else n
result = (
    [make_div(int(c * 1.3)) for c in (16, 24, 40, 80)], round(2.5 * 3),
    [int(round(r)) for r in (0.5, 1.5, 2.5)],
)
""",
    "list of lists transposed": """
m = [[1, 2, 3], [4, 5, 6]]
t = [list(r) for r in zip(*m)]
f = [x for r in m for x in r]
result = t, f, [sum(r) for r in t], max(max(r) for r in m), [r[::-1] for r in m]
""",
    "stack and queue": """
s = [1, 2, 3]
s.append(s.pop() + s.pop())
q = [1, 2]
q.insert(0, 0)
first = q.pop(0)
result = s, q, first
""",
    "global list built by functions": """
layers = []
def add(n, to=layers):
    to.append(n)
    return len(layers)
add(3); add(4, [])
result = layers, add(5)
""",
    "exec of attributes by name loops": """
class A: pass
a = A()
for i, n in enumerate(["x", "y"]): setattr(a, n, i)
result = [getattr(a, n) for n in "xy"], sorted(vars(a)), a.__dict__
""",
    "lambda with conditional and default kw": """
fs = [lambda x, k=k: x ** k if k else "zero" for k in range(3)]
result = [f(3) for f in fs], (lambda *a, **k: (a, k))(1, b=2)
""",
    "finally ordering with nested functions": """
log = []
def inner():
    try:
        raise KeyError("k")
    finally:
        log.append("inner")
def outer():
    try:
        inner()
    except KeyError:
        log.append("outer")
        raise RuntimeError
    finally:
        log.append("final")
try: outer()
except RuntimeError as e: log.append(type(e).__name__)
result = log
""",
    "assert and raise in conditionals": """
def check(n):
    assert isinstance(n, int), f"bad {n}"
    if n < 0: raise ValueError("neg", n)
    return n
out = []
for x in (1, -1, "a"):
    try: out.append(check(x))
    except (ValueError, AssertionError) as e: out.append(e.args)
result = out
""",
    "int subclass and bool arithmetic": """
result = (
    sum(x > 2 for x in range(5)), [True, False].count(True), True << 3, max(True, 0.5),
    int(True) + True,
)
""",
    "tuple compare and sort keys": """
data = [("b", 2, 0.5), ("a", 2, 0.1), ("c", 1, 0.9)]
result = (
    sorted(data, key=lambda t: (t[1], t[0])), max(data, key=lambda t: t[2])[0], min(data),
    (1, "a") < (1, "b"), [1, [2]] < [1, [3]],
)
""",
    "range objects": """
r = range(10)[2:8:2]
result = (
    list(r), r[-1], len(r), 4 in r, 5 in r, r.index(6), r == range(2, 8, 2),
    list(reversed(range(3))), range(3)[1], sum(range(101)),
)
""",
    "string iteration and comprehension": """
s = "a1b2"
result = (
    "".join(c for c in s if c.isalpha()), [int(c) for c in s if c.isdigit()],
    {c: s.count(c) for c in "ab"}, s[::-1], s * 2, sorted(set(s), reverse=True),
)
""",
    "multiple assignment evaluation": """
log = []
def f(n):
    log.append(n)
    return n
d = {}
d[f(1)], d[f(2)] = f(3), f(4)
x = y = f(5)
result = log, d, x, y
""",
    "augmented with function side effects": """
log = []
def g(n):
    log.append(n)
    return n
xs = [1, 2]
xs[g(0)] += g(10)
class A: v = 1
a = A()
a.v += g(5)
result = xs, a.v, log
""",
    "slice object indexing": """
s = slice(1, None, 2)
xs = list(range(6))
idx = [slice(None), slice(0, 2)]
result = xs[s], [xs[i] for i in idx], "abcdef"[s], s.indices(6)
""",
    "del in loops over copy": """
xs = [1, 2, 3, 4, 5]
for x in xs[:]:
    if x % 2 == 0: xs.remove(x)
del xs[0]
result = xs
""",
    "import aliases": """
import math as m, os.path as p
from math import floor as fl, ceil
result = m.floor(2.5), fl(-1.5), ceil(0.1), p.basename("a/b")
""",
    "nested classes reference outer": """
class Outer:
    size = 4
    class Inner:
        def area(self): return Outer.size ** 2
    def make(self): return self.Inner()
result = Outer().make().area(), Outer.Inner().area()
""",
    "static factory returning subclass": """
class Shape:
    @staticmethod
    def make(kind): return {"s": Square, "c": Circle}[kind]()
    def name(self): return type(self).__name__
class Square(Shape): pass
class Circle(Shape):
    def name(self): return "round " + super().name()
result = Shape.make("s").name(), Shape.make("c").name()
""",
    "isinstance with abc register unknown": """
class A: pass
class B(A): pass
result = (
    isinstance(B(), A), issubclass(B, (int, A)), type(B()) is A, B.__bases__[0] is A,
    [k.__name__ for k in B.__mro__],
)
""",
    "generator pipeline with state": """
def running_max(xs):
    best = None
    for x in xs:
        best = x if best is None or x > best else best
        yield best
def pairs(xs):
    prev = None
    for x in xs:
        if prev is not None: yield prev, x
        prev = x
result = list(pairs(running_max([3, 1, 4, 1, 5])))
""",
    "early return in nested loops with else": """
def find(m, t):
    for i, r in enumerate(m):
        for j, v in enumerate(r):
            if v == t: return (i, j)
    else:
        return None
result = find([[1, 2], [3]], 3), find([], 1)
""",
    "complex default factories": """
class Node:
    def __init__(self, v, kids=()):
        self.v, self.kids = v, list(kids)
    def depth(self): return 1 + max((k.depth() for k in self.kids), default=0)
    def total(self): return self.v + sum(k.total() for k in self.kids)
t = Node(1, [Node(2, [Node(3)]), Node(4)])
result = t.depth(), t.total()
""",
    "mutual default args with None pattern": """
def f(a=None, b=None):
    a = [] if a is None else a
    b = b if b is not None else {}
    a.append(1); b["k"] = a
    return a, b
x = f()
y = f([0])
result = x, y, f()[0] is x[0]
""",
    "inf and nan handling": """
inf = float("inf")
result = (
    inf > 10**100, -inf < 0, inf == inf, inf - inf == 0, min(3, inf), max(-inf, 2),
    [inf] == [float("inf")],
)
""",
    "walk over dict while changing values": """
d = {"a": 1, "b": 2}
for k in d: d[k] += 1
for i, (k, v) in enumerate(d.items()): d[k] = v * i
result = d
""",
    "list extend with itself": """
x = [1, 2]
x.extend(x)
x += x[:1]
y = x * 2
result = x, len(y)
""",
    "tuple from generator and star": """
t = tuple(i * 2 for i in range(3))
a, *b = t
result = t, a, b, (*t, *b), [*t][::-1]
""",
    "str of floats in names": """
result = (
    [f"alpha_{a}" for a in (0.5, 1.0, 0.35)], "%.2f" % 0.125, "%d" % 3.7, str(2.0),
    repr(0.1 + 0.2), "%s" % 1e-7, str(1e16), f"{1e15}",
)
""",
}

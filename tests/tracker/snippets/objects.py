"""Special methods: how objects of the program's own take part in the language."""

_VECTOR = """
class V:
    def __init__(self, *xs): self.xs = xs
    def __add__(self, other): return V(*[a + b for a, b in zip(self.xs, other.xs)])
    def __neg__(self): return V(*[-x for x in self.xs])
    def __sub__(self, other): return self + -other
    def __mul__(self, k):
        if not isinstance(k, int): return NotImplemented
        return V(*[x * k for x in self.xs])
    __rmul__ = __mul__
    def __eq__(self, other): return isinstance(other, V) and self.xs == other.xs
    def __hash__(self): return hash(self.xs)
    def __len__(self): return len(self.xs)
    def __getitem__(self, i): return self.xs[i]
    def __iter__(self): return iter(self.xs)
    def __contains__(self, x): return -x in self.xs
    def __bool__(self): return any(self.xs)
    def __abs__(self): return sum(abs(x) for x in self.xs)
"""

SNIPPETS = {
    "arithmetic": _VECTOR
    + """
v = V(1, 2)
result = (v + V(3, 4)).xs, (v - V(1, 1)).xs, (v * 3).xs, (2 * v).xs, (-v).xs, abs(V(-3, 4))
""",
    "equality": _VECTOR
    + """
result = V(1) == V(1), V(1) != V(1), V(1) == V(2), V(1) == 1, V(1) != 1
""",
    "equality in containers": _VECTOR
    + """
result = (
    V(1) in [V(2), V(1)], [V(1)] == [V(1)], [V(3), V(1)].index(V(1)), (V(1), 2) == (V(1), 2),
)
""",
    "as keys of dicts": _VECTOR
    + """
d = {V(1, 2): "a"}
d[V(1, 2)] = "b"
result = list(d.values()), d[V(1, 2)], V(3) in d, len({V(1), V(1), V(2)})
""",
    "length, items, iteration, containment": _VECTOR
    + """
v = V(5, 6, 7)
result = len(v), v[0], v[-1], v[1:], list(v), tuple(v), -5 in v, 5 in v, sum(v), max(v)
""",
    "truth": _VECTOR
    + """
result = bool(V(0, 0)), bool(V(0, 1)), not V(), "yes" if V(1) else "no", V(0) or 3
""",
    "unpacking and star": _VECTOR
    + """
a, b = V(1, 2)
def f(*args): return args
result = a, b, f(*V(3, 4)), [*V(5)]
""",
    "an operator that is not implemented": _VECTOR
    + """
V(1) * "x"
""",
    "no operator at all": """
class A: pass
A() + 1
""",
    "truth by length": """
class Box:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
result = bool(Box(0)), bool(Box(2)), [1 for b in (Box(0), Box(1)) if b]
""",
    "truth of plain objects": """
class A: pass
result = bool(A()), not A(), bool(A)
""",
    "iteration by getitem": """
class Seq:
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 10
result = list(Seq()), 20 in Seq(), [x for x in Seq()]
""",
    "an iterator of its own": """
class Count:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        if self.i == self.n: raise StopIteration
        self.i += 1
        return self.i
it = Count(4)
first = next(it)
result = first, list(it), list(it), list(zip(Count(2), "ab")), sum(Count(3))
""",
    "a loop over an iterator of its own": """
class Count:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
it, seen = Count(5), []
for n in it:
    seen.append(n)
    if n == 2: it.i = 4
result = seen
""",
    "setitem and delitem": """
class Log:
    def __init__(self): self.calls = []
    def __setitem__(self, key, value): self.calls.append(("set", key, value))
    def __delitem__(self, key): self.calls.append(("del", key))
    def __getitem__(self, key):
        self.calls.append(("get", key))
        return 1
log = Log()
log["a"] = 1
log[1, 2] = 3
log["n"] += 5
del log["a"]
result = log.calls
""",
    "slices as indices": """
class S:
    def __getitem__(self, key): return key
s = S()
part = s[1:5:2]
result = part.start, part.stop, part.step, s[::2] == slice(None, None, 2), s[1, "a"]
""",
    "call": """
class Adder:
    def __init__(self, n): self.n = n
    def __call__(self, x, *, times=1): return x + self.n * times
result = Adder(2)(3), Adder(2)(3, times=4), [*map(Adder(1), [1, 2])]
""",
    "order": """
import functools
@functools.total_ordering
class V:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return self.n < other.n
    def __eq__(self, other): return self.n == other.n
result = V(1) < V(2), V(1) > V(2), V(2) <= V(2), V(3) >= V(4)
""",
    "order by one method, and sorting": """
class V:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return self.n < other.n
result = [v.n for v in sorted([V(3), V(1), V(2)])], V(1) < V(2), V(1) > V(2), min(V(4), V(2)).n
""",
    "reflected comparison": """
class V:
    def __gt__(self, other): return "gt"
    def __eq__(self, other): return "eq"
result = 3 < V(), 3 == V(), V() == 3
""",
    "reflected operators": """
class R:
    def __radd__(self, other): return ("radd", other)
    def __rsub__(self, other): return ("rsub", other)
    def __rpow__(self, other): return ("rpow", other)
result = 1 + R(), [1] + R(), "x" - R(), 2 ** R()
""",
    "a subclass's reflected operator comes first": """
class A:
    def __add__(self, other): return "A.add"
class B(A):
    def __radd__(self, other): return "B.radd"
result = A() + B(), A() + A()
""",
    "str and repr": """
class Net:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"Net({self.n})"
class Named(Net):
    def __str__(self): return "named"
net = Net(3)
result = (
    str(net), repr(net), f"{net}", f"{net!r:>8}", "%s" % Named(1),
    [str(Named(2)), repr(Named(2))],
)
""",
    "format": """
class Net:
    def __format__(self, spec): return "<" + spec + ">"
result = f"{Net():abc}", format(Net(), "x"), "{:y}".format(Net())
""",
    "int, float and index": """
class N:
    def __int__(self): return 7
    def __float__(self): return 2.5
    def __index__(self): return 1
result = int(N()), float(N()), [10, 20, 30][N()], list(range(N()))
""",
    "contains falls back on iteration": """
class Seq:
    def __iter__(self): return iter([1, 2, 3])
result = 2 in Seq(), 5 in Seq(), 5 not in Seq()
""",
    "reversed of its own": """
class Seq:
    def __reversed__(self): return iter("cba")
result = list(reversed(Seq()))
""",
    "matmul, floor division, modulo, shifts": """
class Op:
    def __matmul__(self, o): return ("@", o)
    def __floordiv__(self, o): return ("//", o)
    def __mod__(self, o): return ("%", o)
    def __lshift__(self, o): return ("<<", o)
    def __rrshift__(self, o): return (">>", o)
    def __or__(self, o): return ("|", o)
    def __invert__(self): return "~"
    def __pos__(self): return "+"
x = Op()
result = x @ 1, x // 2, x % 3, x << 4, 5 >> x, x | 6, ~x, +x
""",
    "a pipe of blocks": """
class Block:
    def __init__(self, f): self.f = f
    def __rshift__(self, other): return Block(lambda x: other.f(self.f(x)))
    def __call__(self, x): return self.f(x)
result = (Block(lambda x: x + 1) >> Block(lambda x: x * 10))(2)
""",
    "enter and exit": """
class Scope:
    log = []
    def __init__(self, name): self.name = name
    def __enter__(self):
        self.log.append("enter " + self.name)
        return self
    def __exit__(self, *about):
        self.log.append("exit " + self.name)
with Scope("a") as a, Scope("b"):
    Scope.log.append(a.name)
result = Scope.log
""",
    "copies are shallow, deep ones are not": """
import copy
class Net:
    def __init__(self): self.items = [[1]]
a = Net()
b, c = copy.copy(a), copy.deepcopy(a)
a.items[0].append(2)
a.items.append(3)
result = b.items, c.items, b.items is a.items
""",
    "deep copies keep what is shared": """
import copy
inner = [1]
a, b = copy.deepcopy([inner, inner])
a.append(2)
result = b, a is b, inner
""",
    "copy of a list of lists": """
import copy
rows = [[1], [2]]
shallow = copy.copy(rows)
shallow[0].append(9)
shallow.append(3)
result = rows, shallow
""",
}

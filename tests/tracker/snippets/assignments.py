"""Assignments, augmented ones, unpacking, scopes and del."""

SNIPPETS = {
    "chained": """
a = b = []
a.append(1)
result = a, b, a is b
""",
    "swap": """
a, b = 1, 2
a, b = b, a
result = a, b
""",
    "left to right": """
i = 0
xs = [0, 0, 0]
i, xs[i] = 2, "set"
result = i, xs
""",
    "star in the middle": """
first, *middle, last = range(5)
result = first, middle, last
""",
    "star with nothing left": """
a, *b = "x"
result = a, b
""",
    "nested unpacking": """
(a, (b, *c)), d = (1, (2, 3, 4)), 5
result = a, b, c, d
""",
    "too many values": """
a, b = 1, 2, 3
""",
    "not enough values": """
a, *b, c = [1]
""",
    "unpacking a dict and a string": """
a, b = {"x": 1, "y": 2}
c, d = "zw"
result = a + b + c + d
""",
    "unpacking what is not iterable": """
a, b = 5
""",
    "star in displays": """
a, d = [1, 2], {"x": 1, "y": 2}
result = [*a, *"bc", *range(2)], (*a,), {*a, 3} == {1, 2, 3}, {**d, "x": 9, **{"z": 0}}
""",
    "augmented on names": """
n = 7
n += 1; n *= 3; n -= 4; n //= 3; n **= 2; n %= 10; n <<= 3; n |= 3; n ^= 1; n &= 30; n >>= 1
result = n
""",
    "augmented true division": """
n = 7
n /= 2
result = n
""",
    "augmented on a list keeps its identity": """
a = b = [1]
a += [2]
a *= 2
result = a, b
""",
    "augmented on a tuple makes a new one": """
a = b = (1,)
a += (2,)
result = a, b
""",
    "augmented on a list takes any iterable": """
a = [1]
a += (2, 3)
a += "xy"
a += {4: 5}
result = a
""",
    "augmented on an attribute": """
class Box:
    n = 5
box = Box()
box.n += 1
result = box.n, Box.n
""",
    "augmented on an item evaluates the index once": """
calls = []
def index():
    calls.append("index")
    return 1
xs = [1, 2, 3]
xs[index()] += 10
result = xs, calls
""",
    "augmented on a dict of lists": """
d = {"a": [1]}
same = d["a"]
d["a"] += [2]
result = d, same
""",
    "augmented on sets and dicts keeps their identity": """
s = t = {1, 2}
s |= {3}
s -= {1}
s &= {2, 3, 9}
s ^= {9}
d = e = {"a": 1}
d |= {"b": 2}
result = t, e
""",
    "augmented on a slice": """
xs = [1, 2, 3]
xs[1:] += [4]
result = xs
""",
    "augmented on an item of a tuple": """
t = ([1], 2)
try:
    t[0] += [3]
except TypeError:
    pass
result = t
""",
    "own augmented operators": """
class Acc:
    def __init__(self):
        self.seen = []
    def __iadd__(self, other):
        self.seen.append(other)
        return self
a = b = Acc()
a += 1
a += 2
result = b.seen, a is b
""",
    "an own operator where there is no augmented one": """
class Num:
    def __init__(self, n):
        self.n = n
    def __mul__(self, other):
        return Num(self.n * other)
a = b = Num(3)
a *= 2
result = a.n, b.n
""",
    "annotations": """
a: int = 3
b: str
result = a
""",
    "an annotated value is evaluated once": """
calls = []
def make():
    calls.append("made")
    return []
class Config:
    items: list = make()
result = calls
""",
    "global": """
count = 0
def step():
    global count
    count += 1
step(); step()
result = count
""",
    "nonlocal": """
def counter():
    n = 0
    def step(by=1):
        nonlocal n
        n += by
        return n
    return step
a, b = counter(), counter()
result = a(), a(5), b()
""",
    "a local name hides the global one": """
n = 1
def f():
    n = 2
    return n
result = f(), n
""",
    "a local name before it is bound": """
n = 1
def f():
    m = n
    n = 2
    return m
f()
""",
    "closures see later changes": """
def make():
    x = 1
    def get():
        return x
    x = 2
    return get
result = make()()
""",
    "del of a name": """
x = 1
del x
try:
    result = x
except NameError:
    result = "gone"
""",
    "del of a name that hides a global one": """
x = "global"
def f():
    x = "local"
    del x
    return x
f()
""",
    "del of items and slices": """
xs = list(range(8))
del xs[0], xs[-1]
del xs[1:3]
d = {"a": 1, "b": 2}
del d["a"]
result = xs, d
""",
    "del of a slice with a step": """
xs = list(range(8))
del xs[::3]
result = xs
""",
    "del of a missing key": """
d = {}
del d["a"]
""",
    "del of an attribute": """
class Box:
    n = 1
box = Box()
box.n = 2
del box.n
result = box.n
""",
    "del of several in a tuple": """
a, b, c = 1, 2, 3
del (a, b)
result = c, "a" in globals(), "b" in globals()
""",
    "slices as targets": """
xs = [0, 1, 2, 3, 4]
xs[1:3] = "abc"
xs[:0] = [-1]
ys = [0] * 6
ys[::2] = [1, 2, 3]
result = xs, ys
""",
    "an extended slice of another size": """
ys = [0] * 6
ys[::2] = [1]
""",
    "a tuple has no items to set": """
t = (1, 2)
t[0] = 5
""",
    "a string has no items to set": """
t = "ab"
t[0] = "c"
""",
    "an index out of range": """
xs = [1]
xs[3] = 5
""",
    "walrus in a condition and in a loop": """
data, seen = [3, 2, 0, 5], []
it = iter(data)
while (n := next(it)):
    seen.append(n)
result = seen, n
""",
    "names of a class body are no names of its methods": """
n = "global"
class Net:
    n = "class"
    def get(self):
        return n
    copied = n
result = Net().get(), Net.copied
""",
    "a class body reads a global name before it binds it": """
n = 1
class Net:
    before = n
    n = 2
    after = n
result = Net.before, Net.after, n
""",
    "conditional imports and names": """
try:
    import no_such_module_at_all
except ImportError:
    no_such_module_at_all = None
result = no_such_module_at_all
""",
}

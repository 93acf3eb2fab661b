"""Classes: attributes, inheritance, the order of resolution, properties and descriptors."""

SNIPPETS = {
    "attributes of the class and of the instance": """
class Net:
    n = 1
    items = []
a, b = Net(), Net()
a.n = 2
a.items.append("x")
Net.n = 5
result = a.n, b.n, b.items
""",
    "C3: a diamond": """
class A:
    def who(self): return ["A"]
class B(A):
    def who(self): return ["B"] + super().who()
class C(A):
    def who(self): return ["C"] + super().who()
class D(B, C):
    def who(self): return ["D"] + super().who()
result = D().who()
""",
    "C3: not depth first from the right": """
class O:
    pass
class X(O): name = "X"
class Y(O): name = "Y"
class A(X, Y): pass
class B(Y): name = "B"
class C(A, B): pass
result = C.name, C().name
""",
    "C3: the example of the documentation": """
class O: tag = "O"
class F(O): pass
class E(O): pass
class D(O): pass
class C(D, F): pass
class B(E, D): pass
class A(B, C): pass
result = [cls.__name__ for cls in A.__mro__]
""",
    "C3: mixins in front": """
class Base:
    def setup(self): return ["base"]
class Logging(Base):
    def setup(self): return ["log"] + super().setup()
class Timing(Base):
    def setup(self): return ["time"] + super().setup()
class Net(Logging, Timing):
    pass
class Wide(Timing, Net):
    pass
result = Net().setup()
""",
    "C3: orders that contradict each other": """
class A: pass
class B(A): pass
class C(A, B): pass
""",
    "C3: a long chain of mixins": """
class Base:
    def path(self): return "base"
class A(Base):
    def path(self): return "a" + super().path()
class B(Base):
    def path(self): return "b" + super().path()
class AB(A, B): pass
class C(Base):
    def path(self): return "c" + super().path()
class ABC(AB, C): pass
class BC(B, C): pass
class All(ABC, BC): pass
result = All().path()
""",
    "super with arguments": """
class A:
    def f(self): return "A"
class B(A):
    def f(self): return "B" + super(B, self).f()
class C(B):
    def f(self): return super(B, self).f()
result = B().f(), C().f()
""",
    "super in class methods and constructors": """
class A:
    made = []
    def __init__(self, n):
        self.n = n
    @classmethod
    def make(cls, n):
        cls.made.append(cls.__name__)
        return cls(n)
class B(A):
    def __init__(self, n):
        super().__init__(n * 2)
    @classmethod
    def make(cls, n):
        return super().make(n + 1)
result = B.make(3).n, A.made
""",
    "super of an attribute": """
class A:
    n = 1
class B(A):
    n = 2
    def get(self): return super().n, self.n
result = B().get()
""",
    "super of a property": """
class A:
    @property
    def n(self): return 3
class B(A):
    @property
    def n(self): return super().n * 2
result = B().n
""",
    "methods are looked up when they are called": """
class A:
    def run(self): return self.step()
    def step(self): return "A"
class B(A):
    def step(self): return "B"
result = B().run()
""",
    "a method that is assigned to an instance": """
class A:
    def f(self): return "class"
a = A()
a.f = lambda: "instance"
result = a.f(), A().f()
""",
    "a method that is assigned to the class": """
class A:
    pass
def f(self, x): return self.n + x
A.f = f
a = A()
a.n = 2
result = a.f(3)
""",
    "property with setter and deleter": """
class Net:
    def __init__(self):
        self._n, self.log = 1, []
    @property
    def n(self):
        self.log.append("get")
        return self._n
    @n.setter
    def n(self, value):
        self.log.append("set")
        self._n = value * 2
    @n.deleter
    def n(self):
        self.log.append("del")
net = Net()
net.n = 3
net.n += 1
del net.n
result = net.n, net.log
""",
    "property without setter": """
class Net:
    @property
    def n(self): return 1
Net().n = 2
""",
    "property made by a call": """
class Net:
    def get(self): return self._n + 1
    def set(self, value): self._n = value
    n = property(get, set)
net = Net()
net.n = 4
result = net.n
""",
    "a property that a subclass overrides": """
class A:
    @property
    def n(self): return 1
    def double(self): return self.n * 2
class B(A):
    n = 10
result = A().double(), B().double()
""",
    "cached_property is computed once": """
import functools
class Net:
    calls = 0
    @functools.cached_property
    def widths(self):
        Net.calls += 1
        return [1, 2]
net = Net()
net.widths.append(3)
result = net.widths, Net.calls
""",
    "static and class methods": """
class A:
    name = "A"
    @staticmethod
    def add(a, b): return a + b
    @classmethod
    def who(cls, x=""): return cls.name + x
class B(A):
    name = "B"
result = A.add(1, 2), B().add(3, 4), A.who(), B.who("!"), B().who()
""",
    "descriptors": """
class Typed:
    def __set_name__(self, owner, name):
        self.name = "_" + name
    def __get__(self, obj, owner=None):
        return getattr(obj, self.name, "unset")
    def __set__(self, obj, value):
        setattr(obj, self.name, value * 10)
class Net:
    n = Typed()
net = Net()
before = net.n
net.n = 4
result = before, net.n, net._n
""",
    "a descriptor without set": """
class Lazy:
    def __init__(self, f): self.f = f
    def __get__(self, obj, owner): return self.f(obj)
class Net:
    n = Lazy(lambda self: self.base + 1)
net = Net()
net.base = 4
first = net.n
net.n = "own"
result = first, net.n
""",
    "getattr of its own": """
class Net:
    known = 1
    def __getattr__(self, name):
        if name.startswith("get_"):
            return lambda: name[4:]
        raise AttributeError(name)
net = Net()
result = net.known, net.get_width(), hasattr(net, "other"), getattr(net, "other", "default")
""",
    "setattr of its own": """
class Net:
    def __setattr__(self, name, value):
        object.__setattr__(self, name, (name, value))
net = Net()
net.a = 1
setattr(net, "b", 2)
result = net.a, net.b
""",
    "delattr of its own": """
class Net:
    def __init__(self): self.log = []
    def __delattr__(self, name): self.log.append(name)
net = Net()
del net.anything
delattr(net, "other")
result = net.log
""",
    "a missing attribute": """
class Net:
    pass
Net().width
""",
    "a missing attribute of a class": """
class Net:
    pass
Net.width
""",
    "new": """
class One:
    made = None
    def __new__(cls, *args):
        if cls.made is None:
            cls.made = super().__new__(cls)
        return cls.made
    def __init__(self, n):
        self.n = n
a = One(1)
b = One(2)
result = a is b, a.n
""",
    "new that returns something else": """
class Other:
    def __new__(cls, n): return [n]
    def __init__(self, n): raise ValueError
result = Other(3)
""",
    "init_subclass": """
class Base:
    registry = {}
    def __init_subclass__(cls, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[tag or cls.__name__] = cls
class A(Base): pass
class B(Base, tag="bee"): pass
class C(B): pass
result = {name: cls.__name__ for name, cls in Base.registry.items()}
""",
    "a metaclass that counts": """
class Meta(type):
    made = []
    def __new__(mcs, name, bases, namespace):
        mcs.made.append(name)
        namespace["extra"] = len(mcs.made)
        return super().__new__(mcs, name, bases, namespace)
class A(metaclass=Meta): pass
class B(A): pass
result = A.extra, B.extra, Meta.made
""",
    "type with three arguments": """
def run(self): return self.n + 1
Net = type("Net", (object,), {"n": 4, "run": run})
result = Net().run(), Net.__name__
""",
    "isinstance and issubclass": """
class A: pass
class B(A): pass
class C: pass
b = B()
result = (
    isinstance(b, A), isinstance(b, (C, B)), isinstance(b, C), issubclass(B, A), issubclass(A, B),
    isinstance(b, object), isinstance(True, int), isinstance(1, bool), isinstance("", (int, str)),
    issubclass(bool, int), type(b) is B, type(b) is A, type(b) == A,
)
""",
    "names of classes": """
class Net:
    pass
result = Net.__name__, type(Net()).__name__, Net().__class__.__name__, type(3).__name__
""",
    "dict of an instance": """
class Net:
    shared = 1
    def __init__(self): self.a, self.b = 1, 2
net = Net()
net.__dict__["c"] = 3
result = vars(net), net.c
""",
    "hasattr, getattr, setattr, delattr": """
class Net:
    shared = 1
net = Net()
setattr(net, "own", 2)
found = [hasattr(net, n) for n in ("shared", "own", "none")]
delattr(net, "own")
result = found, hasattr(net, "own"), getattr(net, "own", 7), getattr(net, "shared")
""",
    "a class body that runs code": """
class Net:
    widths = []
    for n in range(3):
        widths.append(n)
    if len(widths) > 2:
        big = True
    def make(n): return n * 2
    made = make(4)
    del n
result = Net.widths, Net.big, Net.made, hasattr(Net, "n")
""",
    "classes in classes and in functions": """
def make(n):
    class Net:
        class Config:
            width = n
        def get(self): return self.Config.width + n
    return Net
result = make(2)().get(), make(5).Config.width
""",
    "an attribute that holds a class": """
class Small:
    n = 1
class Net:
    part = Small
    def build(self): return self.part().n
class Big(Small):
    n = 2
net = Net()
net.part = Big
result = Net().build(), net.build()
""",
    "abstract methods": """
from abc import ABC, abstractmethod
class Base(ABC):
    @abstractmethod
    def f(self): ...
    def g(self): return self.f() + 1
class Net(Base):
    def f(self): return 1
result = Net().g()
""",
    "an abstract class cannot be made": """
from abc import ABC, abstractmethod
class Base(ABC):
    @abstractmethod
    def f(self): ...
Base()
""",
    "slots and class variables": """
class P:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
p = P(1, 2)
p.x += 5
result = p.x, p.y
""",
    "slots refuse other attributes": """
class P:
    __slots__ = ("x",)
P().y = 1
""",
    "equality and identity of instances": """
class A: pass
a, b = A(), A()
result = a == a, a == b, a != b, a is a, a is b, a in [b], a in [b, a], [a, b].index(b)
""",
    "a subclass of a builtin": """
class Stack(list):
    def top(self): return self[-1]
s = Stack([1, 2])
s.append(3)
result = s.top(), len(s), list(s)
""",
    "a subclass of dict": """
class Config(dict):
    def __getattr__(self, name): return self[name]
    def __missing__(self, key): return "no " + key
c = Config(a=1)
result = c.a, c["b"], len(c), "a" in c
""",
    "private names: attributes": """
class A:
    def __init__(self): self.__x = 1
    def get(self): return self.__x
class B(A):
    def __init__(self):
        super().__init__()
        self.__x = 2
    def both(self): return self.__x, self.get()
b = B()
result = b.both(), sorted(vars(b)), hasattr(b, "__x"), b._A__x, b._B__x
""",
    "private names: methods and class attributes": """
class A:
    __limit = 3
    def __double(self, n): return 2 * n
    def run(self, n): return self.__double(n) + A.__limit
class B(A):
    def __double(self, n): return 5 * n
result = B().run(4), A._A__limit
""",
    "private names: arguments and variables": """
class A:
    def f(self, __n):
        __m = __n + 1
        def g(): return __m
        return g(), sorted(locals())[0]
result = A().f(3)[0], A().f(_A__n=5)[0]
""",
    "private names: globals": """
_A__helper = 7
class A:
    def f(self): return __helper
result = A().f()
""",
    "private names: a class with underscores": """
class __A:
    def __init__(self): self.__x = 3
result = vars(__A())
""",
    "private names: from outside": """
class A:
    def __init__(self): self.__x = 1
result = A().__x
""",
    "private names: special ones are none": """
class A:
    def __init__(self): self.__x__ = 1; self._y = 2
result = vars(A())
""",
    "private names: keywords of a call are none": """
class A:
    def __init__(self, **kw): self.kw = kw
    def make(self): return A(__x=1).kw
result = A().make()
""",
    "getattribute of its own": """
class A:
    def __init__(self): self.x = 1
    def __getattribute__(self, name):
        if name == "x": return 10
        return object.__getattribute__(self, name)
a = A()
result = a.x
""",
    "getattribute, then getattr": """
class A:
    def __getattribute__(self, name):
        if name.startswith("known"): return name
        raise AttributeError(name)
    def __getattr__(self, name): return "fallback " + name
a = A()
result = a.known_1, a.other
""",
    "getattribute on top of super's": """
class A:
    n = 2
    def f(self): return self.n
    def __getattribute__(self, name):
        value = super().__getattribute__(name)
        return value + 1 if isinstance(value, int) else value
result = A().n, A().f()
""",
    "slots": """
class P:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
p = P(1, 2)
try:
    p.z = 3
    r = "set"
except AttributeError:
    r = "refused"
result = p.x, p.y, r, hasattr(p, "__dict__")
""",
    "slots: without a value": """
class P:
    __slots__ = ("x", "y")
    def __init__(self): self.x = 1
result = hasattr(P(), "y"), getattr(P(), "y", 5)
""",
    "slots: inherited": """
class P:
    __slots__ = ("x",)
class Q(P):
    pass
class R(P):
    __slots__ = ["w"]
q = Q(); q.z = 3; q.x = 2
r = R(); r.w = 1; r.x = 4
try:
    r.z = 1
    s = "set"
except AttributeError: s = "no"
result = q.z, q.x, r.w, r.x, s
""",
    "slots: a single one": """
class P:
    __slots__ = "value"
p = P()
p.value = 4
try: p.other = 1
except AttributeError: result = p.value
""",
}

"""Dataclasses, named tuples and enums."""

SNIPPETS = {
    "fields in order, with defaults": """
from dataclasses import dataclass
@dataclass
class Config:
    units: int
    rate: float = 0.5
    name: str = "net"
c = Config(3, name="x")
result = c.units, c.rate, c.name
""",
    "default_factory makes one for each": """
from dataclasses import dataclass, field
@dataclass
class Config:
    widths: list = field(default_factory=list)
    depth: int = field(default=2)
a, b = Config(), Config()
a.widths.append(1)
result = a.widths, b.widths, a.depth
""",
    "post_init": """
from dataclasses import dataclass, field
@dataclass
class Config:
    a: int
    b: int = field(init=False)
    def __post_init__(self): self.b = self.a * 2
result = Config(4).b
""",
    "inheritance keeps the order of fields": """
from dataclasses import dataclass, fields
@dataclass
class Base:
    a: int = 1
    b: int = 2
@dataclass
class Sub(Base):
    c: int = 3
    a: int = 10
s = Sub(7, 8, 9)
result = s.a, s.b, s.c, Sub().a, [f.name for f in fields(Sub)]
""",
    "a subclass without decorator has no new fields": """
from dataclasses import dataclass
@dataclass
class Base:
    a: int = 1
class Sub(Base):
    c: int = 3
try:
    Sub(1, 2)
except TypeError:
    result = Sub(5).a, Sub().c
""",
    "a base without decorator has no fields": """
from dataclasses import dataclass
class Base:
    a: int = 1
@dataclass
class Sub(Base):
    b: int = 2
result = Sub(5).b, Sub(5).a
""",
    "equality": """
from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: int = 0
@dataclass
class Q:
    x: int
    y: int = 0
result = (
    P(1) == P(1, 0), P(1) == P(2), P(1) != P(1), P(1) == Q(1), P(1) in [P(1)],
    [P(1)] == [P(1)],
)
""",
    "order": """
from dataclasses import dataclass
@dataclass(order=True)
class V:
    major: int
    minor: int = 0
result = V(1) < V(1, 1), V(2) > V(1, 9), sorted([V(2), V(1, 5)])[0].minor, max(V(1), V(3)).major
""",
    "frozen": """
from dataclasses import dataclass
@dataclass(frozen=True)
class P:
    x: int
p = P(1)
p.x = 2
""",
    "frozen ones are keys": """
from dataclasses import dataclass
@dataclass(frozen=True)
class P:
    x: int
d = {P(1): "a"}
result = d[P(1)], P(2) in d, len({P(1), P(1)})
""",
    "replace, asdict, astuple, fields": """
from dataclasses import dataclass, replace, asdict, astuple, fields
@dataclass
class Inner:
    n: int = 1
@dataclass
class Config:
    a: int
    inner: Inner
    total: int = 0
    def __post_init__(self): self.total = self.a + self.inner.n
c = Config(2, Inner())
d = replace(c, a=10)
result = d.a, d.total, c.a, asdict(c), astuple(c), [f.name for f in fields(c)]
""",
    "keyword only fields": """
from dataclasses import dataclass, field, KW_ONLY
@dataclass
class C:
    a: int
    _: KW_ONLY
    b: int = 2
c = C(1, b=5)
try:
    C(1, 5)
except TypeError:
    result = c.a, c.b
""",
    "class variables are no fields": """
from dataclasses import dataclass
from typing import ClassVar
@dataclass
class C:
    shared: ClassVar[int] = 7
    a: int = 1
result = C(5).a, C(5).shared
""",
    "missing and surplus arguments": """
from dataclasses import dataclass
@dataclass
class C:
    a: int
found = []
for args in ((), (1, 2)):
    try:
        C(*args)
    except TypeError:
        found.append(len(args))
result = found
""",
    "an unexpected keyword": """
from dataclasses import dataclass
@dataclass
class C:
    a: int
C(a=1, b=2)
""",
    "methods and properties": """
from dataclasses import dataclass
@dataclass
class C:
    a: int = 2
    @property
    def double(self): return self.a * 2
    def grow(self, by=1):
        self.a += by
        return self
    @classmethod
    def wide(cls): return cls(100)
result = C().grow(3).double, C.wide().a
""",
    "repr": """
from dataclasses import dataclass
@dataclass
class C:
    a: int = 2
    b: str = "x"
result = repr(C()), str(C(1, "y"))
""",
    "a named tuple": """
from collections import namedtuple
P = namedtuple("P", "x y")
p = P(1, y=2)
a, b = p
result = (
    p.x, p[1], p[-1], len(p), list(p), a + b, p == (1, 2), p == P(1, 2), p._fields, tuple(p),
    p + (3,),
)
""",
    "named tuples: replace, asdict, make, defaults": """
from collections import namedtuple
P = namedtuple("P", ["x", "y", "z"], defaults=[7, 8])
p = P(1)
q = p._replace(y=0)
result = tuple(p), tuple(q), p._asdict(), tuple(P._make([1, 2, 3])), P(1, 2) < P(1, 3)
""",
    "named tuples as keys and in lists": """
from collections import namedtuple
P = namedtuple("P", "x y")
d = {P(1, 2): "a"}
result = (
    d[P(1, 2)], d[1, 2], P(0, 0) in [(0, 0)], sorted([P(2, 0), P(1, 5)])[0].y,
    isinstance(P(1, 2), tuple), 2 in P(1, 2),
)
""",
    "a typed named tuple": """
from typing import NamedTuple
class Block(NamedTuple):
    filters: int
    kernel: int = 3
    @property
    def area(self): return self.kernel ** 2
    def wider(self): return self._replace(filters=self.filters * 2)
b = Block(8)
f, k = b
result = b.filters, b.area, b.wider().filters, f, k, b[0], len(b), [x for x in b]
""",
    "a named tuple cannot change": """
from collections import namedtuple
P = namedtuple("P", "x")
p = P(1)
p.x = 2
""",
    "unpacking named tuples in a loop": """
from collections import namedtuple
Stage = namedtuple("Stage", "filters repeats")
result = [(f, r) for f, r in [Stage(8, 2), Stage(filters=16, repeats=1)]]
""",
    "enum": """
from enum import Enum
class Size(Enum):
    SMALL = 1
    LARGE = 2
result = (
    Size.SMALL.value, Size.LARGE.name, Size(2) is Size.LARGE, Size["SMALL"].value,
    [s.name for s in Size], len(Size), Size.SMALL == 1, Size.SMALL is Size.SMALL,
    Size.SMALL == Size.LARGE,
)
""",
    "enum with methods, and aliases": """
from enum import Enum
class Act(Enum):
    RELU = "relu"
    RECTIFIED = "relu"
    TANH = "tanh"
    @property
    def upper(self): return self.value.upper()
    @classmethod
    def default(cls): return cls.TANH
    def twice(self): return self.value * 2
result = (
    Act.RELU.upper, Act.default().name, Act.RECTIFIED is Act.RELU, len(list(Act)),
    Act.TANH.twice(), Act.RECTIFIED.name,
)
""",
    "enum with auto": """
from enum import Enum, auto
class Kind(Enum):
    A = auto()
    B = auto()
    C = auto()
result = [k.value for k in Kind]
""",
    "an enum member that is not there": """
from enum import Enum
class Size(Enum):
    SMALL = 1
Size(5)
""",
    "enum members as keys, isinstance, in": """
from enum import Enum
class Size(Enum):
    S = 1
    L = 2
widths = {Size.S: 8, Size.L: 64}
result = widths[Size.L], isinstance(Size.S, Size), Size.S in Size, Size(1) in widths
""",
    "IntEnum": """
from enum import IntEnum
class Level(IntEnum):
    LOW = 1
    HIGH = 5
result = (
    Level.HIGH + 1, Level.LOW < Level.HIGH, Level.LOW == 1, [10, 20][Level.LOW],
    int(Level.HIGH), max(Level.LOW, 3),
)
""",
    "an enum with a constructor": """
from enum import Enum
class Planet(Enum):
    EARTH = (5, 6)
    MARS = (1, 2)
    def __init__(self, mass, radius): self.mass, self.radius = mass, radius
    @property
    def ratio(self): return self.mass + self.radius
result = Planet.EARTH.mass, Planet.MARS.ratio, Planet.EARTH.value
""",
    "a string enum": """
from enum import Enum
class Act(str, Enum):
    RELU = "relu"
result = (
    Act.RELU == "relu", Act.RELU.value, Act("relu").name, Act.RELU.upper(),
    {"relu": 1}[Act.RELU],
)
""",
    "SimpleNamespace": """
from types import SimpleNamespace
ns = SimpleNamespace(a=1, b=[2])
ns.c = ns.a + 1
result = ns.a, ns.c, vars(ns), hasattr(ns, "d"), ns == SimpleNamespace(a=1, b=[2], c=2)
""",
    "a missing attribute of a namespace": """
from types import SimpleNamespace
SimpleNamespace(a=1).b
""",
    "InitVar and fields that are computed": """
from dataclasses import dataclass, InitVar, field, fields, asdict
@dataclass
class C:
    a: int
    scale: InitVar[int] = 2
    b: int = field(init=False)
    def __post_init__(self, scale): self.b = self.a * scale
c = C(3, scale=5)
result = c.b, C(4).b, [f.name for f in fields(C)], asdict(c), C.scale
""",
    "InitVar without a default": """
import dataclasses
@dataclasses.dataclass
class C:
    factor: dataclasses.InitVar[float]
    sizes: list
    def __post_init__(self, factor): self.sizes = [int(s * factor) for s in self.sizes]
result = C(0.5, [2, 4]).sizes, "factor" in vars(C(1, []))
""",
    "InitVar: inherited": """
from dataclasses import dataclass, InitVar
@dataclass
class A:
    x: InitVar[int]
    def __post_init__(self, x): self.total = x
@dataclass
class B(A):
    y: InitVar[int] = 1
    def __post_init__(self, x, y):
        super().__post_init__(x)
        self.total += y
result = B(2).total, B(2, 5).total
""",
}

"""The match statement."""

_SHAPES = """
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
"""

SNIPPETS = {
    "literals and the wildcard": """
def f(x):
    match x:
        case 1: return "one"
        case "a" | "b": return "letter"
        case None: return "none"
        case True: return "true"
        case -2.5: return "float"
        case _: return "other"
result = [f(x) for x in (1, "b", None, True, -2.5, [], 1.0, False)]
""",
    "True is not 1 in a singleton pattern": """
def f(x):
    match x:
        case True: return "true"
        case 1: return "one"
result = f(1), f(True), f(1.0)
""",
    "sequences": """
def f(x):
    match x:
        case []: return "empty"
        case [a]: return ("one", a)
        case [a, b]: return ("two", a, b)
        case [a, *rest]: return ("many", a, rest)
        case _: return "no"
result = (
    f([]), f((1,)), f([1, 2]), f((1, 2, 3)), f("ab"), f(range(2)), f({1, 2}), f(iter([1])),
    f({}), f(b"a"),
)
""",
    "a star in the middle": """
match [1, 2, 3, 4, 5]:
    case [first, *_, last]:
        result = first, last
""",
    "nested patterns": """
match {"layers": [("conv", 3), ("dense", 5)]}:
    case {"layers": [(kind, n), *rest]}:
        result = kind, n, rest
""",
    "mappings": """
def f(x):
    match x:
        case {"kind": "conv", "filters": n, **rest}: return n, rest
        case {"kind": kind}: return kind
        case {}: return "any mapping"
        case _: return "no"
result = (
    f({"kind": "conv", "filters": 3, "k": 1}), f({"kind": "x", "y": 2}), f({}), f({"a": 1}),
    f([]),
)
""",
    "classes": _SHAPES
    + """
def f(p):
    match p:
        case Point(0, 0): return "origin"
        case Point(x=0, y=y): return ("on y", y)
        case Point(x, 5): return ("five", x)
        case Point(): return "point"
        case _: return "no"
result = f(Point(0, 0)), f(Point(0, 2)), f(Point(3, 5)), f(Point(1, 1)), f(3)
""",
    "builtin classes": """
def f(x):
    match x:
        case bool(): return "bool"
        case int(n) if n > 10: return ("big", n)
        case int(): return "int"
        case str(s): return s.upper()
        case list(): return "list"
        case float() | None: return "float or none"
        case dict(d): return len(d)
        case (int(), str()): return "pair"
        case tuple(t): return t
result = [f(x) for x in (True, 11, 3, "a", [1], 2.5, None, {"a": 1}, (1, "x"), (1, 2))]
""",
    "guards": """
def f(x):
    match x:
        case [a, b] if a == b: return "same"
        case [a, b] if a > b: return "falling"
        case [a, b]: return "rising"
result = f([1, 1]), f([2, 1]), f([1, 2])
""",
    "as patterns": """
match ("conv", [3, 5]):
    case (str() as kind, [int() as k, _] as kernel):
        result = kind, k, kernel
""",
    "or with captures": """
def f(x):
    match x:
        case ("add", n) | ("sub", -1 as n) | [n]: return n
        case _: return None
result = f(("add", 3)), f(("sub", -1)), f(("sub", 2)), f([7])
""",
    "values by dotted names": """
class Mode:
    TRAIN = 1
    TEST = 2
def f(x):
    match x:
        case Mode.TRAIN: return "train"
        case Mode.TEST: return "test"
result = f(1), f(2), f(3)
""",
    "names stay bound after the match": """
match [1, [2, 3]]:
    case [a, [b, *c]]:
        pass
result = a, b, c
""",
    "a pattern that fails binds nothing": """
a = "before"
match [1, 2]:
    case [a, 3]: pass
    case _: pass
result = a
""",
    "no case fits": """
result = "before"
match 5:
    case 4: result = "four"
""",
    "only the first case that fits runs": """
log = []
for x in (1, 2):
    match x:
        case int(): log.append("int")
        case 2: log.append("two")
result = log
""",
    "the subject is evaluated once": """
calls = []
def subject():
    calls.append(1)
    return 5
match subject():
    case 1: pass
    case 5: pass
result = calls
""",
    "match in a loop with break": """
log = []
for x in ("go", "stop", "go"):
    match x:
        case "stop": break
        case command: log.append(command)
result = log
""",
    "dataclasses": """
from dataclasses import dataclass
@dataclass
class Conv:
    filters: int
    kernel: int = 3
def f(x):
    match x:
        case Conv(filters, 3): return filters
        case Conv(kernel=k): return ("kernel", k)
result = f(Conv(8)), f(Conv(8, 5))
""",
    "keys that are missing with a default dict": """
from collections import defaultdict
d = defaultdict(list)
match d:
    case {"a": x}: result = "matched"
    case _: result = len(d)
""",
}

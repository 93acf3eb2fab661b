"""The rest of the standard library that model code uses."""

from __future__ import annotations

import ast
import string
from collections.abc import Sequence

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.library.earlier_runs import is_there
from kerasmergelint.tracker.library.from_plain import from_plain
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import arithmetic
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.join import any_of
from kerasmergelint.tracker.values.constants import is_constant, is_number
from kerasmergelint.tracker.values.containers import FILLED, ListV
from kerasmergelint.tracker.values.exceptions import ManagerV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, Instance, NativeV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, UnknownV, Value


def _exit(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    raise interp.raised("SystemExit")


def _nothing(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return None


def _is_folder(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return is_there(interp, "folder", args, site)


def _random(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return interp.unknown("a random number", ("random", interp.opaque_term()[1]))


def _any(interp: Interpreter, population: Value, site: Site) -> Value:
    """Any item of what is drawn from."""
    items = interp.iterate(population, site)
    return interp.any_item(population) if items is None else _common(interp, items)


def _draw(interp: Interpreter, common: Value, function: str) -> Value:
    """An item, of which this much is known: what is not is up to chance, each time anew."""
    if isinstance(common, _Row):
        return common.made(interp, [_draw(interp, part, function) for part in common.columns])
    if isinstance(common, tuple):
        return tuple(_draw(interp, part, function) for part in common)
    if not isinstance(common, UnknownV):
        return common
    number = ("random", interp.opaque_term()[1])
    if is_number(common):
        return UnknownV("a random number", number)
    if isinstance(common.term, tuple) and common.term[0] == "opaque":
        return UnknownV("a random choice", ("call", ("name", function), number))
    return common


def _choice(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``random.choice(items)``"""
    given = interp.resolve(args[0]) if args else interp.unknown("what is chosen from")
    return _draw(interp, _any(interp, given, site), "random.choice")


# So many items are drawn one by one, as a batch may be.
_MOST_DRAWN = 128


def _drawn(function: str, second: str, otherwise: Value) -> Native:
    """``random.sample(items, k)`` and ``random.choices(items, k=k)``."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        bound = bind_native(interp, ("population", second), args, keywords)
        if REST in keywords or "population" not in bound:
            return interp.unknown("a random sample")
        common = _any(interp, interp.resolve(bound["population"]), site)
        count = interp.resolve(bound.get("k", otherwise))
        if isinstance(count, int) and 0 <= count <= _MOST_DRAWN:
            return ListV(interp.heap, [_draw(interp, common, function) for _ in range(count)])
        made = ListV(interp.heap, [_draw(interp, common, function)])
        made.open, made.reason = True, FILLED
        return made

    return native


def shuffle(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``random.shuffle(items)``: the same items, each of which may be in any place."""
    items = interp.resolve(args[0]) if args else None
    if isinstance(items, ListV):
        interp.heap.touch(items)
        common = _common(interp, items.items)
        items.items = [_copy(interp, common) for _ in items.items]
    return None


@dataclass(frozen=True, slots=True)
class _Row:
    """What several lists of one length, or named tuples of one class, have in common, item by item."""

    columns: tuple[Value, ...]
    cls: ClassV | None = None

    def made(self, interp: Interpreter, items: list[Value]) -> Value:
        """One of them, of these items."""
        if self.cls is None:
            return ListV(interp.heap, items)
        record = Instance(interp.heap, self.cls)
        names = [name for name, _ in self.cls.fields or ()]
        record.attributes.update(zip(names, items))
        return record


def _common(interp: Interpreter, items: Sequence[Value]) -> Value:
    """What all items have in common; rows are lists that a program fills, or tuples with such lists."""
    rows = [item.items for item in items if isinstance(item, ListV) and not item.open]
    if rows and len(rows) == len(items) and len(set(map(len, rows))) == 1:
        return _Row(_columns(interp, rows))
    pairs = [item for item in items if type(item) is tuple]
    if pairs and len(pairs) == len(items) and len(set(map(len, pairs))) == 1:
        return _columns(interp, pairs)
    return _common_record(interp, items) or any_of(interp, items)


def _common_record(interp: Interpreter, items: Sequence[Value]) -> _Row | None:
    """What named tuples of one class have in common."""
    first = items[0] if items else None
    if not isinstance(first, Instance) or first.cls.kind != "namedtuple":
        return None
    names = [name for name, _ in first.cls.fields or ()]
    rows: list[list[Value]] = []
    for item in items:
        if not isinstance(item, Instance) or item.cls is not first.cls or item.open:
            return None
        if list(item.attributes) != names:
            return None
        rows.append(list(item.attributes.values()))
    return _Row(_columns(interp, rows), first.cls)


def _columns(interp: Interpreter, rows: Sequence[Sequence[Value]]) -> tuple[Value, ...]:
    return tuple(_common(interp, column) for column in zip(*rows))


def _copy(interp: Interpreter, common: Value) -> Value:
    if isinstance(common, tuple):
        return tuple(_copy(interp, column) for column in common)
    if not isinstance(common, _Row):
        return common
    return common.made(interp, [_copy(interp, column) for column in common.columns])


def _operator(symbol: str) -> Native:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if len(args) != 2:
            return interp.unknown("an operator")
        return arithmetic.binary(interp, symbol, args[0], args[1], site)

    return native


def _itemgetter(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    keys = list(args)

    def get(again: Interpreter, a: Args, k: Keywords, s: Site) -> Value:
        found = [again.item(a[0], key, s) for key in keys]
        return found[0] if len(found) == 1 else tuple(found)

    return NativeV("itemgetter", get)


def _attrgetter(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    name = args[0] if args else None
    if not isinstance(name, str) or "." in name:
        return interp.unknown("attrgetter")
    return NativeV("attrgetter", lambda again, a, k, s: again.attribute(a[0], name, s))


def _literal(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    text = args[0] if args else None
    if not isinstance(text, str):
        return interp.unknown("a literal that is not known")
    try:
        return from_plain(interp, ast.literal_eval(text))
    except (ValueError, SyntaxError):
        raise interp.raised("ValueError") from None


def _import_module(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    bound = bind_native(interp, ("name", "package"), args, keywords)
    name, package = bound.get("name"), bound.get("package")
    if isinstance(name, str) and name.startswith(".") and isinstance(package, str):
        parts = package.split(".")
        up = len(name) - len(name.lstrip(".")) - 1
        name = ".".join([*parts[: len(parts) - up], name.lstrip(".")])
    if isinstance(name, str) and not name.startswith("."):
        return interp.modules.load(interp, name)
    return interp.unknown("a module that is not known")


def _dedent(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    from textwrap import dedent  # late: few programs lay out texts

    text = args[0] if args else None
    return dedent(text) if type(text) is str else interp.unknown("a text")


def _cast(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return args[1] if len(args) > 1 else None


def _namespace(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    cls = ClassV(interp.heap, "SimpleNamespace", (), {}, None, None)
    cls.kind = "namespace"
    made = Instance(interp.heap, cls)
    made.attributes.update({k: v for k, v in keywords.items() if k is not REST})
    made.open = REST in keywords
    return made


def _version(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``packaging.version.parse`` and friends: versions compare as tuples of numbers."""
    text = args[0] if args else None
    if not isinstance(text, str):
        return interp.unknown("a version")
    parts = tuple(int(p) for p in text.split(".") if p.isdigit())
    return parts if is_constant(parts) else interp.unknown("a version")


def _suppress(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return ManagerV(None, tuple(args))


def _null_context(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return ManagerV(args[0] if args else keywords.get("enter_result"))


def _expect(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``pytest.raises``, which may also take a function to call."""
    unsure = interp.unknown("an exception that is expected")
    if len(args) > 1:
        return unsure
    expected = args[0] if args else keywords.get("expected_exception", unsure)
    return ManagerV(unsure, (expected,), expects_failure=True)


_RANDOM_NUMBERS = (
    "random", "randint", "uniform", "randrange", "gauss", "normalvariate", "lognormvariate",
    "betavariate", "expovariate", "gammavariate", "triangular", "paretovariate", "weibullvariate",
    "getrandbits",
)  # fmt: skip
FUNCTIONS: dict[str, Native] = {
    "contextlib.suppress": _suppress, "contextlib.nullcontext": _null_context,
    "pytest.raises": _expect,
    "sys.exit": _exit, "os._exit": _exit, "os.abort": _exit,
    "os.path.isdir": _is_folder,
    **{f"random.{name}": _random for name in _RANDOM_NUMBERS},
    "random.choice": _choice,
    "random.sample": _drawn("random.sample", "k", None),
    "random.choices": _drawn("random.choices", "weights", 1),
    "random.shuffle": shuffle,
    "operator.add": _operator("+"), "operator.mul": _operator("*"), "operator.sub": _operator("-"),
    "operator.truediv": _operator("/"), "operator.floordiv": _operator("//"),
    "operator.matmul": _operator("@"),
    "operator.itemgetter": _itemgetter, "operator.attrgetter": _attrgetter,
    "ast.literal_eval": _literal,
    "textwrap.dedent": _dedent,
    "importlib.import_module": _import_module, "typing.cast": _cast,
    "types.SimpleNamespace": _namespace, "argparse.Namespace": _namespace,
    "packaging.version.parse": _version, "packaging.version.Version": _version,
    "distutils.version.LooseVersion": _version, "distutils.version.StrictVersion": _version,
    "warnings.warn": _nothing, "warnings.filterwarnings": _nothing, "print": _nothing,
    "logging.info": _nothing, "logging.warning": _nothing, "logging.debug": _nothing,
    "gc.collect": _nothing, "os.makedirs": _nothing,
}  # fmt: skip
_TEXTS = (
    "ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits", "hexdigits", "octdigits",
    "punctuation", "printable", "whitespace",
)  # fmt: skip
CONSTANTS: dict[str, Value] = {
    **{f"string.{name}": getattr(string, name) for name in _TEXTS},
    "typing.TYPE_CHECKING": False, "sys.version_info": (3, 11, 0), "sys.maxsize": 2**63 - 1,
    "os.sep": "/", "sys.platform": "linux", "six.PY2": False, "six.PY3": True,
}  # fmt: skip

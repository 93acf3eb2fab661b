"""The rest of the standard library that model code uses."""

from __future__ import annotations

import ast
import string

from kerasmergelint.tracker.library.from_plain import from_plain
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import arithmetic
from kerasmergelint.tracker.values.constants import is_constant, is_number
from kerasmergelint.tracker.values.exceptions import ManagerV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, Instance, NativeV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value


def _exit(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    raise interp.raised("SystemExit")


def _nothing(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return None


def _is_folder(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return interp.unknown("whether a folder exists", ("exists", id(site.node)))


def _random(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return interp.unknown("a random number", ("random", interp.opaque_term()[1]))


def _choice(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``random.choice(items)``: a number only if all of them are."""
    number = ("random", interp.opaque_term()[1])
    items = interp.iterate(args[0], site) if args else None
    if items and all(map(is_number, items)):
        return interp.unknown("a random number", number)
    return interp.unknown("a random choice", ("call", ("name", "random.choice"), number))


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
    name = args[0] if args else None
    if isinstance(name, str) and not name.startswith("."):
        return interp.modules.load(interp, name)
    return interp.unknown("a module that is not known")


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
    "operator.add": _operator("+"), "operator.mul": _operator("*"), "operator.sub": _operator("-"),
    "operator.truediv": _operator("/"), "operator.floordiv": _operator("//"),
    "operator.matmul": _operator("@"),
    "operator.itemgetter": _itemgetter, "operator.attrgetter": _attrgetter,
    "ast.literal_eval": _literal,
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

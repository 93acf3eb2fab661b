"""Python's builtin functions and types."""

from __future__ import annotations

import builtins as python
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kerasmergelint.keras_api import names
from kerasmergelint.keras_api.absent import absent
from kerasmergelint.shapes import Expr, Shape, maximum
from kerasmergelint.tracker.hazards import merges as hazards
from kerasmergelint.tracker.keras.layer_attributes import class_of
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.python import classes, distinct, iteration
from kerasmergelint.tracker.python.attributes import has_attribute, store_named
from kerasmergelint.tracker.python.expressions import dict_key
from kerasmergelint.tracker.values.constants import as_dim, from_dim, is_constant, to_term
from kerasmergelint.tracker.values.containers import DictV, GeneratorV, IteratorV, ListV, SetV
from kerasmergelint.tracker.values.exceptions import ExceptionV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LAYERS, LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassMethodV,
    ClassV,
    FunctionV,
    Instance,
    NativeV,
    PartialV,
    PropertyV,
    StaticMethodV,
    SuperV,
)
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import External, SymInt, UnknownV, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter

NAMES = frozenset(name for name in dir(python) if not name.startswith("_")) | {"__import__"}
Args = list[Value]
Keywords = dict[str, Value]


def _first(args: Args) -> Value:
    return args[0] if args else None


# -- containers -----------------------------------------------------------------------------


def _list(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    made = ListV(interp.heap, [])
    if args:
        items = interp.iterate(args[0], site)
        if items is None:
            made.open, made.reason = True, "a list of something unknown"
        else:
            made.items.extend(items)
    return made


def _tuple(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if not args:
        return ()
    items = interp.iterate(args[0], site)
    if items is not None:
        return tuple(items)
    term = to_term(args[0])
    return interp.unknown(
        "a tuple of something unknown", None if term is None else make("tuple", term)
    )


def _set(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    made = SetV(interp.heap, [])
    items = interp.iterate(args[0], site) if args else []
    made.open = items is None
    distinct.add(interp, made, items or [])
    return made


def _dict(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    made = DictV(interp.heap, {})
    if args and isinstance(args[0], DictV):
        made.items.update(args[0].items)
        made.open = args[0].open
    elif args:
        for pair in interp.iterate(args[0], site) or [None]:
            items = None if pair is None else interp.iterate(pair, site)
            key = dict_key(items[0]) if items is not None and len(items) == 2 else None
            if key is None or items is None:
                made.open = True
            else:
                made.items[key[0]] = items[1]
    for name, value in keywords.items():
        if name == "**":
            made.open = True
        else:
            made.items[name] = value
    return made


def _range(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if args and all(isinstance(argument, int) for argument in args):
        try:
            return range(*args)
        except (TypeError, ValueError):
            raise interp.raised("TypeError") from None
    if any(isinstance(argument, (float, str)) or argument is None for argument in args):
        raise interp.raised("TypeError", "an integer is required")
    return interp.unknown("a range with unknown ends")


def _iterator(interp: Interpreter, items: list[Value] | None, reason: str) -> Value:
    return interp.unknown(reason) if items is None else IteratorV(interp.heap, items)


def _zip(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    columns = [interp.iterate(argument, site) for argument in args]
    if any(column is None for column in columns):
        known = [column for column in columns if column is not None]
        if known and min(len(column) for column in known) == 0:
            return IteratorV(interp.heap, [])
        if not known or not interp.path.decide(interp.opaque_term(), prefer=True):
            return interp.unknown("zip of something unknown")
        columns = _as_long_as(interp, columns, min(len(column) for column in known))
    elif "strict" not in keywords:
        hazards.notice_zip(interp, [column or [] for column in columns], site)
    return IteratorV(interp.heap, [tuple(row) for row in zip(*[c or [] for c in columns])])


def _as_long_as(
    interp: Interpreter, columns: list[list[Value] | None], length: int
) -> list[list[Value] | None]:
    """Unknown columns taken to be as long as the known ones: the usual case, and a decision."""
    reason = "an item of something unknown that is zipped"
    return [
        [interp.unknown(reason) for _ in range(length)] if column is None else column
        for column in columns
    ]


def _enumerate(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(_first(args), site)
    start = args[1] if len(args) > 1 else keywords.get("start", 0)
    if items is None or not isinstance(start, int):
        return interp.unknown("enumerate of something unknown")
    return IteratorV(interp.heap, list(enumerate(items, start)))


def _reversed(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(_first(args), site)
    return _iterator(interp, None if items is None else items[::-1], "an unknown sequence")


def _map(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    columns = [interp.iterate(argument, site) for argument in args[1:]]
    if not columns or any(column is None for column in columns):
        return interp.unknown("map over something unknown")
    function = args[0]
    rows = [list(row) for row in zip(*[c or [] for c in columns])]

    def start() -> list[Value]:
        return [interp.call(function, row, {}, site) for row in rows]

    return GeneratorV(interp.heap, start)


def _filter(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[1], site) if len(args) > 1 else None
    if items is None:
        return interp.unknown("filter of something unknown")
    kept = []
    for item in items:
        test = item if args[0] is None else interp.call(args[0], [item], {}, site)
        if interp.ask(test, site):
            kept.append(item)
    return IteratorV(interp.heap, kept)


def _sorted(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(_first(args), site)
    made = ListV(interp.heap, [])
    ordered = None if items is None else sort(interp, items, keywords, site)
    if ordered is None:
        made.open, made.reason = True, "sorted in an unknown order"
    else:
        made.items.extend(ordered)
    return made


def sort(
    interp: Interpreter, items: list[Value], keywords: Keywords, site: Site
) -> list[Value] | None:
    """The items in order; None if the order is not known."""
    function = keywords.get("key")
    keys = [item if function is None else interp.call(function, [item], {}, site) for item in items]
    if not all(is_constant(key) for key in keys):
        return None
    reverse = keywords.get("reverse", False)
    if not isinstance(reverse, (bool, int)):
        return None
    try:
        order = sorted(range(len(items)), key=keys.__getitem__, reverse=bool(reverse))
    except TypeError:
        return None
    return [items[index] for index in order]


def _iter(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    made = iteration.iterator(interp, _first(args), site)
    return made if made is not None else interp.unknown("an iterator over something unknown")


def _next(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    source = _first(args)
    if isinstance(source, GeneratorV):
        source = iteration.iterator(interp, source, site)
    if not isinstance(source, IteratorV):
        return interp.unknown("the next item of something unknown")
    if source.position < len(source.items):
        interp.heap.touch(source)
        source.position += 1
        return source.items[source.position - 1]
    if len(args) > 1:
        return args[1]
    raise interp.raised("StopIteration")


# -- numbers and strings --------------------------------------------------------------------


def _len(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = _first(args)
    if isinstance(value, (ListV, SetV, DictV)):
        if value.open:
            return interp.unknown("the length of something that is not fully known")
        return len(value.items)
    if isinstance(value, (str, bytes, tuple, range, frozenset)):
        return len(value)
    if isinstance(value, Instance):
        method = classes.find(value.cls, "__len__")
        if method is not None:
            return interp.call(BoundMethod(value, method[1]), [], {}, site)
        if value.cls.kind == "namedtuple":
            return len(value.cls.fields or [])
    if isinstance(value, TensorV) and isinstance(value.spec.shape, Shape) and value.spec.dims:
        return from_dim(value.spec.shape.dims[0])
    if isinstance(value, UnknownV):
        term = value.term
        return UnknownV(value.reason, None if term is None else make("call", ("name", "len"), term))
    if value is None or isinstance(value, (int, float)):
        raise interp.raised("TypeError", "object has no len()")
    return interp.unknown("a length")


def _number(convert: Callable[..., Any]) -> Any:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if not args:
            return convert()
        value = args[0]
        if isinstance(value, TensorV) and isinstance(value.data, (int, float)):
            value = value.data
        if all(is_constant(argument) for argument in args):
            if limits.function_explodes(convert.__name__, args):
                return interp.unknown(limits.TOO_LARGE)
            try:
                return convert(value, *args[1:])
            except (TypeError, ValueError, OverflowError) as error:
                raise interp.raised(type(error).__name__) from None
        if convert is int and isinstance(value, SymInt):
            return value
        term = to_term(value)
        if convert is int and isinstance(value, UnknownV) and term is not None:
            return UnknownV(value.reason, make("call", ("name", "int"), term))
        return interp.unknown("a conversion of something unknown")

    return native


def _bool(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    known = interp.truth(_first(args)) if args else False
    if known is not None:
        return known
    return UnknownV("a condition", to_term(args[0]) or interp.opaque_term())


def _str(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = args[0] if args else ""
    return str(value) if is_constant(value) else interp.unknown("a string of something unknown")


def _constant(function: Callable[..., Any]) -> Any:
    """A pure function: computed on constants, unknown otherwise."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if all(is_constant(v) for v in (*args, *keywords.values())) and "**" not in keywords:
            if limits.function_explodes(function.__name__, args):
                return interp.unknown(limits.TOO_LARGE)
            try:
                return function(*args, **keywords)
            except Exception as error:
                raise interp.raised(type(error).__name__) from None
        return interp.unknown(f"{function.__name__} of something unknown")

    return native


def _abs(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = _first(args)
    if isinstance(value, TensorV):
        return TensorV(value.spec)
    return _constant(abs)(interp, args, keywords, site)


def _extreme(pick: Callable[..., Any], symbolic: Any) -> Any:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        items = interp.iterate(args[0], site) if len(args) == 1 else list(args)
        if not items:
            if items is not None and "default" in keywords:
                return keywords["default"]
            return interp.unknown("the extreme of something unknown")
        ordered = sort(interp, items, {k: v for k, v in keywords.items() if k == "key"}, site)
        if ordered is not None:
            key = keywords.get("key")
            keys = [i if key is None else interp.call(key, [i], {}, site) for i in items]
            best = pick(range(len(items)), key=keys.__getitem__)
            return items[best]
        dims = [as_dim(item) for item in items]
        if symbolic is not None and all(isinstance(dim, (int, Expr)) for dim in dims):
            return from_dim(functools.reduce(symbolic, dims))
        return interp.unknown("the extreme of something unknown")

    return native


def _sum(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(_first(args), site)
    if items is None:
        return interp.unknown("the sum of something unknown")
    value = args[1] if len(args) > 1 else keywords.get("start", 0)
    for item in items:
        value = interp.binary("+", value, item, site)
    return value


def _quantifier(stop_at: bool) -> Any:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        items = interp.iterate(_first(args), site)
        if items is None:
            return interp.unknown("a test of something unknown")
        unsure: Value = None
        for item in items:
            known = interp.truth(item)
            if known is stop_at:
                return stop_at
            if known is None and unsure is None:
                unsure = item
        if unsure is None:
            return not stop_at
        return interp.unknown("a test of something unknown")

    return native


# -- types and attributes -------------------------------------------------------------------


def _isinstance(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) != 2:
        return interp.unknown("isinstance")
    value, cls = interp.resolve(args[0]), args[1]
    answer = is_instance(interp, value, cls)
    if answer is not None:
        return answer
    name = _class_name(cls)
    term = to_term(value)
    if term is None:
        term = interp.opaque_term()
    return UnknownV("a test of a type", make("isinstance", term, name))


def _class_name(cls: Value) -> str:
    if isinstance(cls, External):
        return cls.dotted
    if isinstance(cls, tuple):
        return ",".join(_class_name(part) for part in cls)
    return cls.name if isinstance(cls, ClassV) else "?"


_TYPES: dict[str, Callable[[Value], bool]] = {
    "int": lambda v: isinstance(v, (int, SymInt)),
    "float": lambda v: isinstance(v, float),
    "bool": lambda v: isinstance(v, bool),
    "str": lambda v: isinstance(v, str),
    "bytes": lambda v: isinstance(v, bytes),
    "list": lambda v: isinstance(v, ListV) and v.kind == "list",
    "tuple": lambda v: isinstance(v, tuple),
    "dict": lambda v: isinstance(v, DictV),
    "set": lambda v: isinstance(v, SetV),
    "range": lambda v: isinstance(v, range),
    "slice": lambda v: isinstance(v, slice),
    "object": lambda v: True,
    "type": lambda v: isinstance(v, ClassV),
    "Iterable": lambda v: isinstance(v, (ListV, tuple, DictV, SetV, str, range)),
    "Sequence": lambda v: isinstance(v, (ListV, tuple, str, range)),
    "Mapping": lambda v: isinstance(v, DictV),
    "Callable": lambda v: isinstance(v, (FunctionV, BoundMethod, NativeV, PartialV, ClassV)),
    "Number": lambda v: isinstance(v, (int, float, SymInt)),
    "Integral": lambda v: isinstance(v, (int, SymInt)),
    "integer": lambda v: False,
    "FunctionType": lambda v: isinstance(v, FunctionV),
    "string_types": lambda v: isinstance(v, str),
}
_PLAIN_VALUES = (
    bool, int, float, str, bytes, tuple, type(None), range, slice, ListV, DictV, SetV, SymInt,
    FunctionV, BoundMethod, NativeV, PartialV,
)  # fmt: skip


def is_instance(interp: Interpreter, value: Value, cls: Value) -> bool | None:
    """``isinstance(value, cls)``; None if it is not known."""
    if isinstance(cls, tuple):
        answers = [is_instance(interp, value, part) for part in cls]
        return True if True in answers else None if None in answers else False
    if isinstance(value, UnknownV):
        return None
    if isinstance(cls, ClassV):
        if isinstance(value, Instance):
            found = any(entry is cls for entry in value.cls.mro)
            return True if found else None if value.cls.unknown_base else False
        return None if isinstance(value, External) else False
    if not isinstance(cls, External):
        return None
    last = cls.dotted.rpartition(".")[2]
    if isinstance(value, (*LAYERS, Instance, TensorV)):
        return _is_keras_instance(interp, value, cls.dotted)
    if last in _TYPES and isinstance(value, _PLAIN_VALUES):
        return _TYPES[last](value)
    if isinstance(value, _PLAIN_VALUES):
        return False if "." in cls.dotted and last[:1].isupper() else None
    return None


def _is_keras_instance(interp: Interpreter, value: Value, dotted: str) -> bool | None:
    last = dotted.rpartition(".")[2]
    if isinstance(value, TensorV):
        if last in ("KerasTensor", "Tensor", "SymbolicTensor"):
            return True
        return (
            False
            if last in ("list", "tuple", "dict", "str", "int", "float", "Layer", "Model")
            else None
        )
    if isinstance(value, Instance):
        names_of = {e.dotted.rpartition(".")[2] for e in value.cls.mro if isinstance(e, External)}
        if last in names_of or last == "object":
            return True
        if value.layer is not None and last == "Layer":
            return True
        if last in ("list", "tuple", "dict", "str", "int", "float", "bool", "set"):
            return False
        return (
            False if value.layer is not None and names.canonical(dotted, interp.version) else None
        )
    return _is_layer_instance(interp, value, last)


def _is_layer_instance(interp: Interpreter, value: Value, last: str) -> bool | None:
    if last in ("Layer", "object"):
        return True
    if isinstance(value, LayerV):
        return bool(last == value.type.name or last in getattr(value.type, "bases", ()))
    if last == "Model":
        return True
    if last == "Functional":
        return isinstance(value, ModelV)
    if last == "Sequential":
        return isinstance(value, SequentialV)
    return False


def _type(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) == 3 and isinstance(args[0], str) and isinstance(args[2], DictV):
        bases = interp.iterate(args[1], site) or []
        return ClassV(interp.heap, args[0], tuple(bases), dict(args[2].items), None, None)
    value = _first(args)
    if isinstance(value, Instance):
        return value.cls
    if isinstance(value, LAYERS):
        return class_of(value)
    for name in ("bool", "int", "float", "str", "list", "tuple", "dict", "set"):
        if not isinstance(value, UnknownV) and _TYPES[name](value):
            return External(name)
    if value is None:
        return External("NoneType")
    term = to_term(value)
    return interp.unknown("the type of something", None if term is None else make("type", term))


def _hasattr(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) != 2 or not isinstance(args[1], str):
        return interp.unknown("hasattr")
    value, name = args
    if isinstance(value, External) and absent(value.child(name).dotted) is not None:
        return value.child(name).dotted in interp.modules.library.patched
    known = has_attribute(interp, value, name)
    if known is None:
        return interp.unknown(f"whether something has the attribute {name}")
    return known


def _getattr(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) < 2 or not isinstance(args[1], str):
        return interp.unknown("getattr with an unknown name")
    value, name = args[0], args[1]
    if len(args) > 2:
        there = _hasattr(interp, [value, name], {}, site)
        if there is False:
            return args[2]
        if isinstance(value, Instance) and there is not True:
            return interp.unknown(f"the attribute {name}, if there is one")
    return interp.attribute(value, name, site)


def _setattr(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) == 3:
        if isinstance(args[1], str):
            interp.set_attribute(args[0], args[1], args[2], site)
        else:
            interp.forget(args[0], "setattr with an unknown name")
    return None


def _callable(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = _first(args)
    if isinstance(value, (FunctionV, BoundMethod, NativeV, PartialV, ClassV, *LAYERS)):
        return True
    if value is None or isinstance(value, (bool, int, float, str, tuple, ListV, DictV, SetV)):
        return False
    term = to_term(value)
    return UnknownV("whether it is callable", None if term is None else make("callable", term))


def _super(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) == 2 and isinstance(args[0], ClassV):
        return SuperV(args[0], args[1])
    frame = interp.frame
    if not args and frame.owner is not None:
        return SuperV(frame.owner, frame.receiver)
    return interp.unknown("super()")


def _property(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    getter = args[0] if args else keywords.get("fget")
    return PropertyV(getter, args[1] if len(args) > 1 else keywords.get("fset"))


def _globals(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A live view of the module's names: assigning through it binds them."""
    scope = interp.frame.scope.top
    interp.heap.touch(scope)
    made = DictV(interp.heap, {})
    made.items = scope.variables
    return made


def _locals(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return DictV(interp.heap, dict(interp.frame.scope.variables))


def _eval(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``eval("Name")`` of a plain dotted name."""
    from kerasmergelint.tracker.python.expressions import lookup

    text = _first(args)
    if not isinstance(text, str) or not all(p.isidentifier() for p in text.strip().split(".")):
        return interp.unknown("eval of something unknown")
    first, *rest = text.strip().split(".")
    value = lookup(interp, interp.frame.scope, first)
    for name in rest:
        value = interp.attribute(value, name, site)
    return value


def _exec(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    interp.heap.touch(interp.frame.scope.top)
    interp.frame.scope.top.open = True
    return None


def _exit(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    raise interp.raised("SystemExit")


def _input(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return interp.unknown("what the user types", ("input", id(site.node)))


def _nothing(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return None


def _exception(name: str) -> Any:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        return ExceptionV(name, None, tuple(args))

    return native


def _import(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    name = _first(args)
    return (
        interp.modules.load(interp, name) if isinstance(name, str) else interp.unknown("__import__")
    )


def _slice(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return slice(*args)


_EXCEPTIONS = {
    name: _exception(name)
    for name in dir(python)
    if isinstance(getattr(python, name), type) and issubclass(getattr(python, name), BaseException)
}


def _vars(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if args and isinstance(args[0], Instance):
        return interp.attribute(args[0], "__dict__", site)
    return _locals(interp, args, keywords, site)


FUNCTIONS: dict[str, Any] = {
    **_EXCEPTIONS,
    "list": _list, "tuple": _tuple, "set": _set, "frozenset": _set, "dict": _dict,
    "range": _range, "xrange": _range, "zip": _zip, "enumerate": _enumerate,
    "reversed": _reversed, "map": _map, "filter": _filter, "sorted": _sorted, "iter": _iter,
    "next": _next, "len": _len, "int": _number(int), "float": _number(float), "bool": _bool,
    "str": _str, "repr": _constant(repr), "abs": _abs, "round": _constant(round),
    "divmod": _constant(divmod), "pow": _constant(pow), "hex": _constant(hex),
    "bin": _constant(bin), "chr": _constant(chr), "ord": _constant(ord),
    "hash": _constant(hash), "format": _constant(format),
    "max": _extreme(max, maximum), "min": _extreme(min, None), "sum": _sum,
    "all": _quantifier(stop_at=False), "any": _quantifier(stop_at=True),
    "isinstance": _isinstance, "type": _type, "hasattr": _hasattr, "getattr": _getattr,
    "setattr": _setattr, "object.__setattr__": store_named, "callable": _callable,
    "super": _super, "property": _property,
    "globals": _globals, "locals": _locals, "vars": _vars, "eval": _eval, "exec": _exec,
    "exit": _exit, "quit": _exit, "input": _input, "print": _nothing, "__import__": _import,
    "slice": _slice,
    "staticmethod": lambda interp, args, keywords, site: StaticMethodV(_first(args)),
    "classmethod": lambda interp, args, keywords, site: ClassMethodV(_first(args)),
}  # fmt: skip

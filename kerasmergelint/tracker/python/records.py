"""Dataclasses and named tuples: their fields, constructors and methods."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import RECORDS, ClassV, Instance, NativeV
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, Spread, Value, named

MISSING = External("dataclasses.MISSING")
METHODS = ("_replace", "_asdict", "model_dump", "dict", "to_dict", "model_copy")
_AS_DICT = ("_asdict", "model_dump", "dict", "to_dict")


@dataclass(frozen=True, slots=True)
class FieldV:
    """``dataclasses.field(...)``."""

    options: dict[str, Value]


@dataclass(frozen=True, slots=True)
class InitVarV:
    """The default of a ``dataclasses.InitVar``, which only the constructor and ``__post_init__`` see."""

    default: Value


def namedtuple(interp: Interpreter, name: str, fields: list[str], defaults: list[Value]) -> ClassV:
    """``collections.namedtuple(name, fields)``."""
    made = ClassV(interp.heap, name, (), {}, None, None)
    made.kind = "namedtuple"
    missing: list[Value] = [MISSING] * (len(fields) - len(defaults))
    made.fields = list(zip(fields, [*missing, *defaults]))
    return made


def set_defaults(cls: ClassV, defaults: list[Value]) -> None:
    """Give the last fields of a class these defaults."""
    fields = cls.fields or []
    start = len(fields) - len(defaults)
    cls.fields = [
        (field, defaults[index - start] if index >= start else default)
        for index, (field, default) in enumerate(fields)
    ]


def inherited_fields(cls: ClassV) -> list[tuple[str, Value]]:
    """The fields of the bases that are records."""
    fields: dict[str, Value] = {}
    for base in reversed(cls.mro[1:]):
        if isinstance(base, ClassV) and base.kind in RECORDS:
            fields.update(base.fields or ())
    return list(fields.items())


def make_dataclass(cls: ClassV) -> None:
    """The ``dataclass`` decorator: annotated names become fields."""
    cls.kind = "dataclass"
    cls.fields = list({**dict(inherited_fields(cls)), **dict(cls.declared)}.items())


def initialise(
    interp: Interpreter, made: Instance, args: Args, keywords: Keywords, site: Site
) -> None:
    """The ``__init__`` of a record."""
    left = dict(keywords)
    waiting = list(args)
    unsure = REST in left or any(isinstance(argument, Spread) for argument in args)
    passed_on: list[Value] = []
    for name, declared in made.cls.fields or []:
        if _is_left_out(declared):
            if _has_default(declared):
                made.attributes[name] = _default(interp, declared, site)
            continue
        default = declared.default if isinstance(declared, InitVarV) else declared
        if waiting and not isinstance(waiting[0], Spread):
            value = waiting.pop(0)
        elif name in left:
            value = _validated(interp, made.cls, left.pop(name), default, site)
        elif unsure:
            value = interp.unknown(f"the field {name} may come through * or **")
        elif default is MISSING:
            raise interp.raised("TypeError", f"missing {name}")
        else:
            value = _default(interp, default, site)
        if isinstance(declared, InitVarV):
            passed_on.append(value)
        else:
            made.attributes[name] = value
    if (waiting or left) and not unsure:
        raise interp.raised("TypeError", f"{made.cls.name}() got unexpected arguments")
    after = find(made.cls, "__post_init__")
    if after is not None:
        interp.call(after[1], [made, *passed_on], {}, site)


def stored(cls: ClassV) -> list[tuple[str, Value]]:
    """The fields that instances have as attributes."""
    return [(name, value) for name, value in cls.fields or [] if not isinstance(value, InitVarV)]


def _is_left_out(declared: Value) -> bool:
    """Whether the constructor does not take a field: ``field(init=False)``."""
    return isinstance(declared, FieldV) and declared.options.get("init", True) is False


def _has_default(declared: Value) -> bool:
    names = ("default", "default_factory", "factory")
    return isinstance(declared, FieldV) and any(name in declared.options for name in names)


def _validated(interp: Interpreter, cls: ClassV, value: Value, default: Value, site: Site) -> Value:
    """Pydantic's conversions: dicts become models, strings may become numbers."""
    if not any(
        isinstance(base, External) and base.dotted.startswith("pydantic") for base in cls.mro
    ):
        return value
    usual = None if default is MISSING else _default(interp, default, site)
    if isinstance(value, DictV) and isinstance(usual, Instance):
        known: Keywords = {
            name: item for name, item in value.items.items() if isinstance(name, str)
        }
        return interp.call(usual.cls, [], {**known, REST: value} if value.open else known, site)
    if isinstance(value, (DictV, str)) and not isinstance(usual, type(value)):
        return interp.unknown("a value that its model converts")
    return value


def _default(interp: Interpreter, default: Value, site: Site) -> Value:
    """``field(default_factory=list)`` makes a new one for each instance."""
    if not isinstance(default, FieldV):
        return default
    factory = default.options.get("default_factory", default.options.get("factory"))
    if factory is not None:
        return interp.call(factory, [], {}, site)
    return default.options.get("default", interp.unknown("a field without a default"))


def replaced(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``dataclasses.replace(record, ...)``."""
    source = args[0] if args else None
    if not isinstance(source, Instance):
        return interp.unknown("dataclasses.replace")
    made = Instance(interp.heap, source.cls)
    made.attributes = {**source.attributes, **named(keywords)}
    made.open, made.reason = source.open, source.reason
    return made


def as_dict(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``dataclasses.asdict(record)``."""
    source = args[0] if args else None
    if not isinstance(source, Instance) or source.open:
        return interp.unknown("a dict of an unknown object")
    names = [name for name, _ in stored(source.cls)]
    return DictV(interp.heap, {name: _plain(interp, source.attributes.get(name)) for name in names})


def _plain(interp: Interpreter, value: Value) -> Value:
    """Convert nested records to dicts, too."""
    if isinstance(value, Instance) and value.cls.kind == "dataclass":
        return as_dict(interp, [value], {}, interp.site(None))
    if isinstance(value, ListV) and not value.open:
        return ListV(interp.heap, [_plain(interp, item) for item in value.items], value.kind)
    return value


def method(instance: Instance, name: str) -> NativeV:
    """``_replace`` and ``_asdict`` of named tuples, and their counterparts of other records."""
    if name in _AS_DICT:
        return NativeV(name, lambda again, a, k, s: as_dict(again, [instance], {}, s))
    return NativeV(name, lambda again, a, k, s: replaced(again, [instance], k, s))

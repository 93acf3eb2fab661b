"""Dataclasses and named tuples: their fields, constructors and methods."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import pydantic_models
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import RECORDS, ClassV, Instance, NativeV
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, Spread, Value, named

MISSING = External("dataclasses.MISSING")
_OF_MODELS = ("model_dump", "dict", "model_copy", "copy")
_AS_DICT = ("_asdict", "to_dict")


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


def make_of_attributes(cls: ClassV) -> None:
    """``@attr.s``: the names that ``attr.ib()`` makes are fields."""
    cls.kind = "dataclass"
    own = {name: value for name, value in cls.namespace.items() if isinstance(value, FieldV)}
    cls.fields = list({**dict(inherited_fields(cls)), **own}.items())


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
        elif name in left or _alias(declared) in left:
            value = left.pop(name if name in left else _alias(declared))
            value = _converted(interp, made.cls, name, value, default, site)
        elif unsure:
            value = interp.unknown(f"the field {name} may come through * or **")
        elif default is MISSING or _is_required(default):
            raise interp.raised("TypeError", f"missing {name}")
        else:
            value = _default(interp, default, site)
        if isinstance(declared, InitVarV):
            passed_on.append(value)
        else:
            made.attributes[name] = value
    is_model = pydantic_models.is_model(made.cls)
    if (waiting or (left and not is_model)) and not unsure:
        raise interp.raised("TypeError", f"{made.cls.name}() got unexpected arguments")
    after = find(made.cls, "model_post_init" if is_model else "__post_init__")
    after = after or find(made.cls, "__attrs_post_init__")
    if after is not None:
        interp.call(after[1], [made, *([None] if is_model else passed_on)], {}, site)
    pydantic_models.settled(interp, made)


def stored(cls: ClassV) -> list[tuple[str, Value]]:
    """The fields that instances have as attributes."""
    return [(name, value) for name, value in cls.fields or [] if not isinstance(value, InitVarV)]


def _is_left_out(declared: Value) -> bool:
    """Whether the constructor does not take a field: ``field(init=False)``."""
    return isinstance(declared, FieldV) and declared.options.get("init", True) is False


def _has_default(declared: Value) -> bool:
    names = ("default", "default_factory", "factory")
    return isinstance(declared, FieldV) and any(name in declared.options for name in names)


def _alias(declared: Value) -> str:
    """The name by which the constructor takes a field besides its own; an empty one for none."""
    alias = declared.options.get("alias") if isinstance(declared, FieldV) else None
    return alias if type(alias) is str else ""


def _is_required(default: Value) -> bool:
    """Whether a ``Field(alias="n")`` of a model has no default."""
    return isinstance(default, FieldV) and "alias" in default.options and not _has_default(default)


def _converted(
    interp: Interpreter, cls: ClassV, name: str, value: Value, default: Value, site: Site
) -> Value:
    """What a model or a converter makes of an argument."""
    if pydantic_models.is_model(cls):
        usual = None if default is MISSING else _default(interp, default, site)
        return pydantic_models.converted(interp, cls, name, value, usual, site)
    converter = default.options.get("converter") if isinstance(default, FieldV) else None
    return value if converter is None else interp.call(converter, [value], {}, site)


def _default(interp: Interpreter, default: Value, site: Site) -> Value:
    """``field(default_factory=list)`` makes a new one for each instance."""
    if not isinstance(default, FieldV):
        return default
    factory = default.options.get("default_factory", default.options.get("factory"))
    if factory is not None:
        return interp.call(factory, [], {}, site)
    if "default" not in default.options:
        return interp.unknown("a field without a default")
    usual = _default(interp, default.options["default"], site)
    converter = default.options.get("converter")
    return usual if converter is None else interp.call(converter, [usual], {}, site)


def replaced(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``dataclasses.replace(record, ...)``: made anew, so that what ``__post_init__`` computes is, too."""
    source = args[0] if args else None
    if not isinstance(source, Instance) or source.open or REST in keywords:
        return interp.unknown("a record of which something is replaced")
    given = {**_arguments(source), **keywords}
    if source.cls.kind == "dataclass":
        return interp.call(source.cls, [], given, site)
    made = Instance(interp.heap, source.cls)
    made.attributes = {**source.attributes, **named(keywords)}
    return made


def _arguments(source: Instance) -> Keywords:
    """The arguments from which a record may have been made."""
    taken = [name for name, declared in stored(source.cls) if not _is_left_out(declared)]
    return {name: source.attributes[name] for name in taken if name in source.attributes}


def as_dict(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``dataclasses.asdict(record)``."""
    source = args[0] if args else None
    if not isinstance(source, Instance) or source.open:
        return interp.unknown("a dict of an unknown object")
    names = [name for name, _ in stored(source.cls)]
    return DictV(interp.heap, {name: _plain(interp, source.attributes.get(name)) for name in names})


def as_tuple(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``dataclasses.astuple(record)``, of one that holds no other."""
    made = as_dict(interp, args, keywords, site)
    plain = isinstance(made, DictV) and not any(
        isinstance(item, (DictV, ListV)) for item in made.items.values()
    )
    if not isinstance(made, DictV) or not plain:
        return interp.unknown("a tuple of what an object holds")
    return tuple(made.items.values())


def _plain(interp: Interpreter, value: Value) -> Value:
    """Convert nested records to dicts, too."""
    if isinstance(value, Instance) and value.cls.kind == "dataclass":
        return as_dict(interp, [value], {}, interp.site(None))
    if isinstance(value, ListV) and not value.open:
        return ListV(interp.heap, [_plain(interp, item) for item in value.items], value.kind)
    return value


def method(instance: Instance, name: str) -> NativeV | None:
    """``_replace`` and ``_asdict`` of named tuples, and their counterparts of other records."""

    def native(again: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if name in ("model_copy", "copy"):
            return pydantic_models.copied(again, instance, args, keywords)
        if name == "_replace":
            return replaced(again, [instance], keywords, site)
        return pydantic_models.dumped(again, as_dict(again, [instance], {}, site), args, keywords)

    is_own = (
        name in _OF_MODELS
        if pydantic_models.is_model(instance.cls)
        else name in ("_replace", *_AS_DICT)
    )
    return NativeV(name, native) if is_own else None

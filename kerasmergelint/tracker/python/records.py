"""Dataclasses and named tuples: their fields, and what those make of an instance."""

from __future__ import annotations

from dataclasses import dataclass

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, Instance, NativeV
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, Value, named

MISSING = External("dataclasses.MISSING")
METHODS = ("_replace", "_asdict")


@dataclass(frozen=True, slots=True)
class FieldV:
    """``dataclasses.field(...)``."""

    options: dict[str, Value]


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


def initialise(
    interp: Interpreter, made: Instance, args: Args, keywords: Keywords, site: Site
) -> None:
    """What the ``__init__`` of a record does."""
    left = dict(keywords)
    waiting = list(args)
    for name, default in made.cls.fields or []:
        if waiting:
            made.attributes[name] = waiting.pop(0)
        elif name in left:
            made.attributes[name] = left.pop(name)
        elif default is MISSING or REST in left:
            if default is MISSING and REST not in left:
                raise interp.raised("TypeError", f"missing {name}")
            made.attributes[name] = interp.unknown(f"the field {name} may come through **")
        else:
            made.attributes[name] = _default(interp, default, site)
    after = find(made.cls, "__post_init__")
    if after is not None:
        interp.call(after[1], [made], {}, site)


def _default(interp: Interpreter, default: Value, site: Site) -> Value:
    """``field(default_factory=list)`` makes a new one for each instance."""
    if not isinstance(default, FieldV):
        return default
    factory = default.options.get("default_factory")
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
    names = [name for name, _ in source.cls.fields or []]
    return DictV(interp.heap, {name: source.attributes.get(name) for name in names})


def method(instance: Instance, name: str) -> NativeV:
    """``_replace`` and ``_asdict`` of named tuples."""
    if name == "_asdict":
        return NativeV(name, lambda again, a, k, s: as_dict(again, [instance], {}, s))
    return NativeV(name, lambda again, a, k, s: replaced(again, [instance], k, s))

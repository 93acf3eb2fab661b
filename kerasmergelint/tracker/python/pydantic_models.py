"""Pydantic's models: what they make of what they are given, and how they are copied and dumped.

A model takes dicts and texts, converts what it takes, and calls the program's validators.
"""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import (
    ClassMethodV,
    ClassV,
    FunctionV,
    Instance,
    NativeV,
    StaticMethodV,
)
from kerasmergelint.tracker.values.value import (
    REST,
    Args,
    External,
    Keywords,
    Value,
)


@dataclass(frozen=True, slots=True)
class ValidatorV:
    """A function that a model calls on some of its fields; on the whole model if ``fields`` is None."""

    fields: tuple[Value, ...] | None
    function: Value


def is_model(cls: ClassV) -> bool:
    """Whether a class derives from one of pydantic's."""
    return any(
        isinstance(base, External) and base.dotted.startswith("pydantic") for base in cls.mro
    )


def validator(dotted: str, fields: tuple[Value, ...], function: Value) -> ValidatorV:
    """What ``@field_validator("width")`` and ``@model_validator(mode="after")`` make of a function."""
    whole = dotted.endswith(("model_validator", "root_validator"))
    return ValidatorV(None if whole else fields, function)


# -- making ---------------------------------------------------------------------------------


def converted(
    interp: Interpreter, cls: ClassV, name: str, value: Value, usual: Value, site: Site
) -> Value:
    """A field that was given: dicts become models, digits numbers, and validators have a look."""
    value = _of_its_type(interp, value, usual, site)
    for found in _validators(cls):
        if found.fields is not None and (name in found.fields or "*" in found.fields):
            value = _validated(interp, cls, found.function, value, site)
    return value


def _of_its_type(interp: Interpreter, value: Value, usual: Value, site: Site) -> Value:
    if isinstance(value, DictV) and isinstance(usual, Instance):
        return _made_of(interp, usual.cls, value, site)
    if type(value) is str and value.isdecimal() and type(usual) is int:
        return int(value)
    if isinstance(value, (DictV, str)) and not isinstance(usual, type(value)):
        return interp.unknown("a value that its model converts")
    return value


def _validators(cls: ClassV) -> list[ValidatorV]:
    classes = [base for base in cls.mro if isinstance(base, ClassV)]
    return [v for base in classes for v in base.namespace.values() if isinstance(v, ValidatorV)]


def _validated(
    interp: Interpreter, cls: ClassV, function: Value, value: Value, site: Site
) -> Value:
    """What a validator of one field gives; those that also look at other fields are not followed."""
    bare = function.function if isinstance(function, (ClassMethodV, StaticMethodV)) else function
    given: list[Value] = [value] if isinstance(function, StaticMethodV) else [cls, value]
    if not isinstance(bare, FunctionV) or len(bare.code.parameters) != len(given):
        return interp.unknown("a value that a validator looks at")
    return interp.call(bare, given, {}, site)


def settled(interp: Interpreter, made: Instance) -> None:
    """What the validators of a whole model leave of it is not known."""
    if any(found.fields is None for found in _validators(made.cls)):
        made.open, made.reason = True, "a validator looks at the whole model"


def _made_of(interp: Interpreter, cls: ClassV, value: Value, site: Site) -> Value:
    if isinstance(value, Instance) and value.cls is cls:
        return value
    if not isinstance(value, DictV):
        return interp.unknown("a model of something unknown")
    known: Keywords = {name: item for name, item in value.items.items() if type(name) is str}
    return interp.call(cls, [], {**known, REST: value} if value.open else known, site)


def _of_text(interp: Interpreter, cls: ClassV, text: Value, site: Site) -> Value:
    return _made_of(interp, cls, interp.call(External("json.loads"), [text], {}, site), site)


_OF_CLASS = {
    "model_validate": _made_of, "parse_obj": _made_of, "model_validate_json": _of_text,
    "parse_raw": _of_text,
}  # fmt: skip


def class_method(cls: ClassV, name: str) -> NativeV | None:
    """``Settings.model_validate(given)`` and its like."""
    make = _OF_CLASS.get(name)
    if make is None or not is_model(cls):
        return None
    return NativeV(name, lambda again, args, k, s: make(again, cls, args[0] if args else None, s))


# -- copying and dumping --------------------------------------------------------------------


def copied(interp: Interpreter, source: Instance, args: Args, keywords: Keywords) -> Value:
    """``model.model_copy(update={...})``: what is updated is not validated."""
    update = keywords.get("update")
    known = update is None or (
        isinstance(update, DictV) and not update.open and all(map(_is_text, update.items))
    )
    if args or not known or set(keywords) - {"update", "deep"}:
        return interp.unknown("a copy of a model")
    made = Instance(interp.heap, source.cls)
    made.attributes = {**source.attributes, **(update.items if isinstance(update, DictV) else {})}
    made.open, made.reason = source.open, source.reason
    return made


def _is_text(key: object) -> bool:
    return type(key) is str


def dumped(interp: Interpreter, made: Value, args: Args, keywords: Keywords) -> Value:
    """A dict of all fields, without those that are excluded."""
    left = {name: value for name, value in keywords.items() if name not in ("mode", "by_alias")}
    excluded = left.pop("exclude", None)
    chosen = excluded.items if isinstance(excluded, (SetV, ListV)) and not excluded.open else []
    is_known = excluded is None or (bool(chosen) and all(map(_is_text, chosen)))
    if args or left or not is_known or not isinstance(made, DictV):
        return interp.unknown("what a model is dumped to")
    for name in chosen:
        made.items.pop(name, None)
    return made

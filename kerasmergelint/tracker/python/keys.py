"""Values as keys of dicts and items of sets."""

from __future__ import annotations

from typing import Any

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.foreign import is_foreign
from kerasmergelint.tracker.values.objects import RECORDS, Instance
from kerasmergelint.tracker.values.value import External, UnknownV, Value


def dict_key(value: Value) -> tuple[object] | None:
    """A value as a dict key, wrapped; None if it is unknown which key it is."""
    if isinstance(value, (UnknownV, ListV, DictV, SetV)) or is_foreign(value):
        return None
    if isinstance(value, Instance) and _equals_by_content(value):
        return None
    if isinstance(value, tuple) and any(dict_key(item) is None for item in value):
        return None
    try:
        hash(value)
    except TypeError:
        return None
    return (value,)


_BY_CONTENT = ("str", "int", "float", "bytes", "tuple", "frozenset", "enum.IntEnum", "enum.StrEnum")


def _equals_by_content(value: Instance) -> bool:
    """Whether another object may be the same key."""
    if value.cls.kind in RECORDS:
        return True
    return any(find(value.cls, name) is not None for name in ("__eq__", "__hash__")) or any(
        isinstance(base, External) and base.dotted in _BY_CONTENT for base in value.cls.mro
    )


def refuse_unhashable(interp: Interpreter, key: Value) -> None:
    """Lists, dicts and sets cannot be keys."""
    if isinstance(key, (ListV, DictV, SetV)):
        raise interp.raised("TypeError", "unhashable")


def certain_items(interp: Interpreter, value: DictV) -> dict[Any, Value]:
    """The items under known keys; those that may have been replaced are unknown."""
    if not value.open or not value.reason:
        return value.items
    return {
        key: interp.unknown(f"it may have been replaced: {value.reason}") for key in value.items
    }

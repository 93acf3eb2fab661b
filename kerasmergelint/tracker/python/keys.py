"""Values as keys of dicts."""

from __future__ import annotations

from typing import Any

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.value import UnknownV, Value


def dict_key(value: Value) -> tuple[Any] | None:
    """A value as a dict key, wrapped; None where it is not known which key it is."""
    if isinstance(value, (UnknownV, ListV, DictV)):
        return None
    if isinstance(value, tuple) and any(dict_key(item) is None for item in value):
        return None
    try:
        hash(value)
    except TypeError:
        return None
    return (value,)


def certain_items(interp: Interpreter, value: DictV) -> dict[Any, Value]:
    """The items under the keys that are known; those that may have been replaced are unknown."""
    if not value.open or not value.reason:
        return value.items
    return {
        key: interp.unknown(f"it may have been replaced: {value.reason}") for key in value.items
    }

"""Callbacks of the program's own classes: the attributes that they certainly lack."""

from __future__ import annotations

from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.objects import ClassV, Instance
from kerasmergelint.tracker.values.value import External, Value

# What Keras gives them, beside hooks: `on_epoch_end` and its like.
_OF_KERAS = frozenset({"model", "params", "set_model", "set_params", "validation_data"})


def has_no(interp: Interpreter, instance: Instance, name: str) -> bool:
    """Whether nobody has given an attribute of this name to a callback."""
    if name in _OF_KERAS or name.startswith(("_", "on_")) or instance.open:
        return False
    if instance.cls.looks_up or not interp.has_followed(instance.serial):
        return False
    own = [base for base in instance.cls.mro if isinstance(base, ClassV)]
    others = [base for base in instance.cls.mro if not isinstance(base, ClassV)]
    known = all(map(_is_plain, others)) and not any(base.open for base in own)
    return known and any(base != External("object") for base in others)


def _is_plain(base: Value) -> bool:
    if not isinstance(base, External):
        return False
    return base == External("object") or inner_path(base.dotted) == "callbacks.Callback"

"""Layer names: chosen by the program, or automatic."""

from __future__ import annotations

from functools import partial

from kerasmergelint.keras_api.layers import base_class
from kerasmergelint.keras_api.protocol import Problem
from kerasmergelint.tracker.machine import by_version
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.layers import AnyLayer
from kerasmergelint.tracker.values.value import Value


def refused_name(interp: Interpreter, wanted: Value) -> Problem | None:
    """Why a model must not have this name."""
    return by_version.refusal(interp, partial(base_class.refused_name, wanted))


def give_name(interp: Interpreter, layer: AnyLayer, wanted: Value, class_name: str) -> None:
    """The name that the program chose, or the next automatic one."""
    if isinstance(wanted, str):
        layer.named, layer.name = True, wanted
    else:
        layer.named, layer.name = False, interp.names.fresh(class_name)

"""Layer names: chosen by the program, or automatic."""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.layers import AnyLayer
from kerasmergelint.tracker.values.value import Value


def give_name(interp: Interpreter, layer: AnyLayer, wanted: Value, class_name: str) -> None:
    """The name that the program chose, or the next automatic one."""
    if isinstance(wanted, str):
        layer.named, layer.name = True, wanted
    else:
        layer.named, layer.name = False, interp.names.fresh(class_name)

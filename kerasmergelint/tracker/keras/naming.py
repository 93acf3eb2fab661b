"""Layer names: chosen by the program, or automatic."""

from __future__ import annotations

from functools import partial

from kerasmergelint.keras_api.layers import base_class
from kerasmergelint.keras_api.protocol import Problem, TensorKind
from kerasmergelint.keras_api.versions import V2
from kerasmergelint.tracker.machine import by_version
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layers import AnyLayer
from kerasmergelint.tracker.values.value import Args, Value


def refused_name(interp: Interpreter, wanted: Value) -> Problem | None:
    """Why a model must not have this name."""
    return by_version.refusal(interp, partial(base_class.refused_name, wanted))


def refused_scope(interp: Interpreter, called: AnyLayer, args: Args) -> Problem | None:
    """Why a layer or model of this name fails where a functional model begins with it, or goes on."""
    if not called.named or interp.tracing or not interp.surely(V2):
        return None
    around = "any/" if interp.within_unknown else ""  # such as ``with tf.name_scope("any"):``
    if base_class.is_scope(around + called.name):
        return None  # as nearly always
    inputs = (leaf for argument in args[:1] for leaf in leaves(argument))
    if not any(isinstance(leaf, TensorV) and leaf.spec.kind is TensorKind.KERAS for leaf in inputs):
        return None
    return by_version.refusal(interp, partial(base_class.refused_scope, called.name, around=around))


def give_name(interp: Interpreter, layer: AnyLayer, wanted: Value, class_name: str) -> None:
    """The name that the program chose, or the next automatic one."""
    if isinstance(wanted, str):
        layer.named, layer.name = True, wanted
    else:
        layer.named, layer.name = False, interp.names.fresh(class_name)

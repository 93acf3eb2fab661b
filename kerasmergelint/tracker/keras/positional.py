"""Positional arguments of a layer's call: Keras 3 accepts tensors only."""

from __future__ import annotations

from kerasmergelint.keras_api import differences
from kerasmergelint.keras_api.protocol import KerasVersion, Problem, ProblemKind
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import Args, Value

_SWITCH = "_allow_non_tensor_positional_args"
# Preprocessing layers accept strings and numbers.
_OF_DATA = frozenset({
    "StringLookup", "IntegerLookup", "TextVectorization", "Hashing", "HashedCrossing",
    "CategoryEncoding", "Discretization", "Normalization", "Rescaling", "Resizing", "CenterCrop",
})  # fmt: skip


def refused(
    interp: Interpreter, called: Value, args: Args, version: KerasVersion
) -> Problem | None:
    """Why a call with a flag or number as a positional argument fails; None if it does not, or may not."""
    refuses = differences.REFUSES_NUMBERS_BY_PLACE
    if len(args) < 2 or not interp.surely(refuses) or version not in refuses:
        return None
    if _takes_anything(called):
        return None
    for argument in args[1:]:
        for leaf in leaves(argument):
            if isinstance(leaf, (bool, int, float, str)):
                return Problem(
                    ProblemKind.LAYER_INPUTS,
                    "ValueError",
                    f"only tensors may be passed by place in Keras 3, not {leaf!r}",
                    hint="pass it by name, such as `training=...`",
                )
    return None


def _takes_anything(called: Value) -> bool:
    if isinstance(called, LayerV):
        name = called.type.name
        return name in _OF_DATA or name.startswith(("Random", "Auto", "Aug"))
    if isinstance(called, Instance):
        return called.state.base not in ("Layer", "Model") or _SWITCH in called.attributes
    return False

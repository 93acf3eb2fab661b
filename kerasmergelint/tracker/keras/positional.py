"""Positional arguments of a layer's call: Keras 3 accepts tensors only."""

from __future__ import annotations

from kerasmergelint.keras_api import differences
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.layer_type import takes_data
from kerasmergelint.keras_api.ops import find as find_op
from kerasmergelint.keras_api.protocol import KerasVersion, Problem, ProblemKind
from kerasmergelint.tracker.keras import hidden
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import ClassV, FunctionV, Instance
from kerasmergelint.tracker.values.value import Args, External, Value

_SWITCH = "_allow_non_tensor_positional_args"


def refused(
    interp: Interpreter, called: Value, args: Args, version: KerasVersion
) -> Problem | None:
    """Why a call with something else than tensors by place fails; None if it does not, or may not."""
    if len(args) == 1 and type(args[0]) is TensorV:
        return None
    if args and isinstance(called, (LayerV, ModelV)) and _is_left_out(called, args[0]):
        return _takes_tensors(0, "`...`")
    refuses = differences.REFUSES_NUMBERS_BY_PLACE
    if not interp.surely(refuses) or version not in refuses or _takes_anything(called):
        return None
    for place, argument in enumerate(args):
        hides = hidden.found(argument)
        if hides is not None:
            return _takes_list(called, place, hides)
        if place == 0 and _counts_its_inputs(called):
            continue
        for leaf in leaves(argument):
            found = _no_tensor(leaf, version)
            if found is not None:
                return _takes_tensors(place, found)
    return None


def _is_left_out(called: LayerV | ModelV, argument: Value) -> bool:
    """Whether `...` stands for a tensor; a function may take anything."""
    anything = isinstance(called, LayerV) and called.type.name == "Lambda"
    return not anything and any(leaf is ... for leaf in leaves(argument))


def _takes_tensors(place: int, found: str) -> Problem:
    detail = f"only tensors may be passed by place in Keras 3, not {found}"
    hint: str | None = "pass it by name, such as `training=...`"
    if place == 0:
        detail, hint = f"takes tensors, got {found}", None
    return Problem(ProblemKind.LAYER_INPUTS, "ValueError", detail, hint=hint)


def _takes_list(called: Value, place: int, found: str) -> Problem:
    merges = place == 0 and isinstance(called, LayerV) and called.type.kind.is_any(Kind.MERGE)
    kind = ProblemKind.MERGE_INPUTS if merges else ProblemKind.LAYER_INPUTS
    detail = f"Keras 3 looks for tensors in lists, tuples and dicts, not in {found}"
    return Problem(kind, "ValueError", detail, hint=hidden.HINT)


def _counts_its_inputs(called: Value) -> bool:
    """Whether what a merge or model gets is looked at where its inputs are counted."""
    if isinstance(called, LayerV):
        return called.type.kind.is_any(Kind.MERGE)
    return isinstance(called, (ModelV, SequentialV))


def _no_tensor(leaf: Value, version: KerasVersion) -> str | None:
    """What a leaf is, if Keras cannot make a tensor of it; numbers of NumPy are arrays to it."""
    if type(leaf) in (bool, int, float, str):
        return repr(leaf)
    if isinstance(leaf, (FunctionV, ClassV)):
        return f"`{leaf.name}`, a {'function' if isinstance(leaf, FunctionV) else 'class'}"
    if isinstance(leaf, External) and find_op(leaf.dotted, version) is not None:
        return f"`{leaf.dotted}`, a function"
    return None


def _takes_anything(called: Value) -> bool:
    if isinstance(called, LayerV):
        return takes_data(called.type.name)
    if isinstance(called, Instance):
        return called.state.base not in ("Layer", "Model") or _SWITCH in called.attributes
    return False

"""Items that ``zip`` leaves out and nothing uses afterwards."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import Hazard, HazardKind, TensorKind
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.value import Value


def notice_zip(interp: Interpreter, columns: list[list[Value]], site: Site) -> None:
    """``zip`` over sequences of unequal length leaves out tensors or layers of the longer one.

    Many programs do so on purpose: they zip a list with its own tail, or use the rest in another
    way.  So it counts only if nothing uses the rest before the run ends.
    """
    shortest = min(map(len, columns), default=0)
    longest = max(columns, key=len, default=[])
    left_out = longest[shortest:]
    if not shortest or not left_out or not all(map(_is_operand, left_out)):
        return
    others = [column for column in columns if len(column) == shortest]
    if not all(_is_operand(item) for column in others for item in column):
        return
    keys = {_identity(item) for item in left_out}
    if any(_identity(item) in keys for column in others for item in column):
        return
    count = f"{len(left_out)} of {len(longest)}"
    what = "layers" if isinstance(left_out[0], LayerV) else "tensors"
    hazard = Hazard(
        HazardKind.DROPPED_OPERAND,
        f"leaves out {count} {what}: the other sequence has only {shortest} items",
        hint="make the sequences equally long, or pass strict=True",
    )
    event = interp.event(hazard, site, "zip", ())
    interp.outputs.pending.append((event, keys))


def _is_operand(value: Value) -> bool:
    return isinstance(value, LayerV) or (
        isinstance(value, TensorV) and value.spec.kind is not TensorKind.ARRAY
    )


def _identity(value: Value) -> int:
    """Equal for all views of a tensor, inside and outside a layer."""
    return id(value.node) if isinstance(value, TensorV) and value.node is not None else id(value)


def used(interp: Interpreter, node: Node) -> None:
    """What goes into a call is not dropped."""
    nests = [node.inputs, *node.arguments.values()]
    used = {_identity(leaf) for nest in nests for leaf in leaves(nest)} | {id(node.layer)}
    interp.outputs.pending = [
        (event, keys) for event, keys in interp.outputs.pending if not keys & used
    ]


def conclude_call(interp: Interpreter) -> None:
    """The call of one of the program's own layers is over."""
    outputs = interp.outputs
    outputs.events.extend(event for event, _ in outputs.pending if event.inside_custom)
    outputs.pending = [(event, keys) for event, keys in outputs.pending if not event.inside_custom]


def conclude(outputs: Outputs) -> None:
    """The run has ended: what was left out until now is dropped.

    If no model was finished, a caller may still use it.
    """
    if outputs.models:
        outputs.events.extend(event for event, _ in outputs.pending)
    outputs.pending = []

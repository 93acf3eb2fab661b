"""Attention weights that are all 1: a softmax over a single element."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, HazardKind
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.hazards import rows
from kerasmergelint.tracker.hazards.operands import operands_of
from kerasmergelint.tracker.values.graph import Node
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.value import Value

_RESHAPING = Kind.RESHAPING


def single_weight(node: Node) -> Iterator[Hazard]:
    """An operand that is the softmax of a single element."""
    for index, tensor, _ in operands_of(node):
        source = tensor
        while source.node is not None and source.node.kind.is_any(_RESHAPING):
            before = rows.tensors(source.node.inputs)
            if not before:  # it reshapes something that is not followed
                break
            source = before[0]
        if source.node is not None and _softmax_of_one(source.node):
            yield Hazard(
                HazardKind.SINGLE_WEIGHT,
                "the weights come from a softmax over an axis of size 1, and are all 1",
                (index,),
                hint="use a sigmoid, or a softmax over the axis to be weighted",
            )
            return


def _softmax_of_one(node: Node) -> bool:
    inputs = rows.tensors(node.inputs)
    outputs = rows.tensors(node.outputs)
    if len(outputs) != 1 or not inputs:
        return False
    axis: Value = -1
    if isinstance(node.layer, LayerV):
        config = node.layer.config
        if Kind.SOFTMAX in node.kind:
            axis = config.get("axis", -1)
        elif config.get("activation") != "softmax":
            return False
    elif Kind.SOFTMAX in node.kind:
        given = rows.argument(node, "axis", 1)
        axis = -1 if given is None else given
    else:
        return False
    shape = outputs[0].spec.shape
    if (
        not isinstance(shape, Shape)
        or not isinstance(axis, int)
        or not -shape.rank <= axis < shape.rank
    ):
        return False
    return shape.dims[axis] == 1

"""Dot products over a single element, and the axes of size 1 that they leave at a model's outputs."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, HazardKind
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.hazards import rows
from kerasmergelint.tracker.hazards.operands import Operands, size_at
from kerasmergelint.tracker.values.graph import Node, TensorV
from kerasmergelint.tracker.values.layers import LayerV


def dot_hazards(node: Node, operands: Operands) -> Iterator[Hazard]:
    """Contracting an axis of size 1 sums nothing."""
    if len(operands) != 2 or not isinstance(node.layer, LayerV):
        return
    axes = node.layer.config.get("axes", -1)
    pair = (axes, axes) if isinstance(axes, int) else axes
    if not isinstance(pair, (list, tuple)) or not all(isinstance(axis, int) for axis in pair):
        return
    (first, a, left), (second, b, right) = operands
    sizes = size_at(a, pair[0]), size_at(b, pair[1])
    if sizes == (1, 1) and min(left.rank, right.rank) == 2 < max(left.rank, right.rank):
        yield Hazard(
            HazardKind.DEGENERATE_DOT,
            "the contracted axes have size 1, so nothing is summed",
            (first, second),
            pair[0],
            "check the axes of both operands: a sequence and a vector are usual",
        )


LEFTOVER = Hazard(
    HazardKind.DEGENERATE_DOT,
    "the model's output keeps axes of size 1, where one number per sample is wanted",
    (),
    None,
    "flatten the operands first, or the result",
)


def leftover_dot(tensor: TensorV) -> Node | None:
    """The Dot whose ``(None, 1, 1)`` reaches an output unchanged."""
    while tensor.node is not None and _is_single(tensor):
        node = tensor.node
        if Kind.DOT in node.kind:
            return node
        inputs = rows.tensors(node.inputs)
        if Kind.PASSING not in node.kind or len(inputs) != 1:
            return None
        tensor = inputs[0]
    return None


def _is_single(tensor: TensorV) -> bool:
    shape = tensor.spec.shape
    return isinstance(shape, Shape) and shape.rank == 3 and shape.dims[1:] == (1, 1)

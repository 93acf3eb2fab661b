"""The operands of a merge, and their sizes."""

from __future__ import annotations

from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, TensorV


def operands_of(node: Node) -> list[tuple[int, TensorV, Shape]]:
    """The operands of known rank, each with its index among all leaves."""
    return [
        (index, leaf, leaf.spec.shape)
        for index, leaf in enumerate(leaves(node.inputs))
        if isinstance(leaf, TensorV) and isinstance(leaf.spec.shape, Shape)
    ]


def size_at(tensor: TensorV, axis: int) -> Dim:
    shape = tensor.spec.shape
    known = isinstance(shape, Shape) and -shape.rank <= axis < shape.rank
    return shape.dims[axis] if isinstance(shape, Shape) and known else UNKNOWN

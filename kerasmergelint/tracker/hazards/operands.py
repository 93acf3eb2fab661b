"""The operands of a merge, and their sizes."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, TensorV

# The operands of known rank, each with its index among all leaves.
Operands = list[tuple[int, TensorV, Shape]]


def operands_of(node: Node) -> Operands:
    return [
        (index, leaf, leaf.spec.shape)
        for index, leaf in enumerate(leaves(node.inputs))
        if isinstance(leaf, TensorV) and isinstance(leaf.spec.shape, Shape)
    ]


def are_alike(operands: Operands) -> bool:
    """Whether all are symbolic tensors of one shape and dtype, so that none is stretched or converted.

    Most merges are like that.
    """
    if not operands:
        return False
    first = operands[0][1].spec
    return first.kind is TensorKind.KERAS and all(
        tensor.spec is first or tensor.spec == first for _, tensor, _ in operands
    )


def size_at(tensor: TensorV, axis: int) -> Dim:
    shape = tensor.spec.shape
    known = isinstance(shape, Shape) and -shape.rank <= axis < shape.rank
    return shape.dims[axis] if isinstance(shape, Shape) and known else UNKNOWN

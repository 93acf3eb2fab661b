"""Targets and outputs whose ranks differ, in a loss that the program computes itself."""

from __future__ import annotations

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, HazardKind, TensorKind
from kerasmergelint.shapes import Expr
from kerasmergelint.tracker.hazards.operands import Operands
from kerasmergelint.tracker.values.graph import Node


def every_pair(node: Node, operands: Operands) -> Hazard | None:
    """Targets of shape (n,) less outputs of shape (n, 1): every target meets every output."""
    if Kind.DIFFERENCE not in node.kind or len(operands) != 2:
        return None
    (first, a, left), (second, b, right) = sorted(operands, key=lambda operand: operand[2].rank)
    if (left.rank, right.rank) != (1, 2) or right.dims[1] != 1 or left.dims[0] != right.dims[0]:
        return None
    size, source = left.dims[0], b.node
    known = isinstance(size, Expr) or (isinstance(size, int) and size > 1)
    if not known or b.spec.kind is TensorKind.KERAS or source is None or source.layer is None:
        return None
    if a.node is not None and a.node.layer is not None:
        return None
    return Hazard(
        HazardKind.SILENT_BROADCAST,
        "each target meets the outputs of all samples, not only its own",
        (first, second),
        0,
        "give both the same rank, by expand_dims or squeeze",
    )

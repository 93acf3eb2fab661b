"""Element-wise merges that stretch operands by accident."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api.hazards import Stretch, stretch
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, HazardKind, TensorKind
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.hazards import rows
from kerasmergelint.tracker.hazards.joins import constant_batch, of_weights
from kerasmergelint.tracker.hazards.operands import Operands, size_at
from kerasmergelint.tracker.hazards.targets import every_pair
from kerasmergelint.tracker.values.graph import Node, TensorV
from kerasmergelint.tracker.values.layers import LayerV

_MAX_OPERANDS = 40  # they are compared in pairs


def elementwise_hazards(node: Node, every: Operands, *, batched: bool) -> Iterator[Hazard]:
    """At most one hazard: the worst among all pairs of operands."""
    operands = every[:_MAX_OPERANDS]
    mixed = every_pair(node, operands)
    if mixed is not None:
        yield mixed
        return
    if all(tensor.spec.kind in _DATA for _, tensor, _ in operands):
        return  # NumPy's arithmetic
    pairs = [(one, other) for place, other in enumerate(operands) for one in operands[:place]]
    pairs = [(one, other) for one, other in pairs if one[2].dims and other[2].dims]
    if not batched:
        for (first, a, left), (second, b, right) in pairs:
            if _meets_batch(a, b, left, right):
                yield _batch_meets(left, right, (first, second))
                return
    if len({shape.rank for _, _, shape in operands}) == 1:
        # A weight has no samples: with a batch of 1 it is broadcast on purpose.
        several = [one for one in operands if one[2].dims[:1] != (1,) and not of_weights(one[1])]
        fixed = list(constant_batch(several))
        if fixed and operands[0][2].rank > 1:
            yield fixed[0]
            return
    found: list[Hazard] = []
    for (first, a, left), (second, b, right) in pairs:
        change = stretch(left, right, batched=batched)
        if change.both and _covered(operands, batched=batched):
            continue
        hazard = _single_channel(node, change, (a, b), (first, second))
        if hazard is None:
            hazard = _stretched(change, (a, b), (first, second), batched=batched)
        if hazard is not None:
            found.append(hazard)
    yield from sorted(found, key=lambda hazard: not hazard.sure)[:1]


_DATA = (TensorKind.ARRAY, TensorKind.EAGER)


def _covered(operands: Operands, *, batched: bool) -> bool:
    """Whether one operand has the shape of the result, and the others gate it."""
    shapes = [shape for _, _, shape in operands]
    rank = max(shape.rank for shape in shapes)
    return any(
        shape.rank == rank
        and not any(stretch(shape, other, batched=batched).left for other in shapes)
        for shape in shapes
    )


def _meets_batch(a: TensorV, b: TensorV, left: Shape, right: Shape) -> bool:
    """An operator aligns the batch axis of one operand with another axis of the other."""
    if left.rank == right.rank:
        return False
    longer = a if left.rank > right.rank else b
    if longer.node is not None and Kind.LIFTING in longer.node.kind:
        return False  # x[:, None] - x: all pairs, on purpose
    return rows.are_samples(a) and rows.are_samples(b)


def _batch_meets(left: Shape, right: Shape, pair: tuple[int, int]) -> Hazard:
    axis = abs(left.rank - right.rank)
    return Hazard(
        HazardKind.SILENT_BROADCAST,
        f"the batch axis of one operand meets axis {axis} of the other, so samples mix",
        pair,
        axis,
        "keep the axis with keepdims=True, or add it with expand_dims",
    )


def _stretched(
    change: Stretch, operands: tuple[TensorV, TensorV], pair: tuple[int, int], *, batched: bool
) -> Hazard | None:
    kind = HazardKind.SILENT_BROADCAST
    if change.both:
        aligned = batched or all(map(rows.are_samples, operands))
        return Hazard(
            kind,
            "both operands are stretched to a result larger than either",
            pair,
            sure=batched if change.lifted else aligned and not _meant(change, operands),
        )
    if change.lifted:
        words = "one operand has fewer axes, and is repeated along the others"
    elif -1 in change.left or -1 in change.right:
        words = "one operand has size 1 on the last axis, and is repeated along it"
    else:
        return None
    if not all(map(rows.are_samples, operands)):
        return None  # a weight, or positions
    return Hazard(kind, words, pair, sure=False)


def _single_channel(
    node: Node, change: Stretch, operands: tuple[TensorV, TensorV], pair: tuple[int, int]
) -> Hazard | None:
    """The model's own input of one channel is added to every channel of the other operand."""
    if Kind.ADDING not in node.kind or change.lifted or change.both:
        return None
    for index, axes in enumerate((change.left, change.right)):
        tensor, other = operands[index], operands[1 - index]
        if axes != (-1,) or (rows.rank(tensor) or 0) < 3 or not _is_input(tensor):
            continue
        if all(map(rows.are_samples, operands)) and isinstance(size_at(other, -1), int):
            return Hazard(
                HazardKind.SILENT_BROADCAST,
                f"an input of one channel is repeated along the {size_at(other, -1)} channels of the other",
                pair,
                sure=False,  # V-Nets do so on purpose
            )
    return None


def _is_input(tensor: TensorV) -> bool:
    """Whether the single channel comes from the data, not from a layer."""
    while tensor.node is not None:
        if Kind.INPUT in tensor.node.kind:
            return True
        inputs = rows.tensors(tensor.node.inputs)
        if tensor.node.layer is None or len(inputs) != 1 or size_at(inputs[0], -1) != 1:
            return False
        tensor = inputs[0]
    return False


def _meant(change: Stretch, operands: tuple[TensorV, TensorV]) -> bool:
    """Whether the program made one of the axes of size 1 itself: it may well want an outer product."""
    left, right = operands
    axes = [(left, axis) for axis in change.left] + [(right, axis) for axis in change.right]
    return any(_asked_for(tensor, axis) for tensor, axis in axes)


def _asked_for(tensor: TensorV, axis: int) -> bool:
    """Whether the axis, counted from the right, comes from an op that makes axes of size 1."""
    while tensor.node is not None:
        node = tensor.node
        if Kind.EXPLICIT in node.kind:
            return True
        inputs = [one for one in rows.tensors(node.inputs) if rows.rank(one) == rows.rank(tensor)]
        before = [one for one in inputs if size_at(one, axis) == 1]
        if not before:
            return node.layer is not None and not isinstance(node.layer, LayerV)
        tensor = before[0]
    return True

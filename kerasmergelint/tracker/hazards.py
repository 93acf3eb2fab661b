"""Merges that build but are wrong or fragile: what is noticed while tensors and models are made.

A hazard that is on by default must be one that published models which work do not have; the pages of
the codes say on what code that was counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kerasmergelint.keras_api.hazards import Stretch, stretch
from kerasmergelint.keras_api.protocol import Hazard, HazardKind, TensorKind
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker import rows
from kerasmergelint.tracker.events import Event
from kerasmergelint.tracker.graph import LayerV, ModelV, Node
from kerasmergelint.tracker.values import TensorV, Value, leaves

if TYPE_CHECKING:
    from kerasmergelint.tracker.interpreter import Interpreter

_MERGE_LAYERS = frozenset({"Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"})
_OPERATORS = frozenset(
    {"+", "-", "*", "/", "//", "%", "**", "add", "subtract", "multiply", "divide", "maximum",
     "minimum", "true_divide", "squared_difference", "power", "pow", "mod"}
)  # fmt: skip
_JOINS = frozenset({"Concatenate", "concatenate"})
# Steps that give an axis of size 1 to whoever asks for one.
_EXPLICIT = frozenset(
    {"expand_dims", "indexing", "reshape", "Reshape", "RepeatVector", "Permute", "transpose",
     "broadcast_to", "tile"}
)  # fmt: skip


def notice(interp: Interpreter, node: Node) -> None:
    """Look at a call that just worked."""
    if node.label in _MERGE_LAYERS and node.layer is not None:
        found = _elementwise(node, batched=True)
    elif node.label in _OPERATORS and node.layer is None:
        found = _elementwise(node, batched=False)
    elif node.label in _JOINS:
        found = _join(interp, node)
    elif node.label == "Dot":
        found = _dot(node)
    else:
        return
    for hazard in found:
        report(interp, hazard, node)


def report(interp: Interpreter, hazard: Hazard, node: Node) -> None:
    event = Event.of(interp, hazard, node.site, node.label, node.inputs, node.recipe)
    interp.outputs.events.append(event)


def _operands(node: Node) -> list[tuple[int, TensorV, Shape]]:
    """The tensors of known rank that go into a call, each with its number among all leaves."""
    return [
        (index, leaf, leaf.spec.shape)
        for index, leaf in enumerate(leaves(node.inputs))
        if isinstance(leaf, TensorV) and isinstance(leaf.spec.shape, Shape)
    ]


# -- element-wise ---------------------------------------------------------------------------


def _elementwise(node: Node, *, batched: bool) -> Iterator[Hazard]:
    """At most one hazard: the worst that two of the operands do to each other."""
    operands = _operands(node)
    for place, (second, b, right) in enumerate(operands):
        for first, a, left in operands[:place]:
            if not left.dims or not right.dims:
                continue
            if not batched and _meets_batch(a, b, left, right):
                yield _batch_meets(left, right, (first, second))
                return
            change = stretch(left, right, batched=batched)
            hazard = _stretched(change, (a, b), (left, right), (first, second), batched=batched)
            if hazard is not None:
                yield hazard
                return


def _meets_batch(a: TensorV, b: TensorV, left: Shape, right: Shape) -> bool:
    """An operator aligns the batch axis of one operand with another axis of the other."""
    if left.rank == right.rank:
        return False
    longer = a if left.rank > right.rank else b
    if longer.node is not None and longer.node.label in ("expand_dims", "indexing"):
        return False  # x[:, None] - x: all pairs, on purpose
    return rows.are_samples(a) and rows.are_samples(b)


def _batch_meets(left: Shape, right: Shape, pair: tuple[int, int]) -> Hazard:
    axis = abs(left.rank - right.rank)
    return Hazard(
        HazardKind.SILENT_BROADCAST,
        f"the batch axis of one operand meets axis {axis} of the other, so that samples mix",
        pair,
        axis,
        "keep the axis with keepdims=True, or add it with expand_dims",
    )


def _stretched(
    change: Stretch,
    operands: tuple[TensorV, TensorV],
    shapes: tuple[Shape, Shape],
    pair: tuple[int, int],
    *,
    batched: bool,
) -> Hazard | None:
    if change.both:
        sure = batched and not all(map(_asked_for, operands))
        size = len(change.left) + len(change.right)
        return Hazard(
            HazardKind.SILENT_BROADCAST,
            "both operands are stretched, to a result larger than either",
            pair,
            None,
            "reshape one of them to the shape of the other" if size else None,
            sure,
        )
    if change.lifted:
        return Hazard(
            HazardKind.SILENT_BROADCAST,
            "one operand has fewer axes, and is repeated along the others",
            pair,
            None,
            "add the axes with Reshape if this is meant",
            sure=False,
        )
    if -1 in change.left or -1 in change.right:
        return Hazard(
            HazardKind.SILENT_BROADCAST,
            "one operand has size 1 on the last axis, and is repeated along it",
            pair,
            None,
            "give both the same size if no gate or scale is meant",
            sure=False,
        )
    return None


def _asked_for(tensor: TensorV) -> bool:
    """Whether a step that makes axes of size 1 stands right before."""
    return tensor.node is not None and tensor.node.label in _EXPLICIT


# -- concatenation --------------------------------------------------------------------------


def _join(interp: Interpreter, node: Node) -> Iterator[Hazard]:
    operands = _operands(node)
    ranks = {shape.rank for _, _, shape in operands}
    axis = _axis(node)
    if len(operands) < 2 or len(ranks) != 1 or not isinstance(axis, int):
        return
    rank = ranks.pop()
    if not -rank <= axis < rank or rank < 2:
        return
    if axis % rank == 0:
        if sum(rows.are_samples(tensor) for _, tensor, _ in operands) >= 2:
            interp.outputs.row_joins.append(node)
        return
    yield from _constant_batch(operands)


def _axis(node: Node) -> Value:
    if isinstance(node.layer, LayerV):
        return node.layer.config.get("axis", -1)
    axis = rows.argument(node, "axis", 1)
    if axis is NotImplemented:
        return -1 if str(node.key).startswith("K.") else 0
    return axis


def _constant_batch(operands: list[tuple[int, TensorV, Shape]]) -> Iterator[Hazard]:
    """A constant with a batch size of its own, joined to samples: right for this batch size only."""
    samples = [index for index, tensor, _ in operands if rows.are_samples(tensor)]
    for index, tensor, shape in operands:
        size = shape.dims[0]
        if not samples or not isinstance(size, int) or not _is_constant(tensor):
            continue
        yield Hazard(
            HazardKind.FIXED_BATCH,
            f"a constant of batch size {size} is joined to a batch of any size: this only works for "
            f"batches of {size}",
            (samples[0], index),
            0,
            "repeat the constant for each sample, for example with broadcast_to or zeros_like",
        )
        return


def _is_constant(tensor: TensorV) -> bool:
    """Whether no input of a model can have a say in a tensor's batch size."""
    stack = [tensor]
    while stack:
        one = stack.pop()
        if one.spec.kind is TensorKind.KERAS:
            return False
        if one.node is None:
            if one.spec.kind not in (TensorKind.EAGER, TensorKind.ARRAY):
                return False
            continue
        stack.extend(rows.tensors(one.node.inputs))
    return True


# -- dot products ---------------------------------------------------------------------------


def _dot(node: Node) -> Iterator[Hazard]:
    """Contracting an axis of size 1 sums nothing up."""
    operands = _operands(node)
    if len(operands) != 2 or not isinstance(node.layer, LayerV):
        return
    axes = node.layer.config.get("axes", -1)
    pair = (axes, axes) if isinstance(axes, int) else axes
    if not isinstance(pair, (list, tuple)) or not all(isinstance(axis, int) for axis in pair):
        return
    (first, _, left), (second, _, right) = operands
    sizes = left.dims[pair[0]], right.dims[pair[1]]
    if sizes == (1, 1) and min(left.rank, right.rank) == 2 < max(left.rank, right.rank):
        yield Hazard(
            HazardKind.DEGENERATE_DOT,
            "the contracted axes have size 1, so that nothing is summed up",
            (first, second),
            pair[0],
            "check that both operands have the axes that they should, a sequence and a vector",
        )


# -- models ---------------------------------------------------------------------------------


def notice_model(interp: Interpreter, model: ModelV) -> None:
    """Look at a model that was just made: what is in doubt at a merge shows at the outputs."""
    outputs = rows.tensors(model.outputs)
    for tensor in outputs:
        node = _leftover_dot(tensor)
        if node is not None:
            report(interp, _LEFTOVER, node)
    joins = interp.outputs.row_joins
    if joins:
        for node in _joined_rows(outputs, joins):
            report(interp, _JOINED, node)


_JOINED = Hazard(
    HazardKind.BATCH_CONCAT,
    "samples are joined along the batch axis, and the model gives more rows than it gets",
    (),
    0,
    "concatenate along axis -1, or another axis of the features",
)
_LEFTOVER = Hazard(
    HazardKind.DEGENERATE_DOT,
    "the model's output keeps axes of size 1, where a number for each sample is wanted",
    (),
    None,
    "flatten the operands first, or the result",
)
_PASSING = frozenset({"Activation", "Dense", "Dropout", "ReLU", "Softmax", "BatchNormalization"})


def _leftover_dot(tensor: TensorV) -> Node | None:
    """The Dot whose ``(None, 1, 1)`` reaches an output as it is."""
    while tensor.node is not None and _is_single(tensor):
        node = tensor.node
        if node.label == "Dot":
            return node
        inputs = rows.tensors(node.inputs)
        if node.label not in _PASSING or len(inputs) != 1:
            return None
        tensor = inputs[0]
    return None


def _is_single(tensor: TensorV) -> bool:
    shape = tensor.spec.shape
    return isinstance(shape, Shape) and shape.rank == 3 and shape.dims[1:] == (1, 1)


def _joined_rows(outputs: list[TensorV], joins: list[Node]) -> Iterator[Node]:
    """The joins along the batch axis whose rows are rows of an output."""
    wanted, seen = {id(node) for node in joins}, set[int]()
    stack = list(outputs)
    while stack:
        node = stack.pop().node
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if id(node) in wanted:
            yield node
        else:
            stack.extend(rows.row_sources(node))



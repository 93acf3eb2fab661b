"""Random draws that share one scale: ``mean + exp(0.5 * log_var) * noise`` with a single ``log_var``.

The mean and the scale are outputs of two layers.  The scale has size 1 along an axis where the mean and
the draw have more, so broadcasting gives all of them the same variance.  What a program computes without a
layer of its own for it, such as the noise rate of a step of diffusion, is no scale that was learnt.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, HazardKind
from kerasmergelint.shapes import Dim, Shape
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.hazards import rows
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.value import Value

_MOST_STEPS = 32  # from an operand to what made it
_MOST_FACTORS = 8
# Arguments of layers that say how large their output is along its last axis.
_SIZES = frozenset({"units", "filters", "output_dim"})


@dataclass(frozen=True, slots=True)
class SharedScale:
    """The call of the layer that gives one scale to many draws, and the words for it."""

    made_by: Node
    hazard: Hazard


def shared_scales(node: Node) -> Iterator[SharedScale]:
    """The scales of a call that draws, or that adds scaled draws to a mean."""
    if node.kind.is_any(Kind.DRAW):
        yield from _drawn_with(node)
    elif node.kind.is_any(Kind.ADDING):
        terms = _tensors_with_axes(node)
        for product in terms:
            means = [term for term in terms if term is not product]
            yield from _among(_factors(product), means)


def _drawn_with(node: Node) -> Iterator[SharedScale]:
    """``tf.random.normal(shape, mean, stddev)``, with tensors."""
    mean, scale = rows.argument(node, "mean", 1), rows.argument(node, "stddev", 2)
    if isinstance(mean, TensorV) and isinstance(scale, TensorV):
        yield from _against(scale, _dims(mean), [mean])


def _among(factors: list[TensorV], means: list[TensorV]) -> Iterator[SharedScale]:
    """The factors of one product that scale the draw among them."""
    draw = next((one for one in factors if _is_draw(one)), None)
    if draw is not None:
        for scale in factors:
            if scale is not draw:
                yield from _against(scale, _dims(draw), means)


def _against(scale: TensorV, drawn: tuple[Dim, ...], means: list[TensorV]) -> Iterator[SharedScale]:
    """What there is to say of a scale beside the draw and the mean."""
    sizes = _dims(scale)
    if len(sizes) != len(drawn):
        return
    shared = [a for a in range(1, len(drawn)) if sizes[a] == 1 and never_equal(drawn[a], 1)]
    made = _made_by_layer(scale) if shared else None
    if made is None:
        return
    axis = shared[-1]
    if any(_is_mean(mean, axis, drawn[axis], made) for mean in means):
        yield SharedScale(made, _hazard(axis, drawn[axis]))


def _hazard(axis: int, size: Dim) -> Hazard:
    return Hazard(
        HazardKind.SILENT_BROADCAST,
        f"its single element scales all {size} random numbers along axis {axis}, which share one variance",
        (),
        axis,
        f"make the scale as large as the mean, {size}",
        sure=False,  # a variance may be shared on purpose
    )


def _is_mean(mean: TensorV, axis: int, size: Dim, scale: Node) -> bool:
    dims, made = _dims(mean), _made_by_layer(mean)
    return made is not None and made is not scale and len(dims) > axis and dims[axis] == size


def _factors(product: TensorV) -> list[TensorV]:
    """The tensors that are multiplied, products of products included."""
    found: list[TensorV] = []
    stack = [product]
    while stack and len(found) < _MOST_FACTORS:
        tensor = stack.pop()
        node = _source(tensor).node
        if node is not None and Kind.WEIGHING in node.kind and Kind.ELEMENTWISE in node.kind:
            stack.extend(_tensors_with_axes(node))
        else:
            found.append(tensor)
    return found


def _is_draw(tensor: TensorV) -> bool:
    node = _source(tensor).node
    return node is not None and Kind.DRAW in node.kind


def _made_by_layer(tensor: TensorV) -> Node | None:
    """The call of the layer whose own arguments decide the size; none if other tensors take part."""
    node = _source(tensor).node
    if node is not None and isinstance(node.layer, LayerV) and _SIZES & node.layer.config.keys():
        return node
    return None


def _source(tensor: TensorV) -> TensorV:
    """What a tensor is a function of, element by element, and of no other tensor."""
    for _ in range(_MOST_STEPS):
        before = _before(tensor)
        if before is None:
            break
        tensor = before
    return tensor


def _before(tensor: TensorV) -> TensorV | None:
    node = tensor.node
    if node is None or node.kind.is_any(Kind.DRAW):
        return None
    if isinstance(node.layer, ModelV):
        return _output(node.layer.outputs, tensor.index)
    if isinstance(node.layer, SequentialV):
        return _output(node.layer.output, tensor.index)
    if node.traced is not None:
        return _output(node.traced, tensor.index)
    if isinstance(node.layer, LayerV):
        keeps = Kind.PASSING in node.kind and not _SIZES & node.layer.config.keys()
        return _only(rows.tensors(node.inputs)) if keeps else None
    return _only(_tensors_with_axes(node)) if node.kind.is_any(Kind.ROWWISE) else None


def _output(outputs: Value, index: int) -> TensorV | None:
    parts = list(leaves(outputs))
    found = parts[index] if index < len(parts) else None
    return found if isinstance(found, TensorV) else None


def _only(tensors: list[TensorV]) -> TensorV | None:
    return tensors[0] if len(tensors) == 1 else None


def _tensors_with_axes(node: Node) -> list[TensorV]:
    return [tensor for tensor in rows.tensors(node.inputs) if rows.rank(tensor) != 0]


def _dims(tensor: TensorV) -> tuple[Dim, ...]:
    shape = tensor.spec.shape
    return shape.dims if isinstance(shape, Shape) else ()

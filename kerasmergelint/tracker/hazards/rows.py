"""Whether the first axis of a tensor is certainly the batch axis: a row for each sample.

Keras calls every leading None a batch axis, but that of ``ops.arange(n)``, ``x[0]`` or a sum over
axis 0 is not one.  Only ops that certainly keep rows apart are followed here.
"""

from __future__ import annotations

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.ops.binding import role_of
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves
from kerasmergelint.tracker.values.graph import Node, TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.value import Value

# Looked up once, since every node is asked.
_INPUT, _JOIN, _ROWWISE, _ALONG = Kind.INPUT, Kind.JOIN, Kind.ROWWISE, Kind.ALONG
# Ops whose axis argument refers to the result, which has one axis more than the operands.
_ADDS_AN_AXIS = Kind.LIFTING | Kind.STACK


def are_samples(tensor: TensorV) -> bool:
    """Whether each row of the tensor belongs to one sample of a model's input."""
    if rank(tensor) == 0 or first_dim(tensor) is not None:
        return False
    return tensor.node is not None and _rows_of_an_input(tensor.node)


def _rows_of_an_input(start: Node) -> bool:
    """Whether the rows of a call's outputs are those of an Input.

    The answer is kept at the node: each merge of a deep model asks again what the one before it
    asked.
    """
    stack, seen = [start], set[int]()
    found = False
    while stack and not found:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.of_samples is not None:
            found = node.of_samples
        elif node.kind.is_any(_INPUT):
            found = True
        else:
            sources = row_sources(node)
            stack.extend(s.node for s in sources if s.node is not None and rank(s) != 0)
    start.of_samples = found
    return found


def rank(tensor: TensorV) -> int | None:
    shape = tensor.spec.shape
    return shape.rank if isinstance(shape, Shape) else None


def first_dim(tensor: TensorV) -> object:
    """The size of the first axis; None is a batch, and 0 stands for an unknown rank."""
    shape = tensor.spec.shape
    return shape.dims[0] if isinstance(shape, Shape) and shape.dims else 0


def row_sources(node: Node) -> list[TensorV]:
    """The inputs whose rows are the rows of the outputs; empty if that is not certain."""
    if node.layer is not None:
        return _through_layer(node)
    inputs = tensors(node.inputs)
    if node.kind.is_any(_ROWWISE):
        ranks = [rank(tensor) for tensor in inputs]
        if None in ranks:
            return []
        highest = max((one for one in ranks if one is not None), default=0)
        return [tensor for tensor, one in zip(inputs, ranks) if one == highest]
    if node.kind.is_any(_ALONG):
        return inputs if _spares_the_first(node) else []
    if node.kind.is_any(Kind.INDEXING) and _keeps_rows(node):
        return inputs[:1]
    return []


def tensors(value: Value) -> list[TensorV]:
    if type(value) is TensorV:
        return [value]
    return [leaf for leaf in leaves(value) if isinstance(leaf, TensorV)]


def _through_layer(node: Node) -> list[TensorV]:
    layer = node.layer
    if isinstance(layer, ModelV):
        return tensors(layer.outputs)
    if isinstance(layer, (LayerV, SequentialV)) and node.traced is None:
        if isinstance(layer, LayerV) and (layer.type.name == "Lambda" or merges_rows(layer)):
            return []
        return tensors(node.inputs)
    return tensors(node.traced)


def merges_rows(layer: LayerV) -> bool:
    """Whether a Concatenate works along the batch axis."""
    return layer.type.kind.is_any(_JOIN) and layer.config.get("axis") == 0


def join_axis(node: Node) -> Value:
    """The axis along which a call joins tensors."""
    if isinstance(node.layer, LayerV):
        return node.layer.config.get("axis", -1)
    return argument(node, "axis", 1, -1 if str(node.key).startswith("K.") else 0)


def argument(node: Node, name: str, place: int, default: Value = None) -> Value:
    """An argument of an op's call, under any of its names (`dim` is `axis`), or its default."""
    assert isinstance(node.inputs, tuple)
    args, keywords = node.inputs
    assert isinstance(keywords, DictV)
    for key, value in keywords.items.items():
        if role_of(str(key), {}) == name:
            return value
    return args[place] if len(args) > place else default


def _spares_the_first(node: Node) -> bool:
    """Whether the axis of an op is given, and excludes the first."""
    axis = argument(node, "axis", 1)
    items = axis.items if isinstance(axis, ListV) else axis
    if not isinstance(items, (tuple, list)):
        items = (items,)
    if not items or not all(isinstance(item, int) and item != 0 for item in items):
        return False
    if all(item > 0 for item in items):
        return True
    inputs = tensors(node.inputs)
    lowest = rank(inputs[0]) if inputs else None
    if lowest is None:
        return False
    if node.kind.is_any(_ADDS_AN_AXIS):
        lowest += 1
    return all(item % lowest != 0 for item in items)


def _keeps_rows(node: Node) -> bool:
    """``x[:, ...]``: the whole first axis is kept."""
    key = node.key
    first = key[0] if isinstance(key, tuple) and key else key
    return isinstance(first, slice) and first == slice(None, None, None)

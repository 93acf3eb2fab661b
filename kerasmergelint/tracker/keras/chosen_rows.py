"""What decides how many rows a tensor has, where only a run tells: a mask, repeats, a computed number."""

from __future__ import annotations

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, TensorV
from kerasmergelint.tracker.values.value import Value

# By their first argument, or by the second one.
_FIRST = frozenset(
    {"unique", "unique_with_counts", "where", "argwhere", "nonzero", "sequence_mask"}
)
_SECOND = frozenset({"boolean_mask", "repeat"})
_MOST = 40  # nodes; further back hardly anything has the same rows


def deciding(tensor: TensorV) -> tuple[TensorV, ...]:
    """The tensors that the number of rows comes from; empty if it is that of what a caller gives."""
    stack, seen = [tensor], set[int]()
    while stack and len(seen) < _MOST:
        node = stack.pop(0).node
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        found = _chosen_by(node)
        if found:
            return found
        stack.extend(tensors((node.inputs, *node.arguments.values())))
    return ()


def _chosen_by(node: Node) -> tuple[TensorV, ...]:
    arguments = node.inputs[0] if isinstance(node.inputs, tuple) and node.inputs else ()
    given = arguments if isinstance(arguments, tuple) else ()
    if node.label in _FIRST and len(given) == 1:
        return tensors(given)
    if node.label in _SECOND:
        return tensors(given[1:2])
    if Kind.INDEXING in node.kind and isinstance(node.key, TensorV) and node.key.spec.dims:
        return (node.key,)
    if Kind.CREATION in node.kind:
        return tuple(
            size for size in tensors(given) if not size.spec.dims and not _is_of_shape(size)
        )
    return ()


def _is_of_shape(size: TensorV) -> bool:
    """Whether a number comes from the shape of a tensor, or is known."""
    stack = [size]
    while stack:
        node = stack.pop().node
        if node is None or node.label.rpartition(".")[2] in ("shape", "size"):
            return True
        stack.extend(tensors((node.inputs,))[:1])
    return False


def tensors(value: Value) -> tuple[TensorV, ...]:
    return tuple(leaf for leaf in leaves(value) if isinstance(leaf, TensorV))

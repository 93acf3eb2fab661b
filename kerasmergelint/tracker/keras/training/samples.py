"""Losses of the program's own that mix the samples of a batch: they run, and mean nothing."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, HazardKind
from kerasmergelint.shapes import format_shape
from kerasmergelint.tracker.values.graph import Node, TensorV, identity, parts_of
from kerasmergelint.tracker.values.value import UnknownV

_HINT = "work along the axes after the first, as in y_pred[:, 0] or axis=-1"


def hazard_in(loss: TensorV, output: TensorV) -> tuple[Hazard, Node] | None:
    """What a loss does to the samples, and where; None if it keeps them apart, or that is not certain."""
    batch, node = (output.spec.dims or (None,))[0], loss.node
    if not isinstance(batch, int) or batch < 2 or node is None:
        return None
    taken = _samples_by_number(loss, output)
    if taken and len({number % batch for _, number in taken}) < batch:
        numbers = ", ".join(str(number) for number in sorted({number for _, number in taken}))
        words = f"the loss looks at the samples {numbers} of a batch of {batch} only"
        return Hazard(HazardKind.BATCH_CONCAT, words, (), 0, _HINT), taken[0][0]
    dims = loss.spec.dims
    if dims and isinstance(dims[0], int) and dims[0] not in (1, batch):
        shape = format_shape(loss.spec.shape)
        words = f"the loss has the shape {shape} for a batch of {batch}: its samples are mixed"
        return Hazard(HazardKind.BATCH_CONCAT, words, (), 0, _HINT, sure=False), node
    return None


def _samples_by_number(loss: TensorV, output: TensorV) -> list[tuple[Node, int]]:
    """The samples of the output that the loss takes by number; empty if it also takes others."""
    found: list[tuple[Node, int]] = []
    for node in _nodes_between(loss, output):
        parts = parts_of(node)
        if any(isinstance(part, UnknownV) for part in parts):
            return []
        if any(isinstance(part, TensorV) and identity(part) == identity(output) for part in parts):
            first = node.key[0] if isinstance(node.key, tuple) and node.key else node.key
            if not node.kind.is_any(Kind.INDEXING) or type(first) is not int:
                return []
            found.append((node, first))
    return found


def _nodes_between(loss: TensorV, output: TensorV) -> Iterator[Node]:
    """The calls from the output to the loss."""
    stack, seen = [loss], {identity(output)}
    while stack:
        tensor = stack.pop()
        if identity(tensor) in seen or tensor.node is None:
            continue
        seen.add(identity(tensor))
        yield tensor.node
        stack += [part for part in parts_of(tensor.node) if isinstance(part, TensorV)]

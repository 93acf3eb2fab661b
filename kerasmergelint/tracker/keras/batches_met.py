"""What a merge needs of a batch that meets a size of the program: ``rows[0] = clusters or 1``.

Keras does not know the batch size of what a layer gives, and checks nothing of it.  A function may
be called with tensors that have one, though.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Broken, Nest, Outcome, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Expr, Shape, symbol
from kerasmergelint.shapes.dim import is_readable
from kerasmergelint.shapes.needs import Need, leaves_of
from kerasmergelint.shapes.residues import symbols
from kerasmergelint.tracker.keras.convert import mapped_specs, spec_leaves
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.value import Value


def needs(
    operands: Value, given: Nest, rule: Callable[[Nest], Outcome], name: Callable[[int], str]
) -> tuple[Need, ...]:
    """What ``rule`` needs of the batch of ``given``, the same as ``operands``.

    The batches of all operands agree; ``name`` gives the words for the first size of one of them.
    """
    specs = spec_leaves(given)
    first = _met(specs)
    if first is None or any(_comes_from_an_input(tensor) for tensor in _tensors(operands)):
        return ()
    words = name(first)
    if not words or words.startswith("operand_"):  # which no caller can tell
        return ()
    batch = symbol(words, positive=True)
    try:
        doubts = rule(mapped_specs(given, lambda spec: _with_batch(spec, batch))).doubts
    except Broken:
        return ()
    return tuple(
        doubt
        for doubt in doubts
        if isinstance(doubt, Need) and any(leaf.name == words for leaf in leaves_of(doubt))
    )


def _met(specs: Sequence[TensorSpec]) -> int | None:
    """The first operand whose batch lies on a size that the program knows in another."""
    shapes = [spec.dims or () for spec in specs]
    for place, dims in enumerate(shapes):
        if dims[:1] == (None,) and any(
            len(other) >= len(dims) and _is_known(other[-len(dims)]) for other in shapes
        ):
            return place
    return None


def _is_known(size: Dim) -> bool:
    """Whether a size is not 1, and no batch size either: those have no names."""
    if isinstance(size, Expr):
        return all(is_readable(leaf.name) for leaf in symbols(size))
    return size is not UNKNOWN and size is not None and size != 1


def _with_batch(spec: TensorSpec, batch: Dim) -> TensorSpec:
    dims = spec.dims or ()
    return spec.with_shape(Shape((batch, *dims[1:]))) if dims[:1] == (None,) else spec


def _comes_from_an_input(tensor: TensorV) -> bool:
    """Whether a model is built of this: there its batch has no size."""
    stack, seen = [tensor], set[int]()
    while stack:
        node = stack.pop().node
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if Kind.INPUT in node.kind:
            return True
        stack.extend(_tensors((node.inputs, *node.arguments.values())))
    return False


def _tensors(value: Value) -> list[TensorV]:
    return [leaf for leaf in leaves(value) if isinstance(leaf, TensorV)]

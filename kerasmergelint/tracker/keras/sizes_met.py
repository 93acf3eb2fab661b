"""What a merge needs of sizes that only a run knows, where one meets the program's: ``rows[0] = n or 1``.

Keras checks nothing of them when it builds: the batch size of what a layer gives, the length of sequences
of any length, how many rows a mask leaves.  When the model runs, they must fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kerasmergelint.keras_api.doubts import is_of_program
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers import elementwise_merges
from kerasmergelint.keras_api.protocol import Broken, Nest, Outcome, TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape, symbol
from kerasmergelint.shapes.needs import Need, leaves_of
from kerasmergelint.tracker.keras.convert import mapped_specs, spec_leaves
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.value import Value

_ADDING = frozenset(layer.name for layer in elementwise_merges.LAYERS)

# Of these, a size that is not known beforehand is one that a run decides on: how many rows a mask leaves.
_DATA = frozenset({TensorKind.ANY, TensorKind.EAGER, TensorKind.ARRAY})

# The words for a size: by the place of its operand, the axis, and the number of axes.
Naming = Callable[[int, int, int], str]


def needs(
    label: str, operands: Value, given: Nest, rule: Callable[[Nest], Outcome], name: Naming
) -> tuple[Need, ...]:
    """What ``rule`` needs of the open sizes of ``given``, the same as ``operands``.

    Layers that add refuse a single row beside a batch that they know; a model that runs stretches it.
    """
    specs = spec_leaves(given)
    if len(specs) < 2 or not any(None in _sizes_of(spec) for spec in specs):
        return ()
    stretches = label in _ADDING and any(map(_comes_from_an_input, _tensors(operands)))
    sizes = _named(specs, name, stretches=stretches)
    if not sizes:
        return ()
    told = iter(_with_sizes(spec, sizes.get(place, {})) for place, spec in enumerate(specs))
    try:
        doubts = rule(mapped_specs(given, lambda _: next(told))).doubts
    except Broken:
        return ()
    words = {str(size) for of_operand in sizes.values() for size in of_operand.values()}
    return tuple(
        doubt
        for doubt in doubts
        if isinstance(doubt, Need) and any(leaf.name in words for leaf in leaves_of(doubt))
    )


def _named(
    specs: Sequence[TensorSpec], name: Naming, *, stretches: bool
) -> dict[int, dict[int, Dim]]:
    """Symbols for the open sizes that lie on others, and for those, by operand and axis.

    The batches of all layers agree.
    """
    found: dict[int, dict[int, Dim]] = {}
    for place, spec in enumerate(specs):
        dims = _sizes_of(spec)
        for axis, (met, at) in _met(place, specs):
            size = _sizes_of(specs[met])[at]
            if dims[axis] is not None or not _is_decided_elsewhere(specs, (place, axis), (met, at)):
                continue
            if stretches and size == 1:
                continue
            found.setdefault(place, {})[axis] = _symbol(name, specs, place, axis)
            if size is UNKNOWN or size is None:
                found.setdefault(met, {})[at] = _symbol(name, specs, met, at)
    _let_batches_agree(specs, found)
    return found


def _met(place: int, specs: Sequence[TensorSpec]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Each axis of an operand, with those that it lies on, counted from either side."""
    dims = _sizes_of(specs[place])
    for met, spec in enumerate(specs):
        other = _sizes_of(spec)
        if met == place:
            continue
        for axis in range(len(dims)):
            from_left = axis if spec.dims is not None and specs[place].dims is not None else -1
            for at in sorted({from_left, axis - len(dims) + len(other)}):
                if 0 <= at < len(other):
                    yield axis, (met, at)


def _is_decided_elsewhere(
    specs: Sequence[TensorSpec], one: tuple[int, int], other: tuple[int, int]
) -> bool:
    """Whether the other size is the program's, or may be: of two batches of layers it is not."""
    (place, axis), (met, at) = one, other
    size = _sizes_of(specs[met])[at]
    if size is None:
        return {specs[place].kind, specs[met].kind} <= _DATA
    if size is not UNKNOWN:
        return is_of_program(size)
    if specs[place].dims is None or specs[met].dims is None:
        return False
    batches = axis == at == 0
    return not batches or (specs[place].kind is TensorKind.KERAS is not specs[met].kind)


def _let_batches_agree(specs: Sequence[TensorSpec], found: dict[int, dict[int, Dim]]) -> None:
    named = [sizes[0] for place, sizes in found.items() if 0 in sizes and specs[place].dims]
    for place, spec in enumerate(specs):
        if named and (spec.dims or ())[:1] == (None,):
            found.setdefault(place, {})[0] = named[0]


def _symbol(name: Naming, specs: Sequence[TensorSpec], place: int, axis: int) -> Dim:
    dims = specs[place].dims
    words = name(place, axis, len(dims)) if dims is not None else name(place, 1, 2)  # the last one
    return symbol(words, positive=True)


def _sizes_of(spec: TensorSpec) -> tuple[Dim, ...]:
    """The sizes as far as the shape is known, of which the last one is the last."""
    return spec.shape.dims if isinstance(spec.shape, Shape) else spec.shape.tail[-1:]


def _with_sizes(spec: TensorSpec, sizes: dict[int, Dim]) -> TensorSpec:
    if not sizes:
        return spec
    told = tuple(sizes.get(axis, size) for axis, size in enumerate(_sizes_of(spec)))
    if isinstance(spec.shape, Shape):
        return spec.with_shape(Shape(told))
    return spec.with_shape(OpenShape((*spec.shape.tail[:-1], *told), spec.shape.min_rank))


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

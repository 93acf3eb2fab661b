"""What a merge needs of sizes that only a run knows, where one meets the program's: ``rows[0] = n or 1``.

Keras checks nothing of them when it builds: the batch size of what a layer gives, the length of sequences
of any length, how many rows a mask leaves.  When the model runs, they must fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.doubts import is_of_program
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers import elementwise_merges
from kerasmergelint.keras_api.protocol import Broken, TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Expr, OpenShape, Shape, symbol
from kerasmergelint.shapes.dim import is_readable
from kerasmergelint.shapes.needs import Need, leaves_of
from kerasmergelint.shapes.residues import symbols
from kerasmergelint.tracker.keras.chosen_rows import deciding, tensors
from kerasmergelint.tracker.keras.combination import Combination
from kerasmergelint.tracker.keras.convert import mapped_specs, spec_leaves
from kerasmergelint.tracker.values.graph import TensorV

_ADDING = frozenset(layer.name for layer in elementwise_merges.LAYERS)

# The words for a size: by the place of its operand, the axis, and the number of axes.
Naming = Callable[[int, int, int], str]


def needs(combination: Combination, name: Naming) -> tuple[Need, ...]:
    """What a merge needs of the open sizes of its operands.

    Layers that add refuse a single row beside a batch that they know; a model that runs stretches it.
    """
    given = combination.given
    specs = spec_leaves(given)
    if len(specs) < 2 or _are_layers_alike(specs):
        return ()
    if not any(None in _sizes_of(spec) for spec in specs):
        return ()
    given_tensors = tensors(combination.operands)
    stretches = combination.label in _ADDING and any(map(_comes_from_an_input, given_tensors))
    sizes = _Naming(specs, _rows(given_tensors, specs), name, stretches).named()
    if not sizes:
        return ()
    told = iter(_with_sizes(spec, sizes.get(place, {})) for place, spec in enumerate(specs))
    try:
        doubts = combination.rule(mapped_specs(given, lambda _: next(told))).doubts
    except Broken:
        return ()
    words = {str(size) for of_operand in sizes.values() for size in of_operand.values()}
    return tuple(
        doubt
        for doubt in doubts
        if isinstance(doubt, Need)
        and any(leaf.name in words for leaf in leaves_of(doubt))
        and all(is_readable(leaf.name) for leaf in leaves_of(doubt))
    )


def _are_layers_alike(specs: Sequence[TensorSpec]) -> bool:
    """Whether all come from layers and have one shape, whose open sizes agree: most merges are of such."""
    first = specs[0].shape
    return all(
        spec.kind is TensorKind.KERAS and (spec.shape is first or spec.shape == first)
        for spec in specs
    )


def _rows(operands: Sequence[TensorV], specs: Sequence[TensorSpec]) -> list[tuple[int, ...]]:
    """What decides how many rows each operand has, by identity: where two are open, and so may differ."""
    is_open = [None in _sizes_of(spec) or UNKNOWN in _sizes_of(spec) for spec in specs]
    if is_open.count(True) < 2 or len(operands) != len(specs):
        return [()] * len(specs)
    return [tuple(map(id, deciding(tensor))) for tensor in operands]


@dataclass(frozen=True, slots=True)
class _Naming:
    """Symbols for the open sizes that lie on others, and for those, by operand and axis.

    The batches of all operands agree, unless something else decides how many ``rows`` one has.
    """

    specs: Sequence[TensorSpec]
    rows: Sequence[tuple[int, ...]]
    name: Naming
    stretches: bool

    def named(self) -> dict[int, dict[int, Dim]]:
        found: dict[int, dict[int, Dim]] = {}
        for place, spec in enumerate(self.specs):
            dims = _sizes_of(spec)
            for axis, (met, at) in _met(place, self.specs):
                size = _sizes_of(self.specs[met])[at]
                if dims[axis] is not None or not self._is_decided_elsewhere(place, axis, met, at):
                    continue
                if self.stretches and size == 1:
                    continue
                found.setdefault(place, {})[axis] = self._symbol(place, axis)
                if size is None or _is_nameless(size):
                    found.setdefault(met, {})[at] = self._symbol(met, at)
        self._let_batches_agree(found)
        return found

    def _is_decided_elsewhere(self, place: int, axis: int, met: int, at: int) -> bool:
        """Whether the other size is the program's, or may be: of two batches of layers it is not."""
        one, other = self.specs[place], self.specs[met]
        size = _sizes_of(other)[at]
        if size is None:
            return self.rows[place] != self.rows[met]
        if not _is_nameless(size):
            return is_of_program(size)
        if one.dims is None or other.dims is None:
            return False
        if axis or at or self.rows[place] != self.rows[met]:
            return True
        return one.kind is TensorKind.KERAS is not other.kind

    def _let_batches_agree(self, found: dict[int, dict[int, Dim]]) -> None:
        alike = [
            place for place, spec in enumerate(self.specs) if spec.dims and not self.rows[place]
        ]
        named = [found[place][0] for place in alike if 0 in found.get(place, {})]
        for place in alike if named else ():
            if (self.specs[place].dims or ())[:1] == (None,):
                found.setdefault(place, {})[0] = named[0]

    def _symbol(self, place: int, axis: int) -> Dim:
        dims = self.specs[place].dims
        words = self.name(place, axis, len(dims)) if dims is not None else self.name(place, 1, 2)
        return symbol(words, positive=True)  # of an open shape only the last one is looked at


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


def _is_nameless(size: Dim) -> bool:
    """Whether there are no words for a size."""
    if isinstance(size, Expr):
        return not all(is_readable(leaf.name) for leaf in symbols(size))
    return size is UNKNOWN


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
        stack.extend(tensors((node.inputs, *node.arguments.values())))
    return False

"""``array[..., [0, 2], labels]``: NumPy's indexing by lists, arrays and masks among other keys.

The arrays of a key are broadcast together.  Their axes come where the first of them stands if they stand
side by side, and in front of all others if a slice, ``None`` or ``...`` parts them; a plain number counts
as an array without axes.
"""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.keras_api.slicing import slice_length
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.shapes.broadcast import NonePolicy, broadcast


@dataclass(frozen=True, slots=True)
class _Indices:
    """An array in a key: the shape that it selects, how many axes it takes up, and the sizes of these that
    are too small for it (all below ``least``) or just right (``exactly``)."""

    dims: tuple[Dim, ...]
    axes: int = 1
    least: int = 0
    exactly: int | None = None

    def fits(self, size: Dim) -> bool:
        if not isinstance(size, int):
            return True
        return size >= self.least and self.exactly in (None, size)


def by_arrays(spec: TensorSpec, keys: tuple[object, ...]) -> TensorSpec | None:
    """The part of a NumPy array that a key with arrays selects; None if a key or size is not known well
    enough, or NumPy would refuse it."""
    dims = spec.dims
    parts = [_part(key) for key in keys]
    if spec.kind is not TensorKind.ARRAY or dims is None or UNKNOWN in parts:
        return None
    selected = _selected(dims, parts)
    return None if selected is None else TensorSpec(Shape(selected), spec.dtype, spec.kind)


def _part(key: object) -> object:
    """A key with arrays as :class:`_Indices`; UNKNOWN for what it cannot be."""
    if key is None or key is ... or isinstance(key, slice):
        return key
    if isinstance(key, int) and not isinstance(key, bool):
        return _Indices((), least=_least([key]))
    if isinstance(key, list):
        return _of_list(key)
    if isinstance(key, TensorSpec) and key.kind is TensorKind.ARRAY and key.dims is not None:
        if key.dtype == "bool":
            return _Indices((UNKNOWN,), len(key.dims)) if key.dims else UNKNOWN
        return _Indices(key.dims) if key.dtype is not None and "int" in key.dtype else UNKNOWN
    return UNKNOWN


def _of_list(items: list[object]) -> object:
    if items and all(isinstance(item, bool) for item in items):
        return _Indices((sum(map(bool, items)),), exactly=len(items))
    numbers = [item for item in items if isinstance(item, int) and not isinstance(item, bool)]
    if items and len(numbers) == len(items):
        return _Indices((len(items),), least=_least(numbers))
    return UNKNOWN


def _least(numbers: list[int]) -> int:
    """The least size of an axis that has items at all these places."""
    return max(-number if number < 0 else number + 1 for number in numbers)


def _selected(dims: tuple[Dim, ...], parts: list[object]) -> tuple[Dim, ...] | None:
    used = sum(_axes(part) for part in parts)
    if used > len(dims) or parts.count(...) > 1:
        return None
    if ... not in parts:
        parts = [*parts, ...]
    shape = _together(parts)
    places = [place for place, part in enumerate(parts) if isinstance(part, _Indices)]
    if shape is None or not places:
        return None
    apart = places[-1] - places[0] >= len(places)
    rest: list[Dim] = []
    before = axis = 0
    for place, part in enumerate(parts):
        if place == places[0]:
            before = len(rest)
        if part is ...:
            rest.extend(dims[axis : axis + len(dims) - used])
            axis += len(dims) - used
            continue
        if part is None:
            rest.append(1)
        elif isinstance(part, slice):
            rest.append(slice_length(dims[axis], part))
        elif isinstance(part, _Indices) and part.axes == 1 and not part.fits(dims[axis]):
            return None
        axis += _axes(part)
    return (*shape, *rest) if apart else (*rest[:before], *shape, *rest[before:])


def _axes(part: object) -> int:
    if isinstance(part, _Indices):
        return part.axes
    return 1 if isinstance(part, slice) else 0


def _together(parts: list[object]) -> tuple[Dim, ...] | None:
    """The shape that the arrays of a key have together."""
    shape = Shape(())
    for part in parts:
        if isinstance(part, _Indices):
            made = broadcast(shape, Shape(part.dims), NonePolicy.SIZE_WINS)
            if made.conflict is not None or not isinstance(made.shape, Shape):
                return None
            shape = made.shape
    return shape.dims

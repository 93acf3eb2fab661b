"""``x[...]`` on tensors.

Keras 3 has a rule of its own for symbolic tensors: the key must be a number, or a tuple of numbers,
slices, ``None`` and ``...``.  TensorFlow takes scalar tensors and masks as well; NumPy arrays take lists.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import array_indexing
from kerasmergelint.keras_api.doubts import Doubt, of_length
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.problems import DIVIDE_WHOLE, bad
from kerasmergelint.keras_api.protocol import Broken, Outcome, TensorKind, TensorSpec
from kerasmergelint.keras_api.slicing import slice_length
from kerasmergelint.keras_api.versions import V3, KerasVersion
from kerasmergelint.shapes import (
    UNKNOWN,
    Dim,
    Expr,
    OpenShape,
    Shape,
    format_shape,
)
from kerasmergelint.shapes.broadcast import never_equal

KIND = Kind.INDEXING | Kind.EXPLICIT | Kind.RESHAPING | Kind.LIFTING | Kind.OPERATOR


def getitem(spec: TensorSpec, key: object, version: KerasVersion) -> Outcome:
    """The part of a tensor that a key selects."""
    strict = spec.kind is TensorKind.KERAS and version in V3
    if strict:
        _refuse_bare(key)
    keys = tuple(key) if isinstance(key, tuple) or (strict and isinstance(key, list)) else (key,)
    if strict:
        _refuse_kinds(keys)
    elif isinstance(key, TensorSpec) and key.dtype == "bool" and key.dims:
        return _masked(spec, key)
    keys = tuple(map(_number, keys))
    if spec.kind in _TENSORS:
        _refuse_no_integers(spec, keys, strict=strict)
    if not all(map(_is_plain, keys)):
        part = array_indexing.by_arrays(spec, keys)
        return _somehow(spec) if part is None else Outcome(part)
    if sum(item is ... for item in keys) > 1:
        if strict or spec.kind in (TensorKind.ANY, TensorKind.KERAS):
            return _somehow(spec)
        raise bad("more than one `...` in the key")
    if not isinstance(spec.shape, Shape):
        return _open(spec, keys)
    try:
        dims = tuple(_select(spec.shape, keys))
    except Broken as broken:
        if spec.kind is not TensorKind.ARRAY:
            raise
        raise Broken(replace(broken.problem, exception="IndexError")) from None  # NumPy says so
    part = TensorSpec(Shape(dims), spec.dtype, spec.kind)
    return Outcome(part, _bounds(spec.shape, keys))


def _refuse_bare(key: object) -> None:
    """Keras 3 takes neither ``x[1:]`` nor ``x[...]`` nor ``x[None]``."""
    if isinstance(key, slice) or key is None or key is ...:
        written = "None" if key is None else "..." if key is ... else "a slice"
        raise bad(
            f"{written} alone is not a key that Keras tensors take",
            hint="write a tuple: x[1:, ...] instead of x[1:]",
        )


def _refuse_kinds(keys: tuple[object, ...]) -> None:
    """Lists and tensors inside a key."""
    for item in keys:
        if isinstance(item, (list, tuple)):
            raise bad("a list in the key of a Keras tensor", hint="use keras.ops.take")
        if isinstance(item, TensorSpec) and item.kind is not TensorKind.ARRAY:
            raise bad("a tensor in the key of a Keras tensor", hint="use keras.ops.take")


# A label of pandas may be a float, and what is read from a table counts as an array.
_TENSORS = frozenset({TensorKind.KERAS, TensorKind.GRAPH, TensorKind.EAGER})


def _refuse_no_integers(spec: TensorSpec, keys: tuple[object, ...], *, strict: bool) -> None:
    """Neither texts nor floats count, not even 2.0; Keras 3 does not look at slices of axes that are open.

    Beside what may be None, an array or a mask, nobody knows which axis a slice is of.
    """
    text = next((item for item in keys if isinstance(item, str)), None)
    if text is not None:
        raise bad(f"a tensor has no key {text!r}", None, "TypeError")
    found = next((item for item in keys if isinstance(item, float)), None)
    placed = all(map(_is_plain, keys)) and sum(key is ... for key in keys) < 2
    if found is None and isinstance(spec.shape, Shape) and placed:
        for item, axis, _ in _placed(spec.shape, keys):
            if not isinstance(item, slice):
                continue
            if not strict or isinstance(spec.shape.dims[axis], int):
                parts = (item.start, item.stop, item.step)
                found = next((part for part in parts if isinstance(part, float)), found)
    if found is not None:
        raise bad(f"{found} in the key is no integer", None, "TypeError", hint=DIVIDE_WHOLE)


def _masked(spec: TensorSpec, mask: TensorSpec) -> Outcome:
    """``x[mask]``: the axes of the mask become one, of a length that depends on the data."""
    dims, covered = spec.dims, mask.dims
    if dims is None or covered is None or spec.kind is TensorKind.ANY:
        return _somehow(spec)
    if len(covered) > len(dims):
        raise bad(f"a mask of shape {mask} is too large for {spec}")
    if any(map(never_equal, dims, covered)):
        raise bad(f"a mask of shape {mask} does not fit {spec}")
    length = None if spec.kind in (TensorKind.GRAPH, TensorKind.KERAS) else UNKNOWN
    return Outcome(TensorSpec(Shape((length, *dims[len(covered) :])), spec.dtype, spec.kind))


def _number(item: object) -> object:
    """An index; a scalar tensor of ints counts as an unknown number."""
    if isinstance(item, TensorSpec) and item.dims == () and item.dtype != "bool":
        return item.data if isinstance(item.data, int) else _SOME
    return item


class _Some:
    """An index that is known to be a number."""


_SOME = _Some()


def _is_plain(item: object) -> bool:
    """Whether a key's item is of a known kind; a symbol may be anything, unless it is certainly a number."""
    if isinstance(item, bool):
        return False
    if isinstance(item, Expr):
        return not item.nullable
    return item is None or item is ... or isinstance(item, (int, slice, _Some))


def _somehow(spec: TensorSpec) -> Outcome:
    return Outcome(TensorSpec(OpenShape(), spec.dtype, spec.kind))


def _open(spec: TensorSpec, keys: tuple[object, ...]) -> Outcome:
    """Even of unknown rank, keys after an ellipsis tell something."""
    assert isinstance(spec.shape, OpenShape)
    plain = [item for item in keys if item is not ...]
    if ... not in keys and all(_whole(item) or isinstance(item, int) for item in plain):
        dropped = sum(isinstance(item, int) for item in plain)
        tail = spec.shape.tail if spec.shape.min_rank - len(plain) >= len(spec.shape.tail) else ()
        least = max(spec.shape.min_rank - dropped, len(plain) - dropped)
        return Outcome(TensorSpec(OpenShape(tail, least), spec.dtype, spec.kind))
    if keys[:1] == (...,):
        return _open_tail(spec, spec.shape, keys[1:])
    return _somehow(spec)


def _open_tail(spec: TensorSpec, shape: OpenShape, keys: tuple[object, ...]) -> Outcome:
    """``x[..., key]``: the last axes are known as far as the tail reaches."""
    used = sum(item is not None for item in keys)
    if used > len(shape.tail):
        shape = OpenShape((*[UNKNOWN] * (used - len(shape.tail)), *shape.tail), shape.min_rank)
    last = Shape(shape.tail[len(shape.tail) - used :])
    tail = (*shape.tail[: len(shape.tail) - used], *_select(last, keys))
    least = max(shape.min_rank, used) - used + len(_select(last, keys))
    return Outcome(TensorSpec(OpenShape(tail, least), spec.dtype, spec.kind))


def _whole(item: object) -> bool:
    return isinstance(item, slice) and item == slice(None)


def _select(shape: Shape, keys: tuple[object, ...]) -> list[Dim]:
    result: list[Dim] = []
    end = 0
    for item, axis, end in _placed(shape, keys):
        if item is None:
            result.append(1)
        elif item is ...:
            result.extend(shape.dims[axis:end])
        elif isinstance(item, slice):
            result.append(slice_length(shape.dims[axis], item))
        else:
            _check_bounds(shape, axis, item)
    result.extend(shape.dims[end:])
    return result


def _placed(shape: Shape, keys: tuple[object, ...]) -> Iterator[tuple[object, int, int]]:
    """Each item of a key, the axis at which it begins, and the one after it."""
    used = sum(1 for item in keys if item is not None and item is not ...)
    if used > shape.rank:
        raise bad(f"{format_shape(shape)} has {shape.rank} axes, {used} indices are given")
    axis = 0
    for item in keys:
        begin = axis
        axis += 0 if item is None else shape.rank - used if item is ... else 1
        yield item, begin, axis


def _bounds(shape: Shape, keys: tuple[object, ...]) -> tuple[Doubt, ...]:
    """What symbolic sizes must be for the indices to be in range."""
    indexed = [
        (shape.dims[axis], item) for item, axis, _ in _placed(shape, keys) if type(item) is int
    ]
    return tuple(
        doubt
        for size, index in indexed
        if isinstance(size, Expr)
        for doubt in of_length(size, index + 1 if index >= 0 else -index)
    )


def _check_bounds(shape: Shape, axis: int, index: object) -> None:
    size = shape.dims[axis]
    if isinstance(size, int) and isinstance(index, int) and not -size <= index < size:
        raise bad(f"index {index} is out of range at axis {axis} of {format_shape(shape)}", axis)

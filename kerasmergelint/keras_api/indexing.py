"""``x[...]`` on tensors."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    Outcome,
    Problem,
    ProblemKind,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape, format_shape, sub


def getitem(spec: TensorSpec, key: Any, version: KerasVersion) -> Outcome:
    """The part of a tensor that a key selects."""
    keys = tuple(key) if isinstance(key, (tuple, list)) else (key,)
    if isinstance(key, list) and spec.kind is not TensorKind.KERAS:
        return Outcome(TensorSpec(OpenShape(), spec.dtype, spec.kind))
    if not all(_is_plain(item) for item in keys):
        return Outcome(TensorSpec(OpenShape(), spec.dtype, spec.kind))
    if not isinstance(spec.shape, Shape):
        return _open(spec, keys)
    return Outcome(TensorSpec(Shape(tuple(_select(spec.shape, keys))), spec.dtype, spec.kind))


def _is_plain(item: Any) -> bool:
    return item is None or item is ... or isinstance(item, (int, slice)) or hasattr(item, "terms")


def _open(spec: TensorSpec, keys: tuple[Any, ...]) -> Outcome:
    """Of unknown rank: trailing keys behind an ellipsis still tell something."""
    assert isinstance(spec.shape, OpenShape)
    plain = [item for item in keys if item is not ...]
    if ... not in keys and all(_whole(item) or isinstance(item, int) for item in plain):
        dropped = sum(isinstance(item, int) for item in plain)
        tail = spec.shape.tail if spec.shape.min_rank - len(plain) >= len(spec.shape.tail) else ()
        least = max(spec.shape.min_rank - dropped, len(plain) - dropped)
        return Outcome(TensorSpec(OpenShape(tail, least), spec.dtype, spec.kind))
    return Outcome(TensorSpec(OpenShape(), spec.dtype, spec.kind))


def _whole(item: Any) -> bool:
    return isinstance(item, slice) and item == slice(None)


def _select(shape: Shape, keys: tuple[Any, ...]) -> list[Dim]:
    used = sum(1 for item in keys if item is not None and item is not ...)
    if used > shape.rank:
        raise _bad(f"{format_shape(shape)} has {shape.rank} axes, {used} indices are given")
    rest = shape.rank - used
    result: list[Dim] = []
    axis = 0
    seen_ellipsis = False
    for item in keys:
        if item is None:
            result.append(1)
        elif item is ...:
            if not seen_ellipsis:
                result.extend(shape.dims[axis : axis + rest])
                axis += rest
            seen_ellipsis = True
        elif isinstance(item, slice):
            result.append(slice_length(shape.dims[axis], item))
            axis += 1
        else:
            _check_bounds(shape, axis, item)
            axis += 1
    result.extend(shape.dims[axis:])
    return result


def _check_bounds(shape: Shape, axis: int, index: Any) -> None:
    size = shape.dims[axis]
    if isinstance(size, int) and isinstance(index, int) and not -size <= index < size:
        raise _bad(f"index {index} is out of range at axis {axis} of {format_shape(shape)}", axis)


def slice_length(size: Dim, item: slice) -> Dim:
    """How much of an axis a slice keeps."""
    if item == slice(None):
        return size
    parts = (item.start, item.stop, item.step)
    if size is None:
        return None
    if not all(part is None or isinstance(part, int) for part in parts):
        return UNKNOWN
    if isinstance(size, int):
        try:
            return len(range(size)[item])
        except ValueError:
            return UNKNOWN
    if (
        item.step in (None, 1)
        and item.start is None
        and isinstance(item.stop, int)
        and item.stop < 0
    ):
        return UNKNOWN if size is UNKNOWN else sub(size, -item.stop)
    return UNKNOWN


def _bad(detail: str, axis: int | None = None) -> Broken:
    return Broken(Problem(ProblemKind.OPERATION, "ValueError", detail, (0,), axis))

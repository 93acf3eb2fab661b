"""``np.array``: what lists, tables and pictures are as arrays."""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, AnyShape, Dim, Shape
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.keras.convert import (
    value_to_shape,
)
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.own_exceptions import no_array
from kerasmergelint.tracker.values.arrays import SEQUENCES
from kerasmergelint.tracker.values.constants import is_number
from kerasmergelint.tracker.values.containers import FILLED, DictV, ListV
from kerasmergelint.tracker.values.frames import FrameV
from kerasmergelint.tracker.values.graph import Role, Site, TensorV
from kerasmergelint.tracker.values.pictures import PictureV
from kerasmergelint.tracker.values.value import (
    Value,
)

Dims = tuple[Dim, ...]


_ITEMS_PER_STEP = 64


_SCALARS = frozenset({str, bytes, bool, int, float})


def _is_scalar(value: Value) -> bool:
    return type(value) in _SCALARS or is_number(value)


def array_of(interp: Interpreter, value: Value) -> Value:
    """``np.array(value)`` of unknown content: only the shape is followed."""
    value = interp.resolve(value)
    if isinstance(value, (FrameV, PictureV)):
        return value.as_array()
    if isinstance(value, TensorV):
        if value.role is Role.ROWS:
            return interp.unknown("an array of rows that may be of one length")
        if value.spec.kind in (TensorKind.ARRAY, TensorKind.EAGER):
            return TensorV(replace(value.spec, kind=TensorKind.ARRAY, data=None))
        return interp.unknown("an array of something symbolic")
    rows: Dim
    filled = isinstance(value, ListV) and value.open and value.reason == FILLED
    items = value.items if isinstance(value, ListV) and (filled or not value.open) else value
    if isinstance(items, (list, tuple)):
        interp.work(len(items) // _ITEMS_PER_STEP)
    if isinstance(items, (list, tuple)) and items and all(map(_is_scalar, items)):
        rows = UNKNOWN if filled else len(items)
        dtype = "string" if all(type(item) is str for item in items) else None
        return TensorV(TensorSpec(Shape((rows,)), dtype, TensorKind.ARRAY))
    if is_number(value):
        return TensorV(TensorSpec(Shape(()), None, TensorKind.ARRAY))
    if not isinstance(items, (list, tuple)) or not items or not all(map(_is_nest, items)):
        return interp.unknown("an array of something unknown")
    # NumPy takes rows of one shape only: the known ones show that of the others.
    shapes = {_row_shape(interp, item) for item in items} - {ANY_SHAPE}
    shape = shapes.pop() if len(shapes) == 1 else None
    if not isinstance(shape, Shape):
        return interp.unknown("an array of something unknown")
    rows = UNKNOWN if filled else len(items)
    return TensorV(TensorSpec(Shape((rows, *shape.dims)), None, TensorKind.ARRAY))


def lists_of_unequal_length(interp: Interpreter, value: Value) -> TensorV | None:
    """``np.array(value, dtype=object)`` of lists of numbers that make no rectangle."""
    value = interp.resolve(value)
    rows = value.items if isinstance(value, ListV) and not value.open else []
    numbers = [numbers_in(row) for row in rows]
    if None in numbers or len({len(row or ()) for row in numbers}) < 2:
        return None
    return TensorV(TensorSpec(Shape((len(rows),)), SEQUENCES, TensorKind.ARRAY))


def numbers_in(value: Value) -> Sequence[Value] | None:
    """The items of a list of numbers."""
    items = value.items if isinstance(value, ListV) and not value.open else value
    if not isinstance(items, (list, tuple)) or not all(map(_is_one_number, items)):
        return None
    return items


def _is_one_number(value: Value) -> bool:
    """Whether this is a number, or what iterating over a vector of numbers gives."""
    return is_number(value) or (isinstance(value, TensorV) and value.spec.dims == ())


def check_rectangle(interp: Interpreter, value: Value, site: Site) -> None:
    """Fail for what NumPy makes no array of: arrays of different shapes, an array beside a dict."""
    value = interp.resolve(value)
    items = value.items if isinstance(value, ListV) and not value.open else value
    if not isinstance(items, (tuple, list)) or not interp.surely(V3):
        return  # NumPy made objects of them before there was Keras 3
    first: Dims | None = None
    for item in map(interp.resolve, items):
        if isinstance(item, (ListV, tuple)):
            check_rectangle(interp, item, site)
        shape = () if isinstance(item, DictV) else _row_shape(interp, item)
        dims = shape.dims if isinstance(shape, Shape) else shape
        if not isinstance(dims, tuple):
            continue
        if first is None:
            first = dims
        if len(first) != len(dims) or any(map(never_equal, first, dims)):
            raise no_array(interp, first, dims, site)


def _row_shape(interp: Interpreter, item: Value) -> AnyShape | None:
    interp.step()  # a list may have many rows, each of which costs this much
    part = array_of(interp, item)
    return part.spec.shape if isinstance(part, TensorV) else None


def _is_nest(value: Value) -> bool:
    return isinstance(value, (TensorV, ListV, tuple)) or is_number(value)


def made(interp: Interpreter, shape: Value, dtype: str | None = None) -> Value:
    """An array of a shape."""
    if isinstance(shape, int):
        shape = (shape,)
    return TensorV(TensorSpec(value_to_shape(interp, shape), dtype, TensorKind.ARRAY))

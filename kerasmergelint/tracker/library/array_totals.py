"""The number of items that an array has, and that a shape asks for."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.shapes import UNKNOWN
from kerasmergelint.tracker.keras.ranks import size_of_axis
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.value import SymInt, Value


def has_another_total(array: TensorV, given: Value) -> bool:
    """Whether an array of known sizes has more or fewer items than a shape.

    A size that is not known cancels out where the shape takes it over: ``x.reshape((len(x), 3, 12))``.
    """
    sizes, wanted = array.spec.dims, list(sizes_of(given))
    if array.spec.kind is not TensorKind.ARRAY or not sizes:
        return False
    known = []
    for axis, size in enumerate(sizes):
        its_own = next((w for w in wanted if _is_size_of(w, array, axis)), None)
        if isinstance(size, int):
            known.append(size)
        elif its_own is None:
            return False
        else:
            wanted.remove(its_own)
    asked = [size for size in wanted if isinstance(size, int)]
    if len(asked) < len(wanted):
        return False
    total, part = prod(known), prod(size for size in asked if size != -1)
    return bool(part and total % part) if -1 in asked else total != part


def _is_size_of(value: Value, array: TensorV, axis: int) -> bool:
    return isinstance(value, SymInt) and value == size_of_axis(array, axis, UNKNOWN)


def sizes_of(shape: Value) -> Sequence[Value]:
    items = shape.items if isinstance(shape, ListV) and not shape.open else shape
    return items if isinstance(items, (tuple, list)) else (items,)

"""Integers of NumPy, which Python's ``int`` does not know: constructors of layers may refuse them."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any


def _kept(compute: Callable[[Any, Any], Any], *, swapped: bool = False) -> Any:
    """An operator with one of them gives another, where it gives an int."""

    def method(self: int, other: object) -> Any:
        if not isinstance(other, (int, float)):
            return NotImplemented
        pair = (int(self), other if isinstance(other, float) else int(other))
        return from_numpy(compute(*reversed(pair)) if swapped else compute(*pair))

    return method


class NumPyInt(int):
    """``np.int64(3)``, ``np.prod(shape)``, or an item of an array."""

    __slots__ = ()

    __add__, __radd__ = _kept(operator.add), _kept(operator.add, swapped=True)
    __sub__, __rsub__ = _kept(operator.sub), _kept(operator.sub, swapped=True)
    __mul__, __rmul__ = _kept(operator.mul), _kept(operator.mul, swapped=True)
    __floordiv__ = _kept(operator.floordiv)
    __rfloordiv__ = _kept(operator.floordiv, swapped=True)

    def __repr__(self) -> str:
        return int.__repr__(self)


def from_numpy(value: Any) -> Any:
    """What NumPy computed: its integers are its own."""
    return NumPyInt(value) if type(value) is int else value

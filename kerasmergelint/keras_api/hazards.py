"""Merges that Keras accepts although they are hardly intended, as far as shapes tell."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes import Dim, Shape


@dataclass(frozen=True, slots=True)
class Stretch:
    """What broadcasting does to two shapes.

    ``left`` and ``right`` are the axes, counted from the right, at which only that operand has size 1;
    ``lifted`` is the difference of the ranks.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    lifted: int

    @property
    def both(self) -> bool:
        """Each operand is repeated along an axis that only the other has."""
        return bool(self.left) and bool(self.right)


def stretch(left: Shape, right: Shape, *, batched: bool) -> Stretch:
    """How two shapes that broadcast stretch each other.

    ``batched`` is for merge layers, which never stretch axis 0, and give the operand with fewer axes new
    ones after its batch axis; operators put them in front.

    >>> stretch(Shape((None, 5, 1)), Shape((None, 1, 5)), batched=True).both
    True
    >>> stretch(Shape((None, 5, 1)), Shape((None, 5)), batched=True)
    Stretch(left=(-1,), right=(-2,), lifted=1)
    """
    a, b = left.dims, right.dims
    lifted = abs(len(a) - len(b))
    rank = max(len(a), len(b))
    wide_a, wide_b = _widened(a, rank, batched=batched), _widened(b, rank, batched=batched)
    axes = range(1 if batched else 0, rank)
    only_a = [axis - rank for axis in axes if _one(wide_a[axis]) and not _one(wide_b[axis])]
    only_b = [axis - rank for axis in axes if _one(wide_b[axis]) and not _one(wide_a[axis])]
    return Stretch(tuple(only_a), tuple(only_b), lifted)


def _widened(dims: tuple[Dim, ...], rank: int, *, batched: bool) -> tuple[Dim, ...]:
    new = (1,) * (rank - len(dims))
    return (*dims[:1], *new, *dims[1:]) if batched else (*new, *dims)


def _one(dim: Dim) -> bool:
    return dim == 1

"""Broadcasting two shapes, aligned at the right.

``NonePolicy`` says what a dynamic ``None`` and a known size give: in Keras's merge layers None
wins, in operators the known size does.
"""

from __future__ import annotations

import enum

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes.bounds import larger, least_of
from kerasmergelint.shapes.comparison import Relation, compare
from kerasmergelint.shapes.dim import UNKNOWN, Dim, Expr
from kerasmergelint.shapes.needs import Need, fits, is_sayable
from kerasmergelint.shapes.shape import AnyShape, OpenShape, Shape, is_untraced


class NonePolicy(enum.Enum):
    """The result of ``None`` and a size other than 1."""

    NONE_WINS = "None"
    SIZE_WINS = "the size"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sizes that certainly cannot broadcast; ``axis`` counts from the right, from -1."""

    axis: int
    left: Dim
    right: Dim


@dataclass(frozen=True, slots=True)
class Broadcast:
    """The common shape; the first certain conflict; whether anything is undecided.

    ``needs`` says which undecided sizes have to fit, where that can be expressed.
    """

    shape: AnyShape
    conflict: Conflict | None
    undecided: bool
    needs: tuple[Need, ...] = ()


def never_equal(left: Dim, right: Dim) -> bool:
    """Whether two sizes certainly differ, neither being None."""
    if left is None or right is None:
        return False
    return compare(left, right).relation is Relation.NEVER


def may_be_one(dim: Dim) -> bool:
    """Whether a size could be 1, or None."""
    return dim is None or not never_equal(dim, 1)


def broadcast_dims(left: Dim, right: Dim, policy: NonePolicy) -> tuple[Dim, bool, bool]:
    """The common size, whether they certainly conflict, and whether that is undecided."""
    if left == 1 or right == 1:
        return right if left == 1 else left, False, False
    if left is None or right is None:
        return _with_none(left, right, policy)
    if compare(left, right).relation is Relation.EQUAL:
        return left, False, False
    if may_be_one(left) or may_be_one(right):
        return _maybe(left, right, policy), False, True
    if never_equal(left, right):
        return UNKNOWN, True, False
    return _maybe(left, right, policy), False, True


def _with_none(left: Dim, right: Dim, policy: NonePolicy) -> tuple[Dim, bool, bool]:
    other = right if left is None else left
    if policy is NonePolicy.NONE_WINS or other is None:
        return None, False, False
    if isinstance(other, int) or (
        isinstance(other, Expr) and not other.nullable and not may_be_one(other)
    ):
        return other, False, False
    return UNKNOWN, False, False


def _maybe(left: Dim, right: Dim, policy: NonePolicy) -> Dim:
    """The result if the sizes broadcast at all: one that is not 1 wins, unless None interferes."""
    lowest = least_of(left), least_of(right)
    if None not in lowest and min(low or 0 for low in lowest) >= 0:
        return larger(left, right)  # no working model has a size of 0
    if policy is NonePolicy.SIZE_WINS or not any(
        dim is UNKNOWN or (isinstance(dim, Expr) and dim.nullable) for dim in (left, right)
    ):
        for dim in (left, right):
            if isinstance(dim, int) and dim != 1:
                return dim
    return UNKNOWN


def broadcast(left: AnyShape, right: AnyShape, policy: NonePolicy) -> Broadcast:
    """Broadcast two shapes, aligned at the right; missing leading dimensions come from the other."""
    a, b = _dims(left), _dims(right)
    a_open, b_open = isinstance(left, OpenShape), isinstance(right, OpenShape)
    result: list[Dim] = []
    conflict: Conflict | None = None
    undecided = _meets_unknown(left, right) or _meets_unknown(right, left)
    needs: list[Need] = []
    shared = min(len(a), len(b))
    for place in range(1, shared + 1):
        dim, broken, unsure = broadcast_dims(a[-place], b[-place], policy)
        if broken and conflict is None:
            conflict = Conflict(-place, a[-place], b[-place])
        if unsure and is_sayable(a[-place], b[-place]):
            needs.append(fits(a[-place], b[-place]))
        else:
            undecided = undecided or unsure
        result.insert(0, dim)
    longer, shorter_open = (a, b_open) if len(a) > len(b) else (b, a_open)
    if not shorter_open:
        result = [*longer[: len(longer) - shared], *result]
    if a_open or b_open:
        least = max(_least(left), _least(right))
        untraced = is_untraced(left) or is_untraced(right)
        shape = OpenShape(tuple(result), least, untraced)
        return Broadcast(shape, conflict, undecided, tuple(needs))
    return Broadcast(Shape(tuple(result)), conflict, undecided, tuple(needs))


def _meets_unknown(left: AnyShape, right: AnyShape) -> bool:
    """Whether axes of the left shape that are not known meet any of the right one that matter."""
    if isinstance(left, Shape):
        return False
    if isinstance(right, OpenShape):
        return True
    return any(size != 1 for size in right.dims[: max(right.rank - len(left.tail), 0)])


def _dims(shape: AnyShape) -> tuple[Dim, ...]:
    return shape.dims if isinstance(shape, Shape) else shape.tail


def _least(shape: AnyShape) -> int:
    return shape.rank if isinstance(shape, Shape) else shape.min_rank

"""Between which numbers a term lies, by the comparisons on a path."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes import Expr
from kerasmergelint.tracker.values.terms import Term

# An end: a number, and 0 if it is included, 1 if the end lies just above it, -1 if just below.
End = tuple[float, int]

_WHOLE_OPERATORS = frozenset({"//", "%"})


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from one end to the other.

    >>> Interval((0, 1), (1, -1)).before(1), Interval((0, 1), (1, -1)).before(0.5)
    (True, None)
    """

    low: End = (float("-inf"), 0)
    high: End = (float("inf"), 0)

    def before(self, number: float) -> bool | None:
        """True if all of it is less than a number, False if nothing is."""
        return True if self.high < (number, 0) else False if self.low >= (number, 0) else None

    def after(self, number: float) -> bool | None:
        """True if all of it is more than a number, False if nothing is."""
        return True if self.low > (number, 0) else False if self.high <= (number, 0) else None

    def equals(self, number: float) -> bool | None:
        """Whether it is this number, if the ends say so."""
        if not self.low <= (number, 0) <= self.high:
            return False
        return True if self.low == self.high else None

    def and_also(self, other: Interval) -> Interval:
        return Interval(max(self.low, other.low), min(self.high, other.high))


def less_than(number: float, term: Term, *, answer: bool) -> Interval:
    """What ``term < number`` says about the term."""
    if not answer:
        return Interval(low=(number, 0))
    whole = isinstance(number, int) and is_whole(term)
    return Interval(high=(number - 1, 0) if whole else (number, -1))


def more_than(number: float, term: Term, *, answer: bool) -> Interval:
    """What ``number < term`` says about the term."""
    if not answer:
        return Interval(high=(number, 0))
    whole = isinstance(number, int) and is_whole(term)
    return Interval(low=(number + 1, 0) if whole else (number, 1))


def is_size(term: Term) -> bool:
    """Whether this is an item of ``x.shape``."""
    if not isinstance(term, tuple) or len(term) != 3 or term[0] != "item":
        return False
    return isinstance(term[1], tuple) and term[1][:1] == ("attr",) and term[1][2:] == ("shape",)


def is_whole(term: Term) -> bool:
    """Whether this is certainly an integer: a size, a length, or computed from such."""
    if is_size(term):
        return True
    if isinstance(term, (int, Expr)):
        return True
    if not isinstance(term, tuple) or not term:
        return False
    if term[0] == "dim" or term[:2] == ("call", ("name", "len")):
        return True
    return term[0] in _WHOLE_OPERATORS and all(map(is_whole, term[1:]))

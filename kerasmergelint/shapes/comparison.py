"""Whether two dimensions are equal: always, never, or under a condition."""

from __future__ import annotations

import enum
from functools import lru_cache
from typing import Final

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes.conditions import when_zero
from kerasmergelint.shapes.dim import UNKNOWN, Dim, Expr, sub
from kerasmergelint.shapes.residues import (
    cases,
    certainly_zero,
    never_zero,
    number_of_cases,
    symbols,
)

# The most combinations of remainders tried for one comparison.
_MOST_CASES: Final = 256


class Relation(enum.Enum):
    """What is known of ``a == b``."""

    EQUAL = "equal"
    NEVER = "never equal"
    MAYBE = "equal if"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A relation, and for ``MAYBE`` the condition for equality, if it can be put in words."""

    relation: Relation
    condition: str | None = None


_EQUAL: Final = Comparison(Relation.EQUAL)
_NEVER: Final = Comparison(Relation.NEVER)
_MAYBE: Final = Comparison(Relation.MAYBE)


def compare(left: Dim, right: Dim) -> Comparison:
    """Whether the two dimensions are equal as Python objects: None equals only None.

    Keras often skips a check if one side is None: that is up to the rule.

    >>> from kerasmergelint.shapes import floordiv, mul, symbol
    >>> n = symbol("n")
    >>> compare(n, mul(2, floordiv(n, 2))).condition
    'n is even'
    """
    if left is UNKNOWN or right is UNKNOWN:
        return _MAYBE
    if left == right:
        return _EQUAL
    if left is None or right is None:
        other = right if left is None else left
        return _MAYBE if isinstance(other, Expr) and other.nullable else _NEVER
    if isinstance(left, int) and isinstance(right, int):
        return _NEVER
    difference = sub(left, right)
    relation = to_zero(difference)
    if relation is Relation.NEVER and _may_be_none(left, right):
        return _MAYBE
    if relation is Relation.EQUAL and _none_differs(left, right):
        return _MAYBE
    if relation is Relation.MAYBE:
        return Comparison(relation, _words(left, right, difference))
    return _EQUAL if relation is Relation.EQUAL else _NEVER


def _may_be_none(*dims: Dim) -> bool:
    return any(isinstance(dim, Expr) and dim.nullable for dim in dims)


def _none_differs(left: Dim, right: Dim) -> bool:
    """Whether a symbol that is None would make only one of them None."""
    sides = [
        {leaf for leaf in symbols(dim) if leaf.nullable} if isinstance(dim, Expr) else set()
        for dim in (left, right)
    ]
    return sides[0] != sides[1]


@lru_cache(maxsize=4096)
def to_zero(difference: Dim) -> Relation:
    """Whether an expression is zero for all integers, for none, or for some."""
    if isinstance(difference, int):
        return Relation.EQUAL if difference == 0 else Relation.NEVER
    if not isinstance(difference, Expr):
        return Relation.MAYBE
    if number_of_cases(difference) > _MOST_CASES:
        return Relation.NEVER if never_zero(difference) else Relation.MAYBE
    always = never = True
    for _, value in cases(difference):
        always, never = always and certainly_zero(value), never and never_zero(value)
        if not (always or never):
            return Relation.MAYBE
    return Relation.EQUAL if always else Relation.NEVER


@lru_cache(maxsize=1024)
def _words(left: Dim, right: Dim, difference: Dim) -> str:
    condition = when_zero(difference) if isinstance(difference, Expr) else None
    return f"{left} == {right}" if condition is None else str(condition)

"""The remainders for which two dimensions are equal: "n is even", "n is divisible by 16".

A chain of down-sampling and up-sampling gives back its size only for some sizes: ``16*(n//16) ==
n`` needs ``n % 16 == 0``.  The condition is found by trying all remainders that decide the floor
divisions, and is then reduced to its smallest modulus.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, reduce
from math import lcm
from typing import Final

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes.dim import Dim, Expr, sub
from kerasmergelint.shapes.residues import (
    cases,
    certainly_zero,
    never_zero,
    number_of_cases,
    symbols,
)

# Thirteen levels of halving: more than any model has.
_MOST_REMAINDERS: Final = 8192
_LISTED: Final = 6


@dataclass(frozen=True, slots=True)
class Divisibility:
    """``name % modulus`` must be one of ``remainders``; the modulus is the least possible.

    All remainders of a modulus (``modulus`` 1, remainder 0) mean always, none means never.

    >>> str(Divisibility("n", 16, (0,)))
    'n is divisible by 16'
    >>> str(Divisibility("n", 4, (1, 2)))
    'n % 4 is 1 or 2'
    """

    name: str
    modulus: int
    remainders: tuple[int, ...]

    @property
    def always(self) -> bool:
        return len(self.remainders) == self.modulus

    @property
    def never(self) -> bool:
        return not self.remainders

    def holds(self, value: int) -> bool:
        """Whether a number satisfies it."""
        return value % self.modulus in self.remainders

    def __str__(self) -> str:
        if self.always:
            return f"{self.name} is any size"
        if self.never:
            return "never"
        if self.remainders == (0,):
            return (
                f"{self.name} is even"
                if self.modulus == 2
                else f"{self.name} is divisible by {self.modulus}"
            )
        if (self.modulus, self.remainders) == (2, (1,)):
            return f"{self.name} is odd"
        if len(self.remainders) == self.modulus - 1:
            (missing,) = set(range(self.modulus)) - set(self.remainders)
            return (
                f"{self.name} is not divisible by {self.modulus}"
                if missing == 0
                else f"{self.name} % {self.modulus} is not {missing}"
            )
        return f"{self.name} % {self.modulus} is {_listed(self.remainders)}"


def _listed(numbers: tuple[int, ...]) -> str:
    if len(numbers) == 1:
        return str(numbers[0])
    if numbers == tuple(range(numbers[0], numbers[-1] + 1)) and len(numbers) > 2:
        return f"from {numbers[0]} to {numbers[-1]}"
    shown = [str(number) for number in numbers[:_LISTED]]
    if len(numbers) > _LISTED:
        return f"one of {', '.join(shown)}, ..."
    return f"{', '.join(shown[:-1])} or {shown[-1]}"


def when_equal(left: Dim, right: Dim) -> Divisibility | None:
    """The condition under which the two are equal; None if it is not one on a single symbol's remainder.

    >>> from kerasmergelint.shapes import ceildiv, floordiv, mul, symbol
    >>> n = symbol("n")
    >>> str(when_equal(n, mul(16, floordiv(n, 16))))
    'n is divisible by 16'
    >>> str(when_equal(ceildiv(n, 2), floordiv(n, 2)))
    'n is even'
    """
    difference = sub(left, right)
    if not isinstance(difference, Expr):
        return None
    return when_zero(difference)


@lru_cache(maxsize=1024)
def when_zero(difference: Expr) -> Divisibility | None:
    """The condition under which an expression is zero."""
    leaves = symbols(difference)
    if len(leaves) != 1:
        return None
    count = number_of_cases(difference)
    if count > _MOST_REMAINDERS:
        return None
    (leaf,) = leaves
    good: list[int] = []
    for remainders, value in cases(difference):
        if certainly_zero(value):
            good.append(remainders.get(leaf, 0))
        elif not never_zero(value):
            return None  # zero for some quotients: the remainder alone does not decide
    return _smallest(leaf.name, count, good)


def every(conditions: Iterable[Divisibility]) -> Divisibility | None:
    """All conditions at once; None if they are about different symbols, or too many remainders.

    >>> str(every([Divisibility("n", 4, (0,)), Divisibility("n", 6, (0,))]))
    'n is divisible by 12'
    """
    found = list(conditions)
    if not found or len({condition.name for condition in found}) > 1:
        return None
    modulus = reduce(lcm, (condition.modulus for condition in found))
    if modulus > _MOST_REMAINDERS:
        return None
    good = [r for r in range(modulus) if all(condition.holds(r) for condition in found)]
    return _smallest(found[0].name, modulus, good)


def _smallest(name: str, modulus: int, good: list[int]) -> Divisibility:
    """The same set of numbers with the least modulus."""
    wanted = set(good)
    for smaller in range(1, modulus + 1):
        if modulus % smaller:
            continue
        kept = sorted({remainder % smaller for remainder in wanted})
        if len(kept) * (modulus // smaller) == len(wanted):
            return Divisibility(name, smaller, tuple(kept))
    raise AssertionError("the modulus itself always serves")

"""What a call requires of unknown sizes: "a = b", "a = b or 1", "n >= 3".

A *fact* says of one expression that it is zero, or not negative.  A *need* is the requirement of a
single check: at least one of some facts.  A *condition* is all needs together.  Sizes are numbers
here; Keras's own None passes these checks.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import gcd

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes.bounds import least_of
from kerasmergelint.shapes.comparison import Relation, to_zero
from kerasmergelint.shapes.dim import (
    UNKNOWN,
    Atom,
    Dim,
    Expr,
    FloorDiv,
    Max,
    Symbol,
    ceildiv,
    mul,
    product,
    sub,
    total,
)
from kerasmergelint.shapes.residues import substitute, symbols


class Sign(enum.Enum):
    """What a fact says about its expression."""

    ZERO = "= 0"
    NOT_NEGATIVE = ">= 0"


@dataclass(frozen=True, slots=True)
class Fact:
    """An expression that is zero, or not negative, in canonical form."""

    expr: Expr
    sign: Sign


@dataclass(frozen=True, slots=True)
class Need:
    """At least one of the alternatives holds; without any it cannot be met.

    ``always``: it is met for all sizes.
    """

    alternatives: tuple[Fact, ...] = ()
    always: bool = False

    @property
    def never(self) -> bool:
        return not self.always and not self.alternatives


ALWAYS = Need(always=True)
NEVER = Need()


def equal(left: Dim, right: Dim) -> Need:
    """Two sizes must be equal; neither may be unknown."""
    return _either((_zero(left, right),))


def fits(left: Dim, right: Dim) -> Need:
    """Two sizes must broadcast: be equal, or one of them 1; neither may be unknown.

    Of two that are 0 or 1, one is 1 or both are equal.
    """
    small = _is_one_at_most(left), _is_one_at_most(right)
    if all(small):
        return ALWAYS
    ones = _zero(left, 1), _zero(right, 1)
    other = right if small[0] else left
    if any(small) and (least_of(other) or 0) >= 1:
        return _either(ones)  # equal to what is 1 at most is 1
    return _either((_zero(left, right), *ones))


def _is_one_at_most(size: Dim) -> bool:
    """Whether the algebra knows so; numbers are compared by the facts themselves."""
    room = least_of(sub(1, size)) if isinstance(size, Expr) else None
    return room is not None and room >= 0


def at_least(size: Dim, least: int) -> Need:
    """A size must be at least this."""
    return _either((_canonical(_unrounded(sub(size, least)), Sign.NOT_NEGATIVE),))


def _unrounded(expr: Dim) -> Dim:
    """The same bound without rounding: ``n//2 >= 3`` says ``n >= 6``."""
    while isinstance(expr, Expr):
        rest = [term for term in expr.terms if term[0]]
        if len(rest) != 1 or len(rest[0][0]) != 1 or rest[0][1] < 0:
            break
        (atom,), factor = rest[0]
        divisor = least_of(_plain(atom.denominator)) if isinstance(atom, FloorDiv) else None
        if not isinstance(atom, FloorDiv) or divisor is None or _plain(atom.denominator) != divisor:
            break
        least = ceildiv(-dict(expr.terms).get((), 0), factor)
        expr = sub(atom.numerator, mul(divisor, least))
    return expr


def is_sayable(*sizes: Dim) -> bool:
    """Whether a need can be stated about these sizes: none is simply unknown."""
    return UNKNOWN not in sizes


def given(need: Need, values: Mapping[Symbol, Dim]) -> Need:
    """The need with dimensions substituted for symbols."""
    if need.always or not need.alternatives:
        return need
    return _either(
        _canonical(substitute(fact.expr, values), fact.sign) for fact in need.alternatives
    )


def replaced(need: Need, atom: Atom, by: Dim) -> Need:
    """The need with a dimension substituted for an atom; not inside other atoms."""

    def changed(expr: Expr) -> Dim:
        return total(
            product([factor, *(by if part == atom else Expr((((part,), 1),)) for part in monomial)])
            for monomial, factor in expr.terms
        )

    return _either(_canonical(changed(fact.expr), fact.sign) for fact in need.alternatives)


def leaves_of(need: Need) -> frozenset[Symbol]:
    """Every symbol that a need is about."""
    return frozenset(leaf for fact in need.alternatives for leaf in symbols(fact.expr))


def met(need: Need, sizes: Mapping[str, int]) -> bool:
    """Whether numbers for all symbols meet a need.

    >>> from kerasmergelint.shapes import symbol
    >>> met(fits(symbol("n"), 4), {"n": 1}), met(equal(symbol("n"), 4), {"n": 1})
    (True, False)
    """
    return given(need, {leaf: sizes[leaf.name] for leaf in leaves_of(need)}).always


def without(need: Need, impossible: Iterable[Fact]) -> Need:
    """The need, given that some facts do not hold."""
    wrong = set(impossible)
    if need.always or wrong.isdisjoint(need.alternatives):
        return need
    return Need(tuple(fact for fact in need.alternatives if fact not in wrong))


def _zero(left: Dim, right: Dim) -> Fact | bool:
    """The fact that two sizes are equal; Keras's None agrees with every size."""
    if left is None or right is None:
        return True
    return _canonical(sub(left, right), Sign.ZERO)


def _either(found: Iterable[Fact | bool]) -> Need:
    alternatives = list(found)
    if any(one is True for one in alternatives):
        return ALWAYS
    return Need(tuple(dict.fromkeys(one for one in alternatives if isinstance(one, Fact))))


@lru_cache(maxsize=2048)
def _canonical(expr: Dim, sign: Sign) -> Fact | bool:
    """A fact with reduced coefficients; True or False if it is decided."""
    if isinstance(expr, int):
        return expr == 0 if sign is Sign.ZERO else expr >= 0
    if not isinstance(expr, Expr):
        return True  # None: it passes
    lowest, highest = least_of(expr), least_of(mul(expr, -1))
    if sign is Sign.NOT_NEGATIVE:
        if lowest is not None and lowest >= 0:
            return True
        return Fact(_reduced(expr), sign) if highest is None or highest <= 0 else False
    relation = to_zero(expr)
    if relation is not Relation.MAYBE:
        return relation is Relation.EQUAL
    if (lowest is not None and lowest > 0) or (highest is not None and highest > 0):
        return False
    reduced = _reduced(expr)
    simpler = _without_maximum(reduced)
    if simpler is not None:
        return _canonical(*simpler)
    first = next((c for monomial, c in reduced.terms if monomial), 1)
    return Fact(reduced if first > 0 else _times(reduced, -1), sign)


def _without_maximum(expr: Expr) -> tuple[Dim, Sign] | None:
    """``max(m, n) = c`` says ``n = c`` if c is above m, and ``max(m, n) = n + c`` says ``n = m - c``."""
    atoms = {m[0]: c for m, c in expr.terms if len(m) == 1 and isinstance(m[0], Max)}
    if len(atoms) == len(expr.terms) == 2:
        return _same_maximum(*atoms.items())
    if len(atoms) != 1 or sum(Max in map(type, m) for m, _ in expr.terms) != 1:
        return None
    ((atom, factor),) = atoms.items()
    operands = [_plain(operand) for operand in atom.operands]
    floors = [operand for operand in operands if isinstance(operand, int)]
    open_ones = [operand for operand in operands if not isinstance(operand, int)]
    if abs(factor) != 1 or len(floors) != 1 or len(open_ones) != 1:
        return None
    floor, size = floors[0], open_ones[0]
    rest = tuple(term for term in expr.terms if term[0] != (atom,))
    value = mul(_plain(Expr(rest)), -factor)  # what the maximum is equal to
    if isinstance(value, int):
        if value < floor:
            return sub(value, floor), Sign.NOT_NEGATIVE
        return (
            (sub(size, value), Sign.ZERO)
            if value > floor
            else (
                sub(floor, size),
                Sign.NOT_NEGATIVE,
            )
        )
    beyond = sub(value, size)
    if not isinstance(beyond, int):
        return None
    if beyond < 0:
        return beyond, Sign.NOT_NEGATIVE
    return (
        (sub(size, floor - beyond), Sign.ZERO)
        if beyond
        else (
            sub(size, floor),
            Sign.NOT_NEGATIVE,
        )
    )


def _reduced(expr: Expr) -> Expr:
    shared = gcd(*(coefficient for _, coefficient in expr.terms))
    if shared <= 1:
        return expr
    return Expr(tuple((monomial, coefficient // shared) for monomial, coefficient in expr.terms))


def _times(expr: Expr, factor: int) -> Expr:
    return Expr(tuple((monomial, factor * coefficient) for monomial, coefficient in expr.terms))


# -- solving --------------------------------------------------------------------------------


def solved(fact: Fact) -> tuple[Symbol, Dim] | None:
    """The value of a symbol that makes the fact hold; None if no symbol stands alone.

    A size is preferred to a number of the program's: "x[-1] = filters".
    """
    if fact.sign is not Sign.ZERO:
        return None
    found: list[tuple[Symbol, Dim]] = []
    for monomial, coefficient in fact.expr.terms:
        if len(monomial) != 1 or abs(coefficient) != 1 or not isinstance(monomial[0], Symbol):
            continue
        leaf = monomial[0]
        rest = Expr(tuple(term for term in fact.expr.terms if term[0] != monomial))
        if leaf not in symbols(rest):
            found.append((leaf, mul(_plain(rest), -coefficient)))
    return min(found, key=lambda one: one[0].name.isidentifier(), default=None)


def _same_maximum(one: tuple[Max, int], other: tuple[Max, int]) -> tuple[Dim, Sign] | None:
    """``max(3, n) = max(4, n)`` says ``n >= 4``."""
    shared = list(one[0].operands & other[0].operands)
    floors = [_plain(rest) for atom, _ in (one, other) for rest in atom.operands.difference(shared)]
    if one[1] != -other[1] or len(shared) != 1 or len(floors) != 2:
        return None
    numbers = [floor for floor in floors if isinstance(floor, int)]
    return (sub(shared[0], max(numbers)), Sign.NOT_NEGATIVE) if len(numbers) == 2 else None


def _plain(expr: Expr) -> Dim:
    """An expression, as a number if it is one."""
    if not expr.terms:
        return 0
    if len(expr.terms) == 1 and expr.terms[0][0] == ():
        return expr.terms[0][1]
    return expr

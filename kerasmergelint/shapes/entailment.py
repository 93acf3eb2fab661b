"""Reduces needs to the fewest that say the same: those that follow from others are left out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes.bounds import least_of
from kerasmergelint.shapes.conditions import Divisibility, every, when_zero
from kerasmergelint.shapes.dim import Dim, Expr, Max, Symbol, add, canonical, mul, sub, symbol
from kerasmergelint.shapes.needs import (
    NEVER,
    Fact,
    Need,
    Sign,
    given,
    leaves_of,
    replaced,
    solved,
    without,
)
from kerasmergelint.shapes.residues import substitute, symbols

# The most ways of meeting the known needs that are tried.
_MOST_WAYS: Final = 64
_MOST_NEEDS: Final = 40
# What one reduction may try in all; maxima of maxima weigh much.
_MOST_EFFORT: Final = 1_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known: needs that were met, and facts that do not hold."""

    needs: tuple[Need, ...] = ()
    wrong: frozenset[Fact] = frozenset()


NOTHING: Final = Known()


def minimal(needs: Iterable[Need], known: Known = NOTHING) -> tuple[Need, ...]:
    """The needs that do not follow from what is known, nor from each other.

    A single impossible one stands for all.

    >>> from kerasmergelint.shapes import floordiv, mul, symbol
    >>> from kerasmergelint.shapes.needs import equal
    >>> n = symbol("n")
    >>> by_two, by_four = (equal(n, mul(k, floordiv(n, k))) for k in (2, 4))
    >>> minimal([by_two, by_four]) == (by_four,)
    True
    """
    kept: list[Need] = []
    effort = _Effort()
    for need in needs:
        rest = _left(need, Known((*known.needs, *kept), known.wrong), effort)
        rest = _without_maxima(rest, (*known.needs, *kept), effort)
        if rest.never:
            return (NEVER,)
        if not rest.always and rest not in kept:
            kept.append(rest)
            if len(kept) > _MOST_NEEDS:
                break
    for need in list(kept):
        others = tuple(other for other in kept if other is not need)
        if _left(need, Known((*known.needs, *others), known.wrong), effort).always:
            kept = [other for other in kept if other is not need]
    return tuple(kept)


@dataclass(slots=True)
class _Effort:
    """What is left to try; a need of which not all could be tried is kept as it is."""

    left: int = _MOST_EFFORT

    def follow(self, need: Need, known: Sequence[Need]) -> Sequence[Mapping[Symbol, Dim]] | None:
        """All ways to meet what is known; None if there are too many to follow a need along them."""
        weight = sum(map(_weight, (need, *known)))
        ways: list[Mapping[Symbol, Dim]] = []
        for way in _ways(known):
            self.left -= weight
            if self.left < 0:
                return None
            ways.append(way)
        return ways


def _weight(need: Need) -> int:
    """What it takes to put sizes for symbols: in a maximum, each operand is compared with all others."""
    return sum(len(symbols(fact.expr)) ** 2 for fact in need.alternatives)


def _left(need: Need, known: Known, effort: _Effort) -> Need:
    """What is left of a need: nothing, if it is met however the known needs are met."""
    rest = without(need, known.wrong)
    if rest.always or rest in known.needs:
        return Need(always=True)
    met = _related(rest, known.needs)
    if not met:
        return rest
    if _divides(rest, met) or _bounded(rest, met):
        return Need(always=True)
    found = [_follow(rest, way) for way in effort.follow(rest, met) or ()]
    if found and all(need.always for need in found):
        return Need(always=True)
    if found and all(need.never for need in found):
        return NEVER
    return rest


def _without_maxima(need: Need, known: Sequence[Need], effort: _Effort) -> Need:
    """The need with a maximum replaced by an operand that is always the greatest."""
    greatest = {
        atom
        for fact in need.alternatives
        for monomial, _ in fact.expr.terms
        for atom in monomial
        if isinstance(atom, Max)
    }
    if not greatest:
        return need
    ways = effort.follow(need, _related(need, known))
    for atom in sorted(greatest, key=str):
        whole = Expr((((atom,), 1),))
        for operand in sorted(atom.operands, key=canonical):
            beyond = sub(whole, operand)
            if ways and all(substitute(beyond, way) == 0 for way in ways):
                return _without_maxima(replaced(need, atom, operand), known, effort)
    return need


def _related(need: Need, others: Sequence[Need]) -> tuple[Need, ...]:
    """The needs that may matter, few enough for all their ways to be tried; shortest first."""
    ways, chosen = 1, []
    for other in sorted(_connected(need, others), key=lambda o: len(o.alternatives)):
        ways *= max(len(other.alternatives), 1)
        if ways > _MOST_WAYS:
            break
        chosen.append(other)
    return tuple(chosen)


def _connected(need: Need, others: Sequence[Need]) -> list[Need]:
    """The needs that share a symbol with this one, directly or through others."""
    found: list[Need] = []
    about, rest = leaves_of(need), [other for other in others if not other.always]
    while True:
        near = [other for other in rest if about & leaves_of(other)]
        if not near:
            return found
        found += near
        rest = [other for other in rest if other not in near]
        about = about.union(*map(leaves_of, near))


def _ways(needs: Sequence[Need]) -> Iterator[Mapping[Symbol, Dim]]:
    """Each consistent way to meet all needs, as values of symbols."""
    for facts in itertools.product(*(need.alternatives for need in needs)):
        values = _together(facts)
        if values is not None:
            yield values


def _together(facts: Sequence[Fact]) -> dict[Symbol, Dim] | None:
    """The values of symbols that make all facts hold; None if these contradict each other."""
    values: dict[Symbol, Dim] = {}
    for fact in facts:
        now = given(Need((fact,)), values)
        if now.never:
            return None
        found = None if now.always else solved(now.alternatives[0])
        if found is not None:
            leaf, value = found
            for other in values:
                values[other] = substitute(values[other], {leaf: value})
            values[leaf] = value
    return values


def _follow(need: Need, values: Mapping[Symbol, Dim]) -> Need:
    return given(need, values) if values else need


# -- remainders -----------------------------------------------------------------------------


def divisibility(need: Need) -> Divisibility | None:
    """A need as a condition on the remainder of a single symbol, if it is one."""
    if len(need.alternatives) != 1 or need.alternatives[0].sign is not Sign.ZERO:
        return None
    found = when_zero(need.alternatives[0].expr)
    return None if found is None or found.never or found.always else found


def _bounded(need: Need, met: Sequence[Need]) -> bool:
    """Whether another bound is stricter, or a remainder leaves large enough numbers only."""
    if len(need.alternatives) != 1 or need.alternatives[0].sign is not Sign.NOT_NEGATIVE:
        return False
    expr = need.alternatives[0].expr
    for other in met:
        if len(other.alternatives) == 1 and other.alternatives[0].sign is Sign.NOT_NEGATIVE:
            beyond = least_of(sub(expr, other.alternatives[0].expr))
            if beyond is not None and beyond >= 0:
                return True
        remainder = divisibility(other)
        if remainder is not None and _large_enough(expr, remainder):
            return True
    return False


def _large_enough(expr: Expr, remainder: Divisibility) -> bool:
    """Whether an expression is non-negative for every positive number with one of these remainders."""
    leaf = next((leaf for leaf in symbols(expr) if leaf.name == remainder.name), None)
    if leaf is None or not leaf.positive:
        return False
    rounds = symbol(leaf.name, positive=True)
    for rest in remainder.remainders:
        before = rounds if rest == 0 else sub(rounds, 1)
        number = add(mul(remainder.modulus, before), rest)
        low = least_of(substitute(expr, {leaf: number}))
        if low is None or low < 0:
            return False
    return True


def _divides(need: Need, met: Sequence[Need]) -> bool:
    wanted = divisibility(need)
    if wanted is None:
        return False
    others = [d for d in map(divisibility, met) if d is not None and d.name == wanted.name]
    return bool(others) and every(others) == every([*others, wanted])

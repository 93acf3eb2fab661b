"""Lower bounds of dimensions whose symbols are sizes."""

from __future__ import annotations

from kerasmergelint.shapes.dim import (
    Atom,
    Dim,
    Expr,
    FloorDiv,
    Max,
    Monomial,
    Symbol,
    Terms,
    add,
    maximum,
    sub,
)


def larger(left: Dim, right: Dim) -> Dim:
    """The greater of the two; simply one of them if it cannot be smaller than the other."""
    difference = least_of(sub(left, right))
    if difference is not None and difference >= 0:
        return left
    difference = least_of(sub(right, left))
    return right if difference is not None and difference >= 0 else maximum(left, right)


def smaller(left: Dim, right: Dim) -> Dim:
    """The lesser of two sizes, which is what is left of both without the greater."""
    return sub(add(left, right), larger(left, right))


def least_of(dim: Dim) -> int | None:
    """A lower bound of a dimension, if one is known.

    >>> from kerasmergelint.shapes import symbol
    >>> least_of(sub(maximum(symbol("n"), 4), maximum(symbol("n"), 3)))
    0
    """
    if not isinstance(dim, Expr):
        return dim if isinstance(dim, int) else None
    terms = dim.terms
    if any(monomial and coefficient < 0 for monomial, coefficient in terms):
        terms = _outweighed(terms)
    whole = 0
    for monomial, coefficient in terms:
        low = _least_of_product(monomial)
        if monomial and (low is None or coefficient < 0):
            return None
        whole += coefficient * (low if low is not None else 1)
    return whole


def _outweighed(terms: Terms) -> Terms:
    """Without the pairs of a maximum and what is taken from it, where that cannot be the greater."""
    left = dict(terms)
    for taken in [monomial for monomial, factor in terms if factor < 0 and len(monomial) == 1]:
        for source, factor in list(left.items()):
            if factor >= -left[taken] and len(source) == 1 and _is_above(source[0], taken[0]):
                left[source] += left[taken]
                left[taken] = 0
                break
    return tuple((monomial, factor) for monomial, factor in left.items() if factor)


def _is_above(maximum: Atom, other: Atom) -> bool:
    """Whether a maximum has an operand for each of the other's that is as great."""
    if not isinstance(maximum, Max):
        return False
    operands = other.operands if isinstance(other, Max) else [Expr((((other,), 1),))]
    return all(any(_is_as_great(own, one) for own in maximum.operands) for one in operands)


def _is_as_great(left: Expr, right: Expr) -> bool:
    difference = sub(left, right)
    return isinstance(difference, int) and difference >= 0


def _least_of_product(monomial: Monomial) -> int | None:
    product = 1
    for atom in monomial:
        low = _least_of_atom(atom)
        if low is None or low < 0:
            return None
        product *= low
    return product


def _least_of_atom(atom: Atom) -> int | None:
    if isinstance(atom, Symbol):
        return 1 if atom.positive else None
    if isinstance(atom, FloorDiv):
        above, below = least_of(atom.numerator), atom.denominator.terms
        if above is None or len(below) != 1 or below[0][0] != () or below[0][1] < 1:
            return None
        return above // below[0][1]
    known = [low for low in map(least_of, atom.operands) if low is not None]
    return max(known, default=None)

"""What is equal if no division leaves a remainder: ``2*(n//2)`` and ``n``."""

from __future__ import annotations

from kerasmergelint.shapes.dim import Dim, Expr, FloorDiv, mul


def same_but_for_rounding(left: Dim, right: Dim) -> bool:
    """Whether two products differ only by what the divisions in them round off.

    >>> from kerasmergelint.shapes.dim import floordiv, mul, symbol
    >>> n = symbol("n")
    >>> same_but_for_rounding(mul(2, floordiv(n, 2)), n), same_but_for_rounding(n, mul(2, n))
    (True, False)
    """
    (above, below), (other_above, other_below) = _fraction(left), _fraction(right)
    crossed = mul(above, other_below), mul(other_above, below)
    return left != right and crossed[0] == crossed[1]


def _fraction(size: Dim) -> tuple[Dim, Dim]:
    """A product with exact divisions, as its numerator and denominator."""
    if not isinstance(size, Expr) or len(size.terms) != 1:
        return size, 1
    ((atoms, above),) = size.terms
    numerator: Dim = above
    denominator: Dim = 1
    for atom in atoms:
        if isinstance(atom, FloorDiv):
            numerator = mul(numerator, atom.numerator)
            denominator = mul(denominator, atom.denominator)
        else:
            numerator = mul(numerator, Expr((((atom,), 1),)))
    return numerator, denominator

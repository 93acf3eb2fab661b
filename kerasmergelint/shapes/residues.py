"""Expressions by cases: their value for each remainder of a symbol.

``n`` modulo the product of the constants by which it is divided decides every floor division: with
``n = 4*q + 3``, ``2*(n//4)`` is ``2*q``.  So a question about floor divisions becomes one about a
polynomial in ``q`` for each of the four remainders.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from math import gcd, lcm, prod

from kerasmergelint.shapes.bounds import larger
from kerasmergelint.shapes.dim import (
    UNKNOWN,
    Atom,
    Dim,
    Expr,
    FloorDiv,
    Symbol,
    add,
    canonical,
    floordiv,
    mul,
    symbol,
)

Case = tuple[dict[Symbol, int], Dim]


def symbols(expr: Expr) -> frozenset[Symbol]:
    """All symbols in an expression, inside atoms included."""
    return frozenset(leaf for monomial, _ in expr.terms for atom in monomial for leaf in _of(atom))


def _of(atom: Atom) -> frozenset[Symbol]:
    if isinstance(atom, Symbol):
        return frozenset({atom})
    if isinstance(atom, FloorDiv):
        return symbols(atom.numerator) | symbols(atom.denominator)
    return frozenset(leaf for operand in atom.operands for leaf in symbols(operand))


def substitute(dim: Dim, values: Mapping[Symbol, Dim]) -> Dim:
    """The expression with dimensions substituted for symbols."""
    if not isinstance(dim, Expr):
        return dim
    result: Dim = 0
    for monomial, coefficient in dim.terms:
        term: Dim = coefficient
        for atom in monomial:
            term = mul(term, _substituted(atom, values))
        result = add(result, term)
    return result


def _substituted(atom: Atom, values: Mapping[Symbol, Dim]) -> Dim:
    if isinstance(atom, Symbol):
        return values.get(atom, Expr((((atom,), 1),)))
    if isinstance(atom, FloorDiv):
        return floordiv(substitute(atom.numerator, values), substitute(atom.denominator, values))
    parts = sorted(atom.operands, key=canonical)
    result = substitute(parts[0], values)
    for part in parts[1:]:
        result = larger(result, substitute(part, values))
    return result


def moduli(expr: Expr) -> dict[Symbol, int]:
    """For each symbol under floor divisions by constants, the modulus that decides them all."""
    found: dict[Symbol, int] = {}
    for monomial, _ in expr.terms:
        for atom in monomial:
            for leaf, modulus in _moduli_of(atom):
                found[leaf] = lcm(found.get(leaf, 1), modulus)
    return {leaf: modulus for leaf, modulus in found.items() if modulus > 1}


def _moduli_of(atom: Atom) -> Iterator[tuple[Symbol, int]]:
    if isinstance(atom, Symbol):
        yield atom, 1
    elif isinstance(atom, FloorDiv):
        divisor = _constant(atom.denominator)
        for leaf in symbols(atom.numerator):
            inner = moduli(atom.numerator).get(leaf, 1)
            yield leaf, inner * (divisor or 1)
    else:
        for operand in atom.operands:
            for inner_monomial, _ in operand.terms:
                for inner_atom in inner_monomial:
                    yield from _moduli_of(inner_atom)


def _constant(expr: Expr) -> int | None:
    if len(expr.terms) == 1 and expr.terms[0][0] == ():
        return abs(expr.terms[0][1])
    return None


def number_of_cases(expr: Expr) -> int:
    """How many combinations of remainders there are."""
    return prod(moduli(expr).values())


def cases(expr: Expr) -> Iterator[Case]:
    """The expression for every combination of remainders, one after another: the first ones often decide.

    In a case the symbol's name stands for its quotient.
    """
    by = moduli(expr)
    leaves = sorted(by, key=str)
    for remainders in itertools.product(*(range(by[leaf]) for leaf in leaves)):
        values: dict[Symbol, Dim] = {
            leaf: add(mul(symbol(leaf.name, nullable=leaf.nullable), by[leaf]), remainder)
            for leaf, remainder in zip(leaves, remainders)
        }
        yield dict(zip(leaves, remainders)), substitute(expr, values)


def never_zero(dim: Dim) -> bool:
    """Whether a polynomial is zero for no integers, by its constant and common factor."""
    if isinstance(dim, int):
        return dim != 0
    if not isinstance(dim, Expr):
        return False
    constant = dict(dim.terms).get((), 0)
    shared = gcd(*(coefficient for monomial, coefficient in dim.terms if monomial))
    return constant % shared != 0


def certainly_zero(dim: Dim) -> bool:
    """Whether a polynomial is zero for all values of its symbols."""
    return dim is not UNKNOWN and dim == 0

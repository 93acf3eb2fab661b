"""Dimensions: an int, Keras's dynamic ``None``, a symbolic integer expression, or unknown.

A symbolic expression is a polynomial with integer coefficients over *atoms*: a named symbol, an
opaque floor division, an opaque maximum.  It is kept in a normal form (sorted monomials, no zero
coefficient), so that two expressions that are equal as polynomials are equal as Python objects.

Ceiling division has no atom of its own: ``ceil(a / b) == -((-a) // b)``.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import Final, Union


class Unknown(enum.Enum):
    """Nothing is known: it may be any int, or None."""

    UNKNOWN = "?"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True)
class Symbol:
    """An integer that is fixed at run time but not known to us, named by its source expression.

    ``nullable`` marks a symbol that may turn out to be None (a size that a caller passes on to
    Keras): then "never equal" can not be concluded from it.  It does not take part in equality.
    """

    name: str
    nullable: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class FloorDiv:
    """``numerator // denominator``, when it does not come out even."""

    numerator: Expr
    denominator: Expr

    def __str__(self) -> str:
        return f"{_wrapped(self.numerator)}//{_wrapped(self.denominator)}"


@dataclass(frozen=True, slots=True)
class Max:
    """The greatest of its operands, whose order does not matter."""

    operands: frozenset[Expr]

    def __str__(self) -> str:
        return f"max({', '.join(sorted(map(str, self.operands)))})"


Atom = Union[Symbol, FloorDiv, Max]
Monomial = tuple[Atom, ...]


@dataclass(frozen=True, slots=True)
class Expr:
    """A polynomial over atoms; never a plain constant (that is an int)."""

    terms: tuple[tuple[Monomial, int], ...]

    def __str__(self) -> str:
        return _render(self)

    def __repr__(self) -> str:
        return f"Expr({self})"

    @property
    def nullable(self) -> bool:
        """Whether it may be None at run time, because one of its symbols may."""
        return any(_atom_nullable(atom) for monomial, _ in self.terms for atom in monomial)


Dim = Union[int, None, Expr, Unknown]


def symbol(name: str, *, nullable: bool = False) -> Expr:
    """The expression that is just this symbol."""
    return Expr(((((Symbol(name, nullable),)), 1),))


def add(left: Dim, right: Dim) -> Dim:
    """``left + right``; None and unknown absorb, None first (see :func:`_absorb`)."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    absorbed = _absorb(left, right)
    if absorbed is not _NEITHER:
        return absorbed
    return _polynomial([*_terms(left), *_terms(right)])


def sub(left: Dim, right: Dim) -> Dim:
    """``left - right``."""
    return add(left, mul(right, -1))


def mul(left: Dim, right: Dim) -> Dim:
    """``left * right``."""
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    absorbed = _absorb(left, right)
    if absorbed is not _NEITHER:
        return absorbed
    return _polynomial(
        [(_sorted_monomial(m + n), c * d) for m, c in _terms(left) for n, d in _terms(right)]
    )


def floordiv(left: Dim, right: Dim) -> Dim:
    """``left // right``: exact where it comes out even, otherwise an opaque atom."""
    if right == 0:
        return UNKNOWN
    if isinstance(left, int) and isinstance(right, int):
        return left // right
    absorbed = _absorb(left, right)
    if absorbed is not _NEITHER:
        return absorbed
    if isinstance(right, int):
        return _divide_by_constant(left, right)
    if left == right:
        return 1
    return Expr((((FloorDiv(_as_expr(left), _as_expr(right)),), 1),))


def ceildiv(left: Dim, right: Dim) -> Dim:
    """``left / right`` rounded up."""
    return mul(floordiv(mul(left, -1), right), -1)


def maximum(left: Dim, right: Dim) -> Dim:
    """The greater of the two."""
    if isinstance(left, int) and isinstance(right, int):
        return max(left, right)
    absorbed = _absorb(left, right)
    if absorbed is not _NEITHER:
        return absorbed
    difference = sub(left, right)
    if isinstance(difference, int):
        return left if difference >= 0 else right
    return Expr((((Max(frozenset({_as_expr(left), _as_expr(right)})),), 1),))


def total(dims: Iterable[Dim]) -> Dim:
    """The sum of all; 0 for none."""
    return reduce(add, dims, 0)


def product(dims: Iterable[Dim]) -> Dim:
    """The product of all; 1 for none."""
    return reduce(mul, dims, 1)


class Relation(enum.Enum):
    """What is known of ``a == b``."""

    EQUAL = "equal"
    NEVER = "never equal"
    MAYBE = "equal if"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A relation, and for ``MAYBE`` the condition under which the two are equal, if it has words."""

    relation: Relation
    condition: str | None = None


_EQUAL: Final = Comparison(Relation.EQUAL)
_NEVER: Final = Comparison(Relation.NEVER)
_MAYBE: Final = Comparison(Relation.MAYBE)


def compare(left: Dim, right: Dim) -> Comparison:
    """Whether the two dimensions are equal as Python objects: None equals only None.

    Keras often skips a check when one side is None: that is for the rule to say, not for us.
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
    if isinstance(difference, int):
        certain = not any(isinstance(d, Expr) and d.nullable for d in (left, right))
        return _NEVER if certain else _MAYBE
    return Comparison(Relation.MAYBE, f"{left} == {right}")


_NEITHER: Final = object()


def _absorb(left: Dim, right: Dim) -> Dim | object:
    """What None or unknown make of an operation: None wins, since it is None whatever the other."""
    if left is None or right is None:
        return None
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    return _NEITHER


def _terms(dim: Dim | object) -> tuple[tuple[Monomial, int], ...]:
    if isinstance(dim, Expr):
        return dim.terms
    assert isinstance(dim, int)
    return (((), dim),) if dim else ()


def _as_expr(dim: Dim) -> Expr:
    return dim if isinstance(dim, Expr) else Expr(_terms(dim))


def _sorted_monomial(atoms: Monomial) -> Monomial:
    return tuple(sorted(atoms, key=str))


def _polynomial(terms: Iterable[tuple[Monomial, int]]) -> int | Expr:
    sums: dict[Monomial, int] = {}
    for monomial, coefficient in terms:
        sums[monomial] = sums.get(monomial, 0) + coefficient
    kept = {m: c for m, c in sums.items() if c}
    if not kept:
        return 0
    if set(kept) == {()}:
        return kept[()]
    return Expr(tuple(sorted(kept.items(), key=lambda term: [str(a) for a in term[0]])))


def _divide_by_constant(left: Dim, right: int) -> Dim:
    """Divide out the terms that the constant divides; the rest stays opaque."""
    if right < 0:
        return floordiv(mul(left, -1), -right)
    if right == 1:
        return left
    whole = [(m, c // right) for m, c in _terms(left) if c % right == 0]
    rest = [(m, c) for m, c in _terms(left) if c % right]
    constant = sum(c for m, c in rest if m == ())
    if rest and constant and (constant < 0 or constant >= right):
        whole.append(((), constant // right))
        rest = [(m, c) for m, c in rest if m != ()] + [((), constant % right)]
    remainder = _polynomial(rest)
    if isinstance(remainder, int):
        return _polynomial([*whole, *_terms(remainder // right)])
    opaque = Expr((((FloorDiv(remainder, Expr((((), right),))),), 1),))
    return _polynomial([*whole, *opaque.terms])


def _atom_nullable(atom: Atom) -> bool:
    if isinstance(atom, Symbol):
        return atom.nullable
    if isinstance(atom, FloorDiv):
        return atom.numerator.nullable or atom.denominator.nullable
    return any(operand.nullable for operand in atom.operands)


def _wrapped(expr: Expr) -> str:
    text = _render(expr)
    return text if text.replace("_", "").replace(".", "").isalnum() else f"({text})"


def _render(expr: Expr) -> str:
    constant_last = sorted(expr.terms, key=lambda term: term[0] == ())
    text = ""
    for monomial, coefficient in constant_last:
        factors = "*".join(str(atom) for atom in monomial)
        size = abs(coefficient)
        body = f"{size}*{factors}" if factors and size != 1 else factors or str(size)
        sign = "-" if coefficient < 0 else "+"
        text += f" {sign} {body}" if text else (f"-{body}" if coefficient < 0 else body)
    return text or "0"

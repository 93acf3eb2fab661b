"""Dimensions: an int, Keras's dynamic ``None``, a symbolic integer expression, or unknown.

A symbolic expression is a polynomial with integer coefficients over *atoms*: a named symbol, an
opaque floor division, an opaque maximum.  It is kept in a normal form (sorted monomials, no zero
coefficient, floor divisions as small as they get), so that two expressions that are equal as
polynomials are equal as Python objects.

Ceiling division has no atom of its own: ``ceil(a / b) == (a + b - 1) // b``.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from math import gcd
from typing import Final, Union

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.regex import regex


class Unknown(enum.Enum):
    """Nothing is known: it may be any int, or None."""

    UNKNOWN = "?"

    __hash__ = object.__hash__  # quicker than that of its name

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN

# An expression of more atoms is unknown: a loop can double an expression in each round, and nobody
# could read the result.
MAX_WEIGHT: Final = 200


@dataclass(frozen=True, slots=True)
class Symbol:
    """An integer that is fixed at run time but not known to us, named by its source expression.

    ``nullable`` marks a symbol that may turn out to be None (a size that a caller passes on to
    Keras): then "never equal" cannot be concluded from it.  It does not take part in equality.
    ``positive`` marks one that is at least 1, as sizes are; it does take part.
    """

    name: str
    nullable: bool = field(default=False, compare=False)
    positive: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class FloorDiv:
    """``numerator // denominator`` that does not come out even."""

    numerator: Expr
    denominator: Expr

    def __str__(self) -> str:
        return f"{_wrapped(self.numerator)}//{_wrapped(self.denominator)}"


@dataclass(frozen=True, slots=True)
class Max:
    """The greatest of its operands, whose order does not matter."""

    operands: frozenset[Expr]

    def __str__(self) -> str:
        return f"max({', '.join(sorted(map(canonical, self.operands)))})"


Atom = Union[Symbol, FloorDiv, Max]
Monomial = tuple[Atom, ...]
Term = tuple[Monomial, int]
Terms = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Expr:
    """A polynomial over atoms; a plain constant is an int instead, except inside an atom.

    ``weight`` counts the atoms, those inside atoms included.
    """

    terms: tuple[Term, ...]
    weight: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        weight = sum(1 + sum(map(_atom_weight, monomial)) for monomial, _ in self.terms)
        object.__setattr__(self, "weight", weight)

    def __str__(self) -> str:
        """For people: "?" if any part of it has a name that only the tracker knows."""
        text = canonical(self)
        return text if is_readable(text) else "?"

    def __repr__(self) -> str:
        """As in the program: messages show lists and tuples that hold it."""
        return canonical(self)

    @property
    def nullable(self) -> bool:
        """Whether it may be None at run time, because one of its symbols may."""
        return any(_atom_nullable(atom) for monomial, _ in self.terms for atom in monomial)


Dim = Union[int, None, Expr, Unknown]
Number = Union[int, Expr]


def symbol(name: str, *, nullable: bool = False, positive: bool = False) -> Expr:
    """The expression that is just this symbol."""
    return _of_atom(Symbol(name, nullable, positive))


def add(left: Dim, right: Dim) -> Dim:
    """``left + right``; None and unknown absorb, None first (see :func:`_absorbed`)."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    if isinstance(left, (int, Expr)) and isinstance(right, (int, Expr)):
        return _polynomial([*_terms(left), *_terms(right)])
    return _absorbed(left, right)


def sub(left: Dim, right: Dim) -> Dim:
    """``left - right``."""
    return add(left, mul(right, -1))


def mul(left: Dim, right: Dim) -> Dim:
    """``left * right``."""
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    if isinstance(left, (int, Expr)) and isinstance(right, (int, Expr)):
        a, b = _terms(left), _terms(right)
        if len(a) * len(b) > MAX_WEIGHT:
            return UNKNOWN
        return _polynomial([(_sorted(m + n), c * d) for m, c in a for n, d in b])
    return _absorbed(left, right)


def floordiv(left: Dim, right: Dim) -> Dim:
    """``left // right``: exact if it comes out even, otherwise an opaque atom."""
    if right == 0:
        return UNKNOWN
    if isinstance(left, int) and isinstance(right, int):
        return left // right
    if not isinstance(left, (int, Expr)) or not isinstance(right, (int, Expr)):
        return _absorbed(left, right)
    if isinstance(right, Expr):
        return _divide_by_expression(left, right)
    if right < 0:
        left, right = mul(left, -1), -right
    return _divide(left, right) if isinstance(left, (int, Expr)) else left


def ceildiv(left: Dim, right: Dim) -> Dim:
    """``left / right`` rounded up."""
    if isinstance(right, int) and right > 0:
        return floordiv(add(left, right - 1), right)
    return mul(floordiv(mul(left, -1), right), -1)


def maximum(left: Dim, right: Dim) -> Dim:
    """The greater of the two."""
    if isinstance(left, int) and isinstance(right, int):
        return max(left, right)
    if not isinstance(left, (int, Expr)) or not isinstance(right, (int, Expr)):
        return _absorbed(left, right)
    operands: list[Number] = []
    for operand in (*_operands(left), *_operands(right)):
        _join_maximum(operands, operand)
    if len(operands) == 1:
        return operands[0]
    return _bounded(_of_atom(Max(frozenset(map(_as_expr, operands)))))


def total(dims: Iterable[Dim]) -> Dim:
    """The sum of all; 0 for none."""
    result: Dim = 0
    for dim in dims:
        result = add(result, dim)
    return result


def product(dims: Iterable[Dim]) -> Dim:
    """The product of all; 1 for none."""
    result: Dim = 1
    for dim in dims:
        result = mul(result, dim)
    return result


# -- normal forms ---------------------------------------------------------------------------


def _absorbed(left: Dim, right: Dim) -> Dim:
    """The result of an operation with None or unknown: None wins, whatever the other is."""
    return None if left is None or right is None else UNKNOWN


def _of_atom(atom: Atom) -> Expr:
    return Expr((((atom,), 1),))


def _terms(dim: Number) -> tuple[Term, ...]:
    if isinstance(dim, Expr):
        return dim.terms
    return (((), dim),) if dim else ()


def _as_expr(dim: Number) -> Expr:
    return dim if isinstance(dim, Expr) else Expr(_terms(dim))


def _sorted(atoms: Monomial) -> Monomial:
    return atoms if len(atoms) < 2 else tuple(sorted(atoms, key=str))


def _bounded(expr: Expr) -> Dim:
    return expr if expr.weight <= MAX_WEIGHT else UNKNOWN


def _polynomial(terms: Iterable[Term]) -> Dim:
    sums: dict[Monomial, int] = {}
    for monomial, coefficient in terms:
        sums[monomial] = sums.get(monomial, 0) + coefficient
    kept = {m: c for m, c in sums.items() if c}
    if not kept:
        return 0
    if set(kept) == {()}:
        return kept[()]
    return _bounded(Expr(tuple(sorted(kept.items(), key=lambda term: [str(a) for a in term[0]]))))


def _divide(left: Number, right: int) -> Dim:
    """By a positive constant.

    Terms that the constant divides are taken out, coefficients are reduced modulo the constant,
    common factors are cancelled, the sign is made positive, and ``(a//b + c) // d`` becomes one
    division.
    """
    if right == 1 or isinstance(left, int):
        return left // right if isinstance(left, int) else left
    if _leads_negative(left, right):
        # floor(x / d) == -floor((d - 1 - x) / d)
        return mul(_divide_positive(sub(right - 1, left), right), -1)
    return _divide_positive(left, right)


def _divide_positive(left: Dim, right: int) -> Dim:
    if not isinstance(left, Expr):
        return UNKNOWN if left is UNKNOWN else floordiv(left, right)
    whole = [(m, c // right) for m, c in left.terms if c // right]
    rest = {m: c % right for m, c in left.terms if c % right}
    constant = rest.pop((), 0)
    if not rest:
        return _polynomial(whole)
    shared = gcd(right, *rest.values())
    right //= shared
    rest = {m: c // shared for m, c in rest.items()}
    constant //= shared
    numerator = _polynomial([*rest.items(), ((), constant)])
    if right == 1 or not isinstance(numerator, Expr):
        return add(_polynomial(whole), numerator)
    return add(_polynomial(whole), _opaque(numerator, right))


def _opaque(numerator: Expr, right: int) -> Dim:
    """The atom of a division; a division inside the numerator is merged with it."""
    inner = [
        atom
        for monomial, coefficient in numerator.terms
        for atom in monomial
        if isinstance(atom, FloorDiv)
    ]
    if len(inner) == 1 and _constant(inner[0].denominator) is not None:
        divisor = _constant(inner[0].denominator) or 1
        alone: Monomial = (inner[0],)
        if dict(numerator.terms).get(alone) == 1:
            others = _polynomial([(m, c) for m, c in numerator.terms if m != alone])
            return floordiv(add(inner[0].numerator, mul(others, divisor)), divisor * right)
    return _bounded(_of_atom(FloorDiv(numerator, Expr((((), right),)))))


def _constant(expr: Expr) -> int | None:
    """An expression inside an atom as a number, if it is one."""
    if len(expr.terms) == 1 and expr.terms[0][0] == ():
        return expr.terms[0][1]
    return None


def _leads_negative(left: Expr, right: int) -> bool:
    """Whether the first coefficient is nearer to zero from below, modulo the divisor."""
    for monomial, coefficient in left.terms:
        reduced = coefficient % right
        if monomial and reduced:
            if 2 * reduced == right:
                return coefficient < 0
            return 2 * reduced > right
    return False


def _divide_by_expression(left: Number, right: Expr) -> Dim:
    """Terms that a one-term divisor divides are taken out; ``a // a`` is 1."""
    if left == right:
        return 1
    if len(right.terms) != 1:
        return _bounded(_of_atom(FloorDiv(_as_expr(left), right)))
    (divisor, factor) = right.terms[0]
    whole: list[Term] = []
    rest: list[Term] = []
    for monomial, coefficient in _terms(left):
        quotient = _without(monomial, divisor)
        if quotient is None or coefficient % factor:
            rest.append((monomial, coefficient))
        else:
            whole.append((quotient, coefficient // factor))
    remainder = _polynomial(rest)
    if remainder == 0:
        return _polynomial(whole)
    if not isinstance(remainder, (int, Expr)):
        return UNKNOWN
    opaque = _bounded(_of_atom(FloorDiv(_as_expr(remainder), right)))
    return add(_polynomial(whole), opaque)


def _without(monomial: Monomial, divisor: Monomial) -> Monomial | None:
    """The monomial divided by another; None if that is not a factor of it."""
    left = list(monomial)
    for atom in divisor:
        if atom not in left:
            return None
        left.remove(atom)
    return tuple(left)


def _operands(dim: Number) -> tuple[Number, ...]:
    """The operands of a maximum; anything else is its own operand."""
    if isinstance(dim, Expr) and len(dim.terms) == 1:
        monomial, coefficient = dim.terms[0]
        if coefficient == 1 and len(monomial) == 1 and isinstance(monomial[0], Max):
            return tuple(_as_number(operand) for operand in monomial[0].operands)
    return (dim,)


def _as_number(expr: Expr) -> Number:
    """An expression inside an atom, where zero has no terms, in its outer form."""
    if not expr.terms:
        return 0
    constant = _constant(expr)
    return expr if constant is None else constant


def _join_maximum(operands: list[Number], new: Number) -> None:
    """Add an operand, unless another is certainly as large; drop those that are certainly smaller."""
    differences = [sub(old, new) for old in operands]
    if any(isinstance(difference, int) and difference >= 0 for difference in differences):
        return
    kept = [old for old, by in zip(operands, differences) if not isinstance(by, int)]
    operands[:] = [*kept, new]


# -- words ----------------------------------------------------------------------------------


def _atom_nullable(atom: Atom) -> bool:
    if isinstance(atom, Symbol):
        return atom.nullable
    if isinstance(atom, FloorDiv):
        return atom.numerator.nullable or atom.denominator.nullable
    return any(operand.nullable for operand in atom.operands)


def _atom_weight(atom: Atom) -> int:
    if isinstance(atom, Symbol):
        return 1
    if isinstance(atom, FloorDiv):
        return 1 + atom.numerator.weight + atom.denominator.weight
    return 1 + sum(operand.weight for operand in atom.operands)


# Marks of the tracker's own names: a question mark, a serial number, an operator in words.
_OWN_NAME = regex(r"\?|(?<=\w)(?<!max)\(\d|[A-Za-z_.\[]\d{6,}(?![\d*])|\w \w|slice\(")


def is_readable(text: str) -> bool:
    """Whether a user would recognise a name or an expression of names.

    >>> is_readable("2*(height//2)"), is_readable("object(7).size"), is_readable("?725")
    (True, False, False)
    """
    return _OWN_NAME.search(text) is None


def _wrapped(expr: Expr) -> str:
    text = canonical(expr)
    return text if text.replace("_", "").replace(".", "").isalnum() else f"({text})"


def canonical(expr: Expr) -> str:
    """The expression as text, unique for each expression."""
    constant_last = sorted(expr.terms, key=lambda term: term[0] == ())
    text = ""
    for monomial, coefficient in constant_last:
        size = abs(coefficient)
        alone = len(monomial) == 1 and size == 1 and (coefficient > 0 or text != "")
        factors = "*".join(str(atom) if alone else _factor(atom) for atom in monomial)
        body = f"{size}*{factors}" if factors and size != 1 else factors or str(size)
        sign = "-" if coefficient < 0 else "+"
        text += f" {sign} {body}" if text else (f"-{body}" if coefficient < 0 else body)
    return text or "0"


def _factor(atom: Atom) -> str:
    """An atom inside a product: ``2*(n//2)``, since ``2*n//2`` would be another number."""
    return f"({atom})" if isinstance(atom, FloorDiv) else str(atom)

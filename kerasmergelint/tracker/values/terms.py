"""Names for unknown values: the expressions that would compute them.

A term is a nested tuple of an operator and its operands, hashable and comparable, so that asking
the same question twice can be recognised.  A term is *free* if whoever runs the program may choose
it: it is made of parameters, command-line arguments, environment and constants only.  A term with
an ``opaque`` part stands for something that could not be followed, and proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerasmergelint.regex import regex
from kerasmergelint.shapes import (
    UNKNOWN,
    Dim,
    Expr,
    add,
    ceildiv,
    floordiv,
    maximum,
    mul,
    sub,
    symbol,
)
from kerasmergelint.shapes.dim import canonical
from kerasmergelint.shapes.residues import symbols

Term = Any  # a tuple (operator, operand, ...), an Expr, or a plain constant

_ARITHMETIC = {"+": add, "-": sub, "*": mul, "//": floordiv, "max": maximum, "ceildiv": ceildiv}
_MAX_DEPTH = 12
_MAX_SIZE = 200


def opaque(identity: object) -> Term:
    """A term for something that could not be followed; equal to no other."""
    return ("opaque", identity)


def foreign(dotted: str) -> Term:
    """The term for a member of a module that was not found: whoever wrote that has decided."""
    return ("foreign", dotted)


def item_of(whole: Term, index: Term) -> Term:
    """The term of ``whole[index]``; an item of a part counts from the start of the whole.

    >>> item_of(("item", ("param", "step", "states"), ("slice", 3, 7, None)), 1)
    ('item', ('param', 'step', 'states'), 4)
    """
    if type(index) is int and index >= 0 and isinstance(whole, tuple) and whole[0] == "item":
        part = whole[2]
        if isinstance(part, tuple) and part[:1] == ("slice",) and part[3] in (None, 1):
            start = 0 if part[1] is None else part[1]
            if type(start) is int and start >= 0:
                return item_of(whole[1], start + index)
    return make("item", whole, index)


_DECIDED_ELSEWHERE = ("opaque", "object", "path", "shape", "tensor", "foreign")
# The same in the name of a symbol, which is a term's text.
_DECIDED_IN_TEXT = regex(r"\?\d|\b(?:object|shape|tensor)\(")


def is_free(term: Term) -> bool:
    """Whether every part of the term can be chosen from outside the program.

    The content of an object of the program is not free, nor is the shape of a tensor: whoever made
    it decided.  Nor is what a function gives that was passed: it was written to fit.

    >>> is_free(("call", ("attr", ("param", "build", "hp"), "Boolean"), "deep"))
    True
    >>> is_free(("call", ("param", "build", "is_wide"), 3))
    False
    """
    if isinstance(term, Expr):
        return not any(_DECIDED_IN_TEXT.search(symbol.name) for symbol in symbols(term))
    if not isinstance(term, tuple) or not term:
        return True
    if term[0] in _DECIDED_ELSEWHERE or (term[0] == "call" and not _is_choice(term[1])):
        return False
    return all(is_free(part) for part in term[1:])


_ANEW = ("exists", "random", "typed")


def is_asked_anew(term: Term) -> bool:
    """Whether each round of a loop that asks this gets an answer of its own, though nobody decided it.

    >>> is_asked_anew(("<", ("random", 3), 0.5)), is_asked_anew(("param", "build", "deep"))
    (True, False)
    """
    if not isinstance(term, tuple) or not term:
        return False
    return term[0] in _ANEW or any(map(is_asked_anew, term[1:]))


# Methods that ask for a setting, and those of text.
_ASKS = regex(r"get|suggest|(?:Boolean|Choice|Int|Float|Fixed)$")
_OF_TEXT = frozenset(dir(str))


def _is_choice(callee: Term) -> bool:
    """Whether a call stands for a setting, or for what a builtin function computes."""
    if not isinstance(callee, tuple) or callee[0] not in ("name", "attr"):
        return False
    name = callee[-1]
    return callee[0] == "name" or name in _OF_TEXT or _ASKS.match(str(name)) is not None


def settings(term: Term) -> Iterator[tuple[Term, Term]]:
    """The attributes and items that a term asks for: what it asks, and the name or key.

    >>> list(settings(("not", ("attr", ("param", "net"), "depth"))))
    [(('param', 'net'), 'depth')]
    """
    if not isinstance(term, tuple) or not term:
        return
    if term[0] in ("attr", "item") and len(term) == 3:
        yield term[1], term[2]
        return
    for part in term[1:]:
        yield from settings(part)


def make(operator: str, *operands: Term) -> Term:
    """A compound term; an opaque one if that would be too deep or too large.

    Terms are trees that share parts: without a bound, a value doubled twelve times would already be
    expensive to look at.
    """
    term = (operator, *operands)
    return term if _size(term, _MAX_DEPTH) <= _MAX_SIZE else opaque(hash(term))


def _size(term: tuple[Term, ...], deepest: int) -> int:
    """The number of compound parts of a term; too large a number if it is too deep."""
    if deepest == 0:
        return _MAX_SIZE + 1
    total = 1
    for part in term:
        if type(part) is tuple:
            total += _size(part, deepest - 1)
            if total > _MAX_SIZE:
                break
    return total


_OPERATORS = frozenset({*_ARITHMETIC, "/", "%", "**", "<", "<=", ">", ">=", "not"})
_OF_NUMBERS = frozenset(
    {"int", "float", "abs", "round", "pow", "min", "max", "len", "ord", "hash", "id"}
)


def is_number(term: Term) -> bool:
    """Whether a term certainly stands for a number: a random one, or what a computation gives.

    >>> is_number(("*", ("call", ("name", "float"), ("param", "main", "text")), 2))
    True
    >>> is_number(("*", ("param", "main", "x"), 2))
    False
    """
    if not isinstance(term, tuple) or not term:
        return isinstance(term, (bool, int, float)) or (
            isinstance(term, Expr) and not term.nullable
        )
    head, *parts = term
    if head == "call" and isinstance(parts[0], tuple) and parts[0][0] == "name":
        function = parts[0][1]
        return function in _OF_NUMBERS or function.startswith(("math.", "numpy."))
    return head == "random" or (head in _OPERATORS and all(map(is_number, parts)))


def to_dim(term: Term) -> Dim:
    """The dimension that a term stands for: arithmetic becomes an expression, the rest a symbol."""
    if isinstance(term, bool) or term is None:
        return UNKNOWN
    if isinstance(term, int):
        return term
    if not isinstance(term, tuple):
        return UNKNOWN
    operator = term[0]
    if operator in _ARITHMETIC and len(term) == 3:
        left = _integer(term[1])
        right = left if term[2] is term[1] else _integer(term[2])  # or squares of squares take long
        return UNKNOWN if UNKNOWN in (left, right) else _ARITHMETIC[operator](left, right)
    return (
        UNKNOWN if _is_part_of_foreign(term) else symbol(text(term), nullable=not is_number(term))
    )


def _integer(term: Term) -> Dim:
    """A term inside Python arithmetic: a number for certain, since None would have raised."""
    if isinstance(term, tuple) and term[0] not in _ARITHMETIC:
        return UNKNOWN if _is_part_of_foreign(term) else symbol(text(term), nullable=False)
    return to_dim(term)


def _is_part_of_foreign(term: Term) -> bool:
    """Whether something is a member of a module that was not found, or a part of one: no symbol says so."""
    while isinstance(term, tuple) and term and term[0] in ("attr", "item", "call"):
        term = term[1]
    return isinstance(term, tuple) and term[:1] == ("foreign",)


def text(term: Term) -> str:
    """The term as the user would write it."""
    if isinstance(term, Expr):
        return canonical(term)
    if not isinstance(term, tuple) or not term:
        return repr(term)
    operator, *parts = term
    if operator in ("param", "name", "foreign"):
        return str(parts[-1])
    if operator == "opaque":
        return f"?{parts[0]}"
    if operator == "attr":
        return f"{text(parts[0])}.{parts[1]}"
    if operator == "item":
        return f"{text(parts[0])}[{text(parts[1])}]"
    if operator == "call":
        return f"{text(parts[0])}({', '.join(map(text, parts[1:]))})"
    if len(parts) == 2:
        return f"({text(parts[0])} {operator} {text(parts[1])})"
    return f"{operator}({', '.join(map(text, parts))})"

"""Values that are fully known, their names in questions, and dimensions as Python sees them."""

from __future__ import annotations

from kerasmergelint.shapes import UNKNOWN, Dim, Expr
from kerasmergelint.tracker.values import terms
from kerasmergelint.tracker.values.foreign import is_foreign
from kerasmergelint.tracker.values.numpy_numbers import NumPyInt
from kerasmergelint.tracker.values.terms import Term, make, to_dim
from kerasmergelint.tracker.values.value import Args, SymInt, UnknownV, Value

_PLAIN = (bool, int, NumPyInt, float, str, bytes, complex, type(None), type(...))


PLAIN_TYPES = frozenset(_PLAIN)


_CONSTANT = (*_PLAIN, range, frozenset)


def is_constant(value: Value) -> bool:
    """Whether a value is fully known and immutable, and so hashable."""
    if type(value) in PLAIN_TYPES:
        return True
    if isinstance(value, tuple):
        return all(map(is_constant, value))
    return isinstance(value, _CONSTANT)


def to_term(value: Value) -> Term:
    """The term of a value in a question; None if it has none (or is None itself)."""
    if type(value) in PLAIN_TYPES:
        return value
    if isinstance(value, UnknownV):
        return value.term
    if isinstance(value, SymInt):
        return value.expr
    if is_foreign(value):
        return terms.foreign(value.dotted)
    if isinstance(value, tuple):
        return _compound("tuple", value)
    if isinstance(value, slice):
        return _compound("slice", (value.start, value.stop, value.step))
    if is_constant(value):
        return value
    return None


def asked_of(question: str, args: Args, place: object) -> Term:
    """What is asked at a place of the first argument: of each file whether it exists, say."""
    return (question, id(place), repr(to_term(args[0]) if args else None))


def is_number(value: Value) -> bool:
    """Whether a value is certainly a number, known or not."""
    if isinstance(value, UnknownV):
        return terms.is_number(value.term)
    return isinstance(value, (bool, int, float, SymInt))


def question_of(value: Value) -> Term:
    """The question whether a value is true."""
    return ("!=", value.expr, 0) if isinstance(value, SymInt) else to_term(value)


def _compound(name: str, parts: tuple[Value, ...]) -> Term:
    """A term of all parts; None if one of them has no term."""
    terms = [to_term(part) for part in parts]
    if any(term is None and part is not None for term, part in zip(terms, parts)):
        return None
    return make(name, *terms)


def from_dim(dim: Dim, origin: Term = None) -> Value:
    """A dimension as the Python value that ``x.shape[i]`` gives."""
    if dim is UNKNOWN:
        return UnknownV("the size is not known", origin)
    if isinstance(dim, Expr):
        return UnknownV("the size is a symbol", ("dim", dim)) if dim.nullable else SymInt(dim)
    return dim


def as_dim(value: Value) -> Dim:
    """A Python value as a dimension; unknown unless it is known to be one."""
    if isinstance(value, bool):
        return int(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, SymInt):
        return value.expr
    if isinstance(value, UnknownV):
        term = value.term
        if isinstance(term, tuple) and term and term[0] == "dim":
            size: Dim = term[1]
            return size
        return to_dim(term) if not _is_opaque(term) else UNKNOWN
    return UNKNOWN


def _is_opaque(term: Term) -> bool:
    return not isinstance(term, tuple) or not term or term[0] == "opaque"

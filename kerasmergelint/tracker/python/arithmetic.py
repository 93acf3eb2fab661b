"""Python's operators on abstract values."""

from __future__ import annotations

import operator as python
from collections.abc import Callable, Sequence
from typing import Any

from kerasmergelint.shapes import UNKNOWN, Expr, mul
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import own_exceptions, sets, special
from kerasmergelint.tracker.python.text import NotKnown, formatted
from kerasmergelint.tracker.values.constants import from_dim, to_term
from kerasmergelint.tracker.values.containers import FILLED, DictV, ListV, SetV, ViewV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.operators import ARITHMETIC, SYMBOLIC
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import SymInt, UnknownV, Value

_NUMBERS_AND_TEXT = frozenset({int, float, str})
_PLAIN = (int, float, complex, str, bytes, tuple, type(None), range, frozenset)
_COLLECTIONS = (SetV, DictV, ViewV)
_MULTIPLYING = frozenset({"*", "**", "<<", "%"})


def binary(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """``left operator right``."""
    interp.operated(left, right, site)
    if type(left) in _NUMBERS_AND_TEXT and type(right) in _NUMBERS_AND_TEXT and operator != "%":
        return _computed(interp, operator, left, right, site)
    left, right = interp.resolve(left), interp.resolve(right)
    if operator == "%" and isinstance(left, str) and not isinstance(right, UnknownV):
        return _format(interp, left, right, site)
    of_type = interp.semantics.binary
    handler = of_type.get(type(left)) or of_type.get(type(right))
    if handler is not None:
        return handler(interp, operator, left, right, site)
    if isinstance(left, Instance) or isinstance(right, Instance):
        return special.binary(interp, operator, left, right, site)
    if isinstance(left, ListV) or isinstance(right, ListV):
        return _lists(interp, operator, left, right, site)
    if isinstance(left, _COLLECTIONS) or isinstance(right, _COLLECTIONS):
        return _collections(interp, operator, left, right, site)
    if isinstance(left, SymInt) or isinstance(right, SymInt):
        symbolic = _symbolic(operator, left, right)
        if symbolic is not None:
            return symbolic
        open_size = own_exceptions.open_size(interp, operator, left, right, site)
        if open_size is not None:
            raise open_size
    if isinstance(left, UnknownV) or isinstance(right, UnknownV):
        return _unknown(interp, operator, left, right)
    return _constants(interp, operator, left, right, site)


def _constants(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    if isinstance(left, tuple) and isinstance(right, tuple) and operator == "+":
        return limits.bounded(interp, left + right)
    if not isinstance(left, _PLAIN) or not isinstance(right, _PLAIN):
        return interp.unknown("an operator on something that is not modelled")
    return _computed(interp, operator, left, right, site)


def _computed(interp: Interpreter, operator: str, left: Any, right: Any, site: Site) -> Value:
    if operator in _MULTIPLYING and limits.explodes(operator, left, right):
        return interp.unknown(limits.TOO_LARGE)
    try:
        return limits.bounded(interp, ARITHMETIC[operator](left, right))
    except ZeroDivisionError:
        raise interp.raised("ZeroDivisionError") from None
    except TypeError:
        raise own_exceptions.unsupported(interp, operator, left, right, site) from None
    except (ValueError, OverflowError):
        return interp.unknown("arithmetic that fails")


def _symbolic(operator: str, left: Value, right: Value) -> Value | None:
    one, other = (v.expr if isinstance(v, SymInt) else v for v in (left, right))
    if operator not in SYMBOLIC or not isinstance(one, (int, Expr)):
        return None
    if not isinstance(other, (int, Expr)):
        return None
    result = SYMBOLIC[operator](one, other)
    return None if result is UNKNOWN else from_dim(result)


def _unknown(interp: Interpreter, operator: str, left: Value, right: Value) -> Value:
    if left is None or right is None:
        raise interp.raised("TypeError", "unsupported operand types")
    reason = next(v.reason for v in (left, right) if isinstance(v, UnknownV))
    terms = [to_term(left), to_term(right)]
    if any(term is None for term in terms):
        return interp.unknown(reason)
    return UnknownV(reason, make(operator, *terms))


def number_of(interp: Interpreter, function: str, args: Sequence[Value]) -> Value:
    """The unknown number that a function of this name gives."""
    parts = [to_term(argument) for argument in args]
    known = [interp.opaque_term() if part is None else part for part in parts]
    reason = next((v.reason for v in args if isinstance(v, UnknownV)), f"what {function} gives")
    return UnknownV(reason, make("call", ("name", function), *known))


def _lists(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """An operator with a list on one side at least."""
    known, other = (left, right) if isinstance(left, ListV) else (right, left)
    assert isinstance(known, ListV)
    if isinstance(other, float) or (isinstance(other, int) and operator != "*"):
        own_exceptions.check_no_scores(interp, known, site)
    if operator == "+":
        if not (isinstance(left, ListV) and isinstance(right, ListV)):
            return _list_and_other(interp, known, other)
        made = ListV(interp.heap, [*left.items, *right.items])
        made.open = left.open or right.open
        made.reason = _reason_of_both(left, right)
        return limits.bounded(interp, made)
    if operator == "*":
        if isinstance(other, int) and len(known.items) * other <= limits.MAX_LENGTH:
            made = ListV(interp.heap, known.items * other)
            made.open = known.open
            return limits.bounded(interp, made)
        made = ListV(interp.heap, list(known.items))
        made.open, made.reason = True, "repeated an unknown number of times"
        return made
    if isinstance(other, UnknownV):
        return interp.unknown("an operator on a list and something unknown")
    raise interp.raised("TypeError", "unsupported operand types")


def _reason_of_both(left: ListV, right: ListV) -> str:
    """Why a list of the items of both is open; what is not known of one comes from anywhere."""
    reasons = [part.reason for part in (left, right) if part.open]
    return next((reason for reason in reasons if reason != FILLED), reasons[0] if reasons else "")


def _list_and_other(interp: Interpreter, known: ListV, other: Value) -> Value:
    if isinstance(other, UnknownV) or known.kind != "list":
        made = ListV(interp.heap, [])
        made.open, made.reason = True, "a list and something unknown"
        return made
    raise interp.raised("TypeError", "can only concatenate list to list")


def _collections(
    interp: Interpreter, operator: str, left: Value, right: Value, site: Site
) -> Value:
    if isinstance(left, UnknownV) or isinstance(right, UnknownV):
        return interp.unknown("an operator on collections")
    if isinstance(left, DictV) and isinstance(right, DictV) and operator == "|":
        made = DictV(interp.heap, {**left.items, **right.items})
        made.open, made.default = left.open or right.open, left.default
        made.reason = left.reason or right.reason
        return made
    if isinstance(left, ViewV):  # it takes any iterable
        right = sets.of(interp, interp.iterate(right, site))
    if sets.is_set(left):
        return sets.combine(interp, operator, left, right)
    return interp.unknown("an operator on collections")


def _format(interp: Interpreter, template: str, content: Value, site: Site) -> Value:
    if limits.explodes("%", template, content):
        return interp.unknown(limits.TOO_LARGE)
    try:
        text = formatted(interp, site, lambda say: template % say(content))
        return limits.bounded(interp, text)
    except NotKnown:
        return interp.unknown("a formatted string")
    except (TypeError, ValueError, KeyError) as error:
        raise interp.raised(type(error).__name__) from None


_UNARY: dict[str, Callable[[Any], Any]] = {
    "-": python.neg,
    "+": python.pos,
    "~": python.invert,
}


def unary(interp: Interpreter, operator: str, operand: Value, site: Site) -> Value:
    """``-x``, ``+x``, ``~x``."""
    operand = interp.resolve(operand)
    of_type = interp.semantics.unary.get(type(operand))
    if of_type is not None:
        return of_type(interp, operator, operand, site)
    if isinstance(operand, Instance):
        return special.unary(interp, operator, operand, site)
    if isinstance(operand, SymInt) and operator == "-":
        return from_dim(mul(operand.expr, -1))
    if isinstance(operand, UnknownV):
        term = make("*", operand.term, -1) if operator == "-" else None
        return interp.unknown(operand.reason, term)
    if isinstance(operand, (bool, int, float, complex)):
        try:
            return _UNARY[operator](operand)
        except TypeError:
            raise interp.raised("TypeError") from None
    if operand is None or isinstance(operand, (str, bytes, tuple, ListV, DictV, SetV)):
        raise interp.raised("TypeError", f"bad operand for {operator}")
    return interp.unknown("an operator on something that is not modelled")

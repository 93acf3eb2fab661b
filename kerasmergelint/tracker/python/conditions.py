"""Truth, comparison and identity of abstract values, and the questions that remain."""

from __future__ import annotations

import operator as python
from typing import TYPE_CHECKING, Any

from kerasmergelint.shapes import Expr, Relation
from kerasmergelint.shapes import compare as compare_dims
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.constants import PLAIN_TYPES, is_constant, to_term
from kerasmergelint.tracker.values.containers import DictV, GeneratorV, IteratorV, ListV, SetV
from kerasmergelint.tracker.values.exceptions import ExceptionV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.heap import HeapObject
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassV,
    FunctionV,
    Instance,
    NativeV,
    PartialV,
    is_layer,
)
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import External, SymInt, UnknownV, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter

_ALWAYS_TRUE = (FunctionV, ClassV, BoundMethod, NativeV, PartialV, ModuleV, GeneratorV, IteratorV)
_EQUALITY = ("==", "!=")
_ORDERING = {"<": python.lt, "<=": python.le, ">": python.gt, ">=": python.ge}


def truth(interp: Interpreter, value: Value) -> bool | None:
    """Whether a value is true; None if that is not known."""
    if type(value) in PLAIN_TYPES:
        return bool(value)
    value = interp.resolve(value)
    if isinstance(value, (ListV, DictV, SetV)):
        return None if value.open and not value.items else bool(value.items)
    if isinstance(value, UnknownV):
        return interp.path.known(value.term)
    if isinstance(value, SymInt):
        return interp.path.known(("!=", value.expr, 0))
    if isinstance(value, Instance):
        methods = ("__bool__", "__len__")
        plain = not value.cls.unknown_base and not any(
            method in entry.namespace
            for entry in value.cls.mro
            if isinstance(entry, ClassV)
            for method in methods
        )
        return True if plain or value.layer is not None else None
    if isinstance(value, TensorV):
        return None if value.data is None or isinstance(value.data, tuple) else bool(value.data)
    if isinstance(value, External):
        return True
    if isinstance(value, _ALWAYS_TRUE) or is_layer(value) or isinstance(value, ExceptionV):
        return True
    if isinstance(value, HeapObject):
        return None
    try:
        return bool(value)
    except Exception:
        return None


def ask(interp: Interpreter, value: Value, site: Site, *, prefer: bool) -> bool:
    """Whether a value is true; a question that nothing answers becomes a decision of the path."""
    known = truth(interp, value)
    if known is not None:
        return known
    term = to_term(value)
    if term is None:
        term = interp.opaque_term()
    if isinstance(value, SymInt):
        term = ("!=", value.expr, 0)
    if isinstance(term, tuple) and term[0] == "opaque" and not interp.may_ask_again(site):
        interp.path.assume(term, answer=prefer)
        return prefer
    return interp.path.decide(term, prefer=prefer)


def compare(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """``left operator right``: a bool if known, else an unknown that carries the question."""
    if operator in _EQUALITY and type(left) in PLAIN_TYPES and type(right) in PLAIN_TYPES:
        return (left == right) is (operator == "==")
    left, right = interp.resolve(left), interp.resolve(right)
    if operator in ("is", "is not"):
        answer = identical(left, right)
    elif operator in ("==", "!="):
        if isinstance(left, TensorV) or isinstance(right, TensorV):
            return _tensor_comparison(interp, operator, left, right, site)
        answer = equal(interp, left, right)
    elif operator in ("in", "not in"):
        answer = contains(interp, left, right, site)
    else:
        if isinstance(left, TensorV) or isinstance(right, TensorV):
            return interp.binary(operator, left, right, site)
        return _order(interp, operator, left, right)
    if answer is None:
        return _question(interp, operator, left, right)
    return answer is (operator in ("is", "==", "in"))


def _question(interp: Interpreter, operator: str, left: Value, right: Value) -> Value:
    left_term, right_term = to_term(left), to_term(right)
    if left_term is None and left is not None:
        left_term = interp.opaque_term()
    if right_term is None and right is not None:
        right_term = interp.opaque_term()
    term = make(operator, left_term, right_term)
    known = interp.path.known(term)
    return known if known is not None else UnknownV("the comparison is not decided", term)


def _tensor_comparison(
    interp: Interpreter, operator: str, left: Value, right: Value, site: Site
) -> Value:
    constant = arrays.binary(operator, left, right)
    if constant is not None:
        return constant
    other = right if isinstance(left, TensorV) else left
    if other is None or isinstance(other, (str, ListV, DictV)):
        return operator == "!="
    return interp.unknown("a tensor comparison")


def identical(left: Value, right: Value) -> bool | None:
    """``left is right``."""
    if left is right:
        return True
    for one, other in ((left, right), (right, left)):
        if one is None or isinstance(one, bool):
            if isinstance(other, UnknownV):
                return None
            return one is other
    if isinstance(left, UnknownV) or isinstance(right, UnknownV):
        return True if left == right else None
    if isinstance(left, External) and isinstance(right, External):
        return _same_external(left, right)
    if is_constant(left) and is_constant(right) and not isinstance(left, tuple):
        return bool(left == right) if type(left) is type(right) else False
    return False


def _same_external(left: External, right: External) -> bool | None:
    """Names of a library may mean the same thing; names of Python's builtins do not."""
    if left == right:
        return True
    builtin = "." not in left.dotted and "." not in right.dotted
    return False if builtin else None


_DEEPEST = 50


def equal(interp: Interpreter, left: Value, right: Value, depth: int = 0) -> bool | None:
    """``left == right``; None if it is not known."""
    if isinstance(left, UnknownV) or isinstance(right, UnknownV):
        return True if left == right else None
    if isinstance(left, (SymInt, Expr)) or isinstance(right, (SymInt, Expr)):
        return _equal_dims(left, right)
    if isinstance(left, (tuple, ListV)) and isinstance(right, (tuple, ListV)):
        return _equal_sequences(interp, left, right, depth + 1)
    if isinstance(left, DictV) and isinstance(right, DictV):
        return _equal_dicts(interp, left, right, depth + 1)
    if isinstance(left, Instance) or isinstance(right, Instance):
        return True if left is right else None
    if isinstance(left, (HeapObject, TensorV)) or isinstance(right, (HeapObject, TensorV)):
        if left is right:
            return True
        containers = (ListV, DictV, SetV)
        return None if isinstance(left, containers) and type(left) is type(right) else False
    if isinstance(left, External) or isinstance(right, External):
        if isinstance(left, External) and isinstance(right, External):
            return _same_external(left, right)
        return False if left is None or right is None else None
    try:
        return bool(left == right)
    except Exception:
        return None


def _equal_dims(left: Value, right: Value) -> bool | None:
    dims = [v.expr if isinstance(v, SymInt) else v for v in (left, right)]
    if not all(isinstance(dim, (int, Expr)) or dim is None for dim in dims):
        return None if any(isinstance(dim, float) for dim in dims) else False
    relation = compare_dims(dims[0], dims[1]).relation
    return {Relation.EQUAL: True, Relation.NEVER: False, Relation.MAYBE: None}[relation]


def _equal_sequences(interp: Interpreter, left: Value, right: Value, depth: int) -> bool | None:
    if isinstance(left, tuple) is not isinstance(right, tuple):
        return False
    if left is right:
        return True
    if depth > _DEEPEST:  # they may hold themselves
        return None
    interp.step()
    lists = [v for v in (left, right) if isinstance(v, ListV)]
    if any(v.open for v in lists):
        return None
    a = left.items if isinstance(left, ListV) else left
    b = right.items if isinstance(right, ListV) else right
    if len(a) != len(b):
        return False
    return _all(equal(interp, x, y, depth) for x, y in zip(a, b))


def _equal_dicts(interp: Interpreter, left: DictV, right: DictV, depth: int) -> bool | None:
    if left.open or right.open:
        return None
    if left is right:
        return True
    if depth > _DEEPEST:
        return None
    interp.step()
    if left.items.keys() != right.items.keys():
        return False
    return _all(equal(interp, value, right.items[key], depth) for key, value in left.items.items())


def _all(answers: Any) -> bool | None:
    """False if one is false, else None if one is not known, else True."""
    result: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        if answer is None:
            result = None
    return result


def contains(interp: Interpreter, item: Value, container: Value, site: Site) -> bool | None:
    """``item in container``."""
    if isinstance(container, str):
        return item in container if isinstance(item, str) else None
    if isinstance(container, DictV):
        return _has_key(interp, item, container)
    if isinstance(container, (Instance, UnknownV, TensorV)):
        return None
    items = interp.iterate(container, site)
    if items is None:
        return None
    limits.charge(interp, 8 * len(items))
    answers = [item is other or equal(interp, item, other) for other in items]
    if any(answer is True for answer in answers):
        return True
    return None if None in answers else False


def _has_key(interp: Interpreter, item: Value, container: DictV) -> bool | None:
    from kerasmergelint.tracker.python.expressions import dict_key

    key = dict_key(interp.resolve(item))
    if key is not None and key[0] in container.items:
        return True
    if container.open:
        return None
    return False if key is not None or not container.items else None


def _order(interp: Interpreter, operator: str, left: Value, right: Value) -> Value:
    if isinstance(left, (int, float, str)) and isinstance(right, (int, float, str)):
        try:
            return _ORDERING[operator](left, right)
        except TypeError:
            raise interp.raised("TypeError") from None
    if (
        isinstance(left, tuple)
        and isinstance(right, tuple)
        and is_constant(left)
        and is_constant(right)
    ):
        try:
            return _ORDERING[operator](left, right)
        except TypeError:
            return interp.unknown("an order of tuples")
    return _question(interp, operator, left, right)

"""Truth, comparison and identity of abstract values, and the questions they leave open."""

from __future__ import annotations

import operator as python
from collections.abc import Callable, Iterable, Mapping

from kerasmergelint.shapes import Expr, Relation
from kerasmergelint.shapes import compare as compare_dims
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python import own_exceptions, sets, special
from kerasmergelint.tracker.python.iterators import UNSURE, walk
from kerasmergelint.tracker.python.keys import dict_key
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.constants import PLAIN_TYPES, is_constant, question_of, to_term
from kerasmergelint.tracker.values.containers import (
    DictV,
    GeneratorV,
    IteratorV,
    ListV,
    SetV,
    ViewV,
)
from kerasmergelint.tracker.values.exceptions import ExceptionV
from kerasmergelint.tracker.values.foreign import is_foreign
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.heap import HeapObject
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassV,
    DictObject,
    FunctionV,
    Instance,
    NativeV,
    PartialV,
)
from kerasmergelint.tracker.values.operators import ORDERING
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import External, SymInt, UnknownV, Value

_EQUALITY = ("==", "!=")


# -- truth ----------------------------------------------------------------------------------


def _of_plain(interp: Interpreter, value: object) -> bool | None:
    try:
        return bool(value)
    except Exception:
        return None


def _of_container(interp: Interpreter, value: ListV | DictV | SetV | ViewV) -> bool | None:
    return None if value.open and not value.items else bool(value.items)


def _of_unknown(interp: Interpreter, value: UnknownV) -> bool | None:
    return interp.path.known(value.term)


def _of_size(interp: Interpreter, value: SymInt) -> bool | None:
    return interp.path.known(question_of(value))


def _yes(interp: Interpreter, value: Value) -> bool | None:
    return True


def _not_known(interp: Interpreter, value: Value) -> bool | None:
    return None


TRUTH: Mapping[type, Callable[[Interpreter, Own], bool | None]] = {
    **dict.fromkeys((ListV, DictV, SetV, ViewV), _of_container),
    UnknownV: _of_unknown,
    SymInt: _of_size,
    Instance: special.truth,
    DictObject: lambda interp, value: interp.truth(value.content),
    **dict.fromkeys(
        (FunctionV, ClassV, BoundMethod, NativeV, PartialV, ModuleV, GeneratorV, IteratorV,
         ExceptionV, External),
        _yes,
    ),
    HeapObject: _not_known,
    object: _of_plain,
}  # fmt: skip


def negated(interp: Interpreter, value: Value, site: Site) -> Value:
    """``not value``"""
    value = interp.resolve(value)
    known = interp.truth(value)
    if known is not None:
        return not known
    interp.refuse_truth(value, site)
    term = to_term(value)
    return UnknownV("a condition", make("not", term if term is not None else interp.opaque_term()))


# -- comparison -----------------------------------------------------------------------------


def compare(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """``left operator right``: a bool if known, else an unknown with the question as its term."""
    interp.operated(left, right, site)
    if operator in _EQUALITY and type(left) in PLAIN_TYPES and type(right) in PLAIN_TYPES:
        return (left == right) is (operator == "==")
    left, right = interp.resolve(left), interp.resolve(right)
    if operator in ("is", "is not"):
        answer = identical(left, right)
    elif operator in ("in", "not in"):
        answer = contains(interp, left, right, site)
    else:
        of_type = interp.semantics.compare
        handler = of_type.get(type(left)) or of_type.get(type(right))
        if handler is not None:
            return handler(interp, operator, left, right, site)
        if isinstance(left, Instance) or isinstance(right, Instance):
            found = special.compare(interp, operator, left, right, site)
            return _question(interp, operator, left, right) if found is None else found
        if operator not in _EQUALITY:
            return _order(interp, operator, left, right, site)
        answer = equal(interp, left, right)
    if answer is None:
        return _question(interp, operator, left, right)
    return answer is (operator in ("is", "==", "in"))


def _question(interp: Interpreter, operator: str, left: Value, right: Value) -> Value:
    left_term, right_term = to_term(left), to_term(right)
    if operator in ("in", "not in") and isinstance(right, (ListV, SetV)) and not right.open:
        right_term = to_term(tuple(right.items))  # what may change later does not: this asks now
    if left_term is None and left is not None:
        left_term = interp.opaque_term()
    if right_term is None and right is not None:
        right_term = interp.opaque_term()
    term = make(operator, left_term, right_term)
    known = interp.path.known(term)
    return known if known is not None else UnknownV("the comparison is not decided", term)


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
    """Two library names may mean the same object; two names of builtins never do."""
    if left == right:
        return True
    builtin = "." not in left.dotted and "." not in right.dotted
    return False if builtin else None


_DEEPEST = 50
# The cost of comparing two values, in items.
_ITEMS_A_COMPARISON = 8
_PLAIN = frozenset({int, str, float, bool, type(None)})


def equal(interp: Interpreter, left: Value, right: Value, depth: int = 0) -> bool | None:
    """``left == right``; None if it is not known."""
    if type(left) in _PLAIN and type(right) in _PLAIN:
        return bool(left == right)
    if isinstance(left, UnknownV) or isinstance(right, UnknownV):
        return True if left == right else None
    if isinstance(left, (SymInt, Expr)) or isinstance(right, (SymInt, Expr)):
        return _equal_dims(left, right)
    if isinstance(left, (tuple, ListV)) and isinstance(right, (tuple, ListV)):
        return _equal_sequences(interp, left, right, depth + 1)
    if isinstance(left, DictV) and isinstance(right, DictV):
        return _equal_dicts(interp, left, right, depth + 1)
    if isinstance(left, Instance) or isinstance(right, Instance):
        return special.equal(interp, left, right)
    if sets.is_set(left) and sets.is_set(right):
        return sets.relation("==", left, right)
    if isinstance(left, (HeapObject, TensorV)) or isinstance(right, (HeapObject, TensorV)):
        if left is right:
            return True
        containers = (ListV, DictV, SetV)
        return None if isinstance(left, containers) and type(left) is type(right) else False
    if isinstance(left, External) or isinstance(right, External):
        if isinstance(left, External) and isinstance(right, External):
            return _same_external(left, right)
        known = None in (left, right) and not is_foreign(left) and not is_foreign(right)
        return False if known else None
    try:
        return bool(left == right)
    except Exception:
        return None


def _equal_dims(left: Value, right: Value) -> bool | None:
    one, other = (v.expr if isinstance(v, SymInt) else v for v in (left, right))
    if not isinstance(one, (int, Expr, type(None))) or not isinstance(
        other, (int, Expr, type(None))
    ):
        return None if isinstance(one, float) or isinstance(other, float) else False
    relation = compare_dims(one, other).relation
    return {Relation.EQUAL: True, Relation.NEVER: False, Relation.MAYBE: None}[relation]


def _equal_sequences(
    interp: Interpreter,
    left: tuple[Value, ...] | ListV,
    right: tuple[Value, ...] | ListV,
    depth: int,
) -> bool | None:
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
    return _all(x is y or equal(interp, x, y, depth) for x, y in zip(a, b))


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


def _all(answers: Iterable[bool | None]) -> bool | None:
    """False if one is False, else None if one is unknown, else True."""
    result: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        if answer is None:
            result = None
    return result


def contains(interp: Interpreter, item: Value, container: Value, site: Site) -> bool | None:
    """``item in container``."""
    if isinstance(container, (str, bytes)):
        return _in_text(interp, item, container)
    if isinstance(container, range) and isinstance(item, int):
        return item in container
    if isinstance(container, DictObject) and find(container.cls, "__contains__") is None:
        container = container.content
    if isinstance(container, DictV):
        interp.modules.settle(interp, container, item)
        return _has_key(interp, item, container)
    if isinstance(container, Instance):
        return _in_object(interp, item, container, site)
    if isinstance(container, (UnknownV, TensorV)):
        return None
    if isinstance(container, (IteratorV, GeneratorV)):
        return _comes_up(interp, item, container, site)
    items = interp.iterate(container, site)
    if items is None:
        return None
    interp.charge(_ITEMS_A_COMPARISON * len(items))
    answers = [item is other or equal(interp, item, other) for other in items]
    if any(answer is True for answer in answers):
        return True
    return None if None in answers else False


def _in_object(interp: Interpreter, item: Value, value: Instance, site: Site) -> bool | None:
    """By ``__contains__``, or else item by item."""
    bound = special.method(value, "__contains__")
    if bound is not None:
        return interp.truth(interp.call(bound, [item], {}, site))
    for other in walk(interp, value, site):
        same = None if other is UNSURE else other is item or equal(interp, other, item)
        if same is not False:
            return same
    return False


def _in_text(interp: Interpreter, item: Value, text: str | bytes) -> bool | None:
    if not is_constant(item):
        return None
    try:
        return python.contains(text, item)
    except (TypeError, ValueError):
        raise interp.raised("TypeError", "'in <string>' requires a string") from None


def _comes_up(
    interp: Interpreter, item: Value, iterator: IteratorV | GeneratorV, site: Site
) -> bool | None:
    """Whether an iterator gives the item; it is advanced no further."""
    for other in walk(interp, iterator, site):
        answer = None if other is UNSURE else item is other or equal(interp, item, other)
        if answer is None:
            iterator.forget(interp.heap)
        if answer is not False:
            return answer
    return False


def _has_key(interp: Interpreter, item: Value, container: DictV) -> bool | None:
    key = dict_key(interp.resolve(item))
    if key is not None and key[0] in container.items:
        return True
    if container.open:
        return None
    return False if key is not None or not container.items else None


# Compared with each other; equal kinds have been compared before.
_WITHOUT_ORDER = (type(None), bool, int, float, complex, str, bytes, tuple, ListV, DictV, SetV)


def _order(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    if left is None or right is None:
        open_size = own_exceptions.open_size(interp, operator, left, right, site)
        if open_size is not None:
            raise open_size
        _refuse_absent(interp, left, right, site)
    if type(left) in PLAIN_TYPES and type(right) in PLAIN_TYPES:
        try:
            return ORDERING[operator](left, right)
        except TypeError:
            raise interp.raised("TypeError") from None
    for value, other in ((left, right), (right, left)):
        if isinstance(other, (int, float)):
            own_exceptions.check_no_scores(interp, value, site)
    if sets.is_set(left) and sets.is_set(right):
        answer = sets.relation(operator, left, right)
        return _question(interp, operator, left, right) if answer is None else answer
    if isinstance(left, (tuple, ListV)) and isinstance(right, (tuple, ListV)):
        return _order_of_sequences(interp, operator, left, right)
    if isinstance(left, _WITHOUT_ORDER) and isinstance(right, _WITHOUT_ORDER):
        raise interp.raised("TypeError", "values that have no order")
    return _question(interp, operator, left, right)


def _refuse_absent(interp: Interpreter, left: Value, right: Value, site: Site) -> None:
    """``logs.get("acc") > 0.9``, where nothing of that name was measured."""
    node = site.node
    if isinstance(node, ir.Compare) and len(node.comparators) == 1:
        for value, part in ((left, node.left), (right, node.comparators[0])):
            absent = own_exceptions.absent(interp, value, part, site)
            if absent is not None:
                raise absent


def _order_of_sequences(
    interp: Interpreter,
    operator: str,
    left: tuple[Value, ...] | ListV,
    right: tuple[Value, ...] | ListV,
) -> Value:
    """Order by the first items that differ, or else by length."""
    if isinstance(left, tuple) is not isinstance(right, tuple):
        raise interp.raised("TypeError", "a list and a tuple have no order")
    if any(isinstance(side, ListV) and side.open for side in (left, right)):
        return _question(interp, operator, left, right)
    ones = left.items if isinstance(left, ListV) else left
    others = right.items if isinstance(right, ListV) else right
    site = Site(interp.frame.module, None)
    for one, other in zip(ones, others):
        same = one is other or equal(interp, one, other)
        if same is None:
            return _question(interp, operator, left, right)
        if not same:
            return compare(interp, operator, one, other, site)
    return ORDERING[operator](len(ones), len(others))

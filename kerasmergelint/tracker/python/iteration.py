"""The items of a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kerasmergelint.shapes import symbol
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.asking import Use
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python import iterators, sets
from kerasmergelint.tracker.python.join import any_of
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import (
    FILLED,
    DictV,
    GeneratorV,
    IteratorV,
    ListV,
    SetV,
    ViewV,
)
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import (
    ClassMethodV,
    ClassV,
    DictObject,
    FunctionV,
    Instance,
    PropertyV,
    StaticMethodV,
)
from kerasmergelint.tracker.values.terms import text
from kerasmergelint.tracker.values.value import SymInt, UnknownV, Value


def _plain(interp: Interpreter, value: Any, site: Site) -> list[Value] | None:
    return list(value)


def _container(interp: Interpreter, value: ListV | DictV | ViewV, site: Site) -> list[Value] | None:
    return None if value.open else list(value.items)


def _set(interp: Interpreter, value: SetV | frozenset[Value], site: Site) -> list[Value] | None:
    items = sets.known(value)
    return None if items is None else sets.in_order(list(items))


def _range(interp: Interpreter, value: range, site: Site) -> list[Value] | None:
    start = value[: limits.MAX_LENGTH + 1]  # the length of a huge one is too large for len()
    return list(value) if len(start) <= limits.MAX_LENGTH else None


def _iterator(interp: Interpreter, value: IteratorV | GeneratorV, site: Site) -> list[Value] | None:
    return iterators.rest(interp, value, site)


def _instance(interp: Interpreter, value: Instance, site: Site) -> list[Value] | None:
    if value.cls.kind == "namedtuple" and find(value.cls, "__iter__") is None:
        return [value.attributes[name] for name, _ in value.cls.fields or []]
    iterator = iterators.start(interp, value, site)
    return None if iterator is None else iterators.rest(interp, iterator, site)


def _dict_object(interp: Interpreter, value: DictObject, site: Site) -> list[Value] | None:
    own = find(value.cls, "__iter__") is not None
    return _instance(interp, value, site) if own else interp.iterate(value.content, site)


def _class(interp: Interpreter, value: ClassV, site: Site) -> list[Value] | None:
    """The members of an enum."""
    if value.kind != "enum":
        return None
    names = [name for name, member in value.namespace.items() if _is_member(name, member)]
    members = [interp.attribute(value, name, site) for name in names]
    return list({id(member): member for member in members}.values())  # without aliases


def _is_member(name: str, value: Value) -> bool:
    return not name.startswith("_") and not isinstance(value, _NO_MEMBERS)


_NO_MEMBERS = (FunctionV, PropertyV, StaticMethodV, ClassMethodV, ClassV)


def _not_iterable(interp: Interpreter, value: Value, site: Site) -> list[Value] | None:
    raise interp.raised("TypeError", "not iterable")


def _not_known(interp: Interpreter, value: Value, site: Site) -> list[Value] | None:
    return None


def _unknown(interp: Interpreter, value: UnknownV, site: Site) -> list[Value] | None:
    if interp.on_rounds is not None:
        interp.on_rounds(value.term)
    if interp.asker is None:
        return None
    if interp.resolve(value) is value:
        interp.asker.asked(value, Use.ITEMS)
    found = interp.resolve(value)
    return None if isinstance(found, UnknownV) else interp.iterate(found, site)


ITERATE: Mapping[type, Callable[[Interpreter, Own, Site], list[Value] | None]] = {
    **dict.fromkeys((tuple, str, bytes), _plain),
    **dict.fromkeys((ListV, DictV, ViewV), _container),
    **dict.fromkeys((SetV, frozenset), _set),
    range: _range,
    **dict.fromkeys((IteratorV, GeneratorV), _iterator),
    Instance: _instance,
    DictObject: _dict_object,
    ClassV: _class,
    **dict.fromkeys((type(None), int, float, FunctionV), _not_iterable),
    UnknownV: _unknown,
    object: _not_known,
}


# -- any item -------------------------------------------------------------------------------


def _any(interp: Interpreter, value: Value) -> Value:
    return interp.unknown("an item of something unknown")


def _any_of_unknown(interp: Interpreter, value: UnknownV) -> Value:
    term = value.term
    if isinstance(term, tuple) and term and term[0] == "call" and term[1] == ("name", "range"):
        return SymInt(symbol(text(interp.opaque_term())))
    return interp.unknown("an item of something unknown")


def _any_of_sequence(interp: Interpreter, value: ListV | tuple[Value, ...]) -> Value:
    if isinstance(value, tuple):
        return any_of(interp, value)
    if value.open and value.reason != FILLED:
        return interp.unknown("an item of something unknown")
    return any_of(interp, value.items)


ANY_ITEM: Mapping[type, Callable[[Interpreter, Own], Value]] = {
    **dict.fromkeys((ListV, tuple), _any_of_sequence),
    UnknownV: _any_of_unknown,
    object: _any,
}

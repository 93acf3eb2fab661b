"""What ``len`` gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV, ViewV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import BoundMethod, DictObject, Instance
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import External, UnknownV, Value


def _plain(interp: Interpreter, value: Any, site: Site) -> Value:
    try:
        return len(value)
    except OverflowError:  # of a range
        raise interp.raised("OverflowError", "a length that is too large") from None


def _container(interp: Interpreter, value: ListV | SetV | DictV | ViewV, site: Site) -> Value:
    if value.open:
        return interp.unknown("the length of something that is not fully known")
    return len(value.items)


def _instance(interp: Interpreter, value: Instance, site: Site) -> Value:
    method = find(value.cls, "__len__")
    if method is not None:
        return interp.call(BoundMethod(value, method[1]), [], {}, site)
    if value.cls.kind == "namedtuple":
        return len(value.cls.fields or [])
    return some_length(interp)


def _unknown(interp: Interpreter, value: UnknownV, site: Site) -> Value:
    term = interp.current(value).term
    return UnknownV(value.reason, None if term is None else make("call", ("name", "len"), term))


def _external(interp: Interpreter, value: External, site: Site) -> Value:
    """How many arguments there are is up to who starts the program."""
    if value.dotted == "sys.argv":
        return UnknownV("the number of arguments", ("attr", ("name", "sys.argv"), "length"))
    return some_length(interp)


def _none(interp: Interpreter, value: Value, site: Site) -> Value:
    raise interp.raised("TypeError", "object has no len()")


def _other(interp: Interpreter, value: Value, site: Site) -> Value:
    return some_length(interp)


def some_length(interp: Interpreter) -> Value:
    """A number, whatever it is the length of."""
    return UnknownV("a length", make("call", ("name", "int"), interp.opaque_term()))


LENGTH: Mapping[type, Callable[[Interpreter, Own, Site], Value]] = {
    **dict.fromkeys((str, bytes, tuple, range, frozenset), _plain),
    **dict.fromkeys((ListV, SetV, DictV, ViewV), _container),
    Instance: _instance,
    DictObject: lambda interp, value, site: interp.length(value.content, site),
    UnknownV: _unknown,
    External: _external,
    **dict.fromkeys((type(None), int, float), _none),
    object: _other,
}

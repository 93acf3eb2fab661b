"""What iterating over a value gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, GeneratorV, IteratorV, ListV, SetV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import BoundMethod, ClassV, FunctionV, Instance
from kerasmergelint.tracker.values.value import Args, Keywords, UnknownV, Value


def _plain(interp: Interpreter, value: Any, site: Site) -> list[Value] | None:
    return list(value)


def _container(interp: Interpreter, value: ListV | SetV | DictV, site: Site) -> list[Value] | None:
    return None if value.open else list(value.items)


def _range(interp: Interpreter, value: range, site: Site) -> list[Value] | None:
    start = value[: limits.MAX_LENGTH + 1]  # the length of a huge one is too large for len()
    return list(value) if len(start) <= limits.MAX_LENGTH else None


def _iterator(interp: Interpreter, value: IteratorV, site: Site) -> list[Value] | None:
    interp.heap.touch(value)
    rest = value.items[value.position :]
    value.position = len(value.items)
    return rest


def _generator(interp: Interpreter, value: GeneratorV, site: Site) -> list[Value] | None:
    started = _start(interp, value)
    return None if started is None else interp.iterate(started, site)


def _start(interp: Interpreter, value: GeneratorV) -> IteratorV | None:
    if value.produced is None:
        interp.heap.touch(value)
        produced = value.start()
        if produced is None:
            return None
        value.produced = IteratorV(interp.heap, produced)
    return value.produced


def _instance(interp: Interpreter, value: Instance, site: Site) -> list[Value] | None:
    method = find(value.cls, "__iter__")
    if method is not None:
        iterator = interp.call(BoundMethod(value, method[1]), [], {}, site)
        own_next = isinstance(iterator, Instance) and find(iterator.cls, "__next__")
        return None if own_next or iterator is value else interp.iterate(iterator, site)
    if value.cls.kind == "namedtuple":
        return [value.attributes[name] for name, _ in value.cls.fields or []]
    return None


def _class(interp: Interpreter, value: ClassV, site: Site) -> list[Value] | None:
    """The members of an enum."""
    if value.kind != "enum":
        return None
    names = [name for name, member in value.namespace.items() if _is_member(name, member)]
    return [interp.attribute(value, name, site) for name in names]


def _is_member(name: str, value: Value) -> bool:
    return not name.startswith("_") and not isinstance(value, FunctionV)


def _not_iterable(interp: Interpreter, value: Value, site: Site) -> list[Value] | None:
    raise interp.raised("TypeError", "not iterable")


def _not_known(interp: Interpreter, value: Value, site: Site) -> list[Value] | None:
    return None


ITERATE: Mapping[type, Callable[[Interpreter, Any, Site], list[Value] | None]] = {
    **dict.fromkeys((tuple, str, bytes, frozenset), _plain),
    **dict.fromkeys((ListV, SetV, DictV), _container),
    range: _range,
    IteratorV: _iterator,
    GeneratorV: _generator,
    Instance: _instance,
    ClassV: _class,
    **dict.fromkeys((type(None), int, float, FunctionV), _not_iterable),
    object: _not_known,
}


def iterator(interp: Interpreter, value: Value, site: Site) -> IteratorV | None:
    """``iter(value)``: an iterator keeps its position, anything else gets a new one."""
    if isinstance(value, IteratorV):
        return value
    if isinstance(value, GeneratorV):
        return _start(interp, value)
    known = interp.iterate(value, site)
    return None if known is None else IteratorV(interp.heap, known)


def next_item(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``next(iterator, default)``"""
    source = args[0] if args else None
    if isinstance(source, GeneratorV):
        source = iterator(interp, source, site)
    if not isinstance(source, IteratorV):
        return interp.unknown("the next item of something unknown")
    if source.position < len(source.items):
        interp.heap.touch(source)
        source.position += 1
        return source.items[source.position - 1]
    if len(args) > 1:
        return args[1]
    raise interp.raised("StopIteration")


# -- any item -------------------------------------------------------------------------------


def _any(interp: Interpreter, value: Value) -> Value:
    return interp.unknown("an item of something unknown")


def _any_of_unknown(interp: Interpreter, value: UnknownV) -> Value:
    term = value.term
    if isinstance(term, tuple) and term and term[0] == "call" and term[1] == ("name", "range"):
        return interp.unknown("an index")
    return interp.unknown("an item of something unknown")


ANY_ITEM: Mapping[type, Callable[[Interpreter, Any], Value]] = {
    UnknownV: _any_of_unknown,
    object: _any,
}

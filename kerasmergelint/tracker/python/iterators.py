"""Iterators, one item at a time, as seen by a loop that changes what it iterates over.

The next item may be known, or missing (:data:`END`), or it is unknown whether there is one, or
which (:data:`UNSURE`).
"""

from __future__ import annotations

import enum
import itertools
from collections.abc import Callable, Iterator

from kerasmergelint.tracker.machine import aside, limits
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import (
    DictV,
    GeneratorV,
    Items,
    IteratorV,
    ListV,
    SetV,
    ViewV,
)
from kerasmergelint.tracker.values.exceptions import Raised, covers
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import BoundMethod, DictObject, Instance
from kerasmergelint.tracker.values.signals import Unfollowed
from kerasmergelint.tracker.values.value import External, UnknownV, Value


class Missing(enum.Enum):
    """Why there is no item."""

    END = enum.auto()
    UNSURE = enum.auto()


END, UNSURE = Missing.END, Missing.UNSURE
# For the program's own iterators: when they end is often unknown.
_MAX_ITEMS = 32
# Generators that wait for each other: nobody writes this many, and each takes a stack of its own.
_MOST_NESTED = 500
_LAZY = (IteratorV, GeneratorV, Instance)


def is_lazy(value: Value) -> bool:
    """Whether items are computed or used up as they are taken."""
    return isinstance(value, _LAZY)


def _is_tuple(value: Instance) -> bool:
    """Whether this is a named tuple that iterates as tuples do."""
    return value.cls.kind == "namedtuple" and find(value.cls, "__iter__") is None


def start(interp: Interpreter, value: Value, site: Site) -> Value | None:
    """``iter(value)``; None if unknown."""
    if isinstance(value, (IteratorV, GeneratorV)):
        return value
    if isinstance(value, Instance) and not isinstance(value, DictObject) and not _is_tuple(value):
        return _of_instance(interp, value, site)
    if isinstance(value, ListV) and not value.open:
        return IteratorV(interp.heap, [], value)
    known = interp.iterate(value, site)
    return None if known is None else IteratorV(interp.heap, known)


def _of_instance(interp: Interpreter, value: Instance, site: Site) -> Value | None:
    """By its own ``__iter__``, or by ``__getitem__`` from 0 on."""
    method = find(value.cls, "__iter__")
    if method is not None:
        made = interp.call(BoundMethod(value, method[1]), [], {}, site)
        if isinstance(made, (IteratorV, GeneratorV)):
            return made
        own = isinstance(made, Instance) and find(made.cls, "__next__") is not None
        return made if own else None
    if find(value.cls, "__getitem__") is not None and value.layer is None:
        return GeneratorV(interp.heap, _by_index(interp, value, site), most=_MAX_ITEMS)
    return None


def _by_index(interp: Interpreter, value: Instance, site: Site) -> Items:
    index = 0
    while True:
        try:
            item = interp.item(value, index, site)
        except Raised as raised:
            if covers(External("IndexError"), raised.exception) is True:
                return None
            raise
        yield item
        index += 1


def pull(interp: Interpreter, iterator: Value, site: Site) -> Value | Missing:
    """``next(iterator)``."""
    if isinstance(iterator, IteratorV):
        if iterator.open or (iterator.source is not None and iterator.source.open):
            return UNSURE
        if iterator.position >= len(iterator.items):
            return END
        interp.heap.touch(iterator)
        iterator.position += 1
        return iterator.items[iterator.position - 1]
    if isinstance(iterator, GeneratorV):
        return resume(interp, iterator, lambda: next(iterator.body))
    if isinstance(iterator, Instance):
        return _by_next(interp, iterator, site)
    return UNSURE


def _by_next(interp: Interpreter, iterator: Instance, site: Site) -> Value | Missing:
    method = find(iterator.cls, "__next__")
    if method is None:
        return UNSURE
    try:
        return interp.call(BoundMethod(iterator, method[1]), [], {}, site)
    except Raised as raised:
        if is_stop(raised.exception):
            return END
        raise


def is_stop(exception: Value) -> bool:
    """Whether it is certainly a StopIteration."""
    return covers(External("StopIteration"), exception) is True


def resume(
    interp: Interpreter, generator: GeneratorV, go_on: Callable[[], Value]
) -> Value | Missing:
    """Let a generator run to its next item."""
    if generator.lost:
        return UNSURE
    if generator.finished:
        return END
    if generator.running:
        raise interp.raised("ValueError", "generator already executing")
    interp.heap.touch(generator)
    generator.position += 1
    if interp.resumed >= _MOST_NESTED:
        generator.lost = True
        return UNSURE
    supposed = interp.supposed
    try:
        with aside.resumed(interp, generator):
            item = go_on()
        generator.supposed = generator.supposed or interp.supposed != supposed
        return item
    except StopIteration as done:
        generator.finished, generator.result = True, done.value
        return UNSURE if generator.lost else END
    except Unfollowed:
        generator.lost = True
        return UNSURE
    except Raised as raised:
        generator.finished = True
        if isinstance(generator.around, aside.Suspension) and is_stop(raised.exception):
            raise interp.raised("RuntimeError", "generator raised StopIteration") from raised
        raise


def send(interp: Interpreter, iterator: Value, value: Value, site: Site) -> Value | Missing:
    """``generator.send(value)``."""
    if value is None or not isinstance(iterator, GeneratorV):
        return pull(interp, iterator, site)
    if iterator.position == 0:
        raise interp.raised("TypeError", "can't send to a generator that has just started")
    return resume(interp, iterator, lambda: iterator.body.send(value))


def throw(interp: Interpreter, iterator: Value, raised: Raised) -> Value | Missing:
    """``generator.throw(exception)``."""
    if not isinstance(iterator, GeneratorV) or iterator.finished:
        raise raised
    return resume(interp, iterator, lambda: iterator.body.throw(raised))


def passed_over(interp: Interpreter) -> Value:
    """A ``yield`` at which the running generator cannot be suspended."""
    generator = interp.frame.generator
    if generator is not None:
        generator.lost = True
        generator.position += 1
        if generator.position > generator.most:
            raise Unfollowed
    return interp.unknown("what is sent to a generator")


def left(iterator: Value) -> list[Value] | None:
    """The items that are left, without taking them; None if they cannot be known otherwise."""
    if not isinstance(iterator, IteratorV) or iterator.open:
        return None
    changed = iterator.source is not None and iterator.source.open
    return None if changed else iterator.items[iterator.position :]


def rest(interp: Interpreter, iterator: Value, site: Site) -> list[Value] | None:
    """All items that are left; None if they are not all known."""
    if isinstance(iterator, IteratorV):
        items = left(iterator)
        if items is not None:
            interp.heap.touch(iterator)
            iterator.position = len(iterator.items)
        return items
    found: list[Value] = []
    for item in _pulled(interp, iterator, site):
        if item is UNSURE:
            return None
        found.append(item)
    return found


def _pulled(interp: Interpreter, iterator: Value, site: Site) -> Iterator[Value | Missing]:
    for _ in range(iterator.most if isinstance(iterator, GeneratorV) else _MAX_ITEMS):
        item = pull(interp, iterator, site)
        if item is END:
            return
        yield item
        if item is UNSURE:
            return
        if isinstance(iterator, GeneratorV) and iterator.supposed:
            break
    if isinstance(iterator, (IteratorV, GeneratorV)):
        iterator.forget(interp.heap)
    yield UNSURE


def walk(interp: Interpreter, value: Value, site: Site) -> Iterator[Value | Missing]:
    """The items as a loop gets them, each when its round begins; UNSURE at the end if there may be more."""
    if isinstance(value, ListV):
        yield from _along(interp, value)
    elif isinstance(value, (DictV, SetV, ViewV)):
        yield from _unchanged(interp, value, site)
    elif isinstance(value, range) and value[limits.MAX_LENGTH :]:
        yield from value
    elif is_lazy(value):
        iterator = start(interp, value, site)
        if iterator is None:
            yield UNSURE
        elif isinstance(iterator, IteratorV):
            interp.charge(len(iterator.items) - iterator.position)
            while (item := pull(interp, iterator, site)) is not END:
                yield item
                if item is UNSURE:
                    return
        else:
            yield from _pulled(interp, iterator, site)
    else:
        items = interp.iterate(value, site)
        yield from [UNSURE] if items is None else items


def walk_on(interp: Interpreter, value: Value, site: Site) -> Iterator[Value | Missing]:
    """The same where a generator was asked for an item: there is one more as long as it needs it."""
    count = 0
    for item in walk(interp, value, site):
        if item is UNSURE:
            break
        yield item
        count += 1
    else:
        return
    for place in itertools.count(count):
        interp.supposed += 1
        yield _nth_of_range(value, place, interp.any_item(value))


def _nth_of_range(value: Value, count: int, otherwise: Value) -> Value:
    """An item of a range of which only the end is not known."""
    term = value.term if isinstance(value, UnknownV) else None
    if not isinstance(term, tuple) or term[:2] != ("call", ("name", "range")):
        return otherwise
    start, step = {3: (0, 1), 4: (term[2], 1), 5: (term[2], term[-1])}.get(len(term), (None, None))
    known = type(start) is int and type(step) is int
    return start + count * step if known else otherwise


def _along(interp: Interpreter, value: ListV) -> Iterator[Value | Missing]:
    """The items of a list, which may grow and shrink meanwhile."""
    if value.open:
        yield UNSURE
        return
    interp.charge(len(value.items))
    position = 0
    while position < len(value.items):
        yield value.items[position]
        position += 1


def _unchanged(
    interp: Interpreter, value: DictV | SetV | ViewV, site: Site
) -> Iterator[Value | Missing]:
    """The items of a dict or set, which must keep its size."""
    items = interp.iterate(value, site)
    if items is None:
        yield UNSURE
        return
    for item in items:
        yield item
        if not value.open and len(value.items) != len(items):
            raise interp.raised("RuntimeError", "changed size during iteration")

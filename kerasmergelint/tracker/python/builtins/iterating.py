"""Builtins that iterate over their arguments: ``zip``, ``map``, ``next`` and the like.

Items are taken from an iterator when they are asked for, as in Python.  Over lists and the like,
which are not used up, ``zip`` and ``enumerate`` are computed at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.dataclass import replace
from kerasmergelint.tracker.machine.interpreter import Interpreter, Method, Native
from kerasmergelint.tracker.python import conditions, iterators, own_exceptions, special
from kerasmergelint.tracker.python.exceptions import as_exception
from kerasmergelint.tracker.python.iterators import END, UNSURE, Missing
from kerasmergelint.tracker.values.containers import FILLED, GeneratorV, Items, IteratorV, ListV
from kerasmergelint.tracker.values.exceptions import ExceptionV, Raised
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.signals import Unfollowed
from kerasmergelint.tracker.values.training import DatasetV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value

# -- one item after the other ---------------------------------------------------------------


def each(interp: Interpreter, iterator: Value, site: Site) -> Iterator[Value]:
    """The items of an iterator, each taken when it is needed."""
    while (item := iterators.pull(interp, iterator, site)) is not END:
        if item is UNSURE:
            raise Unfollowed
        yield item


def started(interp: Interpreter, args: Args, site: Site) -> list[Value] | None:
    """An iterator over each argument; None if one is unknown."""
    found = [iterators.start(interp, argument, site) for argument in args]
    return None if None in found else found


# -- zip, enumerate, map, filter ------------------------------------------------------------


def _zip(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    strict = keywords.get("strict", False) is not False
    if args and all(isinstance(argument, DatasetV) for argument in args):
        return DatasetV(tuple(a.element for a in args if isinstance(a, DatasetV)), "zip")
    if strict or any(map(iterators.is_lazy, args)):
        columns = [iterators.start(interp, argument, site) for argument in args]
        if None not in columns:
            left = [iterators.left(column) for column in columns]
            if not strict and None not in left:
                interp.semantics.observers.zipped(interp, [items or [] for items in left], site)
            return GeneratorV(interp.heap, _rows(interp, columns, site, strict=strict))
        known = [None if column is None else interp.iterate(column, site) for column in columns]
    else:
        known = [interp.iterate(argument, site) for argument in args]
    if None in known:
        filled = _zip_of_filled(interp, args, known)
        return _zip_of_unknown(interp, known) if filled is None else filled
    items = [column or [] for column in known]
    interp.semantics.observers.zipped(interp, items, site)
    return IteratorV(interp.heap, list(zip(*items)))


def _zip_of_filled(
    interp: Interpreter, args: Args, known: list[list[Value] | None]
) -> Value | None:
    """The rows of lists that loops filled: each of what all items of a list are; None for other columns."""
    columns = [column for column in known if column is not None]
    if columns or not any(isinstance(a, ListV) and a.reason == FILLED for a in args):
        return None
    made = ListV(interp.heap, [tuple(interp.any_item(argument) for argument in args)])
    made.open, made.reason = True, FILLED
    return made


def _zip_of_unknown(interp: Interpreter, columns: list[list[Value] | None]) -> Value:
    """Unknown columns are taken to be as long as the known ones: the usual case, and a decision."""
    lengths = [len(column) for column in columns if column is not None]
    if lengths and min(lengths) == 0:
        return IteratorV(interp.heap, [])
    if not lengths or interp.all_paths or not interp.decide(interp.opaque_term(), prefer=True):
        return interp.unknown("zip of something unknown")
    reason = "an item of something unknown that is zipped"
    full = [
        [interp.unknown(reason) for _ in range(min(lengths))] if column is None else column
        for column in columns
    ]
    return IteratorV(interp.heap, list(zip(*full)))


def _rows(interp: Interpreter, columns: list[Value], site: Site, *, strict: bool) -> Items:
    """The rows of ``zip``, taken from one column after the other."""
    while columns:
        row: list[Value] = []
        for index, column in enumerate(columns):
            item = iterators.pull(interp, column, site)
            if item is UNSURE:
                raise Unfollowed
            if item is END:
                if strict and (index or _any_left(interp, columns[1:], site)):
                    raise interp.raised("ValueError", "zip() arguments differ in length")
                return None
            row.append(item)
        yield tuple(row)
    return None


def _any_left(interp: Interpreter, columns: list[Value], site: Site) -> bool:
    return any(iterators.pull(interp, column, site) is not END for column in columns)


def _enumerate(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    source = args[0] if args else keywords.get("iterable")
    start = args[1] if len(args) > 1 else keywords.get("start", keywords.get(REST, 0))
    if isinstance(source, DatasetV):
        number = interp.unknown("the number of a step")
        return replace(source, element=(number, source.element), iterator="enumerate")
    if iterators.is_lazy(source) and isinstance(start, int):
        source = iterators.start(interp, source, site)
        if source is not None:
            return GeneratorV(interp.heap, _numbered(interp, source, start, site))
    items = interp.iterate(source, site)
    if items is None or not isinstance(start, int):
        return interp.unknown("enumerate of something unknown")
    return IteratorV(interp.heap, list(enumerate(items, start)))


def _numbered(interp: Interpreter, source: Value, start: int, site: Site) -> Items:
    yield from enumerate(each(interp, source, site), start)
    return None


def _map(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    columns = started(interp, args[1:], site)
    if not columns:
        return interp.unknown("map over something unknown")
    return GeneratorV(interp.heap, _mapped(interp, args[0], columns, site))


def _mapped(interp: Interpreter, function: Value, columns: list[Value], site: Site) -> Items:
    rows = GeneratorV(interp.heap, _rows(interp, columns, site, strict=False))
    for row in each(interp, rows, site):
        assert isinstance(row, tuple)
        yield interp.call(function, list(row), {}, site)
    return None


def _filter(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    source = iterators.start(interp, args[1], site) if len(args) > 1 else None
    if source is None:
        return interp.unknown("filter of something unknown")
    return GeneratorV(interp.heap, _kept(interp, args[0], source, site))


def _kept(interp: Interpreter, function: Value, source: Value, site: Site) -> Items:
    """The items for which the function is true; if it is None, those that are true themselves."""
    for item in each(interp, source, site):
        test = item if function is None else interp.call(function, [item], {}, site)
        if interp.truth(test) is None and interp.both_ways(test):
            raise Unfollowed
        if interp.ask(test, site):
            yield item
    return None


def _reversed(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = args[0] if args else None
    own = special.call(interp, value, "__reversed__", [], site)
    if own != special.NOT_IMPLEMENTED:
        return own
    items = interp.iterate(value, site)
    if items is None:
        return interp.unknown("an unknown sequence")
    return IteratorV(interp.heap, items[::-1])


def _quantifier(stop_at: bool) -> Native:
    """``all`` and ``any``, which stop as soon as they can."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        unsure = False
        for item in iterators.walk(interp, args[0] if args else None, site):
            known = None if item is UNSURE else interp.truth(item)
            if known is stop_at:
                return stop_at
            unsure = unsure or known is None
        return interp.unknown("a test of something unknown") if unsure else not stop_at

    return native


# -- iter, next, and the methods of generators ----------------------------------------------


def _iter(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) == 2:
        return GeneratorV(interp.heap, _until(interp, args[0], args[1], site))
    if args and isinstance(args[0], DatasetV):
        return replace(args[0], started=True)
    made = iterators.start(interp, args[0] if args else None, site)
    return made if made is not None else interp.unknown("an iterator over something unknown")


def _until(interp: Interpreter, function: Value, sentinel: Value, site: Site) -> Items:
    """``iter(function, sentinel)``."""
    while True:
        item = interp.call(function, [], {}, site)
        over = interp.truth(conditions.compare(interp, "==", item, sentinel, site))
        if over is None:
            raise Unfollowed
        if over:
            return None
        yield item


def _next(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    source = args[0] if args else None
    if isinstance(source, DatasetV):
        if source.is_plain:
            raise own_exceptions.not_started(interp, site)
        return source.first(interp.heap)
    item = iterators.pull(interp, source, site)
    if item is END and len(args) > 1:
        return args[1]
    if item is END and isinstance(source, IteratorV):
        raise own_exceptions.used_up(interp, "StopIteration", (), site)
    return _found(interp, source, item)


def _found(interp: Interpreter, source: Value, item: Value | Missing) -> Value:
    """The item, or StopIteration if there is none."""
    if item is UNSURE:
        return interp.unknown("the next item of something unknown")
    if item is END:
        result = source.result if isinstance(source, GeneratorV) else None
        raise Raised(ExceptionV("StopIteration", () if result is None else (result,)))
    return item


def _send(interp: Interpreter, source: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    item = iterators.send(interp, source, args[0] if args else None, site)
    return _found(interp, source, item)


def _throw(interp: Interpreter, source: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    raised = Raised(as_exception(interp, args[0] if args else None, site))
    return _found(interp, source, iterators.throw(interp, source, raised))


def _close(interp: Interpreter, source: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    if not isinstance(source, GeneratorV) or source.finished:
        return None
    leaving = Raised(ExceptionV("GeneratorExit", ()))
    try:
        item = iterators.throw(interp, source, leaving)
    except Raised as raised:
        if raised.exception is not leaving.exception:
            raise
        return None
    if not isinstance(item, Missing):
        raise interp.raised("RuntimeError", "generator ignored GeneratorExit")
    return None


ITERATOR_METHODS: dict[str, Method] = {
    "__next__": lambda interp, made, args, keywords, site: _next(interp, [made], {}, site),
    "next": lambda interp, made, args, keywords, site: _next(interp, [made], {}, site),
    "__iter__": lambda interp, made, args, keywords, site: made,
    "send": _send, "throw": _throw, "close": _close,
}  # fmt: skip

FUNCTIONS: dict[str, Native] = {
    "zip": _zip, "enumerate": _enumerate, "map": _map, "filter": _filter, "reversed": _reversed,
    "iter": _iter, "next": _next,
    "all": _quantifier(stop_at=False), "any": _quantifier(stop_at=True),
}  # fmt: skip

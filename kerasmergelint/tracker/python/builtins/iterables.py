"""The builtins that make containers and iterators, or go through them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from kerasmergelint.shapes import Expr, maximum
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import arithmetic, distinct, iteration
from kerasmergelint.tracker.python.builtins.sorting import sort
from kerasmergelint.tracker.python.keys import dict_key
from kerasmergelint.tracker.values.constants import as_dim, from_dim, to_term
from kerasmergelint.tracker.values.containers import DictV, GeneratorV, IteratorV, ListV, SetV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value, all_are


def make_list(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> ListV:
    """``list(iterable)``"""
    made = ListV(interp.heap, [])
    if args:
        items = interp.iterate(args[0], site)
        if items is None:
            made.open, made.reason = True, "a list of something unknown"
        else:
            made.items.extend(items)
    return made


def _tuple(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if not args:
        return ()
    items = interp.iterate(args[0], site)
    if items is not None:
        return tuple(items)
    term = to_term(args[0])
    return interp.unknown(
        "a tuple of something unknown", None if term is None else make("tuple", term)
    )


def _set(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    made = SetV(interp.heap, [])
    items = interp.iterate(args[0], site) if args else []
    made.open = items is None
    distinct.add(interp, made, items or [])
    return made


def make_dict(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> DictV:
    """``dict(pairs, **more)``"""
    made = DictV(interp.heap, {})
    if args and isinstance(args[0], DictV):
        made.items.update(args[0].items)
        made.open, made.reason = args[0].open, args[0].reason
    elif args:
        for pair in interp.iterate(args[0], site) or [None]:
            items = None if pair is None else interp.iterate(pair, site)
            key = dict_key(items[0]) if items is not None and len(items) == 2 else None
            if key is None or items is None:
                made.open = True
            else:
                made.items[key[0]] = items[1]
    for name, value in keywords.items():
        if name is REST:
            made.open, made.reason = True, "updated by unknown keywords"
        else:
            made.items[name] = value
    return made


def _range(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if args and all_are(args, int):
        try:
            return range(*args)
        except (TypeError, ValueError):
            raise interp.raised("TypeError") from None
    if any(isinstance(argument, (float, str)) or argument is None for argument in args):
        raise interp.raised("TypeError", "an integer is required")
    return interp.unknown("a range with unknown ends")


def _iterator(interp: Interpreter, items: list[Value] | None, reason: str) -> Value:
    return interp.unknown(reason) if items is None else IteratorV(interp.heap, items)


def _zip(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    columns = [interp.iterate(argument, site) for argument in args]
    if any(column is None for column in columns):
        known = [column for column in columns if column is not None]
        if known and min(len(column) for column in known) == 0:
            return IteratorV(interp.heap, [])
        if not known or not interp.path.decide(interp.opaque_term(), prefer=True):
            return interp.unknown("zip of something unknown")
        columns = _as_long_as(interp, columns, min(len(column) for column in known))
    elif "strict" not in keywords:
        interp.semantics.observers.zipped(interp, [c or [] for c in columns], site)
    return IteratorV(interp.heap, [tuple(row) for row in zip(*[c or [] for c in columns])])


def _as_long_as(
    interp: Interpreter, columns: list[list[Value] | None], length: int
) -> list[list[Value] | None]:
    """Unknown columns taken to be as long as the known ones: the usual case, and a decision."""
    reason = "an item of something unknown that is zipped"
    return [
        [interp.unknown(reason) for _ in range(length)] if column is None else column
        for column in columns
    ]


def _enumerate(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[0] if args else None, site)
    start = args[1] if len(args) > 1 else keywords.get("start", 0)
    if items is None or not isinstance(start, int):
        return interp.unknown("enumerate of something unknown")
    return IteratorV(interp.heap, list(enumerate(items, start)))


def _reversed(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[0] if args else None, site)
    return _iterator(interp, None if items is None else items[::-1], "an unknown sequence")


def _map(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    columns = [interp.iterate(argument, site) for argument in args[1:]]
    if not columns or any(column is None for column in columns):
        return interp.unknown("map over something unknown")
    function = args[0]
    rows = [list(row) for row in zip(*[c or [] for c in columns])]

    def start() -> list[Value]:
        return [interp.call(function, row, {}, site) for row in rows]

    return GeneratorV(interp.heap, start)


def _filter(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[1], site) if len(args) > 1 else None
    if items is None:
        return interp.unknown("filter of something unknown")
    kept = []
    for item in items:
        test = item if args[0] is None else interp.call(args[0], [item], {}, site)
        if interp.ask(test, site):
            kept.append(item)
    return IteratorV(interp.heap, kept)


def _iter(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    made = iteration.iterator(interp, (args[0] if args else None), site)
    return made if made is not None else interp.unknown("an iterator over something unknown")


def _extreme(pick: Callable[..., Any], symbolic: Any) -> Any:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        items = interp.iterate(args[0], site) if len(args) == 1 else list(args)
        if not items:
            if items is not None and "default" in keywords:
                return keywords["default"]
            return interp.unknown("the extreme of something unknown")
        ordered = sort(interp, items, {k: v for k, v in keywords.items() if k == "key"}, site)
        if ordered is not None:
            key = keywords.get("key")
            keys = [i if key is None else interp.call(key, [i], {}, site) for i in items]
            best = pick(range(len(items)), key=keys.__getitem__)
            return items[best]
        dims = [as_dim(item) for item in items]
        if symbolic is not None and all(isinstance(dim, (int, Expr)) for dim in dims):
            return from_dim(functools.reduce(symbolic, dims))
        return interp.unknown("the extreme of something unknown")

    return native


def _sum(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[0] if args else None, site)
    if items is None:
        return interp.unknown("the sum of something unknown")
    value = args[1] if len(args) > 1 else keywords.get("start", 0)
    for item in items:
        value = arithmetic.binary(interp, "+", value, item, site)
    return value


def _quantifier(stop_at: bool) -> Any:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        items = interp.iterate(args[0] if args else None, site)
        if items is None:
            return interp.unknown("a test of something unknown")
        unsure: Value = None
        for item in items:
            known = interp.truth(item)
            if known is stop_at:
                return stop_at
            if known is None and unsure is None:
                unsure = item
        if unsure is None:
            return not stop_at
        return interp.unknown("a test of something unknown")

    return native


FUNCTIONS: dict[str, Native] = {
    "list": make_list, "tuple": _tuple, "set": _set, "frozenset": _set, "dict": make_dict,
    "range": _range, "xrange": _range, "zip": _zip, "enumerate": _enumerate,
    "reversed": _reversed, "map": _map, "filter": _filter, "iter": _iter,
    "next": iteration.next_item, "sum": _sum,
    "max": _extreme(max, maximum), "min": _extreme(min, None),
    "all": _quantifier(stop_at=False), "any": _quantifier(stop_at=True),
}  # fmt: skip

"""``sorted``, ``list.sort``, ``min`` and ``max``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from kerasmergelint.shapes import Dim, Expr, maximum
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.arithmetic import number_of
from kerasmergelint.tracker.python.conditions import compare
from kerasmergelint.tracker.values.constants import as_dim, from_dim, is_constant, is_number
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value


class _NotKnown(Exception):
    """It is unknown which of two values comes first."""


def _keys(interp: Interpreter, items: list[Value], keywords: Keywords, site: Site) -> list[Value]:
    if REST in keywords:
        return [interp.unknown("the key of a sorting") for _ in items]
    function = keywords.get("key")
    return [item if function is None else interp.call(function, [item], {}, site) for item in items]


def _goes_before(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> bool:
    answer = interp.truth(compare(interp, operator, left, right, site))
    if answer is None:
        raise _NotKnown
    return answer


# -- sorting --------------------------------------------------------------------------------


class _Key:
    """Wraps a value so that Python's own sort can compare it."""

    def __init__(self, interp: Interpreter, value: Value, site: Site) -> None:
        self._interp, self._value, self._site = interp, value, site

    def __lt__(self, other: _Key) -> bool:
        return _goes_before(self._interp, "<", self._value, other._value, self._site)


def sort(
    interp: Interpreter, items: list[Value], keywords: Keywords, site: Site
) -> list[Value] | None:
    """The items in order; None if the order is not known."""
    keys = _keys(interp, items, keywords, site)
    reverse = keywords.get("reverse", False)
    if not isinstance(reverse, (bool, int)):
        return None
    plain = all(map(is_constant, keys))
    comparable: list[Any] = keys if plain else [_Key(interp, key, site) for key in keys]
    try:
        order = sorted(range(len(items)), key=comparable.__getitem__, reverse=bool(reverse))
    except TypeError:
        raise interp.raised("TypeError", "values that have no order") from None
    except _NotKnown:
        return None
    return [items[index] for index in order]


def _sorted(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[0] if args else None, site)
    made = ListV(interp.heap, [])
    ordered = None if items is None else sort(interp, items, keywords, site)
    if ordered is None:
        made.open, made.reason = True, "sorted in an unknown order"
    else:
        made.items.extend(ordered)
    return made


# -- the first and the last -----------------------------------------------------------------


def _extreme(
    operator: str, pick: Callable[..., int], symbolic: Callable[[Dim, Dim], Dim] | None
) -> Any:
    """``min`` or ``max``; the maximum of symbolic sizes is an expression."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        items = interp.iterate(args[0], site) if len(args) == 1 else list(args)
        unknown = interp.unknown("the extreme of something unknown")
        if items is None or REST in keywords:
            return unknown
        if not items:
            if "default" in keywords:
                return keywords["default"]
            raise interp.raised("ValueError", "the extreme of nothing")
        keys = _keys(interp, items, keywords, site)
        try:
            if all(map(is_constant, keys)):
                return items[pick(range(len(items)), key=keys.__getitem__)]
            dims = [as_dim(item) for item in items]
            if (
                symbolic is not None
                and "key" not in keywords
                and all(isinstance(dim, (int, Expr)) for dim in dims)
            ):
                return from_dim(functools.reduce(symbolic, dims))
            return items[_first(interp, operator, keys, site)]
        except TypeError:
            raise interp.raised("TypeError", "values that have no order") from None
        except _NotKnown:
            numbers = not keywords and all(map(is_number, items))
            return number_of(interp, pick.__name__, items) if numbers else unknown

    return native


def _first(interp: Interpreter, operator: str, keys: list[Value], site: Site) -> int:
    best = 0
    for index in range(1, len(keys)):
        if _goes_before(interp, operator, keys[index], keys[best], site):
            best = index
    return best


FUNCTIONS: dict[str, Native] = {
    "sorted": _sorted, "max": _extreme(">", max, maximum), "min": _extreme("<", min, None),
}  # fmt: skip

"""Sorting by keys that are known."""

from __future__ import annotations

from typing import Any

from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import Args, Keywords, Value


def sort(
    interp: Interpreter, items: list[Value], keywords: Keywords, site: Site
) -> list[Value] | None:
    """The items in order; None if the order is not known."""
    function = keywords.get("key")
    keys: list[Any] = [
        item if function is None else interp.call(function, [item], {}, site) for item in items
    ]
    if not all(is_constant(key) for key in keys):
        return None
    reverse = keywords.get("reverse", False)
    if not isinstance(reverse, (bool, int)):
        return None
    try:
        order = sorted(range(len(items)), key=keys.__getitem__, reverse=bool(reverse))
    except TypeError:
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


FUNCTIONS: dict[str, Native] = {"sorted": _sorted}

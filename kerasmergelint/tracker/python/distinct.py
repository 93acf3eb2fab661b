"""The items of sets: each once, in the order in which they came."""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import SetV
from kerasmergelint.tracker.values.value import Value


def add(interp: Interpreter, made: SetV, items: Sequence[Value]) -> None:
    """Add the items that are not in a set yet."""
    interp.charge(8 * len(made.items) + len(items))
    if len(items) > 1 and all(is_constant(item) for item in (*made.items, *items)):
        made.items = list(dict.fromkeys((*made.items, *items)))
        return
    for item in items:
        interp.charge(8 * len(made.items))
        if not any(item is o or (is_constant(item) and item == o) for o in made.items):
            made.items.append(item)

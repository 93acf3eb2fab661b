"""Plain values from a data file, as values of the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerasmergelint.tracker.library.formats.plain import UNCLEAR, Plain
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.value import Value

MakeDict = Callable[[dict[Any, Value]], Value]


def from_plain(interp: Interpreter, plain: Plain, make_dict: MakeDict | None = None) -> Value:
    """Convert lists and dicts to abstract ones; ``make_dict`` makes the dicts."""
    interp.step()
    if isinstance(plain, list):
        return ListV(interp.heap, [from_plain(interp, item, make_dict) for item in plain])
    if isinstance(plain, dict):
        items = {
            key: from_plain(interp, value, make_dict)
            for key, value in plain.items()
            if key is not UNCLEAR
        }
        made = DictV(interp.heap, items) if make_dict is None else make_dict(items)
        if UNCLEAR in plain and isinstance(made, DictV):
            made.open = True
        return made
    if plain is UNCLEAR or not is_constant(plain):
        return interp.unknown("a value in a file that is not understood")
    return plain

"""All builtin functions and types, by name."""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Native
from kerasmergelint.tracker.python import dict_objects
from kerasmergelint.tracker.python.builtins import (
    iterables,
    iterating,
    numbers,
    objects,
    ordering,
    program,
)

FUNCTIONS: dict[str, Native] = {
    **dict_objects.FUNCTIONS,
    **iterables.FUNCTIONS,
    **iterating.FUNCTIONS,
    **numbers.FUNCTIONS,
    **objects.FUNCTIONS,
    **ordering.FUNCTIONS,
    **program.FUNCTIONS,
}

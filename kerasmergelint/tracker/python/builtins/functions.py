"""All builtin functions and types, by name."""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Native
from kerasmergelint.tracker.python.builtins import (
    iterables,
    iterating,
    numbers,
    objects,
    ordering,
    program,
)

FUNCTIONS: dict[str, Native] = {
    **iterables.FUNCTIONS,
    **iterating.FUNCTIONS,
    **numbers.FUNCTIONS,
    **objects.FUNCTIONS,
    **ordering.FUNCTIONS,
    **program.FUNCTIONS,
}

"""Signals by which control leaves the ordinary flow."""

from __future__ import annotations

import enum

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.values.value import Value


class Jump(enum.Enum):
    """A statement that leaves a loop body."""

    BREAK = enum.auto()
    CONTINUE = enum.auto()


@dataclass(slots=True)
class Returned:
    """A function ends with a value."""

    value: Value


Signal = Returned | Jump | None


class OutOfBudget(Exception):
    """The run is out of steps or too deep; the path ends here, and nothing is concluded."""


class Unfollowed(Exception):
    """A generator yields where we cannot suspend it; its items are unknown from there on."""

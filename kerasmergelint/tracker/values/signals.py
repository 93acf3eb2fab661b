"""How control leaves the ordinary flow while abstract code runs."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerasmergelint.tracker.values.values import ExceptionV, Value


class Jump(enum.Enum):
    """A statement that leaves a loop body."""

    BREAK = enum.auto()
    CONTINUE = enum.auto()


@dataclass(slots=True)
class Returned:
    """A function ends with a value."""

    value: Value


Signal = Returned | Jump | None


class Raised(Exception):
    """The abstract program raises.

    ``certain`` is False where we only suppose so (nothing may be concluded from the end of the path).
    """

    def __init__(self, exception: ExceptionV) -> None:
        super().__init__(exception.type_name)
        self.exception = exception


class OutOfBudget(Exception):
    """The run used up its steps or its depth; the path ends here, and nothing is concluded."""

"""Bugs of ours that an analysis meets: it goes on after each, and tells of it once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.keras_api.protocol import Broken
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.signals import OutOfBudget, Unfollowed

# What the program raises, and what ends a run.
NO_BUGS: Final = (Raised, OutOfBudget, Unfollowed, Broken, MemoryError, RecursionError)

REASON: Final = "an internal error"
"""Why a value is unknown after a bug."""

_MOST_TOLD: Final = 8  # each keeps the frames that it arose in


@dataclass(slots=True)
class Bugs:
    """The bugs that were met, one for each place in our code; ``count`` is how often any was."""

    met: list[Exception] = field(default_factory=list)
    count: int = 0
    _places: set[tuple[object, ...]] = field(default_factory=set)

    def add(self, error: Exception) -> None:
        self.count += 1
        place = _place(error)
        if place not in self._places and len(self.met) < _MOST_TOLD:
            self._places.add(place)
            self.met.append(error)

    def add_all(self, other: Bugs) -> None:
        for error in other.met:
            self.add(error)

    @contextmanager
    def survived(self) -> Iterator[None]:
        """A bug within the block ends the block, and nothing else."""
        try:
            yield
        except NO_BUGS:
            raise
        except Exception as error:
            self.add(error)


def _place(error: Exception) -> tuple[object, ...]:
    """The type of an error, and the line that raised it."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    if traceback is None:
        return (type(error),)
    return type(error), traceback.tb_frame.f_code, traceback.tb_lineno

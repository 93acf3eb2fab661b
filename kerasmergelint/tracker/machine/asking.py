"""What a run needs to know of something unknown: for those who look for values of it.

A run that follows unknown values goes on without them.  Where it would need one, because it calls a
layer on it, counts with it or asks whether it is true, it says so to an :class:`Asker`, if there is one.
"""

from __future__ import annotations

import enum
from typing import Final, Protocol

from kerasmergelint.tracker.values.containers import DictV, IteratorV, ListV, SetV, ViewV
from kerasmergelint.tracker.values.signals import OutOfBudget
from kerasmergelint.tracker.values.value import UnknownV, Value

# How the reason ends why the result of a call that fails is not known.
FAILS: Final = " fails"


_CONTAINERS = (ListV, DictV, SetV, ViewV, IteratorV)


class Use(enum.Enum):
    """What something unknown is used for."""

    TENSOR = "a tensor"
    NUMBER = "a number, or another plain value that decides shapes"
    ITEMS = "a sequence, of which the items are needed"
    ANSWER = "the answer to a question"


class Restart(OutOfBudget):
    """The run has told what is wanted of it: it is to begin again, or to end."""


class Asker(Protocol):
    """Whoever wants to know; raises :class:`Restart` where the run shall not go on without a value."""

    def asked(self, value: Value, use: Use, by: object = None) -> None:
        """A value is needed that is not known; ``by`` is the layer, tensors, or name that it goes to."""

    def enters_rounds(self) -> None:
        """The rounds of a loop begin of which it is not known whether there are any."""

    def leaves_rounds(self) -> None:
        """They are over."""


def is_open(value: Value) -> bool:
    """Whether it is not known what comes when something is walked along; data has some rows."""
    return isinstance(value, UnknownV) or (isinstance(value, _CONTAINERS) and value.open)


def follows_failure(value: Value) -> bool:
    """Whether something is not known because a call failed that it comes from."""
    return isinstance(value, UnknownV) and value.reason.endswith(FAILS)

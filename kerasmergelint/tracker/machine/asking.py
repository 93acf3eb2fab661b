"""What a run needs to know about unknowns, for a search that looks for values of them.

A run goes on without the values of unknowns.  Where it would need one, because it calls a layer on
it, computes with it or tests its truth, it tells an :class:`Asker`, if there is one.
"""

from __future__ import annotations

import enum
from typing import Final, Protocol

from kerasmergelint.tracker.values.containers import DictV, IteratorV, ListV, SetV, ViewV
from kerasmergelint.tracker.values.signals import OutOfBudget
from kerasmergelint.tracker.values.value import UnknownV, Value

# The end of the reason why the result of a failing call is unknown.
FAILS: Final = " fails"


_CONTAINERS = (ListV, DictV, SetV, ViewV, IteratorV)


class Use(enum.Enum):
    """What an unknown is used for."""

    TENSOR = "a tensor"
    NUMBER = "a number, or another plain value that decides shapes"
    ITEMS = "a sequence, of which the items are needed"
    ANSWER = "the answer to a question"


class Restart(OutOfBudget):
    """The run has said what was wanted of it: it must begin again, or end."""


class Asker(Protocol):
    """Hears of each use; raises :class:`Restart` if the run must not go on without a value.

    ``leads``: the run is led to a failure, and may leave out what does not lead there.
    """

    leads: bool

    def asked(self, value: Value, use: Use, by: object = None) -> None:
        """The value of an unknown is needed; ``by`` is the layer, tensors or name that it goes to."""

    def goes_in(self, value: Value, declared: Value) -> None:
        """An unknown goes into a model, for one of its declared inputs."""

    def enters_rounds(self) -> None:
        """The rounds of a loop begin of which it is not known whether there are any."""

    def leaves_rounds(self) -> None:
        """They are over."""


def is_led(asker: Asker | None) -> bool:
    """Whether somebody leads the run to a failure."""
    return asker is not None and asker.leads


def is_open(value: Value) -> bool:
    """Whether it is not known what comes when something is walked along; data has some rows."""
    return isinstance(value, UnknownV) or (isinstance(value, _CONTAINERS) and value.open)


def follows_failure(value: Value) -> bool:
    """Whether something is unknown because a call that it comes from failed."""
    return isinstance(value, UnknownV) and value.reason.endswith(FAILS)

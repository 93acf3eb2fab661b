"""All paths at once: what a run keeps that follows both branches of what it cannot decide.

A region is what a statement can leave: a function, a loop, one round of it.  Where only one branch of
an undecided condition leaves, the run goes on with the other, and the region remembers the state in
which it was left; at its end, all of these states are joined.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any

from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.paths import Path
from kerasmergelint.tracker.values.heap import HeapObject, Mark
from kerasmergelint.tracker.values.signals import Jump, OutOfBudget, Signal
from kerasmergelint.tracker.values.value import Value


class Kind(enum.Enum):
    """What can be left."""

    FUNCTION = enum.auto()
    LOOP = enum.auto()
    ROUND = enum.auto()


class CannotJoin(OutOfBudget):
    """Two states differ in something of which there is no join: the run ends, and nothing is concluded."""


@dataclass(frozen=True, slots=True)
class Loose:
    """What of a run's state is no object on the heap."""

    path: Path
    names: dict[str, int]
    image_data_format: Value
    dtype_policy: Value


# What objects hold, by their serials.
Contents = dict[int, tuple[HeapObject, Any]]


@dataclass(frozen=True, slots=True)
class Left:
    """A state in which a region was left.

    ``contents`` is what everything held that was touched within the region by then.  Of what was born
    after ``births``, only what is listed there belongs to this state, and to no other.
    """

    signal: Signal
    contents: Contents
    births: int
    loose: Loose


@dataclass(slots=True)
class Region:
    """A function, loop or round in progress in a frame, with the states in which it was left early."""

    kind: Kind
    frame: Frame
    mark: Mark
    lefts: list[Left] = field(default_factory=list)


_LEFT_BY = {Jump.BREAK: Kind.LOOP, Jump.CONTINUE: Kind.ROUND}


@dataclass(slots=True)
class AllPaths:
    """The regions in progress, outermost first."""

    regions: list[Region] = field(default_factory=list)

    def left_by(self, signal: Signal, frame: Frame) -> Region:
        """The innermost region of a frame that a signal leaves; a generator, which may stop, has none."""
        kind = _LEFT_BY[signal] if isinstance(signal, Jump) else Kind.FUNCTION
        for region in reversed(self.regions):
            if region.kind is kind and region.frame is frame:
                return region
        raise CannotJoin

"""All paths at once: the bookkeeping of a run that follows both branches of what it cannot decide.

A region is what a statement can leave: a function, a loop, one round of a loop.  If only one branch
of an undecided condition leaves it, the run goes on with the other, and the region remembers the
state in which it was left; at its end all these states are joined.
"""

from __future__ import annotations

import enum

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.paths import Path
from kerasmergelint.tracker.values.heap import Change, Mark
from kerasmergelint.tracker.values.signals import Jump, OutOfBudget, Signal
from kerasmergelint.tracker.values.value import Value


class Kind(enum.Enum):
    """What kind of region it is."""

    FUNCTION = enum.auto()
    LOOP = enum.auto()
    ROUND = enum.auto()


class CannotJoin(OutOfBudget):
    """Two states differ in something that has no join: the run ends, and nothing is concluded."""


@dataclass(frozen=True, slots=True)
class Loose:
    """The part of a run's state that is not on the heap."""

    path: Path
    names: dict[str, int]
    image_data_format: Value
    dtype_policy: Value


# The contents of objects, by serial.
Contents = dict[int, Change]


@dataclass(frozen=True, slots=True)
class Left:
    """A state in which a region was left.

    ``contents`` is what the objects held that the region had touched by then.  Of objects born
    after ``births``, only those listed there belong to this state, and to no other.
    """

    signal: Signal
    contents: Contents
    births: int
    loose: Loose


@dataclass(slots=True)
class Region:
    """A function, loop or round in progress, with the states in which it was left early."""

    kind: Kind
    frame: Frame
    mark: Mark
    lefts: list[Left] = field(default_factory=list)


_LEFT_BY = {Jump.BREAK: Kind.LOOP, Jump.CONTINUE: Kind.ROUND}


@dataclass(slots=True)
class AllPaths:
    """The regions in progress, outermost first; in how many branches of undecided conditions they are."""

    regions: list[Region] = field(default_factory=list)
    branches: int = 0

    @property
    def is_common(self) -> bool:
        """Whether this happens on every path that has not ended: in no branch, after no return."""
        return not self.branches and not any(region.lefts for region in self.regions)

    @property
    def choices(self) -> int:
        """How many conditions were not decided that lead here."""
        return self.branches + sum(bool(region.lefts) for region in self.regions)

    def left_by(self, signal: Signal, frame: Frame) -> Region:
        """The innermost region of a frame that a signal leaves; a generator, which may stop, has none."""
        kind = _LEFT_BY[signal] if isinstance(signal, Jump) else Kind.FUNCTION
        for region in reversed(self.regions):
            if region.kind is kind and region.frame is frame:
                return region
        raise CannotJoin

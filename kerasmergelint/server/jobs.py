"""Jobs for the thread that analyses, and their results."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.server.task import Task
from kerasmergelint.tracker.machine.stopping import Stop

if TYPE_CHECKING:  # not loaded before the client has its first answer
    from kerasmergelint.server.snapshot import Snapshot


class Stage(enum.Enum):
    """What to find out, in this order: findings and shapes, repairs, and a verdict on every merge.

    Early findings come from an analysis that leaves out what an edit can hardly have changed.
    """

    EARLY = 0
    FINDINGS = 1
    REPAIRS = 2
    VERDICTS = 3


@dataclass(slots=True)
class Job:
    """An analysis that is due.

    ``snapshot`` is what a later stage adds to, or what was known of the program before an edit.
    """

    key: str
    task: Task
    stage: Stage
    due: float
    snapshot: Snapshot | None = None
    stop: Stop = field(default_factory=Stop)

    @property
    def is_later(self) -> bool:
        """Whether it makes way for anybody's findings."""
        return self.stage in (Stage.REPAIRS, Stage.VERDICTS)


@dataclass(frozen=True, slots=True)
class Done:
    """The result of a job: no snapshot if the text cannot be read.

    An early answer also has the findings ``kept`` from the snapshot before.
    """

    key: str
    task: Task
    stage: Stage
    snapshot: Snapshot | None
    kept: Snapshot | None = None

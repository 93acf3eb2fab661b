"""One thread that analyses: the latest text of what was edited last comes first."""

from __future__ import annotations

import enum
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import field

from kerasmergelint.dataclass import dataclass
from kerasmergelint.server.analysis import Task, judge, snapshot_of
from kerasmergelint.server.snapshot import Snapshot
from kerasmergelint.tracker.machine.stopping import Stop, Stopped

_LOG = logging.getLogger(__name__)

# Whoever types fast is waited for, the longer the longer an analysis takes.
_SHORTEST_PAUSE = 0.01
_LONGEST_PAUSE = 0.3
_SHARE = 0.2
# Verdicts take several times as long, and are for whoever has stopped typing.
_PAUSE_BEFORE_VERDICTS = 1.0


class Stage(enum.Enum):
    """What to find out: findings and shapes, or a verdict on every merge, too."""

    FINDINGS = enum.auto()
    VERDICTS = enum.auto()


@dataclass(slots=True)
class Job:
    """An analysis that is due; ``snapshot`` is what verdicts are added to."""

    key: str
    task: Task
    stage: Stage
    due: float
    snapshot: Snapshot | None = None
    stop: Stop = field(default_factory=Stop)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job: no snapshot if the text cannot be read."""

    key: str
    stage: Stage
    snapshot: Snapshot | None
    seconds: float


class Worker:
    """Runs jobs one by one.  ``deliver`` and ``begins`` are called in its thread."""

    def __init__(self, deliver: Callable[[Done], None], begins: Callable[[str], None]) -> None:
        self._deliver = deliver
        self._begins = begins
        self._changed = threading.Condition()
        self._waiting: dict[str, Job] = {}
        self._current: Job | None = None
        self._took: dict[str, float] = {}
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def submit(self, key: str, task: Task) -> None:
        """Analyse a program, instead of any earlier text of it."""
        pause = min(max(_SHARE * self._took.get(key, 0.0), _SHORTEST_PAUSE), _LONGEST_PAUSE)
        self._add(Job(key, task, Stage.FINDINGS, time.monotonic() + pause))

    def judge(self, key: str, task: Task, snapshot: Snapshot) -> None:
        """Find the verdicts for a snapshot, if nothing else comes in between."""
        due = time.monotonic() + _PAUSE_BEFORE_VERDICTS
        self._add(Job(key, task, Stage.VERDICTS, due, snapshot))

    def drop(self, key: str) -> None:
        """A program was closed."""
        with self._changed:
            self._waiting.pop(key, None)
            self._took.pop(key, None)
            if self._current is not None and self._current.key == key:
                self._current.stop.ask()

    def close(self) -> None:
        """Stop whatever runs; nothing is delivered any more."""
        with self._changed:
            self._closed = True
            if self._current is not None:
                self._current.stop.ask()
            self._changed.notify()

    def _add(self, job: Job) -> None:
        with self._changed:
            self._waiting.pop(job.key, None)
            self._waiting[job.key] = job
            current = self._current
            if (
                current is not None
                and job.stage is Stage.FINDINGS
                and (current.key == job.key or current.stage is Stage.VERDICTS)
            ):
                current.stop.ask()
            self._changed.notify()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            begun = time.monotonic()
            self._begins(job.key)
            try:
                snapshot = _perform(job)
            except Stopped:
                self._again(job)
                continue
            except Exception:
                _LOG.exception("an analysis failed")
                snapshot = None
            seconds = time.monotonic() - begun
            if job.stage is Stage.FINDINGS:
                self._took[job.key] = seconds
            if not job.stop.asked:
                self._deliver(Done(job.key, job.stage, snapshot, seconds))
                if snapshot is not None:
                    _ = snapshot.index  # now, before anyone waits for it

    def _again(self, job: Job) -> None:
        """Verdicts that made way for another program are still wanted."""
        with self._changed:
            if job.stage is Stage.VERDICTS and job.key not in self._waiting and not self._closed:
                job.stop = Stop()
                job.due = time.monotonic() + _PAUSE_BEFORE_VERDICTS
                self._waiting[job.key] = job

    def _next(self) -> Job | None:
        """Wait for a job that is due: findings before verdicts, the latest edit first."""
        with self._changed:
            self._current = None
            while not self._closed:
                now = time.monotonic()
                due = [job for job in self._waiting.values() if job.due <= now]
                if due:
                    job = max(due, key=lambda job: (job.stage is Stage.FINDINGS, job.due))
                    self._current = self._waiting.pop(job.key)
                    return job
                first = min((job.due for job in self._waiting.values()), default=None)
                self._changed.wait(None if first is None else max(first - now, 0.0))
            return None


def _perform(job: Job) -> Snapshot | None:
    if job.snapshot is None:
        return snapshot_of(job.task, job.stop)
    judge(job.snapshot, job.task, job.stop)
    return job.snapshot

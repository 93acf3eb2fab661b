"""One thread that analyses: what was edited last comes first, in its latest text."""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from kerasmergelint.server.jobs import Done, Job, Stage
from kerasmergelint.server.task import Task
from kerasmergelint.tracker.machine.stopping import Stop, Stopped

if TYPE_CHECKING:
    from kerasmergelint.server.snapshot import Snapshot

_LOG = logging.getLogger(__name__)

# Fast typing is waited out; the longer an analysis takes, the longer the wait.
_SHORTEST_PAUSE = 0.01
_LONGEST_PAUSE = 0.3
_SHARE = 0.2
# The later stages take several times as long, and are for when the user has stopped typing.
_PAUSE_BEFORE = {Stage.REPAIRS: 0.3, Stage.VERDICTS: 0.7}


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
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Load the analysis, unless that has begun."""
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
            self._thread.start()

    def submit(self, key: str, task: Task, before: Snapshot | None) -> None:
        """Analyse a program, instead of any earlier version of it, of which this is known."""
        self.start()
        pause = min(max(_SHARE * self._took.get(key, 0.0), _SHORTEST_PAUSE), _LONGEST_PAUSE)
        stage = Stage.FINDINGS if before is None else Stage.EARLY
        self._add(Job(key, task, stage, time.monotonic() + pause, before))

    def add_later(self, key: str, task: Task, stage: Stage, snapshot: Snapshot) -> None:
        """Find out more about a snapshot, if nothing else comes in between."""
        self._add(Job(key, task, stage, time.monotonic() + _PAUSE_BEFORE[stage], snapshot))

    def drop(self, key: str) -> None:
        """A program was closed."""
        with self._changed:
            self._waiting.pop(key, None)
            self._took.pop(key, None)
            if self._current is not None and self._current.key == key:
                self._current.stop.ask()

    def close(self) -> None:
        """Stop whatever runs, and deliver nothing more."""
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
                and not job.is_later
                and (current.key == job.key or current.is_later)
            ):
                current.stop.ask()
            self._changed.notify()

    def _run(self) -> None:
        # late: the client that starts us is answered before all this is loaded
        from kerasmergelint.server import actions, analysis, definition, hints, hover, symbols

        del actions, definition, hints, hover, symbols  # loaded for the questions to come
        gc.freeze()  # what is loaded is never garbage
        while (job := self._next()) is not None:
            self._begins(job.key)
            gc.disable()  # garbage can wait until the answer is out
            try:
                self._perform(job, analysis.perform)
            except Stopped:
                self._again(job)
            finally:
                gc.enable()

    def _perform(self, job: Job, perform: Callable[[Job], Done | None]) -> None:
        begun = time.monotonic()
        if job.stage is Stage.EARLY:
            if self._answer(job, perform):
                self._took[job.key] = time.monotonic() - begun
            job.stage, job.snapshot = Stage.FINDINGS, None
            self._answer(job, perform)
            return
        self._answer(job, perform)
        if job.stage is Stage.FINDINGS:
            self._took[job.key] = time.monotonic() - begun

    def _answer(self, job: Job, perform: Callable[[Job], Done | None]) -> bool:
        """Deliver what comes of a job; False if nothing does."""
        try:
            done = perform(job)
        except Exception:
            _LOG.exception("an analysis failed")
            early = job.stage is Stage.EARLY
            done = None if early else Done(job.key, job.task, job.stage, job.snapshot)
        if done is not None and not job.stop.asked:
            self._deliver(done)
            if done.snapshot is not None:
                _ = done.snapshot.index  # now, before anyone waits for it
        return done is not None

    def _again(self, job: Job) -> None:
        """A job that made way for another program is still wanted."""
        with self._changed:
            if job.is_later and job.key not in self._waiting and not self._closed:
                job.stop = Stop()
                job.due = time.monotonic() + _PAUSE_BEFORE[job.stage]
                self._waiting[job.key] = job

    def _next(self) -> Job | None:
        """Wait for a job that is due: findings before all else, the latest edit first."""
        with self._changed:
            self._current = None
            while not self._closed:
                now = time.monotonic()
                due = [job for job in self._waiting.values() if job.due <= now]
                if due:
                    job = max(due, key=lambda job: (-job.stage.value, job.due))
                    self._current = self._waiting.pop(job.key)
                    return job
                first = min((job.due for job in self._waiting.values()), default=None)
                self._changed.wait(None if first is None else max(first - now, 0.0))
            return None

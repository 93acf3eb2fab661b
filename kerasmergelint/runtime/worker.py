"""The parent's side of a warm worker: starting it, giving it jobs, surviving its death.

Whatever the child does, every item of every job gets exactly one answer.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kerasmergelint.runtime.environment import child_environment
from kerasmergelint.runtime.limits import Limits

BOOT = Path(__file__).parent / "child" / "boot.py"

START_SECONDS = 300.0
_GRACE_SECONDS = 20.0
_MAX_STARTS = 4

Result = dict[str, Any]
OnResult = Callable[[Any, Result], None]


class WorkerFailed(Exception):
    """There is no worker; the message says why, for the user."""


class TensorFlowMissing(WorkerFailed):
    """The interpreter has no TensorFlow, or no Keras of this version."""


@dataclass(frozen=True, slots=True)
class Job:
    """Items that one process handles in order; ``keys`` identify them for the caller."""

    kind: str
    items: tuple[Any, ...]
    keys: tuple[Any, ...]


@dataclass(slots=True)
class _Pending:
    """A job that the worker has, and its progress."""

    job: Job
    answered: set[int] = field(default_factory=set)

    @property
    def left(self) -> list[int]:
        return [index for index in range(len(self.job.items)) if index not in self.answered]


class Worker:
    """One interpreter with one Keras, imported once.  ``preload`` is "2", "3" or "none"."""

    def __init__(self, interpreter: str, preload: str, limits: Limits, slots: int = 1) -> None:
        self.interpreter = interpreter
        self.preload = preload
        self.limits = limits
        self.slots = slots
        self.about: dict[str, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""
        self._starts = 0
        self._numbers = 0
        self._partial = b""
        self._outgoing = b""
        self._pending: dict[int, _Pending] = {}

    # -- life --------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the process and wait until Keras is loaded; may raise :class:`WorkerFailed`."""
        if self._process is not None:
            return
        if not hasattr(os, "fork"):
            raise WorkerFailed("building needs `fork`, which Windows does not have (WSL does)")
        if self._starts >= _MAX_STARTS:
            raise WorkerFailed("the worker process keeps dying")
        self._starts += 1
        self._folder = tempfile.mkdtemp(prefix="kerasmergelint-worker-")
        self._partial = self._outgoing = b""
        command = [self.interpreter, "-u", str(BOOT), self.preload, str(self.slots)]
        log = os.path.join(self._folder, "log")
        try:
            with open(log, "wb") as errors:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    cwd=self._folder,
                    env=child_environment(os.environ, self._folder),
                    start_new_session=True,
                )
        except OSError as error:
            self.stop()
            raise WorkerFailed(f"{self.interpreter} cannot be started: {error}") from error
        assert self._process.stdin is not None
        os.set_blocking(self._process.stdin.fileno(), False)
        self._await_ready(log)

    def _await_ready(self, log: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            messages = self._receive(1.0)
            if messages is None:
                said = _tail(log)
                self.stop()
                raise WorkerFailed(f"{self.interpreter} died while starting{said}")
            for message in messages:
                if message["event"] == "ready":
                    self.about = message
                    return
                self.stop()
                kind = TensorFlowMissing if message.get("error") == "Missing" else WorkerFailed
                raise kind(str(message.get("reason")))
        self.stop()
        raise WorkerFailed(f"importing TensorFlow took longer than {START_SECONDS:g} s")

    def stop(self) -> None:
        """Stop the process and everything that it started."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(OSError):
                if process.stdin is not None:
                    process.stdin.close()  # it is unbuffered
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(2.0)  # it ends with its input, and ends its jobs
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # -- work --------------------------------------------------------------------------------

    def run(self, jobs: Iterable[Job], on_result: OnResult) -> None:
        """Run jobs; ``on_result`` is called once for every key."""
        waiting = list(jobs)
        while waiting or self._pending:
            try:
                self.start()
                while waiting:
                    self._submit(waiting.pop(0))
                self._follow(waiting, on_result)
            except WorkerFailed as error:
                unanswered = [pending.job for pending in self._pending.values()]
                self._give_up([*unanswered, *waiting], str(error), on_result)
                return

    def _submit(self, job: Job) -> None:
        self._numbers += 1
        self._pending[self._numbers] = _Pending(job)
        request = {
            "job": self._numbers,
            "kind": job.kind,
            "items": job.items,
            "limits": self.limits.as_json(),
        }
        self._outgoing += json.dumps(request).encode() + b"\n"

    def _follow(self, waiting: list[Job], on_result: OnResult) -> None:
        """Take messages until all is answered, there is more to submit, or the worker is dead."""
        patience = self.limits.seconds + _GRACE_SECONDS
        heard = time.monotonic()
        while self._pending and not waiting:
            messages = self._receive(1.0)
            if messages is None or time.monotonic() - heard > patience:
                why = "the worker died" if messages is None else "the worker hung"
                self._lost(why, waiting, on_result)
                return
            for message in messages:
                heard = time.monotonic()
                self._take(message, waiting, on_result)

    def _take(self, message: dict[str, Any], waiting: list[Job], on_result: OnResult) -> None:
        pending = self._pending.get(message.get("job", -1))
        if pending is None:
            return
        if message["event"] == "result":
            index = message.get("item")
            if isinstance(index, int) and index in pending.left:
                pending.answered.add(index)
                on_result(pending.job.keys[index], message["result"])
        elif message["event"] == "end":
            del self._pending[message["job"]]
            self._after_end(pending, message, waiting, on_result)

    def _after_end(
        self, pending: _Pending, message: dict[str, Any], waiting: list[Job], on_result: OnResult
    ) -> None:
        """The item in progress is lost; those after it continue in a new process."""
        if not pending.left:
            return
        first, *others = pending.left
        why = message.get("how") or "the process ended without an answer"
        lost = {"state": "lost", "reason": why, "output": message.get("output", "")}
        on_result(pending.job.keys[first], lost)
        if others:
            job = pending.job
            items = tuple(job.items[index] for index in others)
            waiting.append(Job(job.kind, items, tuple(job.keys[index] for index in others)))

    def _lost(self, why: str, waiting: list[Job], on_result: OnResult) -> None:
        """The worker itself is gone, and with it one item of each job."""
        self.stop()
        lost, self._pending = list(self._pending.values()), {}
        for pending in lost:
            self._after_end(pending, {"how": why}, waiting, on_result)

    def _give_up(self, jobs: list[Job], why: str, on_result: OnResult) -> None:
        done = {
            key
            for p in self._pending.values()
            for i, key in enumerate(p.job.keys)
            if i in p.answered
        }
        self._pending = {}
        for job in jobs:
            for key in job.keys:
                if key not in done:
                    on_result(key, {"state": "lost", "reason": why})

    def _receive(self, seconds: float) -> list[dict[str, Any]] | None:
        """The messages that arrive in time; None if the worker is gone."""
        process = self._process
        assert process is not None and process.stdout is not None and process.stdin is not None
        replies, requests = process.stdout.fileno(), process.stdin.fileno()
        readable, writable, _ = select.select(
            [replies], [requests] if self._outgoing else [], [], seconds
        )
        if writable:
            self._send(requests)
        if not readable:
            return []
        chunk = os.read(replies, 1 << 16)
        if not chunk:
            return None
        *lines, self._partial = (self._partial + chunk).split(b"\n")
        messages = []
        for line in lines:
            with contextlib.suppress(ValueError):
                message = json.loads(line)
                if isinstance(message, dict) and "event" in message:
                    messages.append(message)
        return messages

    def _send(self, requests: int) -> None:
        """Write what fits: the worker may itself be waiting for us to read."""
        try:
            self._outgoing = self._outgoing[os.write(requests, self._outgoing) :]
        except BlockingIOError:
            return
        except OSError:  # it died, which reading will notice
            self._outgoing = b""


def _tail(path: str) -> str:
    """The last line of a log, after a colon."""
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            lines = [line.strip() for line in stream if line.strip()]
    except OSError:
        return ""
    return f": {lines[-1][:300]}" if lines else ""

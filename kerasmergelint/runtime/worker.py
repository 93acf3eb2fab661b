"""The parent's side of a warm worker: starting it, giving it jobs, surviving its death.

Whatever the child does, every item of every job gets exactly one answer (:mod:`.workload`), and what it
says is checked (:mod:`.answers`).
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
from collections.abc import Iterable
from pathlib import Path

from kerasmergelint.runtime import answers
from kerasmergelint.runtime.answers import Result
from kerasmergelint.runtime.child.frames import LARGEST, Broken, Frames, new_key
from kerasmergelint.runtime.environment import child_environment
from kerasmergelint.runtime.limits import Limits
from kerasmergelint.runtime.workload import Job, OnResult, Workload

BOOT = Path(__file__).parent / "child" / "boot.py"

START_SECONDS = 300.0
_GRACE_SECONDS = 20.0
# Without an answer in between.
_MAX_STARTS = 4
# A result, and the line that says whose it is.
_LARGEST_REPLY = LARGEST + (64 << 10)
NO_FORK = "confirming needs `fork`, which Windows does not have; run it in WSL or in a container"


def can_fork() -> bool:
    return hasattr(os, "fork")


class WorkerFailed(Exception):
    """There is no worker; the message says why, for the user."""


class TensorFlowMissing(WorkerFailed):
    """The interpreter has no TensorFlow, or no Keras of this version."""


class Worker:
    """One interpreter with one Keras, imported once.  ``preload`` is "2", "3" or "none"."""

    def __init__(self, interpreter: str, preload: str, limits: Limits, slots: int = 1) -> None:
        self.interpreter = interpreter
        self.preload = preload
        self.limits = limits
        self.slots = slots
        self.about: Result = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""
        self._starts = 0
        self._replies = -1
        self._frames = Frames(b"")
        self._outgoing = b""

    # -- life --------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the process and wait until Keras is loaded; may raise :class:`WorkerFailed`."""
        if self._process is not None:
            return
        if not can_fork():
            raise WorkerFailed(NO_FORK)
        if self._starts >= _MAX_STARTS:
            raise WorkerFailed("the worker process keeps dying")
        self._starts += 1
        self._folder = tempfile.mkdtemp(prefix="kerasmergelint-worker-")
        key = new_key()
        self._frames, self._outgoing = Frames(key, _LARGEST_REPLY), key
        log = os.path.join(self._folder, "log")
        try:
            self._process = self._launched(log)
        except OSError as error:
            self.stop()
            raise WorkerFailed(f"{self.interpreter} cannot be started: {error}") from error
        assert self._process.stdin is not None
        os.set_blocking(self._process.stdin.fileno(), False)
        self._await_ready(log)

    def _launched(self, log: str) -> subprocess.Popen[bytes]:
        """The process; what it prints goes to a log, what it says to us to a descriptor of its own."""
        self._replies, replies = os.pipe()
        command = [self.interpreter, "-u", str(BOOT), self.preload, str(self.slots), str(replies)]
        try:
            with open(log, "wb") as printed:
                return subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=printed,
                    stderr=printed,
                    pass_fds=[replies],
                    cwd=self._folder,
                    env=child_environment(os.environ, self._folder),
                    start_new_session=True,
                )
        finally:
            os.close(replies)

    def _await_ready(self, log: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            messages = self._receive(1.0)
            if messages is None:
                said = _tail(log)
                self.stop()
                raise WorkerFailed(f"{self.interpreter} died while starting{said}")
            for message, _ in messages:
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
        if self._replies >= 0:
            os.close(self._replies)
            self._replies = -1
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # -- work --------------------------------------------------------------------------------

    def run(self, jobs: Iterable[Job], on_result: OnResult) -> None:
        """Run jobs; ``on_result`` is called once for every key."""
        work = Workload(jobs, on_result)
        while not work.is_over:
            answered = work.answers
            try:
                self.start()
                self._follow(work)
            except WorkerFailed as error:
                work.give_up(str(error))
                return
            if work.answers > answered:
                self._starts = 0

    def _follow(self, work: Workload) -> None:
        """Submit jobs and take messages until all is answered, or the worker is gone."""
        patience = self.limits.seconds + _GRACE_SECONDS
        heard = time.monotonic()
        while not work.is_over:
            for number, job in work.to_submit().items():
                self._submit(number, job)
            messages = self._receive(1.0)
            if messages is None or time.monotonic() - heard > patience:
                self.stop()
                work.died("the worker died" if messages is None else "the worker hung")
                return
            for message, unread in messages:
                heard = time.monotonic()
                _take(work, message, unread)

    def _submit(self, number: int, job: Job) -> None:
        limits = self.limits.as_json()
        request = {"job": number, "kind": job.kind, "items": job.items, "limits": limits}
        self._outgoing += json.dumps(request).encode() + b"\n"

    def _receive(self, seconds: float) -> list[tuple[Result, bytes]] | None:
        """The messages that arrive in time, each with what it hands on; None if the worker is gone."""
        process = self._process
        assert process is not None and process.stdin is not None
        requests = process.stdin.fileno()
        readable, writable, _ = select.select(
            [self._replies], [requests] if self._outgoing else [], [], seconds
        )
        if writable:
            self._send(requests)
        if not readable:
            return []
        chunk = os.read(self._replies, 1 << 16)
        try:
            return [_message(data) for data in self._frames.feed(chunk)] if chunk else None
        except (Broken, ValueError):
            return None

    def _send(self, requests: int) -> None:
        """Write what fits: the worker may itself be waiting for us to read."""
        try:
            self._outgoing = self._outgoing[os.write(requests, self._outgoing) :]
        except BlockingIOError:
            return
        except OSError:  # it died, which reading will notice
            self._outgoing = b""


def _message(data: bytes) -> tuple[Result, bytes]:
    """What the worker says, and what a job says through it."""
    line, _, unread = data.partition(b"\n")
    message = json.loads(line)
    if not isinstance(message, dict) or "event" not in message:
        raise ValueError("no message")
    return message, unread


def _take(work: Workload, message: Result, unread: bytes) -> None:
    number = message.get("job")
    job = work.job(number)
    if job is None or not isinstance(number, int):
        return
    if message["event"] == "started":
        work.started(number)
    elif message["event"] == "result":
        index = int(message["item"])
        work.answer(number, index, answers.read(job.kind, unread, job.findings(index)))
    elif message["event"] == "end":
        output = str(message.get("output", ""))
        work.ended(number, str(message.get("how") or ""), output)


def _tail(path: str) -> str:
    """The last line of a log, after a colon."""
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            lines = [line.strip() for line in stream if line.strip()]
    except OSError:
        return ""
    return f": {lines[-1][:300]}" if lines else ""

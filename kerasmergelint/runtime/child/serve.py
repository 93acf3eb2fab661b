"""The warm process: imports Keras once, then forks for every job and watches over it.

In: the key of its frames, then JSON, one object a line: ``{"job": 1, "kind": "replay", "items":
[...], "limits": {...}}``.  Out: frames, each a line of JSON; ``ready`` or ``failed`` once; then for
every job ``started``, ``result`` for each of its items, and ``end``.  The job's own data follows
the line of its ``result`` unread: it is not trusted, and job and item are known without it.

No TensorFlow code runs in this process, so it has no threads, and forks are safe.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import tempfile
import time

from . import frames, isolation, jobs, kerases
from .plain import Json

TICK = 0.1
FOLDER = "kerasmergelint-worker-"
_KEPT_OUTPUT = 4096


class Job:
    """A job in progress, as its watcher sees it."""

    def __init__(self, request: Json) -> None:
        self.id = request["job"]
        self.limits = request["limits"]
        self.items = len(request["items"])
        self.answered = 0
        self.last: bytes | None = None  # the last item's result, until all ends well
        self.folder = tempfile.mkdtemp(prefix="kerasmergelint-")
        self.results, results = os.pipe()
        self.output, output = os.pipe()
        key = frames.new_key()
        self.frames = frames.Frames(key)
        self.tail = b""
        self.printed = 0
        self.open = {self.results, self.output}
        self.reason = ""
        self.base = isolation.private_memory(os.getpid())
        self.pid = os.fork()
        if self.pid == 0:
            jobs.become(request, self.folder, results, output, key)  # does not return
        os.close(results)
        os.close(output)
        self.moved = time.monotonic()

    def read_results(self) -> list[tuple[int, bytes]]:
        """The valid results that have arrived, with the numbers of their items."""
        chunk = os.read(self.results, 1 << 16)
        if not chunk:
            self.open.discard(self.results)
        found: list[tuple[int, bytes]] = []
        if self.reason:
            return found
        try:
            for data in self.frames.feed(chunk):
                if self.answered == self.items:
                    raise frames.Broken("answered twice")
                self.moved = time.monotonic()
                self.answered += 1
                if self.answered == self.items:
                    self.last = data
                else:
                    found.append((self.answered - 1, data))
        except frames.Broken as error:
            self.stop(f"it {error}")
        return found

    def last_result(self, status: int) -> bytes | None:
        """The result of the last item, which counts only if the job then ended normally."""
        return None if self.reason or _how(status) else self.last

    def read_output(self) -> None:
        """Count what the program prints, and keep the end of it."""
        chunk = os.read(self.output, 1 << 16)
        if not chunk:
            self.open.discard(self.output)
        self.printed += len(chunk)
        self.tail = (self.tail + chunk)[-_KEPT_OUTPUT:]
        if self.printed > self.limits["output"]:
            self.stop(f"it printed more than {_size(self.limits['output'])}")

    def check(self) -> None:
        """Kill the job if it exceeds a limit."""
        if time.monotonic() - self.moved > self.limits["seconds"]:
            self.stop(f"it took longer than {self.limits['seconds']:g} s")
            return
        members = isolation.family(self.pid)
        if len(members) - isolation.OWN_PROCESSES > self.limits["processes"]:
            self.stop(f"it started more than {self.limits['processes']} processes")
        used = sum(map(isolation.private_memory, members)) - self.base * len(members)
        if used > self.limits["memory"]:
            self.stop(f"it took more than {_size(self.limits['memory'])} of memory")

    def stop(self, reason: str) -> None:
        self.reason = self.reason or reason
        isolation.kill_family(self.pid)

    def end(self, status: int) -> Json:
        """Clean up after a job that is over; returns the message about it."""
        for stream in (self.results, self.output):
            os.close(stream)
        shutil.rmtree(self.folder, ignore_errors=True)
        text = self.tail.decode("utf-8", "replace")
        return {"event": "end", "job": self.id, "how": self.reason or _how(status), "output": text}


def _how(status: int) -> str:
    """How a process ended, in words; empty if it ended normally."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == getattr(signal, "SIGXCPU", None):
            return "it used up its processor time"
        if number == getattr(signal, "SIGXFSZ", None):
            return "it wrote too large a file"
        names = {signal.SIGSEGV: "a segmentation fault", signal.SIGABRT: "an abort"}
        name = names.get(signal.Signals(number)) or signal.Signals(number).name
        return f"it was killed by {name}"
    code = os.WEXITSTATUS(status)
    return f"it exited with status {code}" if code != jobs.DONE else ""


def _size(count: float) -> str:
    for unit in ("bytes", "KiB", "MiB"):
        if count < 1024:
            return f"{count:.0f} {unit}"
        count /= 1024
    return f"{count:.1f} GiB"


class Server:
    """Reads requests, runs up to ``slots`` jobs at a time, and reports their results."""

    def __init__(self, requests: int, replies: int, slots: int) -> None:
        self.requests, self.replies, self.slots = requests, replies, slots
        self.key = os.read(requests, frames.KEY)
        self.partial = b""
        self.waiting: list[Json] = []
        self.running: dict[int, Job] = {}
        self.open = True

    def tell(self, message: Json, unread: bytes = b"") -> None:
        data = json.dumps(message).encode() + b"\n" + unread
        frames.write_all(self.replies, frames.framed(self.key, data))

    def loop(self) -> None:
        while self.open or self.waiting or self.running:
            while self.waiting and len(self.running) < self.slots:
                job = Job(self.waiting.pop(0))
                self.running[job.pid] = job
                self.tell({"event": "started", "job": job.id})
            self._listen()
            for job in list(self.running.values()):
                job.check()
            self._reap()

    def _listen(self) -> None:
        streams = [self.requests] if self.open else []
        for job in self.running.values():
            streams.extend(job.open)
        ready, _, _ = select.select(streams, [], [], TICK if self.running else None)
        if self.requests in ready:
            self._take_requests()
        for job in list(self.running.values()):
            self._drain(job, ready)

    def _take_requests(self) -> None:
        chunk = os.read(self.requests, 1 << 16)
        if not chunk:
            self.open = False
            self.waiting.clear()
            for job in self.running.values():
                job.stop("nobody is waiting for it")
        *lines, self.partial = (self.partial + chunk).split(b"\n")
        self.waiting.extend(json.loads(line) for line in lines if line.strip())

    def _drain(self, job: Job, ready: list[int]) -> None:
        if job.results in ready:
            for item, result in job.read_results():
                self.tell({"event": "result", "job": job.id, "item": item}, result)
        if job.output in ready:
            job.read_output()

    def _reap(self) -> None:
        """Collect processes that have ended, and kill those that a job left behind."""
        while self._collect():
            strays = [pid for pid in isolation.children(os.getpid()) if pid not in self.running]
            for pid in strays:
                isolation.kill_family(pid)
            if not strays:
                return
            time.sleep(0.01)

    def _collect(self) -> bool:
        """Collect the processes that have ended; False if no others are left."""
        while True:
            try:
                ended = _ended()
            except ChildProcessError:
                return False
            if ended is None:
                return True
            pid, status = ended
            job = self.running.pop(pid, None)
            if job is not None:
                self._rest_of(job)
                last = job.last_result(status)
                if last is not None:
                    item = job.items - 1
                    self.tell({"event": "result", "job": job.id, "item": item}, last)
                self.tell(job.end(status))

    def _rest_of(self, job: Job) -> None:
        """Read what a job sent just before its end."""
        for _ in range(1000):
            ready, _, _ = select.select(list(job.open), [], [], 0)
            if not ready:
                break
            self._drain(job, ready)


def _ended() -> tuple[int, int] | None:
    """A process that has ended, with its status; kills the rest of its group."""
    if not hasattr(os, "waitid"):  # macOS before Python 3.13
        pid, status = os.waitpid(-1, os.WNOHANG)
        return (pid, status) if pid else None
    # Not reaped yet, so that nobody else can have its number.
    ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    if ended is None:
        return None
    with contextlib.suppress(OSError):
        os.killpg(ended.si_pid, signal.SIGKILL)
    return os.waitpid(ended.si_pid, 0)


def main(arguments: list[str]) -> None:
    """``serve PRELOAD SLOTS REPLIES``; PRELOAD is 2, 3 or none, REPLIES a descriptor."""
    requests, replies = os.dup(0), int(arguments[2])
    for stream in (requests, replies):
        os.set_inheritable(stream, False)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    isolation.adopt_orphans()
    network = isolation.leave_the_network()
    isolation.keep_others_out()
    server = Server(requests, replies, int(arguments[1]))
    started = time.monotonic()
    try:
        versions = kerases.load(arguments[0])
    except Exception as error:
        server.tell({"event": "failed", "error": type(error).__name__, "reason": str(error)})
        return
    seconds = time.monotonic() - started
    processes = "own" if isolation.has_own_processes() else "shared"
    about = {"network": network, "processes": processes, "seconds": seconds, **versions}
    server.tell({"event": "ready", **about})
    try:
        server.loop()
    finally:  # our parent may be gone, and unable to clean up
        folder = os.environ.get("HOME", "")
        if os.path.basename(folder).startswith(FOLDER):
            shutil.rmtree(folder, ignore_errors=True)

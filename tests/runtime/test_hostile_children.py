"""Children that mean harm: each loses its own result at most, and the program beside it keeps its own.

They need no TensorFlow, and go through the same worker as all others.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kerasmergelint.runtime.limits import Limits
from kerasmergelint.runtime.programs import bare
from kerasmergelint.runtime.worker import Worker
from kerasmergelint.runtime.workload import Job

LIMITS = Limits(seconds=4, memory=300 << 20, output=1 << 20, file=1 << 20, processes=8)
HONEST = "raise ValueError('honest')\n"
Answers = dict[str, dict[str, Any]]
Run = Callable[..., Answers]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(sys.executable, "none", LIMITS, slots=2) as made:
        yield made


@pytest.fixture
def run(worker: Worker, tmp_path: Path) -> Run:
    """Runs programs by name, with an honest one that must have its answer."""

    def programs(**texts: str) -> Answers:
        jobs = []
        for name, text in {**texts, "honest": HONEST}.items():
            path = tmp_path / f"{name}.py"
            path.write_text(text, encoding="utf-8")
            jobs.append(Job("execute", (bare(str(path)),), (name,)))
        answers: Answers = {}
        worker.run(jobs, answers.__setitem__)
        assert answers["honest"]["error"]["message"] == "honest"
        return answers

    return programs


EVERYWHERE = """
import os
def say(data):
    for stream in range(3, 1024):
        try:
            os.write(stream, data)
        except OSError:
            pass
"""

# What it writes to every descriptor that it has.
WRITTEN = {
    "a number for a result": b'{"item": 0, "result": 5}\n',
    "an answer for another job": b'{"event": "result", "job": 2, "item": 0, "result": {}}\n',
    "a job that is a list": b'{"event": "result", "job": [1], "item": 0, "result": {}}\n',
    "the end of another job": b'{"event": "end", "job": 2, "how": "", "output": ""}\n',
    "brackets": b"[" * 200_000,
    "zeros": bytes(1000),
    "a frame with a key made up": (10).to_bytes(4, "big") + b"k" * 16 + b"0123456789",
    "a frame of four gigabytes": b"\xff" * 100,
}


@pytest.mark.parametrize("data", WRITTEN.values(), ids=WRITTEN.keys())
def test_words_on_every_descriptor(run: Run, data: bytes) -> None:
    answer = run(liar=f"{EVERYWHERE}\nsay({data!r})\n")["liar"]
    assert (answer["state"], answer["reason"]) == ("lost", "it wrote where only results belong")


# How a program that knows this package finds what sends its result.
FOUND = """
import gc, sys
send = next(o for o in gc.get_objects() if getattr(o, "__qualname__", "") == "_sender.<locals>.send")
"""


def _result(**fields: Any) -> dict[str, Any]:
    return {"state": "ran", "error": None, "findings": [], **fields}


# What a job inherits by its fork: the server, its key, and the keys of the jobs beside it.
INHERITED = """
import gc
held = [o for o in gc.get_objects() if type(o).__name__ in ("Server", "Job", "Frames")]
keys = {getattr(o, name) for o in held for name in ("key", "_key") if hasattr(o, name)}
claim = b'{"event": "result", "job": 2, "item": 0}'
claim += b'\\n{"state": "ran", "error": null, "findings": []}'
for key in keys:
    say(len(claim).to_bytes(4, "big") + key + claim)
raise ValueError(f"{len(keys)} keys")
"""


def test_the_keys_that_it_inherits_open_nothing(run: Run) -> None:
    answer = run(liar=f"{EVERYWHERE}\n{INHERITED}")["liar"]
    assert answer["state"] in ("lost", "ran")
    assert answer.get("reason", "") in ("", "it wrote where only results belong")


NO_RESULTS = {
    "a list": [],
    "no fields": {},
    "a finding too many": _result(findings=[{}]),
    "a state of ours": {"state": "lost", "reason": "x"},
    "a number where an error belongs": _result(error=1),
    "a line that is no number": _result(error={"exception": "", "message": "", "line": "1"}),
    "a line beyond all": _result(error={"exception": "", "message": "", "line": 1 << 70}),
}


@pytest.mark.parametrize("result", NO_RESULTS.values(), ids=NO_RESULTS.keys())
def test_a_result_of_another_form(run: Run, result: Any) -> None:
    answer = run(liar=f"{FOUND}\nimport os\nsend({result!r})\nos._exit(86)\n")["liar"]
    assert (answer["state"], answer["reason"]) == ("lost", "its result was not in order")


def test_brackets_in_a_frame(run: Run) -> None:
    text = "type('L', (dict,), {})"
    program = f"{FOUND}\nimport os\njson = sys.modules['json']\njson.dumps = lambda *a, **k: '[' * 10**6\n"
    answer = run(liar=f"{program}\nsend({text}())\nos._exit(86)\n")["liar"]
    assert answer["reason"] == "its result was not in order"


def test_two_results(run: Run) -> None:
    answer = run(liar=f"{FOUND}\nsend({_result()!r})\n")["liar"]
    assert answer["reason"] == "it answered twice"


def test_a_result_before_the_end_does_not_count(run: Run) -> None:
    answer = run(liar=f"{FOUND}\nimport os\nsend({_result()!r})\nos._exit(0)\n")["liar"]
    assert answer["reason"] == "it exited with status 0"


def test_a_result_too_large(run: Run) -> None:
    error = {"exception": "", "line": 1}
    program = (
        f"{FOUND}\nsend({_result()!r} | {{'error': {error!r} | {{'message': 'x' * (5 << 20)}}}})\n"
    )
    assert run(liar=program)["liar"]["reason"] == "it sent too large a result"


def test_no_escape_reaches_a_terminal(run: Run) -> None:
    answer = run(liar="raise ValueError('\\x1b[2J\\x07 gone')\n")["liar"]
    assert answer["error"]["message"] == "␇ gone"


def test_talk_does_not_buy_time(run: Run) -> None:
    started = time.monotonic()
    talking = "while True:\n    os.write(2, b'x')\n    select.select([], [], [], 0.01)\n"
    answer = run(talker="import os, select\n" + talking)["talker"]
    assert answer["reason"] == "it took longer than 4 s"
    assert time.monotonic() - started < 15


# Each ends with words of its own, and with what becomes of it.
ATTACKS = {
    "closes every descriptor": ("os.closerange(0, 1024)", "it exited with status 70"),
    "closes them, and opens others": (
        "os.closerange(0, 1024)\nfor _ in range(50): os.open(os.devnull, os.O_RDWR)",
        "it exited with status 70",
    ),
    "stops its group": ("os.killpg(0, signal.SIGSTOP)", "it took longer than 4 s"),
    "kills its group": ("os.killpg(0, signal.SIGKILL)", "it was killed by SIGKILL"),
    "sends signals to its parent": (
        "for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGTSTP, signal.SIGCHLD):\n"
        "    try: os.kill(os.getppid(), number)\n"
        "    except OSError: pass",
        "",
    ),
    "changes what it shares": (
        "import fcntl\n"
        "for stream in range(1024):\n"
        "    try: fcntl.fcntl(stream, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND)\n"
        "    except OSError: pass",
        "",
    ),
    "writes a byte at a time": (
        f"{EVERYWHERE}\nimport time\nwhile True:\n    say(bytes(1))\n    time.sleep(0.05)",
        "it wrote where only results belong",
    ),
    "prints without an end": (
        "while True: os.write(1, bytes(100_000))",
        "it printed more than 1 MiB",
    ),
    "forks without an end": (
        "while True:\n    try: os.fork()\n    except OSError: pass",
        "it started more than 8 processes",
    ),
    "has words that never end": (
        "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E",
        "it took longer than 4 s",
    ),
    "ends as our own code does": ("os._exit(86)", "the process ended without an answer"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_what_harms_nobody_else(name: str, run: Run) -> None:
    program, reason = ATTACKS[name]
    answer = run(liar=f"import os, signal\n{program}\nraise ValueError('ran')\n")["liar"]
    assert answer.get("reason", "") == reason
    if not reason:
        assert answer["error"]["message"] == "ran"


def test_processes_do_not_outlive_their_job(worker: Worker, run: Run, tmp_path: Path) -> None:
    """Not even in sessions of their own."""
    worker.start()
    if worker.about["processes"] != "own":
        pytest.skip("this system has no namespaces for processes")
    mark = tmp_path / "mark"
    forks = f"    if os.fork() == 0:\n        time.sleep(2)\n        open({str(mark)!r}, 'w')\n"
    program = f"import os, time\nif os.fork() == 0:\n    os.setsid()\n{forks}    os._exit(0)\n"
    assert (
        run(parent=f"{program}raise ValueError('left')\n")["parent"]["error"]["message"] == "left"
    )
    time.sleep(4)
    assert not mark.exists()


ALL_PROCESSES = """
import os, signal
for name in os.listdir("/proc"):
    if name.isdigit() and int(name) != os.getpid():
        try:
            os.kill(int(name), signal.SIGKILL)
        except OSError:
            pass
for number in range(1, 100):
    if number != os.getpid():
        try:
            os.kill(number, signal.SIGKILL)
        except OSError:
            pass
os.kill(os.getppid(), signal.SIGKILL)
"""


def test_it_has_only_processes_of_its_own_to_kill(worker: Worker, run: Run) -> None:
    worker.start()
    if worker.about["processes"] != "own":
        pytest.skip("this system has no namespaces for processes")
    process = worker._process
    assert run(killer=ALL_PROCESSES)["killer"]["error"] is None
    assert worker._process is process and process is not None and process.poll() is None


def test_it_cannot_read_the_memory_or_the_files_of_the_server(worker: Worker, run: Run) -> None:
    """Also where it sees the numbers of other processes."""
    worker.start()
    assert worker._process is not None
    server = f"/proc/{worker._process.pid}"
    program = (
        "import os\n"
        "opened = []\n"
        f"for name in ('mem', 'fd/3', 'fd/4', 'fd/5', 'environ'):\n"
        "    try:\n"
        f"        opened.append(open(os.path.join({server!r}, name), 'rb'))\n"
        "    except OSError:\n"
        "        pass\n"
        "raise ValueError(str(len(opened)))\n"
    )
    assert run(reader=program)["reader"]["error"]["message"] == "0"


def test_only_the_one_that_kills_the_server_is_lost(tmp_path: Path) -> None:
    """Where processes are shared, a program can kill the server; here the test does it in its stead."""
    mark = tmp_path / "mark"
    texts = {f"honest{number}": HONEST for number in range(4)}
    texts["killer"] = f"import time\nopen({str(mark)!r}, 'a').write('x')\nwhile True: pass\n"
    jobs = []
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text)
        jobs.append(Job("execute", (bare(str(tmp_path / f"{name}.py")),), (name,)))
    answers: Answers = {}
    with _KilledAtMarks(mark) as worker:
        worker.run(jobs[::-1], answers.__setitem__)
    assert answers.pop("killer")["reason"] == "the worker died"
    assert {answer["error"]["message"] for answer in answers.values()} == {"honest"}
    assert len(answers) == 4


class _KilledAtMarks(Worker):
    """A worker whose process is killed whenever a program leaves a mark."""

    def __init__(self, mark: Path) -> None:
        super().__init__(sys.executable, "none", LIMITS, slots=2)
        self._mark = mark

    def _receive(self, seconds: float) -> Any:
        if self._mark.exists() and self._process is not None:
            self._mark.unlink()
            os.kill(self._process.pid, signal.SIGKILL)
        return super()._receive(min(seconds, 0.2))

"""Whatever a program does in the child, the parent gets an answer, and nothing is left behind.

These programs need no TensorFlow; they go through the same worker as all others.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kerasmergelint.runtime.limits import Limits
from kerasmergelint.runtime.programs import bare
from kerasmergelint.runtime.worker import Worker, WorkerFailed
from kerasmergelint.runtime.workload import Job

LIMITS = Limits(seconds=4, memory=300 << 20, output=1 << 20, file=1 << 20, processes=8)
Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(sys.executable, "none", LIMITS, slots=2) as made:
        yield made


@pytest.fixture
def run(worker: Worker, tmp_path: Path) -> Iterator[Run]:
    """Runs a program, and afterwards a harmless one, in the same worker."""

    def program(*texts: str) -> dict[str, Any]:
        paths = []
        for number, text in enumerate((*texts, "print('well')\n")):
            path = tmp_path / f"program{number}.py"
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        answers: dict[str, dict[str, Any]] = {}
        jobs = [Job("execute", (bare(path),), (path,)) for path in paths]
        worker.run(jobs, answers.__setitem__)
        assert sorted(answers) == sorted(paths)
        assert answers[paths[-1]] == {"state": "ran", "error": None, "findings": []}
        return answers[paths[0]]

    yield program


def test_a_program_that_ends_well(run: Run) -> None:
    assert run("import os\nassert os.getcwd() != os.path.dirname(__file__)\n")["error"] is None


def test_exception(run: Run) -> None:
    error = run("x = 1\n\nraise ValueError('no')\n")["error"]
    assert (error["exception"], error["message"], error["line"]) == ("ValueError", "no", 3)


def test_sys_exit(run: Run) -> None:
    answer = run("import sys\nsys.exit(3)\n")
    assert answer["error"] is None
    assert (answer["exited"]["line"], answer["exited"]["message"]) == (2, "3")


def test_os_exit(run: Run) -> None:
    answer = run("import os\nos._exit(0)\n")
    assert answer["state"] == "lost"
    assert answer["reason"] == "it exited with status 0"


def test_segmentation_fault(run: Run) -> None:
    answer = run("import ctypes\nctypes.string_at(0)\n")
    assert answer["reason"] == "it was killed by a segmentation fault"


def test_abort(run: Run) -> None:
    assert run("import os\nos.abort()\n")["reason"] == "it was killed by an abort"


def test_endless_loop(run: Run) -> None:
    started = time.monotonic()
    assert run("while True:\n    pass\n")["reason"] == "it took longer than 4 s"
    assert time.monotonic() - started < 15


def test_a_program_that_ignores_signals(run: Run) -> None:
    answer = run(
        "import signal, time\n"
        "for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):\n"
        "    signal.signal(number, signal.SIG_IGN)\n"
        "import select\n"
        "while True:\n"
        "    select.select([], [], [], 1)\n"
    )
    assert answer["reason"] == "it took longer than 4 s"


def test_gigabytes_of_output(run: Run) -> None:
    answer = run("text = 'x' * 65536\nwhile True:\n    print(text)\n")
    assert answer["reason"] == "it printed more than 1 MiB"


def test_output_past_python(run: Run) -> None:
    answer = run("import os\nwhile True:\n    os.write(2, b'y' * 65536)\n")
    assert answer["reason"] == "it printed more than 1 MiB"


def test_memory_that_grows(run: Run) -> None:
    answer = run("kept = []\nwhile True:\n    kept.append(bytearray(1 << 24))\n")
    assert answer["reason"] == "it took more than 300 MiB of memory"


@pytest.mark.skipif(sys.platform != "linux", reason="the address space is limited on Linux only")
def test_memory_at_once(run: Run) -> None:
    assert run("kept = bytearray(1 << 40)\n")["error"]["exception"] == "MemoryError"


def test_large_file(run: Run) -> None:
    error = run("with open('big', 'wb') as f:\n    f.write(b'x' * (1 << 22))\n")["error"]
    assert error["exception"] == "OSError"


def test_the_folder_is_gone_afterwards(run: Run, tmp_path: Path) -> None:
    told = tmp_path / "told"
    run(f"import os\nopen('left', 'w').close()\nopen({str(told)!r}, 'w').write(os.getcwd())\n")
    folder = told.read_text()
    assert folder and not os.path.exists(folder)


FORKS = """
import fcntl, os, time
held = open({held!r}, "w")
fcntl.flock(held, fcntl.LOCK_EX)
for _ in range(3):
    pid = os.fork()
    if pid == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                time.sleep(1)
        while True:
            time.sleep(1)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives orphans back")
def test_forks_are_ended_with_the_program(run: Run, tmp_path: Path) -> None:
    held = tmp_path / "held"
    assert run(FORKS.format(held=str(held)))["error"] is None
    assert _is_released(held)


def _is_released(path: Path) -> bool:
    """Whether nobody holds the lock any more, which forks inherit."""
    with open(path, "w") as stream:
        for _ in range(50):
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            time.sleep(0.1)
    return False


def test_a_fork_does_not_answer_for_the_program(run: Run) -> None:
    answer = run("import os\nif os.fork():\n    os.wait()\n    raise KeyError('the parent')\n")
    assert answer["error"]["message"] == "'the parent'"


@pytest.mark.skipif(sys.platform != "linux", reason="descendants are counted on Linux only")
def test_fork_bomb(run: Run) -> None:
    answer = run(
        "import os, select\n"
        "for _ in range(40):\n"
        "    if os.fork() == 0:\n"
        "        select.select([], [], [], 60)\n"
        "select.select([], [], [], 60)\n"
    )
    assert answer["reason"] == "it started more than 8 processes"


def test_no_network(run: Run) -> None:
    error = run(
        "import socket\nsocket.setdefaulttimeout(2)\nsocket.create_connection(('192.0.2.1', 80))\n"
    )["error"]
    assert error["exception"] in ("OSError", "PermissionError")
    assert "unreachable" in error["message"] or "no network" in error["message"]


def test_no_connection_to_this_machine_either(run: Run) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        answer = run(f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)\n")
    assert answer["error"]["exception"] in ("OSError", "PermissionError", "ConnectionRefusedError")


def test_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s3cret")
    monkeypatch.setenv("GITHUB_TOKEN", "s3cret")
    path = tmp_path / "program.py"
    path.write_text("import os\nassert 's3cret' not in ' '.join(os.environ.values())\n")
    answers: dict[str, Any] = {}
    with Worker(sys.executable, "none", LIMITS) as worker:
        worker.run([Job("execute", (bare(str(path)),), ("it",))], answers.__setitem__)
    assert answers["it"]["error"] is None


def test_items_after_a_crash_are_worked_off(worker: Worker, tmp_path: Path) -> None:
    texts = ["x = 1\n", "import os\nos._exit(1)\n", "raise ValueError\n"]
    items = []
    for number, text in enumerate(texts):
        path = tmp_path / f"p{number}.py"
        path.write_text(text)
        items.append(bare(str(path)))
    answers: dict[int, Any] = {}
    worker.run([Job("execute", tuple(items), (0, 1, 2))], answers.__setitem__)
    assert answers[0]["error"] is None
    assert answers[1]["reason"] == "it exited with status 1"
    assert answers[2]["error"]["exception"] == "ValueError"


def test_large_requests_and_large_answers_do_not_block_each_other(
    worker: Worker, tmp_path: Path
) -> None:
    path = tmp_path / "p.py"
    path.write_text("raise ValueError('x' * 3000)\n")
    item = {**bare(str(path)), "padding": "y" * 50_000}
    jobs = [Job("execute", (item,) * 10, tuple(range(n * 10, n * 10 + 10))) for n in range(40)]
    answers: dict[int, Any] = {}
    worker.run(jobs, answers.__setitem__)
    assert len(answers) == 400
    assert all(answer["error"]["message"] == "x" * 2000 for answer in answers.values())


def test_nothing_runs_on_when_the_parent_stops(tmp_path: Path) -> None:
    worker = Worker(sys.executable, "none", LIMITS)
    worker.start()
    process = worker._process
    assert process is not None
    worker.stop()
    assert process.poll() is not None


def test_an_interpreter_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(WorkerFailed, match="cannot be started"):
        Worker(str(tmp_path / "python"), "none", LIMITS).start()


def test_an_interpreter_that_ends_at_once() -> None:
    with pytest.raises(WorkerFailed, match="died while starting"):
        Worker("/bin/false", "none", LIMITS).start()

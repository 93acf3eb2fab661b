"""``--dask``: the same results in the same order, also when a worker is lost on the way."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.workers import cluster as ours
from kerasmergelint.cli.workers.pool import Here, Processes, Work
from tests.cli.command import in_a_process, kerasmergelint

distributed = pytest.importorskip("distributed")

SIZES = "UNITS = 5\n"
NET = (
    "import keras\nfrom keras.layers import Dense, add\nfrom sizes import UNITS\n"
    "x = keras.Input((8,))\ny = add([Dense(UNITS)(x), Dense({units})(x)])\n"
)
# Goes on until there are no steps left: a second or two.
SLOW = "import keras\nfor i in range(100_000):\n    units = i * 2 + 1\n"


@pytest.fixture(scope="module")
def cluster() -> Iterator[distributed.LocalCluster]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0",
        silence_logs="CRITICAL",
    ) as made:  # fmt: skip
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sizes.py").write_text(SIZES)
    for number in range(10, 22):
        (tmp_path / f"net_{number}.py").write_text(NET.format(units=number))
    for number in range(10, 16):
        (tmp_path / f"slow_{number}.py").write_text(SLOW + NET.format(units=number))
    (tmp_path / "other.py").write_text("print('nothing of the kind')\n")
    (tmp_path / "old.ipynb").write_text(
        '{"cells": [], "metadata": {"language_info": {"name": "R"}}}'
    )
    return tmp_path


ARGUMENTS = ("check", ".", "--format", "json", "--verdicts")


def test_a_worker_that_is_lost_midway(folder: Path, cluster: distributed.LocalCluster) -> None:
    alone = in_a_process(*ARGUMENTS, "--jobs", "1", cwd=folder)
    assert len(json.loads(alone.stdout)["findings"]) > 10 and alone.returncode == 1
    with distributed.Client(cluster, set_as_default=False) as client, ThreadPoolExecutor(1) as pool:
        running = pool.submit(
            in_a_process, *ARGUMENTS, "--dask", cluster.scheduler_address, cwd=folder
        )
        worker, pid, held = wait_for_a_slow_task(client)
        os.kill(pid, signal.SIGKILL)
        together = running.result(timeout=120)
        # Dask gave what it held to another worker.
        lost = [
            event for _, event in client.get_events("all")
            if event.get("action") == "remove-worker" and event.get("worker") == worker
        ]  # fmt: skip
        assert [set(event["processing-tasks"]) >= {held} for event in lost] == [True]
    assert together.stdout == alone.stdout
    assert (together.returncode, together.stderr) == (alone.returncode, alone.stderr)


def wait_for_a_slow_task(client: distributed.Client) -> tuple[str, int, str]:
    """A worker that has been at the same task for a while: its address, its process, the task."""
    pids = client.run(os.getpid)
    before: dict[str, tuple[str, ...]] = {}
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        running = {
            address: tuple(key for key, state in tasks.items() if state == "executing")
            for address, tasks in client.run(executing).items()
        }
        for address, keys in running.items():
            if keys and before.get(address) == keys:
                return address, pids[address], keys[0]
        before = running
        time.sleep(0.1)
    raise AssertionError("no worker was seen at work")


def executing(dask_worker: distributed.Worker) -> dict[str, str]:
    return {str(key): task.state for key, task in dask_worker.state.tasks.items()}


def test_text_is_the_same_too(folder: Path, cluster: distributed.LocalCluster) -> None:
    for slow in folder.glob("slow_*"):
        slow.unlink()
    (folder / "bad.py").write_text("import keras\nx = (\n")
    alone = kerasmergelint("check", ".", cwd=folder)
    together = kerasmergelint("check", ".", "--dask", cluster.scheduler_address, cwd=folder)
    assert (together.stdout, together.stderr) == (alone.stdout, alone.stderr)
    assert together.returncode == alone.returncode == 2
    assert "bad.py:2: not read: Python" in together.stderr
    assert "old.ipynb: not a Python notebook" in together.stderr


def test_what_workers_found_is_kept_here(
    folder: Path, cluster: distributed.LocalCluster, tmp_path: Path
) -> None:
    """And needs no cluster the second time, only its address."""
    cache = tmp_path / "cache"
    call = ("check", "net_11.py", "net_12.py", "--dask", cluster.scheduler_address)
    environment = {"KERASMERGELINT_NO_CACHE": "", "KERASMERGELINT_CACHE_DIR": str(cache)}
    first = kerasmergelint(*call, cwd=folder, **environment)
    assert len(list(cache.rglob("*.json"))) == 2
    again = kerasmergelint(*call[:-2], cwd=folder, **environment)
    assert again.stdout == first.stdout != ""
    (folder / "sizes.py").write_text("UNITS = 11\n")
    last = kerasmergelint(*call, cwd=folder, **environment)
    assert "net_12" in last.stdout and "net_11" not in last.stdout


def test_standard_input(folder: Path, cluster: distributed.LocalCluster) -> None:
    text = NET.format(units=3)
    call = ("check", "-", "--stdin-display-name", "unsaved.py")
    alone = in_a_process(*call, cwd=folder, stdin=text)
    together = in_a_process(*call, "--dask", cluster.scheduler_address, cwd=folder, stdin=text)
    assert together.stdout == alone.stdout and "KML111" in alone.stdout


@pytest.mark.oracle
def test_confirm(tmp_path: Path, cluster: distributed.LocalCluster) -> None:
    (tmp_path / "sizes.py").write_text(SIZES)
    for number in range(3, 7):
        (tmp_path / f"net_{number}.py").write_text(NET.format(units=number))
    (tmp_path / "quiet.py").write_text(NET.format(units=2).replace("(x)])", "(x)])  # noqa"))
    (tmp_path / "setup.cfg").write_text("[flake8]\nper-file-ignores = net_3.py: KML111\n")
    call = ("confirm", ".", "--format", "json")
    alone = in_a_process(*call, cwd=tmp_path)
    together = in_a_process(*call, "--dask", cluster.scheduler_address, cwd=tmp_path)
    assert json.loads(alone.stdout)["counts"]["confirmed"] == 2
    assert together.stdout == alone.stdout
    assert (together.returncode, together.stderr) == (alone.returncode, alone.stderr)
    # Those who built keep a TensorFlow; it ends with them, be it by force.
    with distributed.Client(cluster, set_as_default=False) as client:
        kept = client.run(pids_of_tensorflow)
        assert any(kept.values())
        pids = client.run(os.getpid)
        for worker, theirs in kept.items():
            if theirs:
                os.kill(pids[worker], signal.SIGKILL)
                assert all(ends(pid) for pid in theirs)


def pids_of_tensorflow() -> list[int]:
    from kerasmergelint.cli.confirming.program import _WARM
    from kerasmergelint.runtime.worker import Worker

    kept = _WARM._confirmer._workers.values() if _WARM._confirmer else ()
    return [w._process.pid for w in kept if isinstance(w, Worker) and w._process]


def ends(pid: int) -> bool:
    """Whether a process ends soon; one that ended and was not waited for counts."""
    for _ in range(100):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return True
        if stat.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


# -- what can be wrong --------------------------------------------------------------------------


def test_without_the_package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    for command in ("check", "confirm"):
        done = kerasmergelint(command, ".", "--dask", "tcp://127.0.0.1:1", cwd=folder)
        assert done.returncode == 2
        assert "pip install 'kerasmergelint[dask]'" in done.stderr


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x", ""])
def test_nobody_there(address: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "_SECONDS_TO_CONNECT", 1)
    with pytest.raises(CannotRun, match="--dask"):
        ours.Cluster(address).__enter__()


@dataclass(frozen=True)
class Named:
    path: str


def twice(question: Named) -> str:
    return question.path * 2


def end_the_process(question: Named) -> str:
    os._exit(1)


def fail(question: Named) -> str:
    raise ValueError(f"cannot do {question.path}")


def given_up(question: Named, why: str) -> str:
    return f"{question.path}: {why}"


def test_a_file_that_ends_every_worker_is_given_up(cluster: distributed.LocalCluster) -> None:
    with distributed.Client(cluster, set_as_default=False) as client:
        client.run_on_scheduler(allow_no_failures)
    with ours.Cluster(cluster.scheduler_address) as workers:
        [(_, answer)] = workers.do(Work(end_the_process, given_up), [(Named("bad.py"), None)])
        assert answer == "bad.py: every worker that tried it was lost"
        [(_, answer)] = workers.do(Work(twice, given_up), [(Named("good.py"), None)])
        assert answer == "good.pygood.py"


def allow_no_failures(dask_scheduler: distributed.Scheduler) -> None:
    dask_scheduler.allowed_failures = 0


def test_an_error_in_a_worker_ends_the_command(cluster: distributed.LocalCluster) -> None:
    with ours.Cluster(cluster.scheduler_address) as workers, pytest.raises(CannotRun) as caught:
        list(workers.do(Work(fail, given_up), [(Named("bad.py"), None)]))
    assert "cannot do bad.py" in str(caught.value)


def test_what_is_given_up_is_told_and_no_success(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Here, "do",
        lambda self, work, questions: ((q, work.given_up(q, "lost")) for q, _ in questions),
    )  # fmt: skip
    done = kerasmergelint("check", "net_15.py", "--jobs", "1", cwd=folder)
    assert done.returncode == 2
    assert "net_15.py: not checked, lost" in done.stderr


@pytest.mark.parametrize(
    ("wanted", "exists", "words"),
    [
        ((("kerasmergelint", "0"),), True, "kerasmergelint 0"),
        (tuple({**dict(ours.versions()), "Python": "2.7"}.items()), True, "Python 2.7"),
        (ours.versions(), True, "workers need the same file system"),
    ],
)
def test_a_worker_that_would_find_other_things(
    wanted: ours.Versions, exists: bool, words: str
) -> None:
    with pytest.raises(ours.Unfit, match=words):
        ours.answered(twice, wanted, Named("/nowhere/net.py"), exists)


def test_a_fit_worker() -> None:
    assert ours.answered(twice, ours.versions(), Named("/nowhere/net.py"), False).startswith("/")


# -- order and measure --------------------------------------------------------------------------


def slowly(question: Named) -> str:
    time.sleep(0.02 if question.path.endswith("0") else 0)
    return question.path


@pytest.mark.parametrize("count", [0, 3, 15, 16, 17, 200])
def test_processes_answer_in_order(count: int) -> None:
    questions = [(Named(str(n)), "known" if n % 7 == 0 else None) for n in range(count)]
    found = list(Processes(2).do(Work(slowly, given_up), questions))
    assert [question for question, _ in found] == [question for question, _ in questions]
    assert [a for _, a in found] == ["known" if n % 7 == 0 else str(n) for n in range(count)]


def test_only_so_many_are_under_way() -> None:
    asked = 0

    def questions() -> Iterator[tuple[Named, None]]:
        nonlocal asked
        for asked in range(1, 1001):
            yield Named(str(asked)), None

    for number, _ in enumerate(Processes(2).do(Work(slowly, given_up), questions())):
        assert asked - number <= 2 * 32 + 1
    assert asked == 1000

"""Run the cases' programs in TensorFlow: what case.toml says of them is what happens.

TensorFlow is imported once; each program runs in a fork of that process, in its own folder.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import importlib.util
import io
import json
import os
import re
import runpy
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, NoReturn

from benchmarks.bugs import standins
from benchmarks.bugs.case import Case, Symptom, working_folder
from benchmarks.bugs.judging import Finding, Verdict, judge

_LIMIT_SECONDS = 300
# The names under which packages are imported that the index calls otherwise.
_MODULES = {
    "absl-py": "absl", "ml-collections": "ml_collections", "pillow": "PIL",
    "python-dotenv": "dotenv", "pyyaml": "yaml", "scikit-learn": "sklearn",
}  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """What a program came to: where it raised (the user's frames, the innermost last) and what.

    ``shown`` is what the case's symptom shows, ``keras`` the Keras that the program used, and
    ``seconds`` are from its start to its end, the import of TensorFlow among them.
    """

    frames: tuple[str, ...]
    raised: str | None
    shown: str | None
    keras: str
    seconds: float


@dataclass(frozen=True)
class Runs:
    """A run of the broken program, if there is one, and one of its twin."""

    bug: Ran | None
    twin: Ran


@functools.cache
def load() -> float:
    """Import TensorFlow and put stand-ins for what needs a network; the seconds that it took."""
    started = time.perf_counter()
    standins.install()
    return time.perf_counter() - started


def version() -> str:
    """The Keras that programs get which do not ask for another one."""
    return importlib.metadata.version("keras")


def missing(case: Case) -> list[str]:
    """The packages that a case needs and that are not installed."""
    return [name for name in case.needs
            if importlib.util.find_spec(_MODULES.get(name.lower(), name)) is None]  # fmt: skip


def run(case: Case) -> Runs:
    """Run both programs of a case."""
    bug = None if case.main is None else _run(case, case.main)
    return Runs(bug, _run(case, case.twin))


def judged(case: Case, runs: Runs) -> Verdict:
    """What Keras itself comes to, as a tool that says where programs raise."""
    said = []
    for program, ran in ((case.main, runs.bug), (case.twin, runs.twin)):
        if program is not None and ran is not None and ran.raised is not None:
            file, _, line = (ran.frames or (f"{program.name}:1",))[-1].rpartition(":")
            said.append(Finding(case.folder / file, int(line), ran.raised))
    seconds = runs.bug.seconds if runs.bug and runs.bug.raised else None
    return replace(judge(case, said), seconds=seconds)


def disagreements(case: Case, runs: Runs) -> Iterator[str]:
    """In what the runs of a case's programs differ from what its case.toml says."""
    if runs.bug is not None:
        yield from _of_bug(case, runs.bug)
    if runs.twin.raised is not None:
        yield f"the twin raises {runs.twin.raised}"
    symptom = case.failure.symptom if case.failure else None
    if symptom is not None and not _shows(symptom, symptom.right, runs.twin):
        yield f"the twin shows {_brief(runs.twin.shown)}, not {symptom.right!r}"
    for keras in sorted({ran.keras for ran in (runs.bug, runs.twin) if ran is not None}):
        if keras not in case.versions:
            yield f"ran with {keras}, which `versions` does not name"


def _of_bug(case: Case, ran: Ran) -> Iterator[str]:
    failure = case.failure
    assert failure is not None
    if failure.symptom is not None:
        if ran.raised is not None:
            yield f"raises {ran.raised}, and is called silent"
        elif not _shows(failure.symptom, failure.symptom.wrong, ran):
            yield f"shows {_brief(ran.shown)}, not {failure.symptom.wrong!r}"
        return
    if ran.raised is None:
        yield "the bug runs to its end"
        return
    place = f"{failure.file}:{failure.line}"
    if not ran.frames or ran.frames[-1] != place:
        yield f"raises in {ran.frames[-1:]}, not in {place}"
    expected = (failure.exception or "").partition(":")[0]
    if ran.raised.partition(":")[0] != expected:
        yield f"raises {ran.raised}, not {expected}"


def _shows(symptom: Symptom, expected: str, ran: Ran) -> bool:
    if ran.shown is None:
        return False
    return expected == ran.shown if symptom.check else expected in ran.shown.splitlines()


def _brief(shown: str | None) -> str:
    return repr((shown or "")[-200:])


def _run(case: Case, program: Path) -> Ran:
    """Run a program in a child process that has TensorFlow loaded already."""
    loading = load()
    reading, writing = os.pipe()
    started = time.perf_counter()
    child = os.fork()
    if not child:
        os.close(reading)
        _run_and_tell(case, program, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = json.loads(pipe.read() or b'{"raised": "died"}')
    os.waitpid(child, 0)
    return Ran(
        frames=tuple(told.get("frames", ())),
        raised=told.get("raised"),
        shown=told.get("shown"),
        keras=told.get("keras", f"keras {version()}"),
        seconds=loading + time.perf_counter() - started,
    )


def _run_and_tell(case: Case, program: Path, writing: int) -> NoReturn:
    try:
        told = _told(case, program)
        os.write(writing, json.dumps({**told, "keras": _keras_of_the_program()}).encode())
    finally:
        os._exit(0)


def _told(case: Case, program: Path) -> dict[str, object]:
    symptom = case.failure.symptom if case.failure else None
    try:
        with tempfile.TemporaryFile() as printed:
            _enter(case, program, printed.fileno())
            names = _execute(case, program)
            return {"shown": None if symptom is None else _shown(symptom, names, printed)}
    except BaseException as error:
        if isinstance(error, SystemExit) and not error.code:
            return {}
        return {"frames": _frames(case, error), "raised": _named(error)}


def _enter(case: Case, program: Path, output: int) -> None:
    """Make this process look as if the program had been started in its folder."""
    signal.alarm(_LIMIT_SECONDS)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(output, 1)
    os.dup2(nowhere, 2)
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w"), encoding="utf-8")
    os.chdir(working_folder(case.folder, program))
    sys.path.insert(0, str(program.parent))
    sys.argv = [str(program)]
    sys.dont_write_bytecode = True


def _execute(case: Case, program: Path) -> dict[str, object]:
    """Run the program, or the driver that runs it; the names that it leaves."""
    if case.driver is None:
        return runpy.run_path(str(program), run_name="__main__")
    names: dict[str, object] = {"__name__": "__driver__"}
    driver = re.sub(r"\bbug\b", program.stem, case.driver)
    exec(compile(driver, "<driver>", "exec"), names)
    return names


def _shown(symptom: Symptom, names: dict[str, object], printed: IO[bytes]) -> str:
    if symptom.check is not None:
        return str(eval(symptom.check, {**names, "tryrun": _tried}))
    sys.stdout.flush()
    printed.seek(0)
    return printed.read().decode("utf-8", "replace")


def _tried(call: Callable[[], object]) -> object:
    """For checks: the shape of what a call gives, or the exception that it raises."""
    try:
        made = call()
    except Exception as error:
        return f"raises {type(error).__name__}"
    return getattr(made, "shape", made)


def _keras_of_the_program() -> str:
    """The only one that was imported; TensorFlow brings Keras 3, but not tf_keras."""
    name = "tf_keras" if "tf_keras" in sys.modules else "keras"
    return f"{name} {importlib.metadata.version(name)}"


def _frames(case: Case, error: BaseException) -> list[str]:
    """The lines of the case's own files that the exception passed, the innermost last."""
    frames = []
    for frame in traceback.extract_tb(error.__traceback__):
        with contextlib.suppress(ValueError):
            file = Path(frame.filename).resolve().relative_to(case.folder.resolve())
            frames.append(f"{file.as_posix()}:{frame.lineno}")
    return frames


def _named(error: BaseException) -> str:
    """The exception's type and the first line of what it says, without colours or addresses."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip()
    return f"{type(error).__name__}: {' '.join(text.split())[:300]}"

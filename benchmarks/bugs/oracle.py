"""Run the cases' programs in TensorFlow: what case.toml says of them is what happens.

TensorFlow is imported once; each program runs in a fork of that process, in its own folder.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import runpy
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from benchmarks.bugs import standins
from benchmarks.bugs.case import Case, working_folder

_LIMIT_SECONDS = 300
# The names under which packages are imported that the index calls otherwise.
_MODULES = {
    "absl-py": "absl", "ml-collections": "ml_collections", "pillow": "PIL",
    "python-dotenv": "dotenv", "pyyaml": "yaml", "scikit-learn": "sklearn",
}  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """What a program came to: where it raised (the user's frames, the innermost last) and what."""

    frames: tuple[str, ...]
    raised: str | None
    seconds: float


def missing(case: Case) -> list[str]:
    """The packages that a case needs and that are not installed."""
    return [name for name in case.needs
            if importlib.util.find_spec(_MODULES.get(name.lower(), name)) is None]  # fmt: skip


def disagreements(case: Case) -> Iterator[str]:
    """In what a run of the case's programs differs from what its case.toml says."""
    if case.main is not None:
        yield from _of_bug(case, run(case, case.main))
    twin = run(case, case.twin)
    if twin.raised is not None:
        yield f"the twin raises {twin.raised}"


def _of_bug(case: Case, ran: Ran) -> Iterator[str]:
    failure = case.failure
    assert failure is not None
    if case.kind == "silent":
        if ran.raised is not None:
            yield f"raises {ran.raised}, and is called silent"
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


def run(case: Case, program: Path) -> Ran:
    """Run a program in a child process that has TensorFlow loaded already."""
    standins.install()
    reading, writing = os.pipe()
    started = time.perf_counter()
    child = os.fork()
    if not child:
        os.close(reading)
        _run_and_tell(case, program, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = json.loads(pipe.read() or b'{"frames": [], "raised": "died"}')
    os.waitpid(child, 0)
    return Ran(tuple(told["frames"]), told["raised"], time.perf_counter() - started)


def _run_and_tell(case: Case, program: Path, writing: int) -> NoReturn:
    told: dict[str, object] = {"frames": [], "raised": None}
    try:
        _enter(case, program)
        _execute(case, program)
    except BaseException as error:
        if not (isinstance(error, SystemExit) and not error.code):
            told = {"frames": _frames(case, error), "raised": _named(error)}
    finally:
        os.write(writing, json.dumps(told).encode())
        os._exit(0)


def _enter(case: Case, program: Path) -> None:
    """Make this process look as if the program had been started in its folder."""
    signal.alarm(_LIMIT_SECONDS)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.chdir(working_folder(case.folder, program))
    sys.path.insert(0, str(program.parent))
    sys.argv = [str(program)]
    sys.dont_write_bytecode = True


def _execute(case: Case, program: Path) -> None:
    if case.driver is None:
        runpy.run_path(str(program), run_name="__main__")
    else:
        driver = re.sub(r"\bbug\b", program.stem, case.driver)
        exec(compile(driver, "<driver>", "exec"), {"__name__": "__driver__"})


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

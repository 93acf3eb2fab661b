"""Programs that are run in TensorFlow and linted: the lines at which each fails, and those that are found."""

from __future__ import annotations

import contextlib
import io
import traceback
from pathlib import Path

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_PATH = "<program>"


def lines_of_failure(program: str) -> list[int]:
    """The lines at which a program fails when it is run; [] if it does not."""
    code = compile(program, _PATH, "exec")
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            exec(code, {"__name__": "__main__"})
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            return [frame.lineno or 0 for frame in frames if frame.filename == _PATH]
    return []


def lines_of_findings(program: str, folder: Path) -> list[int]:
    """The lines of the findings in a program that is all of a project."""
    (folder / ".git").mkdir()
    found = check_source(program, str(folder / "program.py"), Settings(keras_version="3"))
    return [finding.line for finding in found]

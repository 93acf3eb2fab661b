"""The command as a user calls it, in a folder of its own."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from kerasmergelint.cli.main import main

Done = subprocess.CompletedProcess[str]


def kerasmergelint(*arguments: str, cwd: Path, **environment: str) -> Done:
    """Run it in this process, which saves loading it a hundred times; its output is not a terminal."""
    out, err = io.StringIO(), io.StringIO()
    with (
        _folder(cwd),
        mock.patch.dict(os.environ, environment),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            status = main(arguments)
        except SystemExit as error:
            status = error.code if isinstance(error.code, int) else 1
    return Done(["kerasmergelint", *arguments], status, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _folder(path: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(path)
    try:
        yield
    finally:
        os.chdir(before)


def in_a_process(*arguments: str, cwd: Path, stdin: str = "", **environment: str) -> Done:
    """Run it as another process."""
    return subprocess.run(
        [sys.executable, "-m", "kerasmergelint.cli.main", *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def warnings_of(done: Done) -> str:
    """What it said besides which Keras it took."""
    lines = done.stderr.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("kerasmergelint: checked for "))

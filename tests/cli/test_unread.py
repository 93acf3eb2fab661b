"""A file that cannot be read is said to be unread: in every format, by every command, with status 2."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import in_a_process, kerasmergelint, warnings_of
from tests.cli.test_check import BROKEN
from tests.cli.test_notebook import notebook
from tests.cli.test_sarif import schema_errors
from tests.repository import ROOT

SAYS = "Python {}.{} says: ".format(*sys.version_info)
# The content of a file, the line that is named, and the beginning of the reason.
UNREADABLE = {
    "syntax": (b"import keras\ndef f(:\n", 2, SAYS),
    "newer": (b"import keras\nx = 1\ny = t'{x'\n", 3, SAYS),
    "Python 2": (b"import keras\nprint 'x'\n", 2, SAYS),
    "null byte": (b"import keras\nx = '\0'\n", 2, "a null byte"),
    "not UTF-8": (b"import keras\n\n# \xff\n", 3, "a byte that is not utf-8"),
    "encoding": (b"# coding: klingon\nimport keras\n", None, "unknown encoding: klingon"),
    "nesting": (b"import keras\nx = " + b"-" * 100_000 + b"1", None, "nested too deeply"),
    "brackets": (b"import keras\nx = " + b"(" * 3_000, 2, SAYS),
    "size": (b"import keras\n" + b"#" * 2_000_000, None, "longer than 2,000,000 characters"),
    "digits": (b"import keras\nx = " + b"9" * 9_000, 2, "5,000 digits in a row"),
}
NOT_ABOUT_KERAS = {
    "syntax": b"def f(:\n",
    "not UTF-8": b"x = '\xff'\n",
    "encoding": b"# coding: klingon\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A program with a finding, and one that cannot be read, in the order of their names."""
    (tmp_path / "net.py").write_text(BROKEN)
    (tmp_path / "bad.py").write_text("import keras\n\nx = (\n")
    return tmp_path


def answer(folder: Path, *arguments: str) -> Any:
    done = kerasmergelint(*arguments, "--format", "json", cwd=folder)
    assert done.returncode == 2
    return json.loads(done.stdout)


# -- check -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "line", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_why_a_file_is_unread(
    content: bytes, line: int | None, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "bad.py").write_bytes(content)
    done = kerasmergelint("check", "bad.py", "--enable", "KML9", cwd=tmp_path)
    place = "bad.py" if line is None else f"bad.py:{line}"
    assert done.stderr.startswith(f"kerasmergelint: {place}: not read: {reason}")
    assert warnings_of(done).count("\n") == 1
    assert (done.returncode, done.stdout) == (2, "0 findings; 0 files checked; 1 file not read\n")


def test_utf_16_is_about_keras_too(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_bytes("import keras".encode("utf-16"))
    done = kerasmergelint("check", "bad.py", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "0 findings; 0 files checked; 1 file not read\n")


@pytest.mark.parametrize("content", NOT_ABOUT_KERAS.values(), ids=NOT_ABOUT_KERAS)
def test_what_is_not_about_keras_need_not_be_read(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_bytes(content)
    done = kerasmergelint("check", ".", cwd=tmp_path)
    assert (done.returncode, warnings_of(done)) == (0, "")
    assert done.stdout == "0 findings; 1 file checked\n"


@pytest.mark.parametrize("command", ["check", "confirm"])
@pytest.mark.parametrize("content", NOT_ABOUT_KERAS.values(), ids=NOT_ABOUT_KERAS)
def test_a_file_that_is_named_is_read(content: bytes, command: str, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_bytes(content)
    done = kerasmergelint(command, "bad.py", cwd=tmp_path)
    assert done.returncode == 2
    assert re.match(r"kerasmergelint: bad\.py(:1)?: not read: ", done.stderr)


def test_standard_input_is_named(tmp_path: Path) -> None:
    done = in_a_process("check", "-", cwd=tmp_path, stdin="def f(:\n")
    assert done.returncode == 2 and "stdin.py:1: not read: " in done.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_other_files_are_checked_all_the_same(jobs: str, folder: Path) -> None:
    for number in range(16):
        (folder / f"more_{number}.py").write_text(BROKEN)
    done = kerasmergelint("check", ".", "--jobs", jobs, cwd=folder)
    assert done.returncode == 2
    assert done.stderr.startswith("kerasmergelint: bad.py:3: not read: ")
    assert "net.py:7:5: KML111" in done.stdout
    assert done.stdout.endswith("17 findings; 17 files checked; 1 file not read\n")


def test_a_file_that_cannot_be_opened(folder: Path) -> None:
    (folder / "gone.py").symlink_to(folder / "nowhere.py")
    found = answer(folder, "check", "net.py", "gone.py")
    assert found["unread"] == [
        {"file": "gone.py", "reason": "No such file or directory", "line": None}
    ]
    assert [finding["file"] for finding in found["findings"]] == ["net.py"]


def test_standard_input(tmp_path: Path) -> None:
    done = in_a_process("check", "-", "--stdin-display-name", "open.py", cwd=tmp_path,
                        stdin="import keras\nx = (\n")  # fmt: skip
    assert done.returncode == 2 and "kerasmergelint: open.py:2: not read: " in done.stderr


def test_an_import_that_cannot_be_read_may_hold_anything(folder: Path) -> None:
    (folder / "net.py").write_text(
        "from bad import join\n" + BROKEN.replace("Add()([left, right])", "join(left, right)")
    )
    done = kerasmergelint("check", "net.py", cwd=folder)
    assert (done.returncode, warnings_of(done)) == (0, "")
    assert done.stdout == "0 findings; 1 file checked\n"


def test_a_file_that_is_not_to_be_linted_need_not_be_read(folder: Path) -> None:
    (folder / "bad.py").write_text("# flake8: noqa\nimport keras\nx = (\n")
    for command in ("check", "confirm"):
        done = kerasmergelint(command, "bad.py", cwd=folder)
        assert (done.returncode, warnings_of(done)) == (0, "")


def test_writing_a_baseline_fails_too(folder: Path) -> None:
    done = kerasmergelint("check", ".", "--write-baseline", "--baseline", "old.json", cwd=folder)
    assert done.returncode == 2 and "bad.py:3: not read: " in done.stderr
    assert len(json.loads((folder / "old.json").read_text())["findings"]) == 1


def test_no_cache_turns_it_into_nothing_to_say(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KERASMERGELINT_NO_CACHE")
    runs = [
        kerasmergelint("check", ".", "--cache-dir", str(tmp_path / "cache"), cwd=folder)
        for _ in range(3)
    ]
    assert len(list((tmp_path / "cache").rglob("*.json"))) == 1  # that of net.py
    assert {run.returncode for run in runs} == {2}
    assert len({(run.stdout, run.stderr) for run in runs}) == 1
    (folder / "bad.py").write_text("import keras\n\nx = ()\n")
    mended = kerasmergelint("check", ".", "--cache-dir", str(tmp_path / "cache"), cwd=folder)
    assert (mended.returncode, warnings_of(mended)) == (1, "")


# -- formats ---------------------------------------------------------------------------------


def test_json(folder: Path) -> None:
    found = answer(folder, "check", ".")
    assert (found["files"], len(found["findings"])) == (1, 1)
    [unread] = found["unread"]
    assert (unread["file"], unread["line"]) == ("bad.py", 3)
    assert unread["reason"].startswith(SAYS)
    page = (ROOT / "docs" / "check-json.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in ("unread", *unread))


def test_json_of_files_that_can_be_read(folder: Path) -> None:
    done = kerasmergelint("check", "net.py", "--format", "json", cwd=folder)
    assert json.loads(done.stdout)["unread"] == []


def test_sarif(folder: Path) -> None:
    done = kerasmergelint("check", ".", "--format", "sarif", cwd=folder)
    content = json.loads(done.stdout)
    assert done.returncode == 2 and schema_errors(content) == []
    [run] = content["runs"]
    assert len(run["results"]) == 1
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is False
    [notification] = invocation["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert notification["message"]["text"].startswith("bad.py:3: not read: ")
    [location] = notification["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "bad.py", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 3},
    }


def test_sarif_of_files_that_can_be_read(folder: Path) -> None:
    done = kerasmergelint("check", "net.py", "--format", "sarif", cwd=folder)
    [invocation] = json.loads(done.stdout)["runs"][0]["invocations"]
    assert invocation == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_github(folder: Path) -> None:
    (folder / "size.py").write_bytes(UNREADABLE["size"][0])
    done = kerasmergelint("check", ".", "--format", "github", cwd=folder)
    first, second, third = done.stdout.splitlines()
    assert first.startswith(f"::error file=bad.py,title=not read,line=3::{SAYS}")
    assert second.startswith("::error file=size.py,title=not read::longer than 2,000,000")
    assert third.startswith("::error file=net.py,title=KML111,")


# -- notebooks -------------------------------------------------------------------------------

NOTEBOOKS = {
    "not JSON": ('{"keras": 1,\n "cells": [', 2, "not JSON: "),
    "nesting": ("[" * 100_000 + '"keras"', None, "not JSON that Python can follow"),
    "another document": ('{"worksheets": ["keras"]}', None, "a notebook without a list of cells"),
}


@pytest.mark.parametrize(("content", "line", "reason"), NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_what_is_no_notebook(content: str, line: int | None, reason: str, tmp_path: Path) -> None:
    (tmp_path / "net.ipynb").write_text(content)
    [unread] = answer(tmp_path, "check", "net.ipynb")["unread"]
    assert (unread["file"], unread["line"]) == ("net.ipynb", line)
    assert unread["reason"].startswith(reason)


def test_a_notebook_is_read_up_to_the_first_cell_that_is_not_python(tmp_path: Path) -> None:
    cells = (BROKEN, "install more", "import keras")
    (tmp_path / "net.ipynb").write_text(json.dumps(notebook(*cells), indent=1))
    found = answer(tmp_path, "check", ".")
    [unread] = found["unread"]
    raw = (tmp_path / "net.ipynb").read_text().splitlines()
    assert "install more" in raw[unread["line"] - 1]
    assert unread["reason"].startswith("cell 2 is not Python")
    assert [finding["cell"] for finding in found["findings"]] == [1]


def test_a_notebook_may_be_about_keras_after_that_cell(tmp_path: Path) -> None:
    (tmp_path / "net.ipynb").write_text(json.dumps(notebook("install more", "import keras")))
    assert len(answer(tmp_path, "check", ".")["unread"]) == 1


# -- the other commands ----------------------------------------------------------------------


@pytest.mark.parametrize(("content", "line", "reason"), UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("command", ["summary", "graph", "confirm"])
def test_other_commands(
    command: str, content: bytes, line: int | None, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "bad.py").write_bytes(content)
    done = kerasmergelint(command, "bad.py", cwd=tmp_path)
    place = "bad.py" if line is None else f"bad.py:{line}"
    assert done.stderr.startswith(f"kerasmergelint: {place}: not read: {reason}")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert done.stdout == (
        "" if command != "confirm" else "0 confirmed, 0 refuted, 0 not reached\n"
    )


def test_the_value_of_an_expression_in_what_cannot_be_read(folder: Path) -> None:
    done = kerasmergelint("summary", "bad.py::f(3)", cwd=folder)
    assert done.returncode == 2 and "kerasmergelint: bad.py:3: not read: " in done.stderr


def test_the_json_of_a_summary(folder: Path) -> None:
    found = answer(folder, "summary", "bad.py")
    assert found["unread"]["line"] == 3 and found["unread"]["reason"].startswith(SAYS)
    assert found["models"] == []


def test_the_json_of_a_confirmation(folder: Path) -> None:
    found = answer(folder, "confirm", "bad.py")
    assert [problem.partition(": ")[0] for problem in found["problems"]] == ["bad.py:3"]


def test_flake8_itself_tells_of_syntax_errors(folder: Path) -> None:
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=KML,E9",
               "--kml-enable=KML9", "--kml-no-cache", "bad.py"]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["E999"], done.stdout
    assert warnings_of(done) == ""


@pytest.mark.parametrize("command", ["check", "summary", "graph", "confirm"])
def test_help_and_the_documentation_tell_of_the_exit_status(command: str, tmp_path: Path) -> None:
    told = " ".join(kerasmergelint(command, "--help", cwd=tmp_path).stdout.lower().split())
    assert "exit status: 0" in told and "a file that could not be read" in told
    page = (ROOT / "docs" / f"{command}.md").read_text(encoding="utf-8")
    section = page.partition("## Exit status")[2].partition("\n## ")[0]
    assert "| 2 |" in section and "could not be read" in section

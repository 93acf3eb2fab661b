"""A bug of ours is told, counted, and status 2: what was not checked is never said to be fine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerasmergelint.cli import commands
from kerasmergelint.cli.programs import sources
from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.protocol import LayerCall, Outcome
from kerasmergelint.tracker.program import analysis
from kerasmergelint.tracker.python import arithmetic
from tests.cli.command import kerasmergelint
from tests.cli.test_check import BROKEN
from tests.cli.test_sarif import schema_errors
from tests.injected import bug_in

BESIDE = BROKEN.replace("left =", "mask = Masking()(x)\nleft =").replace("Add, ", "Add, Masking, ")


def test_a_file_that_cannot_be_analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError("a bug")

    (tmp_path / "net.py").write_text(BROKEN)
    monkeypatch.setattr(analysis, "analyse", fails)
    done = kerasmergelint("check", "net.py", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (
        2,
        "0 findings; 1 file checked; 1 internal error\n",
    )
    assert done.stderr.startswith("kerasmergelint: net.py: internal error, KeyError in ")


@pytest.mark.parametrize("shown", ["json", "sarif", "github"])
def test_every_format_tells(shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError("a bug")

    (tmp_path / "net.py").write_text(BROKEN)
    monkeypatch.setattr(analysis, "analyse", fails)
    done = kerasmergelint("check", "net.py", "--format", shown, cwd=tmp_path)
    assert done.returncode == 2
    words = "internal error, KeyError in test_internal_errors.py"
    if shown == "github":
        assert done.stdout.startswith(f"::error file=net.py,title=internal error::{words}")
        return
    told = json.loads(done.stdout)
    if shown == "sarif":
        assert schema_errors(told) == []
        [notification] = told["runs"][0]["invocations"][0]["toolExecutionNotifications"]
        assert notification["message"]["text"].startswith(words)
    else:
        [error] = told["errors"]
        assert error["file"] == "net.py" and error["message"].startswith(words)


def test_one_layer_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not need it is checked all the same."""
    works = LayerType.call

    def fails(self: LayerType, call: LayerCall) -> Outcome:
        if self.name == "Masking":
            raise KeyError("a bug")
        return works(self, call)

    (tmp_path / "net.py").write_text(BESIDE)
    monkeypatch.setattr(LayerType, "call", fails)
    done = kerasmergelint("check", "net.py", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout.startswith("net.py:8:5: KML111 ")
    assert done.stdout.endswith("1 finding; 1 file checked; 1 internal error\n")
    assert "internal error, KeyError in " in done.stderr


def test_names_that_are_no_text(tmp_path: Path) -> None:
    """A listing of the folder decides which Keras is meant."""
    (tmp_path / "net.py").write_text(BROKEN)
    try:
        (tmp_path / "bad\udcff.py").write_text("")
    except OSError:
        pytest.skip("this file system has no such names")
    assert kerasmergelint("check", "net.py", cwd=tmp_path).returncode == 1


def test_a_file_that_meets_a_bug_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = sources.read_source

    def fails(path: str, shown: str, **others: bool) -> sources.Source:
        if path.endswith("bad.py"):
            raise KeyError("a bug")
        return works(path, shown, **others)

    (tmp_path / "net.py").write_text(BROKEN)
    (tmp_path / "bad.py").write_text(BROKEN)
    monkeypatch.setattr(sources, "read_source", fails)
    done = kerasmergelint("check", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("kerasmergelint: bad.py: internal error, KeyError in ")
    assert done.stdout.endswith("1 finding; 2 files checked; 1 internal error\n")


@pytest.mark.parametrize("command", ["check", "summary", "graph"])
def test_no_command_ends_with_a_traceback(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError("a bug")

    (tmp_path / "net.py").write_text(BROKEN)
    monkeypatch.setattr(commands.check, "check", fails)
    monkeypatch.setattr(analysis, "evaluate", fails)
    done = kerasmergelint(command, "net.py", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    [told] = done.stderr.splitlines()
    assert told.startswith("kerasmergelint: internal error, KeyError in test_internal_errors.py")


@pytest.mark.parametrize("command", ["summary", "graph"])
def test_what_is_shown_may_lack_something(command: str, tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(
        "import keras\nx = keras.Input((3,))\nkeras.Model(x, x)\n1 + 1\n"
    )
    with bug_in(arithmetic.binary):
        done = kerasmergelint(command, "net.py", cwd=tmp_path)
    assert done.returncode == 2 and "(None, 3)" in done.stdout
    assert done.stderr.startswith("kerasmergelint: net.py: internal error, Injected in ")

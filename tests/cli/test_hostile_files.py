"""Names and files that are meant to harm: nothing hangs, and a terminal gets only what it can print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kerasmergelint.cli.commands.check import FORMATS
from tests.cli.command import in_a_process, kerasmergelint, warnings_of
from tests.cli.test_check import BROKEN

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and such names are POSIX's")

ESCAPE = "\x1b"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "net.py").write_text(BROKEN)
    return tmp_path


def add_what_is_no_file(folder: Path) -> None:
    os.mkfifo(folder / "pipe.py")
    (folder / "endless.py").symlink_to("/dev/zero")
    (folder / "itself.py").symlink_to("itself.py")
    (folder / "nowhere.ipynb").symlink_to("none.ipynb")
    (folder / "round").symlink_to(".")


def test_what_is_no_file_is_skipped_in_a_folder(folder: Path) -> None:
    add_what_is_no_file(folder)
    done = in_a_process("check", ".", cwd=folder)
    assert done.returncode == 1 and "1 finding; 1 file checked" in done.stdout
    assert sorted(warnings_of(done).splitlines()) == [
        f"kerasmergelint: {name}: skipped, not a regular file"
        for name in ("endless.py", "itself.py", "nowhere.ipynb", "pipe.py")
    ]


@pytest.mark.parametrize("command", ["check", "summary", "graph"])
@pytest.mark.parametrize("name", ["pipe.py", "endless.py", "itself.py", "nowhere.ipynb"])
def test_what_is_no_file_is_not_read(command: str, name: str, folder: Path) -> None:
    add_what_is_no_file(folder)
    done = kerasmergelint(command, name, cwd=folder)
    assert done.returncode == 2 and f"{name}: not read: " in done.stderr


def test_a_program_may_import_what_is_no_file(folder: Path) -> None:
    add_what_is_no_file(folder)
    (folder / "net.py").write_text("import pipe, endless, itself\n" + BROKEN)
    assert "KML111" in kerasmergelint("check", "net.py", cwd=folder).stdout


@pytest.fixture
def endless(folder: Path) -> Path:
    """A folder with a pipe that nobody writes to, a file that never ends, a folder, and a link to itself."""
    os.mkfifo(folder / "pipe")
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "loop").symlink_to("loop")
    (folder / "folder").mkdir()
    return folder


@pytest.mark.parametrize("option", ["--baseline", "--config"])
@pytest.mark.parametrize("name", ["pipe", "zero", "loop", "folder", "none", "a\0b"])
def test_what_an_option_names_may_be_no_file(option: str, name: str, endless: Path) -> None:
    done = kerasmergelint("check", "net.py", option, name, cwd=endless)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"kerasmergelint: {name}: ")


@pytest.mark.parametrize("key", ["baseline", "roots", "cache-dir"])
@pytest.mark.parametrize("name", ["pipe", "zero", "loop", "folder", "none"])
def test_what_a_configuration_names_may_be_no_file(key: str, name: str, endless: Path) -> None:
    value = f'["{name}"]' if key == "roots" else f'"{name}"'
    (endless / "pyproject.toml").write_text(f"[tool.kerasmergelint]\n{key} = {value}\n")
    done = kerasmergelint("check", "net.py", cwd=endless)
    assert done.returncode == (2 if key == "baseline" else 1)


@pytest.mark.parametrize("name", ["pyproject.toml", "setup.cfg", ".flake8", "requirements.txt"])
@pytest.mark.parametrize("what", ["pipe", "zero", "loop", "folder"])
def test_a_configuration_that_is_no_file_is_passed_over(
    name: str, what: str, endless: Path
) -> None:
    (endless / what).rename(endless / name)
    assert kerasmergelint("check", "net.py", cwd=endless).returncode == 1


def test_a_baseline_that_is_none(folder: Path) -> None:
    for content in (b"{", b"[]", b'{"version": 1}', b"\xff", b"[" * 200_000):
        (folder / "known.json").write_bytes(content)
        done = kerasmergelint("check", "net.py", "--baseline", "known.json", cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("kerasmergelint: known.json: ")


def test_what_is_piped_in_may_never_end(folder: Path) -> None:
    with open("/dev/zero", "rb") as zeros:
        done = subprocess.run(
            [sys.executable, "-m", "kerasmergelint", "check", "-"],
            cwd=folder, stdin=zeros, capture_output=True, check=False, timeout=300,
        )  # fmt: skip
    assert done.returncode in (0, 2)


def test_a_closed_standard_input(folder: Path) -> None:
    command = f"{sys.executable} -m kerasmergelint check - <&-"
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (2, "kerasmergelint: standard input is closed\n")


@pytest.mark.parametrize("shown", FORMATS)
def test_names_and_source_reach_no_terminal_raw(shown: str, folder: Path) -> None:
    (folder / "net.py").unlink()
    hostile = BROKEN.replace("Add()", f"Add(name='{ESCAPE}]0;title')").encode()
    for name in (b"bad\xff.py", b"esc\x1b[31m.py", b"line\nbreak.py"):
        (folder / os.fsdecode(name)).write_bytes(hostile)
    done = in_a_process("check", ".", "--format", shown, "--verdicts", cwd=folder)
    assert (done.returncode, warnings_of(done)) == (1, "")
    assert done.stdout.count("KML111") >= 3
    assert ESCAPE not in done.stdout and "\udcff" not in done.stdout
    if shown == "github":
        assert all(line.startswith("::") for line in done.stdout.splitlines())
    elif shown != "text":
        json.loads(done.stdout)


@pytest.mark.parametrize("command", ["summary", "graph"])
def test_names_of_layers_reach_no_terminal_raw(command: str, folder: Path) -> None:
    (folder / "net.py").write_text(
        f"import keras\nx = keras.Input((8,), name='a{ESCAPE}[2Jb')\n"
        f"keras.Model(x, keras.layers.Dense(2)(x), name='{ESCAPE}c')\n"
    )
    shown = kerasmergelint(command, "net.py", cwd=folder).stdout
    assert "a␛[2Jb" in shown and ESCAPE not in shown


def test_a_terminal_that_lacks_characters(folder: Path) -> None:
    (folder / "net.py").write_text(BROKEN.replace("Add()", "Add(name='Größe')"))
    done = in_a_process("check", "net.py", cwd=folder, PYTHONIOENCODING="ascii")
    assert done.returncode == 1 and "Gr\\xf6\\xdfe" in done.stdout

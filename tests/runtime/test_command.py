"""``kerasmergelint confirm`` and ``flake8 --kml-confirm`` as a user calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import in_a_process, kerasmergelint
from tests.runtime.programs import KERAS
from tests.some import some

BROKEN = KERAS + "x = keras.Input((8,))\nlayers.Add()([layers.Dense(3)(x), layers.Dense(4)(x)])\n"
CLEAN = KERAS + "x = keras.Input((8,))\nlayers.Add()([layers.Dense(3)(x), layers.Dense(3)(x)])\n"
CONFIRMED = "ValueError: Inputs have incompatible shapes. Received shapes (3,) and (4,)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "broken.py").write_text(BROKEN)
    (tmp_path / "clean.py").write_text(CLEAN)
    (tmp_path / "other.py").write_text("print('no such thing')\n")
    return tmp_path


@pytest.fixture
def bare_python(tmp_path: Path) -> str:
    """An interpreter without any installed package."""
    path = tmp_path / "bare-python"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n')
    path.chmod(0o755)
    return str(path)


@pytest.mark.oracle
@pytest.mark.parametrize("way", [(), ("--execute",)], ids=["replay", "execute"])
def test_a_confirmed_finding(folder: Path, way: tuple[str, ...]) -> None:
    done = kerasmergelint("confirm", *way, "broken.py", cwd=folder)
    assert done.returncode == 1
    finding, verdict, counts, built = done.stdout.splitlines()
    assert finding.startswith("broken.py:4:1: KML111 Add: axis 1 differs: 3 and 4")
    assert verdict == f"    confirmed: {CONFIRMED}"
    assert counts == "1 confirmed, 0 refuted, 0 not reached"
    assert built.startswith("built with TensorFlow 2.")
    assert done.stderr == ""


def test_nothing_found_needs_no_tensorflow(folder: Path, bare_python: str) -> None:
    done = kerasmergelint("confirm", "--python", bare_python, "clean.py", "other.py", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "0 confirmed, 0 refuted, 0 not reached\n")


def test_without_tensorflow_the_findings_are_still_printed(folder: Path, bare_python: str) -> None:
    done = kerasmergelint("confirm", "--python", bare_python, ".", cwd=folder)
    assert done.returncode == 2
    assert "broken.py:4:1: KML111 Add: axis 1 differs: 3 and 4" in done.stdout
    assert "    not reached: no TensorFlow with Keras 3" in done.stdout
    assert "tensorflow cannot be imported" in done.stderr
    assert "pip install 'kerasmergelint[runtime]'" in done.stderr


def test_without_tensorflow_by_execution(folder: Path, bare_python: str) -> None:
    done = kerasmergelint("confirm", "--execute", "--python", bare_python, ".", cwd=folder)
    assert done.returncode == 2
    assert "    not reached: no TensorFlow with Keras 3" in done.stdout


def test_an_interpreter_that_does_not_exist(folder: Path) -> None:
    done = kerasmergelint("confirm", "--python", "./nowhere", "broken.py", cwd=folder)
    assert done.returncode == 2
    assert "KML111" in done.stdout
    assert "./nowhere cannot be started" in done.stderr


def test_a_path_that_does_not_exist(folder: Path) -> None:
    done = kerasmergelint("confirm", "nowhere.py", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")


SENSELESS = {
    "--jobs": ("0", "-1", "x", "1.5", "9" * 5000),
    "--memory": ("much", "0", "-1G", "nan", "inf", "1e400", "1e40G"),
    "--timeout": ("0", "-1", "x", "nan", "inf", "1e400"),
}


@pytest.mark.parametrize("option", SENSELESS)
def test_senseless_options(folder: Path, option: str) -> None:
    for value in some(SENSELESS[option]):
        done = kerasmergelint("confirm", f"{option}={value}", "clean.py", cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{value!r} is not a " in done.stderr


@pytest.mark.oracle
def test_json(folder: Path) -> None:
    done = kerasmergelint("confirm", "--format", "json", "broken.py", "clean.py", cwd=folder)
    told = json.loads(done.stdout)
    assert told["version"] == 2
    assert told["counts"] == {"confirmed": 1, "refuted": 0, "not reached": 0}
    (finding,) = told["findings"]
    assert (finding["file"], finding["line"], finding["column"]) == ("broken.py", 4, 0)
    assert finding["confirmation"] == "confirmed"
    assert f"{finding['exception']}: {finding['exception_message']}" == CONFIRMED
    assert told["built_with"][0]["keras"].startswith("3.")
    assert told["problems"] == []


@pytest.mark.oracle
def test_noqa_and_configuration_hold(folder: Path) -> None:
    (folder / "silent.py").write_text(BROKEN.replace("(x)])\n", "(x)])  # noqa: KML111\n"))
    (folder / "pyproject.toml").write_text("[tool.kerasmergelint]\nignore = ['KML1']\n")
    assert kerasmergelint("confirm", "silent.py", "broken.py", cwd=folder).returncode == 0


@pytest.mark.oracle
@pytest.mark.parametrize("way", [(), ("--execute",)], ids=["replay", "execute"])
def test_notebooks(folder: Path, way: tuple[str, ...]) -> None:
    lines = BROKEN.splitlines(keepends=True)
    cells = [
        {
            "cell_type": "code",
            "source": part,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for part in (["%matplotlib inline\n", *lines[:2]], lines[2:])
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "net.ipynb").write_text(json.dumps(notebook))
    done = kerasmergelint("confirm", *way, "net.ipynb", cwd=folder)
    assert done.stdout.startswith("net.ipynb:cell 2:2:1: KML111")
    assert f"confirmed: {CONFIRMED}" in done.stdout


@pytest.mark.oracle
def test_another_interpreter(folder: Path) -> None:
    done = kerasmergelint("confirm", "--python", sys.executable, "broken.py", cwd=folder)
    assert done.returncode == 1


@pytest.mark.oracle
def test_nothing_is_left_behind(folder: Path) -> None:
    inner = folder / "tmp"
    inner.mkdir()
    done = in_a_process("confirm", "broken.py", cwd=folder, TMPDIR=str(inner))
    assert done.returncode == 1
    assert os.listdir(inner) == []


@pytest.mark.oracle
def test_progress_is_shown_on_a_terminal_only(folder: Path) -> None:
    pty = pytest.importorskip("pty")
    command = [sys.executable, "-m", "kerasmergelint.cli.main", "confirm", "broken.py"]
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=slave, env=environment
    ) as process:
        os.close(slave)
        seen = b""
        while True:
            try:
                chunk = os.read(master, 4096)
            except OSError:
                break
            if not chunk:
                break
            seen += chunk
    os.close(master)
    assert b"importing TensorFlow" in seen
    assert process.returncode == 1


@pytest.mark.oracle
def test_the_keras_that_is_there_will_do(folder: Path) -> None:
    """An environment of before Keras 3: programs that are for either are built with Keras 2."""
    (folder / "site" / "keras").mkdir(parents=True)
    (folder / "site" / "keras" / "__init__.py").write_text("__version__ = '2.15.0'\n")
    (folder / "site" / "keras-2.15.0.dist-info").mkdir()
    done = in_a_process("confirm", "broken.py", cwd=folder, PYTHONPATH=str(folder / "site"))
    assert done.returncode == 1
    assert "Keras 2." in done.stdout.splitlines()[-1]
    assert done.stderr == ""


@pytest.mark.oracle
def test_keras_3_where_only_keras_2_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "site" / "keras").mkdir(parents=True)
    (folder / "site" / "keras" / "__init__.py").write_text("__version__ = '2.15.0'\n")
    (folder / "three.py").write_text(BROKEN + "keras.ops.abs(x)\n")
    monkeypatch.setenv("PYTHONPATH", str(folder / "site"))
    done = kerasmergelint("confirm", "three.py", cwd=folder)
    assert done.returncode == 2
    assert "Keras 3 is needed, but Keras 2.15.0 is installed" in done.stderr


# -- flake8 ----------------------------------------------------------------------------------


def flake8(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flake8", "--isolated", "--select=KML", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.oracle
def test_flake8_ends_findings_with_the_confirmation(folder: Path) -> None:
    done = flake8("--kml-confirm", "broken.py", "clean.py", cwd=folder)
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith("broken.py:4:1: KML111 Add: axis 1 differs: 3 and 4")
    assert line.endswith(f"[confirmed: {CONFIRMED}]")


@pytest.mark.oracle
def test_flake8_with_several_processes(folder: Path) -> None:
    for number in range(3):
        (folder / f"also{number}.py").write_text(BROKEN)
    done = flake8("--kml-confirm", "-j2", ".", cwd=folder)
    assert done.stdout.count("[confirmed: ") == 4
    assert done.stderr == ""


def test_flake8_does_not_confirm_by_default(folder: Path) -> None:
    assert "confirmed" not in flake8("broken.py", cwd=folder).stdout


def test_flake8_without_tensorflow_loses_nothing(folder: Path, bare_python: str) -> None:
    done = flake8("--kml-confirm", f"--kml-confirm-python={bare_python}", ".", cwd=folder)
    (line,) = done.stdout.splitlines()
    assert "KML111 Add: axis 1 differs: 3 and 4" in line
    assert line.endswith(
        "[not reached: no TensorFlow with Keras 3; pip install 'kerasmergelint[runtime]']"
    )


IN_ONE_PROCESS = """
import sys
from flake8.main.cli import main
main(["--isolated", "--select=KML", "-j1", "--kml-confirm", "broken.py"])
heavy = [name for name in ("tensorflow", "keras", "tf_keras", "numpy", "rich") if name in sys.modules]
print("heavy:", heavy)
"""


@pytest.mark.oracle
def test_flake8_itself_stays_light(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_ONE_PROCESS],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert "[confirmed: " in done.stdout
    assert done.stdout.splitlines()[-1] == "heavy: []"


def test_refuted_findings_become_a_note(
    folder: Path, monkeypatch: pytest.MonkeyPatch, bare_python: str
) -> None:
    from kerasmergelint.options import Settings
    from kerasmergelint.runtime import annotate, confirm
    from kerasmergelint.runtime.verdict import Confirmation, Verdict

    def refuting(self: confirm.Confirmer, linted: list[confirm.Linted]) -> object:
        refuted = Verdict(Confirmation.REFUTED, "TensorFlow builds it")
        return {file.path: [confirm.Judged(f, refuted) for f, _ in file.found] for file in linted}

    monkeypatch.setattr(confirm.Confirmer, "confirm", refuting)
    silent = list(annotate.confirmed(BROKEN, "broken.py", Settings(), bare_python))
    assert silent == []
    settings = Settings(enabled=("KML902",))
    (note,) = annotate.confirmed(BROKEN, "broken.py", settings, bare_python)
    assert (note.code, note.line) == ("KML902", 4)
    assert note.message.startswith("KML111 was refuted, TensorFlow builds it")

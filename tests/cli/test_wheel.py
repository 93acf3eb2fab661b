"""The wheel, in an environment that has nothing else: what a user installs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.test_check import BROKEN
from tests.repository import copy_to


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd, capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_to(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="module")
def wheel(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", out, clone, cwd=out)
    [built] = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment with flake8 and the wheel."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    found = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    run(found / "python", "-m", "pip", "install", "-q", "flake8", wheel, cwd=folder)
    return found


def test_what_is_in_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "kerasmergelint/py.typed" in names
    assert "kerasmergelint/keras_api/data/signatures_v3.json" in names
    assert "kerasmergelint/cli/code_pages/index.md" in names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kerasmergelint"}


def test_flake8_finds_the_plugin(scripts: Path, tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(BROKEN)
    assert "kerasmergelint" in run(scripts / "flake8", "--version", cwd=tmp_path)
    assert "net.py:7:5: KML111" in run(scripts / "flake8", "--select=KML", "net.py", cwd=tmp_path)
    installed = run(scripts / "python", "-m", "pip", "list", cwd=tmp_path).lower()
    assert "tensorflow" not in installed and "numpy" not in installed


def test_the_command_works(scripts: Path, tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(BROKEN)
    command = scripts / "kerasmergelint"
    assert "KML111" in run(command, "check", "net.py", cwd=tmp_path)
    assert run(command, "explain", "KML111", cwd=tmp_path).startswith("# KML111")
    text = BROKEN.replace("Dense(3)", "Dense(5)") + "from keras import Model\nm = Model(x, y)\n"
    (tmp_path / "net.py").write_text(text)
    assert "Total params: 90" in run(command, "summary", "net.py", cwd=tmp_path)


def test_the_first_command_of_the_readme(clone: Path) -> None:
    lines = (clone / "README.md").read_text(encoding="utf-8").splitlines()
    command = lines[lines.index("<!-- command: lint -->") + 2]
    done = subprocess.run(
        ["bash", "-c", command], cwd=clone, capture_output=True, text=True, check=False, timeout=900
    )
    assert done.returncode == 1, done.stderr  # flake8 has found something
    assert len(done.stdout.splitlines()) > 30
    assert all(": KML" in line for line in done.stdout.splitlines())

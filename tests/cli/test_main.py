"""The command line itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kerasmergelint import __version__
from kerasmergelint.cli.main import _MODULES
from tests.cli.command import kerasmergelint
from tests.repository import ROOT
from tests.some import some


def test_help_lists_all_commands(tmp_path: Path) -> None:
    done = kerasmergelint("--help", cwd=tmp_path)
    assert done.returncode == 0
    for name in _MODULES:
        assert re.search(rf"^    {name} ", done.stdout, re.MULTILINE), name


@pytest.mark.parametrize("name", _MODULES)
def test_each_command_has_help_of_its_own(name: str, tmp_path: Path) -> None:
    done = kerasmergelint(name, "--help", cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.startswith(f"usage: kerasmergelint {name} ")


def test_version(tmp_path: Path) -> None:
    assert kerasmergelint("--version", cwd=tmp_path).stdout == f"kerasmergelint {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["check"], ["summary"], ["codes", "x"]])
def test_a_wrong_call(arguments: list[str], tmp_path: Path) -> None:
    done = kerasmergelint(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "") and "usage: kerasmergelint" in done.stderr


def test_only_what_is_needed_is_loaded(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom kerasmergelint.cli.main import main\n"
        "main(['codes'])\nprint(*sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"libcst", "rich", "kerasmergelint.tracker", "kerasmergelint.cli.check"}


def test_every_command_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in some(set(_MODULES) - {"codes"}):
        assert f"`kerasmergelint {name} " in text, name

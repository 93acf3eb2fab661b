"""Every program in ``fixtures/`` gives exactly the findings that stand in it, through real flake8."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixture_files import FIXTURES, Expected, expected, name_of, programs, projects


@pytest.fixture(scope="module")
def found() -> dict[Path, set[Expected]]:
    """What flake8 says of all fixtures, internal errors included."""
    command = [
        *(sys.executable, "-m", "flake8", "--isolated", "--select=KML", "--kml-enable=KML900"),
        "--format=%(path)s|%(row)d|%(code)s",
        str(FIXTURES),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.stderr
    findings: dict[Path, set[Expected]] = {}
    for line in done.stdout.splitlines():
        path, row, code = line.split("|")
        findings.setdefault(Path(path), set()).add(Expected(int(row), code))
    return findings


@pytest.mark.parametrize("path", [*programs("broken"), *projects("broken")], ids=name_of)
def test_broken_program(path: Path, found: dict[Path, set[Expected]]) -> None:
    assert expected(path), "a broken fixture says what is wrong with it"
    assert found.get(path, set()) == expected(path)


@pytest.mark.parametrize("path", programs("hazardous"), ids=lambda path: path.stem)
def test_hazardous_program(path: Path, found: dict[Path, set[Expected]]) -> None:
    assert {finding.code[:4] for finding in expected(path)} == {"KML2"}
    assert found.get(path, set()) == expected(path)


@pytest.mark.parametrize("path", [*programs("clean"), *projects("clean")], ids=name_of)
def test_clean_program(path: Path, found: dict[Path, set[Expected]]) -> None:
    assert not expected(path)
    assert found.get(path, set()) == set()


def test_there_are_enough_of_both() -> None:
    assert len(programs("broken")) >= 30
    assert len(programs("clean")) >= 30

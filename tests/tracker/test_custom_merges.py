"""Custom merges in the many ways in which programs write them: found when broken, silent when not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from tests.some import some
from tests.test_fixtures_in_tensorflow import RUNNER
from tests.tracker.custom_merges import PROGRAMS, START


def program(name: str, units: int) -> str:
    return START.format(units=units) + PROGRAMS[name]


@pytest.mark.parametrize("name", PROGRAMS)
def test_broken_merge(name: str) -> None:
    found = check_source(program(name, 6), f"{name}.py", Settings())
    assert [finding.code for finding in found] == ["KML141"]
    assert "called from line" in found[0].message


@pytest.mark.parametrize("name", PROGRAMS)
def test_merge_that_works(name: str) -> None:
    assert check_source(program(name, 8), f"{name}.py", Settings()) == []


@pytest.mark.oracle
def test_tensorflow_agrees(tmp_path: Path) -> None:
    files = []
    for name in PROGRAMS:
        for units in (6, 8):
            files.append(tmp_path / f"{name}_{units}.py")
            files[-1].write_text(program(name, units), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(RUNNER), *map(str, files)], capture_output=True, text=True, check=False
    )
    outcomes = json.loads(done.stdout.splitlines()[-1])
    assert outcomes.keys() == set(map(str, files))
    for path, lines in some(outcomes.items()):
        assert (lines is None) == path.endswith("_8.py"), path

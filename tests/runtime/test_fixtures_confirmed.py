"""Our own oracle: TensorFlow confirms every finding that a fixture asks for, and builds the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kerasmergelint.keras_api.versions import newest
from kerasmergelint.options import Settings
from kerasmergelint.runtime.confirm import Confirmer, Judged, Options
from kerasmergelint.runtime.verdict import Confirmation
from kerasmergelint.tracker.program.version import settle
from tests.fixture_files import Expected, expected, programs

pytestmark = pytest.mark.oracle
Verdicts = dict[str, list[Judged]]

# Data and targets, and Python's own exceptions: only the program itself shows them.
NOT_REPLAYED = "this kind of finding is not replayed"


@pytest.fixture(scope="module")
def executing() -> Any:
    with Confirmer(Settings(), Options(execute=True, jobs=2)) as confirmer:
        yield confirmer


@pytest.fixture(scope="module")
def executed(executing: Confirmer) -> Verdicts:
    return _confirm(executing)


@pytest.fixture(scope="module")
def replayed() -> Verdicts:
    with Confirmer(Settings(), Options(jobs=2)) as confirmer:
        return _confirm(confirmer)


def _confirm(confirmer: Confirmer) -> Verdicts:
    files = [
        confirmer.lint(path.read_text(encoding="utf-8"), str(path)) for path in programs("broken")
    ]
    verdicts = confirmer.confirm(files)
    assert not confirmer.problems
    return verdicts


@pytest.fixture(scope="module")
def ran(executing: Confirmer) -> dict[str, dict[str, Any]]:
    """What became of the clean fixtures."""
    answers: dict[str, dict[str, Any]] = {}
    for keras in (2, 3):
        paths = [str(path) for path in programs("clean") if _keras(path) == keras]
        answers.update(executing.run_programs(paths, keras))
    return answers


def _keras(path: Path) -> int:
    return int(newest(settle(path.read_text(encoding="utf-8"), None).versions))


@pytest.mark.parametrize("path", programs("broken"), ids=lambda path: path.stem)
def test_findings_are_confirmed(path: Path, replayed: Verdicts, executed: Verdicts) -> None:
    """By one way at least, and refuted by none."""
    ways = (*replayed[str(path)], *executed[str(path)])
    assert not [item for item in ways if item.verdict.confirmation is Confirmation.REFUTED]
    confirmed = {
        Expected(item.finding.line, item.finding.code)
        for item in ways
        if item.verdict.confirmation is Confirmation.CONFIRMED
    }
    assert confirmed == expected(path), [item.verdict.text for item in ways]


@pytest.mark.parametrize("path", programs("clean"), ids=lambda path: path.stem)
def test_clean_programs_run(path: Path, ran: dict[str, dict[str, Any]]) -> None:
    assert ran[str(path)] == {"state": "ran", "error": None, "findings": []}


def test_each_way_confirms_nearly_all(replayed: Verdicts, executed: Verdicts) -> None:
    """What the other way has to make up for stays little."""
    for verdicts in (replayed, executed):
        states = [
            item.verdict.confirmation
            for found in verdicts.values()
            for item in found
            if NOT_REPLAYED not in item.verdict.text
        ]
        assert len(states) >= 0.75 * len(programs("broken"))
        assert states.count(Confirmation.CONFIRMED) >= 0.95 * len(states)

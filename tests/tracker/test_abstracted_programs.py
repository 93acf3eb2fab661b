"""Programs that work have no finding, whatever of them is not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from tests.fixture_files import name_of, programs
from tests.tracker.abstracting import KINDS, abstracted, count

# Some of the programs, each with all or some of its constants unknown in each way.
CLEAN = programs("clean")[::4]


@pytest.mark.parametrize("path", CLEAN, ids=name_of)
def test_what_is_not_known_is_no_failure(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    whole = range(count(text))
    for turn, kind in enumerate(KINDS):
        chosen = whole[turn::3] if turn % 2 else whole
        found = check_source(abstracted(text, kind, chosen), str(path), Settings())
        assert not found, (kind, list(chosen), [finding.text for finding in found])


def test_some_constants_are_unknown() -> None:
    text = "import keras\nx = keras.Input((3, 4), name='x')\nif x.ndim == 3:\n    print(5)\n"
    assert count(text) == 4
    head, *rest = abstracted(text, "calls", {0, 2}).splitlines()
    assert head == "from absent_settings import load"
    assert rest[1] == "x = keras.Input((load(0), 4), name=load(2))"
    assert "'value_3', 5" in abstracted(text, "defaults", {3})

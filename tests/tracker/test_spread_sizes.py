"""Sizes that come from a sequence of unknown length: how many axes there are is not known either."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

ARRAYS = ["np.random.rand(2, *sizes)", "np.zeros((4, 8)).reshape(2, *sizes)"]


def _codes(sizes: str, made: str) -> list[str]:
    program = f"import json\nimport numpy as np\nimport keras\nsizes = {sizes}\nx = {made}\nx[0, 0, 0, 0]\n"
    return [finding.code for finding in check_source(program, "program.py", Settings())]


@pytest.mark.parametrize("made", ARRAYS)
def test_nothing_is_certain_of_axes_that_are_not_known(made: str) -> None:
    assert _codes("json.load(open('sizes.json'))", made) == []


@pytest.mark.parametrize("made", ARRAYS)
def test_known_ones_are_counted(made: str) -> None:
    assert _codes("[16]", made) == ["KML131"]

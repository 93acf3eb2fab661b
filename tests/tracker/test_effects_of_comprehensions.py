"""Lists that a comprehension fills on the side, over things of which nothing is known."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import numpy as np
import keras

def images(flag, read, wanted):
    data = []
    {statement}
    return np.array(data)[:, 0]
"""

# The list may have been filled, so that an index along its items is no failure.
MAY_FILL = {
    "a list": "[data.append(read(path)) for path in flag.paths]",
    "a set": "{data.append(read(path)) for path in flag.paths}",
    "a generator": "any(data.append(read(path)) for path in flag.paths)",
    "two loops": "[data.append(read(path)) for part in flag.parts for path in part]",
    "a comprehension of comprehensions": "[[data.append(read(p)) for p in part] for part in flag.parts]",
    "a condition": "[data.append(read(path)) for path in ['a', 'b'] if wanted(path)]",
}
LEAVES_EMPTY = {
    "other effects": "[print(path) for path in flag.paths]",
    "no items": "[data.append(read(path)) for path in []]",
}


def codes(statement: str) -> list[str]:
    program = PROGRAM.format(statement=statement)
    return [finding.code for finding in check_source(program, "program.py", Settings())]


@pytest.mark.parametrize("statement", MAY_FILL.values(), ids=MAY_FILL)
def test_what_an_element_fills_is_not_empty_for_certain(statement: str) -> None:
    assert codes(statement) == []


@pytest.mark.parametrize("statement", LEAVES_EMPTY.values(), ids=LEAVES_EMPTY)
def test_what_no_element_fills_stays_empty(statement: str) -> None:
    assert codes(statement) == ["KML131"]

"""``np.stack`` and its like of a list that a loop of unknown length fills: alike but along the axis."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import os
import numpy as np
from keras import Sequential, layers
rows = [np.zeros({shape}) for name in os.listdir("photos")]
model = Sequential([layers.Input({told}), layers.Dense(3)])
model.predict(np.{join})
"""


@pytest.mark.parametrize(
    ("shape", "join", "size"),
    [
        ((4, 5), "stack(rows)", (4, 5)),
        ((4, 5), "stack(rows, axis=0)", (4, 5)),
        ((4, 5), "concatenate(rows)", (5,)),
        ((4, 5), "concatenate(rows, axis=0)", (5,)),
        ((4, 5), "vstack(rows)", (5,)),
        ((5,), "vstack(rows)", (5,)),
        ((5,), "stack(rows)", (5,)),
    ],
)
def test_sizes(shape: tuple[int, ...], join: str, size: tuple[int, ...]) -> None:
    other = (*size[:-1], size[-1] + 1)
    assert codes(shape, join, size) == []
    assert codes(shape, join, other) == ["KML501"]


@pytest.mark.parametrize(
    ("shape", "join"),
    [
        ((4, 5), "stack(rows, axis=2)"),
        ((4, 5), "concatenate(rows, axis=1)"),
        ((4, 5), "hstack(rows)"),
        ((5,), "column_stack(rows)"),
    ],
)
def test_the_joined_axis_is_open(shape: tuple[int, ...], join: str) -> None:
    size = (5, 9) if "stack(rows, axis=2)" in join else (9,)
    assert codes(shape, join, size) == []


def codes(shape: tuple[int, ...], join: str, told: tuple[int, ...]) -> list[str]:
    text = PROGRAM.format(shape=shape, join=join, told=told)
    return [finding.code for finding in check_source(text, "program.py", Settings())]

"""Tables of pandas, followed by their columns and rows as far as the program says how many there are.

pandas is not needed: what is expected here was seen with pandas 3.1.
"""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_HEAD = """\
import numpy as np
import pandas as pd
import keras
from keras.layers import Dense, Input

df = pd.DataFrame({name: np.random.rand(90) for name in ("a", "b", "c", "price")})
train, test = df[:70], df[70:]
"""
_MODEL = """\
model = keras.Sequential([Input((3,)), Dense(16, activation="relu"), Dense(1)])
model.compile(loss="mse", optimizer="adam")
"""

FITS = {
    "the rows of one part": ("train[['a', 'b', 'c']].values", "train['price'].values", []),
    "targets of the rows that were held back": (
        "train[['a', 'b', 'c']].values",
        "test['price'].values",
        ["KML501"],
    ),
    "without a column": ("train.drop('price', axis=1).values", "train['price'].values", []),
    "with the column of the targets": ("train.values", "train['price'].values", ["KML501"]),
}


@pytest.mark.parametrize("name", FITS)
def test_what_is_trained_on(name: str) -> None:
    x, y, expected = FITS[name]
    found = check_source(f"{_HEAD}{_MODEL}model.fit({x}, {y})\n", "train.py", Settings())
    assert [one.code for one in found] == expected

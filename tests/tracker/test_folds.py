"""The splits of scikit-learn, by how many rows they have."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import numpy as np
from keras import Input, Sequential, layers
from sklearn.model_selection import {splitter}

x, y = np.random.rand(22, 8), np.random.randint(0, 2, 22)
model = Sequential([Input((8,)), layers.Dense(1)])
model.compile("adam", "binary_crossentropy")
for number, (train, test) in enumerate({splitter}(n_splits=4, shuffle=True).split(x, y)):
    {use}
"""
FITTING = ["model.fit(x[train], y[train], validation_data=(x[test], y[test]))", "model.fit(x, y)"]
# 22 rows in 4 parts are 6, 6, 5 and 5.
FAILING = {
    "model.fit(x[train], y)": "`x` has 16, `y` has 22",
    "model.evaluate(x[test], y[train])": "`x` has 6, `y` has 16",
    "number == 3 and model.predict(x[test] + np.zeros((4, 8)))": "(5, 8) and (4, 8)",
}


def messages(splitter: str, use: str) -> list[str]:
    text = PROGRAM.format(splitter=splitter, use=use)
    return [one.message for one in check_source(text, "train.py", Settings(keras_version="3"))]


@pytest.mark.parametrize("splitter", ["KFold", "StratifiedKFold"])
@pytest.mark.parametrize("use", FAILING)
def test_rows_of_another_part(splitter: str, use: str) -> None:
    (message,) = messages(splitter, use)
    assert FAILING[use] in message


@pytest.mark.parametrize("use", FITTING)
def test_rows_of_the_same_part(use: str) -> None:
    assert messages("KFold", use) == []


def test_splits_that_are_not_known() -> None:
    assert messages("ShuffleSplit", "model.fit(x[train], y)") == []

"""Keras 3 brings targets and outputs to one rank for functions, and leaves that to objects of a class."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import keras
import numpy as np

class Own(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return {gives}

def own(y_true, y_pred):
    return {gives}

model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(1)])
model.compile("sgd", {loss})
model.fit(np.zeros((8, 3)), np.zeros({shape}))
"""
REFUSED = "keras.losses.binary_crossentropy(y_true, y_pred)"
TAKEN = "keras.losses.mean_squared_error(y_true, y_pred)"


@pytest.mark.parametrize(
    ("loss", "gives", "shape", "codes"),
    [
        ("Own()", REFUSED, (8,), ["KML502"]),
        ("Own()", REFUSED, (8, 1), []),
        ("own", REFUSED, (8,), []),
        ("Own().call", REFUSED, (8,), []),
        ("Own()", TAKEN, (8,), []),
        ("Own()", REFUSED.replace("keras.losses.", "keras.losses.get('").replace("(y_t", "')(y_t"),
         (8,), ["KML502"]),
        ("keras.losses.get('mse')", TAKEN, (8,), []),
        ("keras.losses.get('BinaryCrossentropy')", TAKEN, (8,), []),
        ("keras.losses.get('binary_crossentropy')", TAKEN, (8, 2), ["KML502"]),
    ],
)  # fmt: skip
def test_codes(loss: str, gives: str, shape: tuple[int, ...], codes: list[str]) -> None:
    text = PROGRAM.format(loss=loss, gives=gives, shape=shape)
    found = check_source(text, "program.py", Settings())
    assert [finding.code for finding in found] == codes

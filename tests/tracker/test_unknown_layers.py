"""What an unknown function makes of a tensor may have weights, losses and masks that nobody sees."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

HEAD = """
import keras
import numpy as np
from elsewhere import make, scores
from keras import layers

inputs = keras.Input((4, 3))


class Pooling(layers.Layer):
    def call(self, inputs, mask=None):
        kept = keras.ops.cast(mask, "float32")
        return keras.ops.sum(inputs * keras.ops.expand_dims(kept, -1), axis=1)


"""
# What is known leads to the failure; with something unknown in its place, nothing is certain.
PROGRAMS = {
    "the weights of a model": (
        "outputs = STEP\nkeras.Model(inputs, outputs).set_weights([np.zeros((3, 3)), np.zeros(3)])",
        "inputs + 1",
        "scores(inputs)",
    ),
    "the weights behind the unknown": (
        "outputs = layers.Dense(2)(STEP)\nkeras.Model(inputs, outputs).set_weights([np.zeros(9)])",
        "layers.Flatten()(inputs)",
        "layers.Dense(3)(make(3)(inputs))",
    ),
    "one of several outputs": (
        "outputs = [inputs, STEP]\nkeras.Model(inputs, outputs).set_weights([np.zeros(9)])",
        "layers.Flatten()(inputs)",
        "scores(inputs)",
    ),
    "what is counted": (
        "if keras.Model(inputs, STEP).count_params() == 0:\n    layers.Add()([inputs, inputs[:, 1:]])",
        "layers.Flatten()(inputs)",
        "layers.Flatten()(scores(inputs))",
    ),
    "a mask": ("Pooling()(STEP)", "layers.Dense(3)(inputs)", "layers.Dense(3)(scores(inputs))"),
}


def count(program: str) -> int:
    return len(check_source(HEAD + program + "\n", "model.py", Settings(keras_version="3")))


@pytest.mark.parametrize("name", PROGRAMS)
def test_they_are_not_counted_as_none(name: str) -> None:
    program, known, unknown = PROGRAMS[name]
    assert count(program.replace("STEP", known)) == 1
    assert count(program.replace("STEP", unknown)) == 0

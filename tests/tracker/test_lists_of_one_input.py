"""A Sequential model whose input is declared takes the array out of a list of one, in Keras 2 as well."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import keras
import numpy as np
import tensorflow as tf


class Flat(keras.layers.Layer):
    def call(self, x):
        return tf.reshape(x, (tf.shape(x)[0], {size}))


x = np.zeros((30, 4, 6, 5), "float32")
net = keras.Sequential([keras.layers.InputLayer((4, 6, 5)), Flat()])
net.compile("adam", "mse")
{use}
"""
USES = [
    "net.fit([x], [x.reshape(30, 120)])",
    "net.predict([x])",
    "net([x])",
    "net((x,))",
]


@pytest.mark.parametrize("version", ["2", "3"])
@pytest.mark.parametrize("use", USES)
def test_it_is_the_array_itself(use: str, version: str) -> None:
    def found(size: int) -> int:
        text = PROGRAM.format(size=size, use=use)
        return len(check_source(text, "net.py", Settings(keras_version=version)))

    assert found(120) == 0
    assert found(121) > 0

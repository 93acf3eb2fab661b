"""Sizes that TensorFlow computes while it traces a layer: the shapes that it makes of them are known."""

from __future__ import annotations

from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from tests.tracker.result_shapes import by_keras, by_tracker

pytestmark = pytest.mark.oracle
PROGRAM = """
import keras
import tensorflow as tf


class Own(keras.layers.Layer):
    def call(self, x):
        return {}


result = Own()(keras.Input((8, 6)))
"""
KNOWN = (
    "tf.range(tf.shape(x)[1])",
    "tf.range(0, tf.shape(x)[-1])",
    "tf.range(tf.shape(x)[1], 13, 2)",
    "tf.range(9, tf.shape(x)[2], -1)",
    "tf.range(tf.shape(x)[1] // 2 + 1)",
    "tf.range(tf.cast(tf.shape(x)[1] / 3, tf.int32))",
    "tf.range(tf.cast(tf.shape(x)[1], tf.float32))",
    "tf.range(tf.maximum(tf.shape(x)[1], 9))",
    "tf.range(tf.minimum(tf.shape(x)[1], tf.shape(x)[2]))",
    "tf.ones(tf.shape(x)[1])",
    "tf.zeros(tf.shape(x)[0])",
    "tf.pad(x, [[0, 0], [9 - tf.shape(x)[1], 0], [0, tf.shape(x)[2]]])",
    "tf.pad(x, [[0, 0], [1, 2], [0, tf.shape(x)[0]]])",
    "tf.repeat(x, tf.shape(x)[2], axis=1)",
    "x[:, : tf.shape(x)[1] // 2]",
    "x[:, tf.shape(x)[1] - 3 :]",
    "x[:, -tf.shape(x)[2] :]",
    "x[:, :: tf.shape(x)[2]]",
    "tf.map_fn(lambda row: row[0] * row[1], [x, x], fn_output_signature=tf.float32)",
    "tf.scan(lambda total, row: total + row, x)",
)


@pytest.mark.parametrize("expression", KNOWN)
def test_the_shape_is_that_of_tensorflow(expression: str) -> None:
    program = PROGRAM.format(expression)
    assert by_tracker(program) == by_keras(program)


# Keras 2 follows what is computed of constants, and makes a matrix of eight columns of it.
OF_A_CONSTANT = """
import tf_keras as keras
import tensorflow as tf
from tf_keras import Input, layers

steps = Input((), dtype=tf.int32)
half = layers.Lambda(lambda x: tf.constant(16) // 2)(steps)
waves = layers.Lambda(lambda x: tf.exp(tf.range(x, dtype=tf.float32)))(half)
codes = layers.Lambda(lambda x: tf.cast(x[0], tf.float32)[:, None] * x[1][None])([steps, waves])
layers.Dense(4)(codes)
"""


def test_a_range_up_to_a_computed_constant_may_have_a_size() -> None:
    assert check_source(OF_A_CONSTANT, "codes.py", Settings()) == []


def test_keras_2_knows_that_size() -> None:
    pytest.importorskip("tf_keras")
    names: dict[str, Any] = {}
    exec(OF_A_CONSTANT, names)
    assert names["codes"].shape == (None, 8)

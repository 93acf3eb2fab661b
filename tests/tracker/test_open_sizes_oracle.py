"""Open sizes in ops: None outside of layers, a tensor within; found wrong where Keras refuses them."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

pytestmark = pytest.mark.oracle
START = """
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


def own(body):
    class Own(layers.Layer):
        def call(self, x):
            return body(x)

    return Own()


x = keras.Input((6, 8))
steps = keras.Input((None, 8))
data = np.ones((2, 6, 8), "float32")


def causal(x):
    size = ops.shape(x)
    batch, length = size[0], size[1]
    mask = ops.cast(ops.arange(length)[:, None] >= ops.arange(length), "int32")
    times = ops.concatenate([ops.expand_dims(batch, -1), ops.convert_to_tensor([1, 1])])
    return ops.tile(ops.reshape(mask, (1, length, length)), times)


"""
REFUSED = (
    "own(lambda x: ops.matmul(ops.cast(causal(x), 'float32'), x))(x)",
    "causal(x)",
    "ops.expand_dims(ops.shape(x)[0], -1)",
    "ops.convert_to_tensor([ops.shape(x)[0], 1])",
    "own(lambda x: ops.tile(x, ops.stack([ops.shape(x)[0], 1, 1])))(x)",
    "own(lambda x: ops.tile(x, tf.shape(x)))(x)",
    "own(lambda x: ops.tile(x, ops.shape(x)[0]))(x)",
    "ops.repeat(x, ops.shape(x)[0], axis=1)",
    "ops.shape(x)[0] * 2",
    "x * ops.shape(x)[0]",
    "ops.ones((4,)) * ops.shape(steps)[1]",
    "ops.arange(ops.shape(steps)[1])",
    "ops.maximum(ops.shape(steps)[1], 4)",
    "ops.zeros((ops.shape(x)[0], 6))",
)
TAKEN = (
    "own(lambda x: ops.matmul(ops.cast(causal(x), 'float32'), x))(data)",
    "own(lambda x: x + ops.cast(ops.expand_dims(ops.shape(x)[0], -1), 'float32'))(x)",
    "own(lambda x: ops.tile(x, (ops.shape(x)[0], 1, 1)))(x)",
    "own(lambda x: ops.tile(x, ops.convert_to_tensor([2, 1, 1])))(data)",
    "ops.tile(x, (ops.shape(x)[0], 1, 1))",
    "ops.tile(x, ops.convert_to_tensor([2, 1, 1]))",
    "own(lambda x: ops.repeat(x, ops.shape(x)[0], axis=1))(x)",
    "own(lambda x: x * ops.cast(ops.shape(x)[0], 'float32'))(x)",
    "own(lambda x: x + ops.ones((ops.shape(x)[0], 6, 8)))(x)",
    "ops.reshape(x, (ops.shape(x)[0], 48))",
    "ops.arange(ops.shape(x)[1])",
    "ops.shape(x)[1] * 2",
)


@pytest.mark.parametrize("call", [*REFUSED, *TAKEN])
def test_like_keras(call: str) -> None:
    source = START + "made = " + call + "\n"
    refused = False
    try:
        exec(compile(source, "program.py", "exec"), {"__name__": "program"})
    except Exception:
        refused = True
    assert refused == (call in REFUSED)
    assert bool(check_source(source, "program.py", Settings(keras_version="3"))) == refused


def test_a_tensor_of_counts_was_taken_before() -> None:
    source = START + "made = " + REFUSED[0] + "\n"
    assert not check_source(source, "program.py", Settings(keras_version="3.12"))
    assert check_source(source, "program.py", Settings(keras_version="3.13"))

"""``tf.TensorShape``: like a tuple, but it goes with lists, and has methods of its own."""

from __future__ import annotations

import pytest

from tests.tracker.result_shapes import by_keras, by_tracker

pytestmark = pytest.mark.oracle
PROGRAM = """
import tensorflow as tf
from tensorflow import keras
from tensorflow.python.framework import tensor_shape
from tensorflow.python.ops import embedding_ops, nn_ops


class Own(keras.layers.Layer):
    def build(self, input_shape):
        self.shape = tf.TensorShape(input_shape)

    def call(self, x):
        return {}


result = Own()(keras.Input((8, 6)))
"""
EXPRESSIONS = (
    "tf.zeros(x.shape[1:] + [3])",
    "tf.zeros([2] + x.shape[1:])",
    "tf.zeros((2,) + x.shape[1:])",
    "tf.zeros(x.shape[1:-1] + x.shape[1:])",
    "tf.zeros(x.get_shape()[1:].concatenate([2]))",
    "tf.zeros(self.shape[1:].concatenate(2))",
    "tf.zeros(self.shape.as_list()[1:] + [2])",
    "tf.zeros(self.shape.dims[1:])",
    "tf.zeros((x.shape.rank, self.shape.ndims))",
    "tf.reshape(x, (-1, x.shape[1:].num_elements()))",
    "tf.zeros(x.shape.with_rank(3)[1:])",
    "tf.zeros([tensor_shape.dimension_value(x.shape[-1]), tf.compat.dimension_value(self.shape[1])])",
    "tf.zeros(tensor_shape.TensorShape([4]).concatenate(5))",
    "tf.zeros(2) if x.shape[1:] == [8, 6] else tf.zeros(3)",
    "tf.zeros(2) if isinstance(x.shape, list) else tf.zeros(3)",
    "embedding_ops.embedding_lookup(tf.ones((9, 6)), tf.cast(x[..., 0], 'int32'))",
    "nn_ops.softmax(x)",
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_the_shape_is_that_of_tensorflow(expression: str) -> None:
    program = PROGRAM.format(expression)
    assert by_tracker(program) == by_keras(program)

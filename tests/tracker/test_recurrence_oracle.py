"""Loops of Keras 2, ``K.rnn`` and ``RNN``: the shapes that they give, and what the step refuses."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api.layers import find
from kerasmergelint.keras_api.protocol import KerasVersion, LayerCall, SubLayer, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Shape
from tests.tracker.result_shapes import by_keras, by_tracker

pytestmark = pytest.mark.oracle
START = """
import tensorflow as tf
import tf_keras as keras
from tf_keras import backend as K, layers


class Loop(layers.Layer):
    def __init__(self, width=None, part=1, major=False):
        super().__init__()
        self.width, self.part, self.major = width, part, major

    def step(self, inputs, states):
        total = inputs + states[0]
        return tf.concat([total, total], axis=-1), [total]

    def call(self, x):
        row = x[0] if self.major else x[:, 0]
        state = tf.zeros_like(row) if self.width is None else tf.zeros((1, self.width))
        found = K.rnn(self.step, x, [state], time_major=self.major)
        return found[self.part] if self.part < 2 else found[2][0]


"""
RESULTS = (
    "Loop()(keras.Input((5, 3)))",
    "Loop(part=0)(keras.Input((5, 3)))",
    "Loop(part=2)(keras.Input((None, 3)))",
    "Loop()(keras.Input((None, 4, 3)))",
    "Loop(major=True)(keras.Input((5, 3)))",
    "Loop(width=4)(keras.Input((5, 3)))",
    "Loop()(keras.Input((3,)))",
)


@pytest.mark.parametrize("result", RESULTS)
def test_like_keras_2(result: str) -> None:
    pytest.importorskip("tf_keras")
    program = f"{START}result = {result}\n"
    assert by_tracker(program, "2") == by_keras(program)


class SimpleCell(SubLayer):
    @property
    def type_name(self) -> str:
        return "SimpleRNNCell"

    @property
    def config(self) -> dict[str, object]:
        return {"units": 4}


def test_more_axes_unrolled() -> None:
    """Keras 3 gives (None, 4) for this, which we said of Keras 2, too."""
    keras = pytest.importorskip("tf_keras")
    cell = keras.layers.SimpleRNNCell(4)
    made = keras.layers.RNN(cell, unroll=True)(keras.Input((5, 2, 3)))
    assert tuple(made.shape) == (None, 2, 4)
    entry = find("RNN", KerasVersion.V2)
    assert entry is not None
    config = {"cell": SimpleCell(), "unroll": True}
    inputs = TensorSpec(Shape((None, 5, 2, 3)))
    assert entry.call(LayerCall(config, inputs, KerasVersion.V2)).outputs is UNKNOWN
    seen = entry.call(LayerCall(config, inputs, KerasVersion.V3)).outputs
    assert seen.shape == Shape((None, 4))

"""The size of a batch is None in the code of a step, where a smaller batch comes after the others."""

from __future__ import annotations

import os

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

_HEAD = """\
import numpy as np
import tensorflow as tf
from tensorflow import keras

X, Y = np.zeros((20, 4), "float32"), np.zeros((20, 3), "float32")
net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])

def distance(y, p):
    mean = tf.reshape(tf.reduce_mean(p, axis=1), (p.shape[0], 1))
    return tf.reduce_mean(tf.square(y - mean))

class Distance(keras.losses.Loss):
    def call(self, y, p):
        return distance(y, p)

class Stepped(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(3)

    def train_step(self, data):
        x, y = data
        return {"loss": distance(y, self.dense(x))}

"""
_WITH_A_REST = "net.fit(X, Y, batch_size=8, verbose=0)\n"
FAIL = {
    "a function": f"net.compile('adam', distance)\n{_WITH_A_REST}",
    "a class": f"net.compile('adam', Distance())\n{_WITH_A_REST}",
    "a step": "own = Stepped()\nown.compile('adam')\nown.fit(X, Y, batch_size=8, verbose=0)\n",
    "a dataset": """\
net.compile('adam', distance)
net.fit(tf.data.Dataset.from_tensor_slices((X, Y)).batch(8), verbose=0)
""",
}
RUN = {
    "whole batches": "net.compile('adam', distance)\nnet.fit(X, Y, batch_size=10, verbose=0)\n",
    "one batch": "net.compile('adam', distance)\nnet.train_on_batch(X[:7], Y[:7])\n",
    "no graph": f"net.compile('adam', distance, run_eagerly=True)\n{_WITH_A_REST}",
    "no rest": """\
net.compile('adam', distance)
net.fit(tf.data.Dataset.from_tensor_slices((X, Y)).batch(8, drop_remainder=True), verbose=0)
""",
    "tf.shape": f"""\
def by_shape(y, p):
    return tf.reduce_mean(tf.square(y - tf.reshape(p, (tf.shape(p)[0], 3))))
net.compile('adam', by_shape)
{_WITH_A_REST}""",
}


def _codes(program: str) -> list[str]:
    return [
        one.code for one in check_source(_HEAD + program, "train.py", Settings(keras_version="3"))
    ]


@pytest.mark.parametrize("name", FAIL)
def test_a_size_that_the_graph_does_not_know_is_found(name: str) -> None:
    assert _codes(FAIL[name]) == ["KML306"]


@pytest.mark.parametrize("name", RUN)
def test_a_size_that_is_known_is_none(name: str) -> None:
    assert _codes(RUN[name]) == []


@pytest.mark.oracle
@pytest.mark.parametrize("name", [*FAIL, *RUN])
def test_tensorflow_says_so(name: str) -> None:
    pytest.importorskip("tensorflow")
    program = _HEAD + (FAIL.get(name) or RUN[name])
    if name in RUN:
        names = {"__name__": "__main__"}
        exec(compile(program, "train.py", "exec"), names)
        assert "net" in names
    else:
        with pytest.raises(TypeError, match="None"):
            exec(compile(program, "train.py", "exec"), {"__name__": "__main__"})

"""Which parameters are tensors is told by what they go into; the verdicts say what is needed of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Merge, Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.judging import note
from kerasmergelint.tracker.program.merge_keys import MergeKey
from kerasmergelint.tracker.program.report import Watch

_START = """
import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from keras.layers import Layer
"""

_CELL = """
class Cell(Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.recurrent = self.add_weight(shape=(self.units, self.units))

    def {method}:
        {body}
"""

PROGRAMS = {
    "both factors of a product": (
        """
def scores(query, key):
    return tf.matmul(query, key, transpose_b=True)[0]
""",
        ["(key[0] = query[0], or one of them is 1) and key[-1] = query[-1]"],
    ),
    "what rows are multiplied by is a matrix": (
        "def dense(x, kernel):\n    return K.dot(x, kernel)\n",
        ["kernel has 2 axes and kernel[0] = x[-1]"],
    ),
    "a product of the batch": (
        "def f(a, b):\n    return K.batch_dot(a, b, axes=[1, 1])\n",
        ["a[1] = b[1]"],
    ),
    "a step of the states": (
        _CELL.format(
            method="call(self, inputs, states)",
            body="return K.dot(inputs, self.kernel), K.dot(states[0], self.recurrent)",
        ),
        ["inputs is of float32", "states[0][-1] = units and states[0] is of float32"],
    ),
    "a step that only the layer itself calls, after build": (
        _CELL.format(method="step(self, x, states)", body="return K.dot(x, self.kernel)"),
        ["input_shape[-1] = x[-1]"],
    ),
    "items of a part of a list": (
        """
def step(states):
    before, kernel = states[1:3]
    return K.dot(before, kernel)
""",
        ["states[2] has 2 axes and states[1][-1] = states[2][0]"],
    ),
    "a number of samples": (
        """
def between(count, real, fake):
    weights = tf.random.normal([count, 1, 1, 1])
    return real + weights * (fake - real)
""",
        ["count = max(fake[0], real[0])", "fake and real have 4 axes"],
    ),
    "one number goes with whatever it meets": (
        "def relative(model, real, fake):\n    return model(real) - tf.reduce_mean(model(fake))\n",
        ["safe"],
    ),
    "an array and the least of it": (
        "def positive(x):\n    return tf.sqrt(x - np.min(x))\n",
        ["safe"],
    ),
    "what makes a tensor of a number is given no tensor": (
        "def counted(n):\n    return tf.sqrt(tf.random.normal([n, 2])) + tf.range(n * 1.0)[0]\n",
        ["safe"],
    ),
    "what stands beside a tensor in a function is one": (
        """
class Shifted(Layer):
    def build(self, input_shape):
        self.shift = self.add_weight(shape=(10, input_shape[-1]))

    def call(self, x):
        return tf.subtract(tf.nn.relu(x), self.shift)

    def back(self, moved):
        return tf.add(self.shift, moved)
""",
        ["x[", "input_shape[-1] = moved[-1]"],
    ),
    "behind a decorator that is not known": (
        """
from elsewhere import decorated

class Mean:
    def __init__(self, scale):
        self.scale = scale

    @decorated
    def of(self, x, y):
        return tf.nn.relu(x) + tf.nn.relu(y)

@decorated()
def difference(x, y):
    return tf.nn.relu(x) - tf.nn.relu(y)
""",
        ["x[-1] = y[-1]", "x[-1] = y[-1]"],
    ),
    "rounds of a loop, of which the last one counts": (
        """
def dice(y_true, y_pred, labels):
    found = []
    for label in range(y_true.shape[2]):
        found.append(tf.square(y_true[:, :, label]) * tf.square(y_pred[:, :, label]))
    return found
""",
        ["(y_pred[1] = y_true[1], or one of them is 1)"],
    ),
    "sizes that a caller may leave open": (
        """
from keras.layers import Concatenate, Conv2D, Input, UpSampling2D

def model(height, width):
    x = Input((height, width, 3))
    return Concatenate()([UpSampling2D()(Conv2D(8, 3, strides=2, padding="same")(x)), x])
""",
        ["height is even and width is even"],
    ),
    "sizes of a tensor of which nothing else is known": (
        """
def tiled(x, y):
    rows = tf.zeros([tf.shape(x)[0], 5])
    return tf.concat([rows, tf.nn.relu(y)], -1)
""",
        ["x[0] = y[0]"],
    ),
    "an axis counted by the rank": (
        """
def corners(boxes):
    return tf.concat([boxes[..., :2], boxes[..., :2]], tf.rank(boxes) - 1)
""",
        ["safe"],
    ),
    "what counts units is no tensor, though it is cast to one": (
        """
class Embedded(Layer):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.table = tf.keras.layers.Embedding(100, width)
        self.dense = tf.keras.layers.Dense(width)

    def call(self, x):
        y = self.table(x) * tf.math.sqrt(tf.cast(self.width, tf.float32))
        return y + self.dense(y)
""",
        ["safe", "safe"],
    ),
    "the weights of a wrapped layer": (
        """
class Normalized(Layer):
    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def build(self, input_shape):
        self.layer.build(input_shape)
        self.u = self.add_weight(shape=(1, self.layer.kernel.shape[-1]))

    def call(self, x):
        rows = tf.reshape(self.layer.kernel, [-1, self.layer.kernel.shape[-1]])
        self.layer.kernel = self.layer.kernel / tf.norm(tf.matmul(self.u, rows, transpose_b=True))
        return self.layer(x)
""",
        ["safe", "safe"],
    ),
    "the weights that a class has from a layer of Keras": (
        """
class Standardized(tf.keras.layers.Conv2D):
    def build(self, input_shape):
        super().build(input_shape)
        self.gain = self.add_weight(shape=(self.filters,))

    def call(self, x):
        y = tf.nn.conv2d(x, self.kernel * self.gain, self.strides, "SAME")
        return y + self.bias

class Plain(tf.keras.layers.Dense):
    def call(self, x):
        return tf.matmul(x, self.kernel) + self.bias
""",
        ["safe", "safe", "safe", "safe"],
    ),
    "the parts of a result by their names": (
        """
class Best(Layer):
    def call(self, x):
        best = tf.math.top_k(x, 3)
        return tf.concat([best.values, tf.cast(best.indices, tf.float32)], -1)
""",
        ["best.values is of float32"],
    ),
    "what works with the defaults only": (
        """
def shifted(x, y, scale=2):
    return tf.nn.relu(x) * scale + tf.nn.relu(y)
""",
        ["x[-1] = y[-1]"],
    ),
}


def merges(program: str) -> list[Merge]:
    report = analyse(_START + program, "program.py", Settings(), watch=Watch.MERGES)
    assert report.errors == [] and report.events == []
    return list(report.merges.values())


def said(merge: Merge) -> str:
    return merge.reason if merge.verdict is Verdict.CONDITIONAL else merge.verdict.value


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_verdicts_say_what_is_needed(name: str) -> None:
    program, expected = PROGRAMS[name]
    found = sorted(map(said, merges(program)))
    for words in expected:
        assert any(words in one for one in found), found
    assert len(found) == len(expected) and "unknown" not in found


def test_a_condition_names_the_defaults_that_it_holds_for() -> None:
    program = """
def shifted(rows, scale=2):
    x = tf.ones((4, rows))
    return x * scale + tf.ones((4, rows + 1 - rows // scale))
"""
    (found,) = [m for m in merges(program) if m.verdict is Verdict.CONDITIONAL]
    assert found.words.endswith("with the defaults of shifted")


def test_a_condition_of_several_entries_is_told_once() -> None:
    program = "def added(rows, more):\n    return tf.ones((4, rows)) + tf.ones((4, more))\n"
    (found,) = [m for m in merges(program) if m.verdict is Verdict.CONDITIONAL]
    several: dict[MergeKey, Merge] = {}
    for defaults in ("with the defaults of build", "", ""):
        note(several, replace(found, needs=(), defaults=defaults))
    ((_, told),) = several.items()
    assert told.words == f"{found.reason}, with the defaults of build"

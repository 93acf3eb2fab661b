"""Types that callers decide: a verdict names what operands need, and TensorFlow refuses the others."""

from __future__ import annotations

import os
from itertools import product

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

# What a function gives, and the end of the condition.
CONDITIONS = {
    "x * tf.square(y)": "x and tf.square(y) are of one type",
    "tf.square(x) + y": "tf.square(x) and y are numbers of one type",
    "x - tf.reduce_mean(y)": "x and tf.reduce_mean(y) are numbers of one type",
    "tf.concat([x, y], -1)": "x and y are of one type",
    "tf.matmul(x, tf.transpose(y))": "x and tf.transpose(y) are of one type",
    "x * tf.ones((2, 2))": "x is of float32",
    "x + tf.exp(y)": "x is of float32",
    "x[:, :1] * tf.sqrt(y)": "x[:, :1] is of float32",
    "x * tf.cast(y, tf.float32)": "x is of float32",
    "x + tf.keras.layers.Dense(2)(x)": "x is of float32",
    "tf.nn.relu(x) * tf.keras.layers.BatchNormalization()(x)": "tf.nn.relu(x) is of float32",
    "x * tf.cast(y > 1, x.dtype) * y": "x * tf.cast(y > 1, x.dtype) and y are of one type",
    "tf.maximum(tf.square(x), y)": "tf.square(x) and y are numbers of one type",
}
NONE_NEEDED = [
    "x - tf.reduce_mean(x)",
    "x * tf.nn.relu(x)",
    "tf.exp(x) + tf.sigmoid(y)",
    "x * tf.sigmoid(x)",
    "x * tf.cast(y, x.dtype)",
    "tf.square(x) * tf.cast(y, tf.square(x).dtype)",
    "tf.concat([x, x[:, :1]], -1)",
    "x + tf.keras.layers.Softmax()(x)",
    "tf.keras.layers.Add()([x, y])",
    "tf.keras.layers.Concatenate()([x, y])",
    "tf.keras.ops.add(x, tf.keras.ops.exp(y))",
]


def conditions(text: str) -> list[str]:
    program = f"import tensorflow as tf\n\ndef merged(x, y):\n    return {text}\n"
    report = analyse(program, "program.py", Settings(keras_version="3"), watch=Watch.MERGES)
    assert report.merges
    return [merge.words for merge in report.merges.values()]


@pytest.mark.parametrize(("text", "told"), CONDITIONS.items(), ids=CONDITIONS)
def test_a_type_is_named(text: str, told: str) -> None:
    assert any(told in one for one in conditions(text))


@pytest.mark.parametrize("text", NONE_NEEDED)
def test_no_type_is_named(text: str) -> None:
    assert not any("type" in one or " is of " in one for one in conditions(text))


def built(text: str, x: str, y: str) -> bool:
    tf = pytest.importorskip("tensorflow")
    ones = tf.ones((2, 2))
    try:
        eval(text, {"tf": tf, "x": tf.cast(ones, x), "y": tf.cast(ones, y)})
    except (TypeError, ValueError, tf.errors.InvalidArgumentError):
        return False
    return True


TYPES = ("float32", "int32", "bool")


@pytest.mark.oracle
@pytest.mark.parametrize("text", CONDITIONS)
def test_a_type_decides(text: str) -> None:
    met = {
        (x, y)
        for x, y in product(TYPES, TYPES)
        if (x == "float32" if CONDITIONS[text].endswith("float32") else x == y)
        and (x != "bool" or "numbers" not in CONDITIONS[text])
    }
    works = {(x, y) for x, y in product(TYPES, TYPES) if built(text, x, y)}
    assert (
        "float32",
        "float32",
    ) in works  # for other types, something else may refuse its argument
    # TensorFlow makes truth values of what a truth value is multiplied by.
    assert all("bool" in types for types in works - met)


@pytest.mark.oracle
@pytest.mark.parametrize("text", [*NONE_NEEDED])
def test_floats_are_taken(text: str) -> None:
    assert built(text, "float32", "float32")


STEPS = """
import tensorflow as tf

class Gate(tf.keras.layers.Layer):
    def call(self, inputs):
        x, y = inputs
        z = x * y
        return z - tf.reduce_max(x), z + tf.exp(z), x + y
"""


def test_what_was_said_is_not_said_again() -> None:
    report = analyse(STEPS, "program.py", Settings(keras_version="3"), watch=Watch.MERGES)
    told = [merge.words for merge in report.merges.values() if "type" in merge.words]
    assert len(told) == 1
    assert told[0].endswith("x and y are of one type")


NUMBERS = """
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.losses import binary_crossentropy

def dice(y_true, y_pred):
    return 1.0 - K.sum(y_true * y_pred) / K.sum(y_pred + y_true)

def loss(y_true, y_pred):
    return binary_crossentropy(y_true, y_pred) + dice(y_true, y_pred)

def accuracy(y, pred):
    return tf.reduce_mean(pred) * y.shape[0]

class Led(tf.keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.first = tf.Variable(tf.keras.initializers.GlorotNormal()(shape=(1, 1, size)))

    def call(self, x):
        first = tf.repeat(self.first, tf.shape(x)[0], 0)
        return tf.concat((first, tf.exp(x)), 1)
"""


def test_numbers_go_with_any_type_and_losses_convert() -> None:
    report = analyse(NUMBERS, "program.py", Settings(keras_version="3"), watch=Watch.MERGES)
    told = [merge.words for merge in report.merges.values()]
    assert len(told) >= 4
    assert not any("type" in one or " is of " in one for one in told)


CALLED = """
import tensorflow as tf

def scaled(x, n):
    return x * tf.square(n)

scaled(tf.ones((2, 3)), tf.ones((3,)))
"""


def test_a_call_tells_the_types() -> None:
    report = analyse(CALLED, "program.py", Settings(keras_version="3"), watch=Watch.MERGES)
    assert [merge.words for merge in report.merges.values()] == [""]

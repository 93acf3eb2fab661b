"""Random draws that share one scale: told on demand, at the layer that makes the scale."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

START = """
import keras
import tensorflow as tf
from keras import Input, Model, layers, ops
from tensorflow.keras import backend as K

x = Input((16,))
mean = layers.Dense(4)(x)
scale = layers.Dense(UNITS)(x)
"""
OWN_LAYER = """
class Sampling(layers.Layer):
    def call(self, inputs):
        mean, scale = inputs
        noise = keras.random.normal(ops.shape(mean))
        return mean + ops.exp(0.5 * scale) * noise
"""
# With one unit, the scale is shared by four draws.
SHARED = {
    "in an own layer": OWN_LAYER + "z = Sampling()([mean, scale])",
    "after an encoder": (
        OWN_LAYER + "encoder = Model(x, [mean, scale])\nz = Sampling()(encoder(Input((16,))))"
    ),
    "in a Lambda": (
        "def sample(args):\n    m, s = args\n"
        "    noise = K.random_normal(shape=(K.shape(m)[0], K.int_shape(m)[1]))\n"
        "    return m + K.exp(s / 2) * noise\n"
        "z = layers.Lambda(sample)([mean, scale])"
    ),
    "drawn with two sizes of a shape": (
        "def sample(args):\n    m, s = args\n    rows, columns = tf.shape(m)[0], tf.shape(m)[1]\n"
        "    return tf.add(m, tf.multiply(tf.exp(s), tf.random.normal((rows, columns))))\n"
        "z = layers.Lambda(sample)([mean, scale])"
    ),
    "after an activation": (
        "deviation = layers.Activation('softplus')(scale)\n"
        "z = layers.Lambda(lambda a: a[0] + a[1] * tf.random.normal(tf.shape(a[0])))([mean, deviation])"
    ),
    "with functions of a mean": (
        "z = layers.Lambda(lambda a: tf.tanh(a[0]) + tf.random.uniform(tf.shape(a[0])) * 0.1 * "
        "tf.sqrt(tf.exp(a[1]) + 1e-6))([mean, scale])"
    ),
    "as arguments of the draw": (
        "z = layers.Lambda(lambda a: tf.random.normal(tf.shape(a[0]), a[0], tf.exp(a[1])))([mean, scale])"
    ),
    "in merge layers": (
        "noise = layers.Lambda(lambda t: tf.random.normal(tf.shape(t)))(mean)\n"
        "z = layers.Add()([mean, layers.Multiply()([noise, scale])])"
    ),
    "in an own model": (
        "class Encoder(Model):\n"
        "    def __init__(self):\n        super().__init__()\n"
        "        self.m = layers.Dense(4)\n        self.s = layers.Dense(UNITS)\n"
        "    def call(self, t):\n        mean, deviation = self.m(t), ops.softplus(self.s(t))\n"
        "        return mean + deviation * keras.random.normal(ops.shape(mean))\n"
        "z = Encoder()(x)"
    ),
    "of channels": (
        "image = Input((8, 8, 3))\nmean = layers.Conv2D(4, 3)(image)\n"
        "scale = layers.Conv2D(UNITS, 3)(image)\n" + OWN_LAYER + "z = Sampling()([mean, scale])"
    ),
}
# The same with one unit, where it may be meant, or nothing is known to be shared.
SILENT = {
    "many draws from one distribution": (
        "mean = layers.Dense(1)(x)\n"
        "z = layers.Lambda(lambda a: a[0] + tf.exp(a[1]) * tf.random.normal((tf.shape(a[0])[0], 10)))"
        "([mean, scale])"
    ),
    "rates of a step": (
        "step = Input((1,))\nz = layers.Lambda(lambda a: ops.cos(a[1]) * a[0] + ops.sin(a[1]) * "
        "keras.random.normal(ops.shape(a[0])))([mean, step])"
    ),
    "data and rates": (
        "z = layers.Lambda(lambda a: a[0] + a[1] * keras.random.normal(ops.shape(a[0])))([x, scale])"
    ),
    "a scale for all samples": (
        "z = layers.Lambda(lambda m: m + 0.1 * keras.random.normal(ops.shape(m)))(mean)"
    ),
    "no draw": "z = layers.Lambda(lambda a: a[0] + a[1] * ops.ones_like(a[0]))([mean, scale])",
}  # fmt: skip


def told(source: str, *enabled: str) -> list[str]:
    found = check_source(source, "program.py", Settings(enabled=enabled))
    lines = source.splitlines()
    return [f"{one.code} {lines[one.line - 1].strip()}" for one in found if "scales" in one.message]


@pytest.mark.parametrize("name", SHARED)
def test_one_scale_for_many_draws(name: str) -> None:
    source = START + SHARED[name]
    at = [line.strip() for line in source.splitlines() if "UNITS" in line][-1].replace("UNITS", "1")
    if name == "in an own model":
        at = "mean, deviation = self.m(t), ops.softplus(self.s(t))"
    assert told(source.replace("UNITS", "1"), "KML201") == [f"KML201 {at}"]
    assert told(source.replace("UNITS", "1")) == []
    assert told(source.replace("UNITS", "4"), "KML201") == []


@pytest.mark.parametrize("name", SILENT)
def test_not_shared_by_mistake(name: str) -> None:
    assert told((START + SILENT[name]).replace("UNITS", "1"), "KML201") == []

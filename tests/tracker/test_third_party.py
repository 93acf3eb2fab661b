"""Layers of TensorFlow Addons and keras-contrib by their names, and a helper of old applications."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

ADDONS = """
import tensorflow as tf
import tensorflow_addons as tfa
from tensorflow.keras import layers

x = tf.keras.Input((16, 16, 8))
y = tfa.layers.InstanceNormalization()(x)
y = tfa.layers.GroupNormalization(groups=4)(y)
y = tfa.layers.WeightNormalization(layers.Conv2D(8, 3, strides={strides}, padding="same"))(y)
y = layers.Lambda(tfa.activations.mish)(y)
layers.Add()([x, y])
"""
CONTRIB = """
from keras_contrib.layers.normalization.instancenormalization import InstanceNormalization
from keras.layers import Conv2D, Input, add

x = Input((16, 16, 8))
y = InstanceNormalization(axis=-1)(Conv2D(8, 3, strides={strides}, padding="same")(x))
add([x, y])
"""
APPLICATION = """
from keras import Model, backend, layers
from keras_applications.imagenet_utils import _obtain_input_shape


def net(input_shape=None, include_top=True, classes=10):
    shape = _obtain_input_shape(
        input_shape, default_size=224, min_size=32, data_format=backend.image_data_format(),
        require_flatten=include_top,
    )
    image = layers.Input(shape)
    x = layers.Conv2D(8, 3, strides=2, padding="same")(image)
    y = layers.Conv2D(8, 3, strides={strides}, padding="same")(image)
    return Model(image, layers.add([x, y]))


net({shape})
"""


@pytest.mark.parametrize("program", [ADDONS, CONTRIB], ids=["addons", "contrib"])
def test_known_layers_keep_the_shape(program: str) -> None:
    broken = check_source(program.format(strides=2), "model.py", Settings())
    assert [finding.code for finding in broken] == ["KML111"]
    assert check_source(program.format(strides=1), "model.py", Settings()) == []


def test_an_activation_of_addons_takes_keras_tensors() -> None:
    program = """
import tensorflow as tf
import tensorflow_addons as tfa

x = tf.keras.Input((3,))
tf.keras.layers.Add()([tfa.activations.mish(x), tf.keras.Input((4,))])
"""
    found = check_source(program, "model.py", Settings())
    assert [finding.code for finding in found] == ["KML111"]


@pytest.mark.parametrize("shape", ["", "(96, 96, 3)"])
def test_the_input_shape_of_an_application(shape: str) -> None:
    broken = check_source(APPLICATION.format(strides=1, shape=shape), "model.py", Settings())
    assert [finding.code for finding in broken] == ["KML111"]
    assert check_source(APPLICATION.format(strides=2, shape=shape), "model.py", Settings()) == []


@pytest.mark.parametrize("helper", ["keras_applications", "keras.src.applications"])
def test_padding_in_front_of_strides(helper: str) -> None:
    first = "backend, " if helper == "keras_applications" else ""
    program = f"""
from keras import Input, Model, backend, layers
from keras.utils import get_source_inputs
from {helper} import imagenet_utils

image = Input((32, 33, 8))
x = layers.ZeroPadding2D(imagenet_utils.correct_pad({first}image, 3))(image)
x = layers.Conv2D(8, 3, strides=2)(x)
model = Model(get_source_inputs(x), x)
layers.add([layers.UpSampling2D()(model.output), model.inputs[0]])
"""
    found = check_source(program, "model.py", Settings())
    assert [(finding.code, finding.line) for finding in found] == [("KML111", 10)]
    assert "(None, 32, 34, 8)" in found[0].message
    assert check_source(program.replace("32, 33", "32, 32"), "model.py", Settings()) == []


def test_a_variable_is_a_tensor_of_its_first_value() -> None:
    program = """
import numpy as np
import tensorflow as tf
from keras import layers

image = tf.Variable(np.zeros((1, 20, 20, 3)), dtype=tf.float32)
x = layers.Conv2D(4, 3)(image)
layers.Add()([x, layers.Conv2D(4, {window})(image)])
"""
    broken = check_source(program.format(window=5), "model.py", Settings())
    assert [finding.code for finding in broken] == ["KML111"]
    assert check_source(program.format(window=3), "model.py", Settings()) == []


def test_placeholders_and_variables_of_tensorflow_1() -> None:
    program = """
import tensorflow.compat.v1 as tf
import tf_keras

tf.disable_v2_behavior()
x = tf.placeholder(tf.float32, [None, 784])
first = tf.Variable(tf.random_normal([784, 256]))
second = tf.get_variable("second", shape=[{width}, 10])
scores = tf.matmul(tf.nn.relu(tf.matmul(x, first)), second)
"""
    broken = check_source(program.format(width=784), "model.py", Settings())
    assert [(finding.code, finding.line) for finding in broken] == [("KML131", 9)]
    assert check_source(program.format(width=256), "model.py", Settings()) == []


def test_the_backend_had_tensorflow_under_a_name() -> None:
    program = """
from keras import Input, backend as K, layers

class Heads(layers.Layer):
    def call(self, x):
        parts = K.concatenate(K.tf.split(x, {parts}, axis=-1), axis=0)
        return x + K.concatenate(K.tf.split(parts, 4, axis=0), axis=1)

Heads()(Input((6, 8)))
"""
    old = Settings(keras_version="2")
    broken = check_source(program.format(parts=4), "model.py", old)
    assert [(finding.code, finding.line) for finding in broken] == [("KML141", 7)]
    merged = program.replace("axis=1)", "axis=-1)").format(parts=4)
    assert check_source(merged, "model.py", old) == []

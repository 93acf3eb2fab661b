"""What is passed when a layer is called, by place or by name, and what a wrapped layer refuses."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

KERAS_3 = Settings(keras_version=3)
HEAD = """
import numpy as np
import keras
from keras import Input, Model, Sequential, layers, ops
from tensorflow.keras import backend as K

class Own(layers.Layer):
    def call(self, x, training=False):
        return x

class Scored(layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.size = size
    def build(self, shape):
        self.kernel = self.add_weight(shape=(self.size, 1))
    def call(self, x):
        return K.dot(x, self.kernel)

class Table(layers.Layer):
    def __init__(self, length):
        super().__init__()
        self.length = length
    def build(self, shape):
        places = np.arange(self.length)[:, None]
        rates = np.power(10000, np.arange(shape[-1] / 2)[None] / shape[-1])
        table = np.concatenate([np.sin(places / rates), np.cos(places / rates)], axis=-1)
        self.table = ops.convert_to_tensor(table.astype("float32"))
    def call(self, x):
        return x + self.table

x = Input((6, 8, 8))
y = Input((8, 8))
image = Input((8, 9))
network = Model(image, layers.Dense(2)(image))
"""

# A call that Keras 3 refuses, and one that it takes.
CALLS = {
    "flag of a layer": ("layers.Dropout(0.5)(x, True)", "layers.Dropout(0.5)(x, training=True)"),
    "flag of an own layer": ("Own()(x, True)", "Own()(x, training=True)"),
    "flag of a model": (
        "Sequential([layers.Dense(2)])(x, False)",
        "Sequential([layers.Dense(2)])(x)",
    ),
    "nothing by place": (
        "layers.BatchNormalization()(x, False)",
        "layers.BatchNormalization()(x, None)",
    ),
    "wrapped model": ("layers.TimeDistributed(network)(x)", "network(Input((8, 9)))"),
    "wrapped Sequential": (
        "layers.TimeDistributed(Sequential([layers.MaxPooling1D(9)]))(x)",
        "layers.TimeDistributed(Sequential([layers.MaxPooling1D(8)]))(x)",
    ),
    "shape from an iterator": (
        "layers.Add()([y, Input(filter(None, (None, 8, 7)))])",
        "layers.Add()([y, Input(filter(None, (None, 8, 8)))])",
    ),
    "product in a layer": ("Scored(7)(y)", "Scored(8)(y)"),
    "table made by NumPy": ("Table(9)(y)", "Table(8)(y)"),
    "Lambda on data": (
        "Model([y, image], layers.Lambda(lambda p: p[0] + p[1], output_shape=(8, 8))([y, image]))"
        "([ops.ones((1, 8, 8)), ops.ones((1, 8, 9))])",
        "Model([y, image], layers.Lambda(lambda p: p[0] + p[1], output_shape=(8, 8))([y, image]))",
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_what_keras_3_refuses_is_told(name: str) -> None:
    fails, works = CALLS[name]
    assert len(check_source(HEAD + fails + "\n", "model.py", KERAS_3)) == 1
    assert check_source(HEAD + works + "\n", "model.py", KERAS_3) == []


@pytest.mark.oracle
def test_keras_3_refuses_it() -> None:
    for fails, works in CALLS.values():
        exec(HEAD + works, {})
        with pytest.raises(Exception, match=r".+"):
            exec(HEAD + fails, {})


def test_keras_2_takes_flags_by_place() -> None:
    program = "import keras\nkeras.layers.Dropout(0.5)(keras.Input((3,)), True)\n"
    for settings in (Settings(keras_version=2), Settings()):
        assert check_source(program, "/no/project/model.py", settings) == []


def test_one_tensor_is_not_unpacked_in_a_layer() -> None:
    program = """
from keras import Input, layers

class Both(layers.Layer):
    def call(self, inputs):
        a, b = inputs
        return a + b

Both()({inputs})
"""
    broken = check_source(program.format(inputs="Input((3,))"), "model.py", KERAS_3)
    assert [(finding.code, finding.line) for finding in broken] == [("KML309", 6)]
    pair = "[Input((3,)), Input((3,))]"
    assert check_source(program.format(inputs=pair), "model.py", KERAS_3) == []


def test_an_array_is_reshaped_in_place() -> None:
    program = """
import numpy as np

table = np.arange(100)
table.shape = (10, 10)
print(table[2:4, 3])
"""
    assert check_source("import keras\n" + program, "model.py", KERAS_3) == []

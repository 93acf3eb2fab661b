"""What is passed when a layer is called, by place or by name, and what a wrapped layer refuses."""

from __future__ import annotations

from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

KERAS_3 = Settings(keras_version="3")
HEAD = """
import numpy as np
import tensorflow as tf
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

COUNT = """
class Count(keras.metrics.Metric):
    def __init__(self):
        super().__init__()
        self.total = self.add_weight({})

Count()
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
    "values of a dict": (
        "layers.Concatenate()({1: y, 2: y}.values())",
        "layers.Concatenate()([*{1: y, 2: y}.values()])",
    ),
    "values of a dict within a list": (
        "Own()([{1: y}.values()])",
        "Own()(x={1: y}.values())",
    ),
    "iterator by place": ("network(iter([image]))", "network(list(iter([image])))"),
    "generator for an op": (
        "ops.stack(side for side in (y, y))",
        "ops.stack([side for side in (y, y)])",
    ),
    "values of a dict for an op": (
        "tf.concat({1: tf.ones((2, 3))}.values(), 0)",
        "tf.add_n({1: tf.ones((2, 3))}.values())",
    ),
    "name of a weight by place": (
        "Own().add_weight('scale', shape=(3,))",
        "Own().add_weight(name='scale', shape=(3,))",
    ),
    "name of a weight of a metric": (
        COUNT.format("'total', initializer='zeros'"),
        COUNT.format("shape=(), initializer='zeros', name='total'"),
    ),
    "one list for heads of attention": (
        "layers.MultiHeadAttention(2, 4)([y, y])",
        "layers.MultiHeadAttention(2, 4)(*[y, y])",
    ),
    "cell without states": (
        "layers.GRUCell(4)(ops.ones((2, 3)))",
        "layers.GRUCell(4)(ops.ones((2, 3)), [ops.ones((2, 4))])",
    ),
    "convolution on data that nothing is left of": (
        "layers.Conv2D(2, 5)(ops.ones((1, 4, 4, 3)))",
        "layers.Conv2D(2, 5)(ops.ones((1, 5, 5, 3)))",
    ),
    "convolution on data that is far too small": (
        "again = layers.Conv1D(2, 5)\nagain(ops.ones((1, 9, 3)))\nagain(ops.ones((1, 3, 3)))",
        "again = layers.Conv1D(2, 5)\nagain(ops.ones((1, 9, 3)))\nagain(ops.ones((1, 5, 3)))",
    ),
    "pooling in the graph of predict": (
        "i = Input((None, None, 3))\n"
        "Model(i, layers.AveragePooling2D(5)(i)).predict(np.ones((1, 4, 4, 3)))",
        "i = Input((None, None, 3))\n"
        "Model(i, layers.AveragePooling2D(5)(i)).predict(np.ones((1, 5, 5, 3)))",
    ),
    "recurrent layer at each step": (
        "layers.TimeDistributed(layers.LSTM(4))(y)",
        "layers.TimeDistributed(layers.LSTM(4))(x)",
    ),
    "recurrent layers at each step of a fixed batch": (
        "layers.TimeDistributed(layers.Bidirectional(layers.GRU(4)))(ops.ones((2, 5, 3)))",
        "layers.TimeDistributed(layers.GRU(4))(Input(batch_shape=(2, 5, 3)))",
    ),
    "no initializer of a metric": (COUNT.format("name='total'"), COUNT.format("(), 'zeros'")),
    "number as the shape of a weight": (
        "Own().add_weight(shape=3)",
        "Own().add_weight(shape=(3,))",
    ),
    "half as the size of a weight": (
        "Own().add_weight(shape=(6 / 2, 3))",
        "Own().add_weight(shape=[6 // 2, 3])",
    ),
    "negative size of a weight": ("Own().add_weight((-1, 3))", "Own().add_weight((0, 3))"),
    "text as the key of a tensor": ("y['logits']", "{'logits': y}['logits']"),
    "text as the key of several outputs": (
        "Model(y, [y, Own()(y)])(y)['logits']",
        "Model(y, [y, Own()(y)])(y)[0]",
    ),
    "half of a list of tensors": ("[x, y][:2 / 2]", "[x, y][:2 // 2]"),
    "half as the end of a range": (
        "for _ in range(4 / 2):\n    y = layers.Dense(3)(y)",
        "for _ in range(int(4 / 2)):\n    y = layers.Dense(3)(y)",
    ),
    "half of an odd number in a Lambda": (
        "layers.Lambda(lambda t: t[..., :t.shape[-1] / 2])(y)",
        "layers.Lambda(lambda t: t[..., :t.shape[-1] // 2])(y)",
    ),
    "states of cells in the other order": (
        "layers.RNN([layers.LSTMCell(4), layers.LSTMCell(6)])"
        "(ops.ones((2, 5, 3)), initial_state=[[ops.ones((2, n))] * 2 for n in (6, 4)])",
        "layers.RNN([layers.LSTMCell(4), layers.LSTMCell(6)])"
        "(ops.ones((2, 5, 3)), initial_state=[[ops.ones((2, n))] * 2 for n in (4, 6)])",
    ),
    "states of stacked cells": (
        "layers.RNN(layers.StackedRNNCells([layers.GRUCell(4), layers.GRUCell(6)]))"
        "(ops.ones((2, 5, 3)), initial_state=[ops.ones((2, 4)), ops.ones((2, 1))])",
        "layers.RNN(layers.StackedRNNCells([layers.GRUCell(4), layers.GRUCell(6)]))"
        "(ops.ones((2, 5, 3)), initial_state=[ops.ones((2, 4)), ops.ones((2, 6))])",
    ),
    "states of one cell": (
        "layers.RNN(layers.LSTMCell(4))(ops.ones((2, 5, 3)), initial_state=[ops.ones((2, 4))])",
        "layers.RNN(layers.LSTMCell(4))(ops.ones((2, 5, 3)), initial_state=[ops.ones((2, 4))] * 2)",
    ),
    "shape that a Lambda only says": (
        "Model(y, layers.Dense(3)(layers.Lambda(lambda t: t[:, 0], output_shape=(9,))(y)))"
        ".predict(np.zeros((2, 8, 8)))",
        "Model(y, layers.Dense(3)(layers.Lambda(lambda t: t[:, 0], output_shape=(8,))(y)))"
        ".predict(np.zeros((2, 8, 8)))",
    ),
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


# On data, TensorFlow convolves and averages over windows that are larger, where nothing would be left.
EMPTY = [
    "layers.AveragePooling2D(5)(ops.ones((1, 4, 4, 3)))",
    "layers.AveragePooling1D(6, strides=2)(np.ones((1, 4, 3)))",
    "layers.GlobalAveragePooling2D()(layers.AveragePooling2D(5)(ops.ones((1, 4, 4, 3))))",
    "again = layers.DepthwiseConv2D(5)\nagain(ops.ones((1, 9, 9, 3)))\nagain(ops.ones((1, 4, 4, 3)))",
    "again = layers.Conv1D(3, 5)\nagain(ops.ones((1, 9, 3)))\nagain(ops.ones((1, 4, 3)))",
]


@pytest.mark.parametrize("program", EMPTY)
def test_an_empty_result_is_no_failure_on_data(program: str) -> None:
    assert check_source(HEAD + program + "\n", "model.py", KERAS_3) == []


@pytest.mark.oracle
@pytest.mark.parametrize("program", EMPTY)
def test_keras_3_passes_an_empty_result(program: str) -> None:
    *before, last = program.splitlines()
    names: dict[str, Any] = {}
    exec("\n".join([HEAD, *before, f"result = {last}"]), names)
    assert names["result"] is not None


def test_keras_2_takes_flags_by_place() -> None:
    program = "import keras\nkeras.layers.Dropout(0.5)(keras.Input((3,)), True)\n"
    assert check_source(program, "model.py", Settings(keras_version="2")) == []


def test_keras_2_takes_the_values_of_a_dict_and_names_of_weights() -> None:
    program = """
import keras

class Scaled(keras.layers.Layer):
    def build(self, shape):
        self.scale = self.add_weight("scale", shape=(shape[-1],))
    def call(self, x):
        return x * self.scale

sides = {"a": keras.Input((3,)), "b": keras.Input((3,))}
Scaled()(keras.layers.Add()(sides.values()))
"""
    assert check_source(program, "model.py", Settings(keras_version="2")) == []
    assert len(check_source(program, "model.py", KERAS_3)) == 1


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


CELL = """
import numpy as np
from {package} import Input, Model, layers

class Cell(layers.Layer):
    def __init__(self, units, width):
        super().__init__()
        self.state_size, self.width = units, width
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.state_size))
        self.recurrent = self.add_weight(shape=(self.state_size, self.width))
    def call(self, x, states):
        new = x @ self.kernel + states[0] @ self.recurrent
        return new, [new]

x = Input((5, 3))
y = layers.RNN(Cell(4, {width}))(x)
"""
ON_DATA = "Model(x, y)(np.ones((2, 5, 3), 'float32'))\n"


@pytest.mark.parametrize(
    ("package", "more", "told"),
    [("tf_keras", "", True), ("keras", "", False), ("keras", ON_DATA, True)],
)
def test_a_cell_of_the_programs_own_runs_once(package: str, more: str, told: bool) -> None:
    version = Settings(keras_version="3" if package == "keras" else "2")
    broken = check_source(CELL.format(package=package, width=3) + more, "model.py", version)
    assert [(finding.code, finding.line) for finding in broken] == (
        [("KML141", 13)] if told else []
    )
    works = CELL.format(package=package, width=4) + more
    assert check_source(works, "model.py", version) == []


@pytest.mark.oracle
@pytest.mark.parametrize(("package", "more"), [("tf_keras", ""), ("keras", ON_DATA)])
def test_the_cell_fails_there(package: str, more: str) -> None:
    exec(CELL.format(package=package, width=4) + more, {})
    with pytest.raises(Exception, match=r".+"):
        exec(CELL.format(package=package, width=3) + more, {})


def test_a_layer_that_calls_the_call_of_its_base() -> None:
    program = """
from keras import Input, layers

class Same(layers.Layer):
    def __call__(self, inputs, **others):
        return super().__call__(inputs, **others)
    def call(self, x):
        return x

layers.Add()([Same()(Input((3,))), Input(({size},))])
"""
    broken = check_source(program.format(size=4), "model.py", KERAS_3)
    assert [finding.code for finding in broken] == ["KML111"]
    assert check_source(program.format(size=3), "model.py", KERAS_3) == []


def test_a_size_of_tensorflow_1_with_aligned_corners() -> None:
    program = """
from tensorflow.compat.v1 import image
from tensorflow.keras import Input, layers

x = Input((4, 4, 3))
y = layers.Lambda(lambda t: image.resize(t, (8, 8), align_corners=True))(x)
layers.Add()([x, y])
"""
    found = check_source(program, "model.py", Settings(keras_version="2"))
    assert [finding.code for finding in found] == ["KML111"]


@pytest.mark.parametrize("settings", [KERAS_3, Settings(keras_version="2")])
def test_a_wrapped_layer_runs_in_a_graph(settings: Settings) -> None:
    program = (
        "import tensorflow as tf\nfrom tensorflow.keras import Input, Model, layers\n"
        "class Sample(layers.Layer):\n    def call(self, x):\n        return tf.reshape(x, tf.shape(x))\n"
        "class Encoder(Model):\n    def __init__(self):\n        super().__init__()\n"
        "        self.sample = Sample()\n    def call(self, x):\n        return self.sample(x)\n"
        "    def compute_output_shape(self, shape):\n        return shape\n"
        "frames = layers.TimeDistributed(Encoder())(Input((5, 3)))\n"
    )
    assert not check_source(program, "", settings)


@pytest.mark.parametrize(("width", "told"), [(4, False), (3, True)])
def test_of_a_list_of_cells_each_runs_on_what_the_one_before_gives(width: int, told: bool) -> None:
    program = CELL.format(package="keras", width=4).replace(
        "layers.RNN(Cell(4, 4))", f"layers.RNN([Cell(4, 4), Cell(6, 6), Cell(4, {width})])"
    )
    found = check_source(program + ON_DATA, "model.py", KERAS_3)
    assert [finding.code for finding in found] == (["KML141"] if told else [])


OPEN_WEIGHT = """
from {package} import Input, layers

class Table(layers.Layer):
    def build(self, shape):
        self.table = self.add_weight(name="table", shape=(shape[1], 8), initializer={initializer})
    def call(self, x):
        return x

y = Table()(Input((None, 3)))
"""


@pytest.mark.parametrize("package", ["keras", "tf_keras"])
@pytest.mark.parametrize(
    ("initializer", "told"), [('"zeros"', True), ("None", True), ("lambda shape, **_: 0", False)]
)
def test_a_weight_has_no_open_size(package: str, initializer: str, told: bool) -> None:
    program = OPEN_WEIGHT.format(package=package, initializer=initializer)
    version = Settings(keras_version="3" if package == "keras" else "2")
    found = check_source(program, "model.py", version)
    assert [finding.code for finding in found] == (["KML304"] if told else [])

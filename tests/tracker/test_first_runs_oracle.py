"""First runs that Keras 3 refuses, and those that it takes, as TensorFlow says of the same program."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from textwrap import indent
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

pytestmark = pytest.mark.oracle

_HEAD = """\
import itertools
import numpy as np
import tensorflow as tf
import keras
from keras import layers, ops

x = np.zeros((12, 4), "float32")
y = np.zeros((12, 1), "float32")
classes = np.eye(3)[np.zeros(12, "int32")]
w = np.ones((12,))
"""
ONE = """\
model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
model.compile("sgd", "mse")
"""
_TWO = """\
inputs = keras.Input((4,))
a = layers.Dense(1, name="a")(inputs)
b = layers.Dense(3, activation="softmax", name="b")(inputs)
"""
LIST = f"""{_TWO}
model = keras.Model(inputs, [a, b])
model.compile("sgd", ["mse", "mse"]COMPILED)
targets = [y, classes]
"""
DICT = f"""{_TWO}
model = keras.Model(inputs, {{"a": a, "b": b}})
model.compile("sgd", {{"a": "mse", "b": "mse"}}COMPILED)
targets = {{"a": y, "b": classes}}
"""
PAIR = """\
left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
joined = layers.concatenate([left, right])
model = keras.Model(INPUTS, layers.Dense(1)(joined))
model.compile("sgd", "mse")
"""


def _metrics(given: str, nest: str = LIST) -> str:
    made = nest.replace("COMPILED", f", metrics={given}")
    return f"{made}model.fit(x, targets, verbose=0)\n"


def _weighted(given: str, nest: str = LIST) -> str:
    made = nest.replace("COMPILED", "")
    return f"{made}model.fit(x, targets, sample_weight={given}, verbose=0)\n"


def _generated(item: str, model: str = ONE) -> str:
    return (
        f"{model}def items():\n    while True:\n        yield {item}\n\n"
        "model.fit(items(), steps_per_epoch=1, verbose=0)\n"
    )


def _loaded(item: str, model: str = ONE) -> str:
    body = f"def __len__(self):\n    return 2\n\ndef __getitem__(self, index):\n    return {item}\n"
    loader = f"class Loader(keras.utils.PyDataset):\n{indent(body, '    ')}"
    return f"{model}{loader}\nmodel.fit(Loader(), verbose=0)\n"


def _paired(given: str, inputs: str = "[left, right]") -> str:
    return f"{PAIR.replace('INPUTS', inputs)}model.fit({given}, y, verbose=0)\n"


_BY_KEY = '{"first": left, "second": right}'
_PARTS = "parts = tf.data.Dataset.from_tensors(x), tf.data.Dataset.from_tensors(y)\n"
BOTH = PAIR.replace("INPUTS", "[left, right]")
OF_LIST = LIST.replace("COMPILED", "")

PROGRAMS = {
    "one metric for two outputs": _metrics("['mae']"),
    "a metric for each output": _metrics("['mae', 'mae']"),
    "no metric": _metrics("[]"),
    "lists of metrics": _metrics("[['mae'], ['mae', 'mse']]"),
    "a list within a list": _metrics("[['mae', 'mse']]"),
    "none for the first output": _metrics("[None, 'mae']"),
    "three metrics for two outputs": _metrics("['mae'] * 3"),
    "metrics in a tuple": _metrics("('mae',)"),
    "metrics by name": _metrics("{'b': 'mae'}"),
    "metrics by another name": _metrics("{'c': 'mae'}"),
    "a metric that the second output refuses": _metrics("[None, 'sparse_categorical_accuracy']"),
    "a metric that the output of this name refuses": _metrics(
        "{'b': ['mae', keras.metrics.SparseCategoricalAccuracy()]}"
    ),
    "one metric for a dict of outputs": _metrics("['mae']", DICT),
    "two metrics for a dict of outputs": _metrics("['mae', 'mae']", DICT),
    "metrics by another key": _metrics("{'a': 'mae', 'c': 'mae'}", DICT),
    "metrics by key": _metrics("{'a': 'mae'}", DICT),
    "weights for all outputs": _weighted("w"),
    "weights for each output": _weighted("[w, w]"),
    "weights for one of two outputs": _weighted("[w]"),
    "weights for three outputs": _weighted("[w] * 3"),
    "weights by name for a list": _weighted("{'a': w, 'b': w}"),
    "weights for the second output only": _weighted("[None, w]"),
    "weights of each class": _weighted("[w, np.ones((12, 3))]"),
    "weights of each class in the first": _weighted("[np.ones((12, 3)), w]"),
    "weights in a column": _weighted("[w[:, None], w[:, None]]"),
    "weights by key": _weighted("{'a': w, 'b': w}", DICT),
    "weights by one key": _weighted("{'a': w}", DICT),
    "weights of each class by key": _weighted("{'a': w, 'b': np.ones((12, 3))}", DICT),
    "weights in a list for a dict": _weighted("[w, w]", DICT),
    "targets in a list of numbers": f"{ONE}model.fit(x, [1.0] * 12, verbose=0)\n",
    "targets in a list of lists": f"{ONE}model.fit(x, [[1.0]] * 12, verbose=0)\n",
    "targets in a list of one array": f"{ONE}model.fit(x, [y], verbose=0)\n",
    "two targets for one output": f"{ONE}model.fit(x, [y, y], verbose=0)\n",
    "numbers for one step": f"{ONE}model.train_on_batch(x, [1.0] * 12)\n",
    "an array for one step": f"{ONE}model.train_on_batch(x, np.ones((12, 1)))\n",
    "a prediction for numbers": f"{ONE}model.predict([[1.0, 2.0, 3.0, 4.0]], verbose=0)\n",
    "a prediction for an array": f"{ONE}model.predict(np.array([[1.0, 2.0, 3.0, 4.0]]), verbose=0)\n",
    "a call with numbers": f"{BOTH}model([[1.0, 2.0], [3.0, 4.0]])\n",
    "numbers from a generator": _generated("x, [1.0] * 12"),
    "arrays from a generator": _generated("x, y"),
    "a list from a generator": _generated("[x, y]"),
    "one array from a generator": _generated("x"),
    "inputs in a list from a generator": _generated("[x, x], y", BOTH),
    "inputs in a tuple from a generator": _generated("(x, x), y", BOTH),
    "inputs by name from a generator": _generated('{"left": x, "right": x}, y', BOTH),
    "targets in a list from a generator": _generated("x, [y, classes]", OF_LIST),
    "targets in a tuple from a generator": _generated("x, (y, classes)", OF_LIST),
    "numbers from a loader": _loaded("x, [1.0] * 12"),
    "arrays from a loader": _loaded("x, y"),
    "a list from a loader": _loaded("[x, y]"),
    "inputs in a list from a loader": _loaded("[x, x], y", BOTH),
    "inputs in a tuple from a loader": _loaded("(x, x), y", BOTH),
    "targets in a list from a loader": _loaded("x, [y, classes]", OF_LIST),
    "zipped pipelines": f"{ONE}{_PARTS}model.fit(zip(*parts), steps_per_epoch=1, verbose=0)\n",
    "pipelines zipped by tf.data": f"{ONE}{_PARTS}model.fit(tf.data.Dataset.zip(parts), verbose=0)\n",
    "a map of batches": f"{ONE}model.fit(map(lambda part: (part, y), [x]), steps_per_epoch=1, verbose=0)\n",
    "an iterator over batches": f"{ONE}model.fit(iter([(x, y)]), steps_per_epoch=1, verbose=0)\n",
    "batches that are repeated": f"{ONE}model.fit(itertools.repeat((x, y)), steps_per_epoch=1, verbose=0)\n",
    "a generator expression": f"{ONE}model.fit(((x, y) for _ in range(3)), verbose=0)\n",
    "validation by zipped batches": f"{ONE}model.fit(x, y, validation_data=zip([x], [y]), verbose=0)\n",
    "inputs by name": _paired('{"left": x, "right": x}'),
    "inputs by a wrong name": _paired('{"left": x, "other": x}'),
    "inputs by key": _paired('{"first": x, "second": x}', _BY_KEY),
    "inputs by a wrong key": _paired('{"first": x, "other": x}', _BY_KEY),
    "inputs by name, not by key": _paired('{"left": x, "right": x}', _BY_KEY),
    "one more input than the keys": _paired('{"first": x, "second": x, "more": x}', _BY_KEY),
}

# -- what is passed beside a pipeline ----------------------------------------------------------

_SOURCES = {
    "a dataset": "source = tf.data.Dataset.from_tensor_slices((x, y)).batch(4)\n",
    "a generator": "source = ((x, y) for _ in range(2))\n",
    "a loader": "class Loader(keras.utils.PyDataset):\n    def __len__(self):\n        return 2\n\n"
    "    def __getitem__(self, index):\n        return x, y\n\nsource = Loader()\n",
}
_BESIDE = {
    "targets": "y=y", "weights": "sample_weight=w", "a share for validation": "validation_split=0.2",
    "no share": "validation_split=0.0", "a batch size": "batch_size=4",
    "weights of classes": "class_weight={0: 1.0, 1: 2.0}",
}  # fmt: skip
PROGRAMS |= {
    f"{what} beside {source}": f"{ONE}{made}model.fit(source, {given}, verbose=0)\n"
    for source, made in _SOURCES.items()
    for what, given in _BESIDE.items()
}

# -- models without a call, sizes of one step, states, tables, pictures --------------------------

_NO_CALL = """\
class Coder(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.code = layers.Dense(2)

    def train_step(self, data):
        return {"loss": ops.mean(self.code(data[0]))}

model = Coder()
model.compile("sgd", "mse")
"""
_STATEFUL = """\
series, level = np.zeros((COUNT, 5, 3), "float32"), np.zeros((COUNT, 1), "float32")
model = keras.Sequential([
    keras.Input(batch_shape=(4, 5, 3)), layers.LSTM(2, stateful=True), layers.Dense(1),
])
model.compile("sgd", "mse")
"""


def _stateful(count: int, call: str) -> str:
    return f"{_STATEFUL.replace('COUNT', str(count))}model.{call}\n"


_MAPPED = """\
def load(number):
    row = tf.numpy_function(lambda n: np.zeros(4, "float32"), [number], tf.float32)
    row.set_shape(SHAPE)
    return row, tf.zeros(1)

data = tf.data.Dataset.range(8).map(load).batch(4)
"""
PROGRAMS |= {
    "a model without call is trained": f"{_NO_CALL}model.fit(x, y, verbose=0)\n",
    "a model without call is validated": f"{_NO_CALL}model.fit(x, y, validation_data=(x, y), verbose=0)\n",
    "a model without call predicts": f"{_NO_CALL}model.predict(x, verbose=0)\n",
    "a model without call is evaluated": f"{_NO_CALL}model.evaluate(x, y, verbose=0)\n",
    "fewer targets in one step": f"{ONE}model.train_on_batch(x, y[:5])\n",
    "as many targets in one step": f"{ONE}model.train_on_batch(x[:5], y[:5])\n",
    "one target in one step": f"{ONE}model.train_on_batch(x, y[:1])\n",
    "states for whole batches": _stateful(8, "fit(series, level, batch_size=4, verbose=0)"),
    "states and a rest": _stateful(10, "fit(series, level, batch_size=4, verbose=0)"),
    "states and a rest to predict": _stateful(10, "predict(series, batch_size=4, verbose=0)"),
    "states for other batches": _stateful(8, "fit(series, level, batch_size=2, verbose=0)"),
    "states for the usual batch size": _stateful(8, "fit(series, level, verbose=0)"),
    "states for all samples": _stateful(4, "fit(series, level, verbose=0)"),
    "states for a single sample": _stateful(1, "fit(series, level, verbose=0)"),
    "a promised shape": f"{_MAPPED.replace('SHAPE', '(4,)')}{ONE}model.fit(data, verbose=0)\n",
    "another promised shape": f"{_MAPPED.replace('SHAPE', '(5,)')}{ONE}model.fit(data, verbose=0)\n",
    "numbers by draw": f"{ONE}if np.random.rand() < 2:\n    model.predict(x[:, :3], verbose=0)\n",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_first_run_is_refused_where_keras_refuses_it(name: str) -> None:
    text = _HEAD + PROGRAMS[name]
    found = check_source(text, "train.py", Settings(keras_version="3"))
    assert bool(found) == _raises(text), [one.message for one in found]


def _raises(text: str) -> bool:
    space: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            exec(compile(text, "train.py", "exec"), space)
        except Exception:
            return True
    return False


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    import keras

    yield
    keras.backend.clear_session()

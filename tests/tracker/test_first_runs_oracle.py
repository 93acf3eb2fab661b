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


def _with_losses(losses: str, targets: str) -> str:
    made = LIST.replace("COMPILED", "").replace('["mse", "mse"]', losses)
    return f"{made}model.fit(x, {targets}, verbose=0)\n"


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

_HITS = """\
class Hits(keras.metrics.Metric):
    def __init__(self, name="hits", **kwargs):
        super().__init__(name=name, **kwargs)
        self.hits = self.add_weight(shape=(3,), initializer="zeros", name="seen")

    def update_state(self, y_true, y_pred, sample_weight=None):
        seen = ops.sum(y_true * ops.round(y_pred), axis=AXIS)
        if sample_weight is not None:
            seen = seen * sample_weight
        self.hits.METHOD(seen)

    def result(self):
        return ops.mean(self.hits)

model = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation="softmax")])
"""


def _hits(axis: int, how: str = "metrics", method: str = "assign_add", fit: str = "") -> str:
    return (
        _HITS.replace("AXIS", str(axis)).replace("METHOD", method)
        + f"model.compile('sgd', 'categorical_crossentropy', {how}=[Hits()])\n"
        + f"model.fit(x, classes, verbose=0{fit})\n"
    )


def _called_back(hook: str, body: str, callbacks: str = "[Look()]") -> str:
    return (
        f"class Look(keras.callbacks.Callback):\n    def {hook}:\n        {body}\n\n"
        f"{ONE}model.fit(x, y, verbose=0, callbacks={callbacks})\n"
    )


def _loss_class(body: str) -> str:
    return (
        f"class Own(keras.losses.Loss):\n    def call(self, y_true, y_pred):\n        return {body}\n\n"
        "model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])\n"
        "model.compile('sgd', Own())\nmodel.fit(x, classes, verbose=0)\n"
    )


def _inherits(base: str, body: str, made: str = "Own()") -> str:
    return (
        f"class Own(keras.metrics.{base}):\n    {body}\n\n"
        "model = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation='softmax')])\n"
        f"model.compile('sgd', 'sparse_categorical_crossentropy', metrics=[{made}])\n"
        "model.fit(x, y, verbose=0)\n"
    )


_UPDATES = "def update_state(self, y_true, y_pred, sample_weight=None):\n        "
_CLASSES = "def __init__(self, **options):\n        super().__init__(num_classes=3, **options)"


def _taped(loss: str, apply: str = "optimizer.apply_gradients(zip(gradients, weights))") -> str:
    """One step of a loop of the program's own."""
    return (
        "model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])\n"
        "optimizer, weights = keras.optimizers.SGD(), model.trainable_variables\n"
        "labels = np.zeros(12, 'int64')\n"
        "with tf.GradientTape() as tape:\n"
        "    out = model(tf.constant(x), training=True)\n"
        f"    loss = {loss}\n"
        "gradients = tape.gradient(loss, weights)\n"
        f"{apply}\n"
    )


_TAPED = {
    "of the places of the largest": "tf.reduce_mean(tf.cast(tf.argmax(out, -1), tf.float32))",
    "of wrong classes": "tf.reduce_mean(tf.cast(tf.not_equal(tf.argmax(out, -1), labels), tf.float32))",
    "of rounded numbers": "tf.reduce_sum(tf.round(out))",
    "of a comparison": "tf.reduce_sum(tf.where(out > 0.5, 1.0, 0.0))",
    "of one-hot places": "tf.reduce_sum(tf.one_hot(ops.argmax(out, -1), 3))",
    "of squares": "tf.reduce_mean(tf.square(out))",
    "of squares and places": "tf.reduce_mean(out) + tf.cast(tf.argmax(out[0]), tf.float32)",
    "of what is gathered": "tf.reduce_sum(tf.gather(out, tf.argmax(out, -1), batch_dims=1))",
    "of a rounding passed through": "tf.reduce_sum(out + tf.stop_gradient(tf.round(out) - out))",
    "of what a loss function gives": "keras.losses.SparseCategoricalCrossentropy()(labels, out)",
    "of places and of a variable": "tf.cast(tf.argmax(out[0]), tf.float32) * weights[1][0]",
}


def _own_loss(call: str, body: str = "ops.mean(ops.square(y_true - y_pred), axis=-1)") -> str:
    """A loss of a class of the program's own, which it calls itself."""
    return (
        "class Own(keras.losses.Loss):\n"
        "    def call(self, y_true, y_pred):\n"
        f"        return {body}\n\n"
        f"{call}\n"
    )


_MASKS = (
    "(12, 5)", "(12, 5, 1)", "(12, 5, 6)", "(1, 5)", "(12,)", "(5,)", "(12, 4)", "(12, 6)", "(4, 5)",
    "(12, 5, 3)", "(12, 5, 1, 1)",
)  # fmt: skip


def _begins(layer: str, shape: str, options: str = "") -> str:
    """A recurrent layer on five steps, one of whose states has this shape."""
    rest = ", np.zeros((12, 6))" if layer == "LSTM" else ""
    return f"layers.{layer}(6{options})(np.zeros((12, 5, 3)), initial_state=[np.zeros({shape}){rest}])\n"


def _begins_with(layer: str, *widths: int) -> str:
    """A recurrent layer, or two of them back to back, that begins with states of these widths."""
    states = ", ".join(f"np.zeros((12, {width}))" for width in widths)
    return f"layers.{layer}(np.zeros((12, 5, 3)), initial_state=[{states}])\n"


_CELL = """\
class Own(layers.Layer):
    def __init__(self):
        super().__init__()
        self.state_size = [6, 6]
        self.output_size = 6

    def build(self, shape):
        self.kernel = self.add_weight(name="kernel", shape=(shape[-1], 6))
        self.recurrent = self.add_weight(name="recurrent", shape=(ROWS, 6))

    def call(self, given, states):
        before, trace = states
        after = ops.matmul(given, self.kernel) + ops.matmul(trace, self.recurrent)
        return after, [after, 0.9 * trace + before]

steps = keras.Input((5, 3))
model = keras.Model(steps, layers.RNN(Own())(steps))
model.RUN
"""


def _loops(rows: int, run: str) -> str:
    """A model around a cell of the program's own, with this many rows of its recurrent weights."""
    return _CELL.replace("ROWS", str(rows)).replace("RUN", run)


def _of_open_size(size: str, used: str) -> str:
    """A layer that uses the size of its batch, which is open when a model is made of it."""
    return (
        f"class Own(layers.Layer):\n    def call(self, x):\n        n = {size}\n"
        f"        {used}\n        return x\n\n"
        "Own()(keras.Input((4, 3)))\n"
    )


def _mapped(rows: str) -> str:
    return (
        "def each(pair):\n    one, other = pair\n    return tf.reduce_sum(one * other)\n\n"
        f"tf.map_fn(each, ({rows}), fn_output_signature=tf.float32)\n"
    )


_BUILT = """\
class Own(layers.Layer):
    def build(self, shape):
        self.kernel = self.add_weight(name="kernel", shape=(shape[-1], 2))

    def call(self, given):
        return ops.matmul(given, self.kernel)

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.own = Own()

    def build(self, shape):
        self.own.build(SHAPE)

    def call(self, given):
        return self.own(given[:, 1:])

Net()(x)
"""

_UNPACKS_TWO = """\
class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)

    def call(self, x):
        return self.dense(x)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((y - self(x)) ** 2)
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return {"loss": loss}

model = Own()
model.compile("sgd")
model.fit(x, classes, verbose=0WEIGHTS)
"""


_LOOP = """\
data = tf.data.Dataset.from_tensor_slices(np.zeros((10, 3), "float32"))PIPELINE
for rows in data:
    rows + tf.ones((4, 3))
"""
_PIPELINES = {
    "whole batches and a rest": ".batch(4)",
    "no rest": ".batch(5).map(lambda rows: rows[:4])",
    "a rest that is left out": ".batch(4, drop_remainder=True)",
    "the first of the batches": ".shuffle(10).batch(4).take(2)",
    "all batches taken": ".batch(4).take(3)",
    "samples without a rest": ".take(8).batch(4)",
    "samples with a rest": ".skip(3).batch(4)",
    "samples again and again": ".repeat(2).batch(4)",
    "batches again": ".batch(4).repeat(2).prefetch(1)",
    "batches of some samples": ".filter(lambda row: row[0] < 1.0).batch(5)",
    "batches of batches": ".batch(2).unbatch().batch(4, drop_remainder=True)",
    "mapped batches": ".map(lambda row: row * 2).batch(4).map(lambda rows: rows + 1)",
}
_LOOPED = {name: _LOOP.replace("PIPELINE", steps) for name, steps in _PIPELINES.items()}
# Of these nobody knows the number of samples, so nothing is said.
for _name in ("samples again and again", "batches of some samples"):
    _LOOPED[_name] = _LOOPED[_name].replace("tf.ones((4, 3))", "tf.ones((3,))")

_NOISE_STEP = """\
class Noisy(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(1)

    def call(self, x):
        return self.dense(x)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((y - self(x + tf.random.normal((4, 4)))) ** 2)
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return {"loss": loss}

model = Noisy()
model.compile("sgd")
model.fit(tf.data.Dataset.from_tensor_slices((x[:SAMPLES], y[:SAMPLES])).batch(4), verbose=0STEPS)
"""


def _noisy(samples: int, steps: str = "") -> str:
    return _NOISE_STEP.replace("SAMPLES", str(samples)).replace("STEPS", steps)


_DOT = """\
left, right = keras.Input((1,)), keras.Input((1,))
rows = [layers.Flatten()(layers.Embedding(9, 3)(side)) for side in (left, right)]
model = keras.Model([left, right], layers.Dot(1)(rows))
model.predict([np.zeros((8, LENGTH)), np.zeros((8, 1))], verbose=0)
"""
PROGRAMS = {
    "a Dot of what it was built for": _DOT.replace("LENGTH", "1"),
    "a Dot of two words and one": _DOT.replace("LENGTH", "2"),
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
    "a target for the one output with a loss": _with_losses("['mse', None]", "y"),
    "a list of it": _with_losses("[None, 'mse']", "[classes]"),
    "targets for all outputs": _with_losses("['mse', None]", "[y, classes]"),
    "a target for one of two outputs with losses": _with_losses("['mse', 'mse']", "y"),
    "targets for three outputs": _with_losses("['mse', None]", "[y, y, y]"),
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

# -- ranks that get lost in a graph, what is no data, names of a single output, series -------------

_LOST = {
    "nothing": "",
    "a promise": "row.set_shape((4,))",
    "an ensured shape": "row = tf.ensure_shape(row, (4,))",
    "another type": "row = tf.cast(row, 'float16') / 2",
    "a reshaping": "row = tf.reshape(row, (4,))",
}


def _lost(then: str, run: str, give: str = "row, tf.zeros(1)", model: str = ONE) -> str:
    return (
        "def load(number):\n"
        '    row = tf.numpy_function(lambda n: np.zeros(4, "float32"), [number], tf.float32)\n'
        f"    {then or 'pass'}\n    return {give}\n\n"
        f"data = tf.data.Dataset.range(8).map(load).batch(4)\n{model}model.{run}\n"
    )


_FIT = "fit(data, verbose=0)"
_EAGER = ONE.replace('"mse")', '"mse", run_eagerly=True)')
_PICTURE = "pictures = tf.data.Dataset.from_tensor_slices(['a.png']).map(tf.io.read_file)\n"
_TYPES = """\
def rows():
    for _ in range(8):
        yield np.zeros(4, "float32"), np.zeros(1, "float32")

data = tf.data.Dataset.from_generator(rows, GIVEN).batch(4)
"""
_TWO_TYPES = "output_types=(tf.float32, tf.float32)"
_OWN = """\
class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.last = layers.Dense(1)

    def call(self, x):
        return self.last(x)

model = Own()
"""
_NAMED = """\
inputs = keras.Input((4,))
out = layers.Dense(1, name="out")(inputs)
model = keras.Model(inputs, OUT)
model.compile("sgd", "mse")
"""
_CNN = """\
first = keras.Input((8, 8, 1))
cnn = keras.Sequential([first, layers.LAYER, layers.Flatten()])
"""
_WINDOWS = """\
from tensorflow.keras.preprocessing.sequence import TimeseriesGenerator
series = np.zeros((40, 3), "float32")
windows = TimeseriesGenerator(series, series[:, 0], length=7, sampling_rate=3, batch_size=4)
model = keras.Sequential([keras.Input(SHAPE), layers.Flatten(), layers.Dense(1)])
model.compile("sgd", "mse")
model.fit(windows, verbose=0)
"""
_MASKED = """\
query, value = keras.Input((3,), dtype="int32"), keras.Input((5,), dtype="int32")
embed, mask = layers.Embedding(9, 4), layers.Lambda(lambda t: t > 0, output_shape=lambda shape: shape)
q, v, qm, vm = embed(query), embed(value), mask(query), mask(value)
out = layers.KIND()([q, v], mask=MASKS)
model = keras.Model([query, value], layers.Dense(1)(layers.Flatten()(out)))
model.predict([np.ones((2, 3)), np.ones((2, 5))], verbose=0)
"""


def _masked(masks: str, kind: str = "Attention") -> str:
    return _MASKED.replace("MASKS", masks).replace("KIND", kind)


_STEPS = {
    "the greatest": "tf.cast(tf.argmax(p, -1), 'float32')",
    "a comparison": "tf.cast(p > 0.5, 'float32')",
    "a rounded output": "ops.round(p)",
    "an output in steps": "tf.floor(p) * t",
    "a choice by comparison": "tf.where(p > 0.5, 1.0, t)",
    "a choice of outputs": "tf.where(p > 0.5, p, t)",
    "a rounded output beside it": "tf.round(p) + tf.square(p)",
    "another type": "tf.cast(tf.cast(p, 'float16'), 'float32')",
    "a stopped output": "tf.stop_gradient(p) - t",
    "an output and a stopped one": "p - tf.stop_gradient(p)",
    "targets by the greatest": "p * tf.one_hot(tf.argmax(t, -1), 3)",
    "an output of its own layers": "keras.ops.relu(p)",
    "known numbers": "tf.ones_like(p)",
}


def _stepped(loss: str, then: str = "fit(x, classes, verbose=0)", more: str = "") -> str:
    return (
        f"def loss(t, p):\n    return tf.reduce_mean({loss})\n\n"
        f"model = keras.Sequential([keras.Input((4,)), layers.Dense(3{more})])\n"
        f"model.compile('sgd', loss)\nmodel.{then}\n"
    )


_OF_FOUR = {
    "times constants": "tf.square(t - p) * tf.ones((4, 1))",
    "reshaped": "tf.reshape(t - p, (4, 3))",
    "reshaped in halves": "tf.reshape(t - p, (2, -1))",
    "half less half": "tf.square(p[:2] - p[2:])",
    "beside constants": "tf.concat([t - p, tf.ones((4, 3))], 0)",
    "of any batch": "tf.square(t - p)",
}


def _of_four(loss: str, count: int) -> str:
    return _stepped(loss, f"fit(x[:{count}], classes[:{count}], batch_size=4, verbose=0)")


_OWN_STEP = """\
class Own(keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as tape:
            noise = tf.random.normal((SIZE, 4))
            loss = tf.reduce_mean(tf.square(self(data[0] + noise) - data[1]))
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return {"loss": loss}

inputs = keras.Input((4,))
model = Own(inputs, layers.Dense(1)(inputs))
model.compile("sgd")
model.fit(x[:10], y[:10], batch_size=4, verbose=0)
"""
_WORDS = "words = np.array(['a', 'b', 'a'] * 4)\n"
_UNEQUAL = "unequal = np.array([[1], [2, 3]] * 6, dtype=object)\n"
PROGRAMS |= {
    **{f"a lost rank and {name}": _lost(then, _FIT) for name, then in _LOST.items()},
    "a lost rank to evaluate": _lost("", "evaluate(data, verbose=0)"),
    "a lost rank to predict": _lost("", "predict(data, verbose=0)"),
    "a lost rank, run eagerly": _lost("", _FIT, model=_EAGER),
    "a lost rank of the targets": _lost("", _FIT, "tf.zeros(4), row"),
    "a lost rank for a class of its own": _lost(
        "", _FIT, model=f"{_OWN}model.compile('sgd', 'mse')\n"
    ),
    "a lost rank in a loop": f"{_lost('', 'summary()')}for row, _ in data:\n    model(row)\n",
    "the next item has a rank": f"{_lost('', 'summary()')}model(next(iter(data))[0])\n",
    "a picture that may move": f"{_PICTURE}"
    "pictures.map(lambda b: tf.image.resize(tf.io.decode_image(b, channels=3), (4, 4)))\n",
    "a picture that does not move": f"{_PICTURE}pictures.map(lambda b: "
    "tf.image.resize(tf.io.decode_image(b, channels=3, expand_animations=False), (4, 4)))\n",
    "a picture outside of a graph": "if x.sum():\n"
    "    tf.image.resize(tf.io.decode_image(tf.io.read_file('a.png')), (4, 4))\n",
    "types of a generator": f"{_TYPES.replace('GIVEN', _TWO_TYPES)}{ONE}model.{_FIT}\n",
    "types and shapes of a generator": _TYPES.replace(
        "GIVEN", f"{_TWO_TYPES}, output_shapes=((4,), (1,))"
    )
    + f"{ONE}model.{_FIT}\n",
    "unequal lists as inputs": f"{ONE}{_UNEQUAL}model.predict(unequal, verbose=0)\n",
    "unequal lists, padded": f"{ONE}{_UNEQUAL}padded = keras.utils.pad_sequences(unequal, maxlen=4)\n"
    "model.predict(padded, verbose=0)\n",
    "objects of equal length": f"{ONE}rows = np.array([[1, 2, 3, 4]] * 3, dtype=object)\n"
    "model.predict(rows.astype('float32'), verbose=0)\n",
    "strings as targets": f"{ONE}{_WORDS}model.fit(x, words, verbose=0)\n",
    "strings in a list as targets": f"{ONE}model.fit(x, ['a', 'b', 'a'] * 4, verbose=0)\n",
    "numbers for strings": f"{ONE}{_WORDS}model.fit(x, (words == 'a').astype('float32'), verbose=0)\n",
    "places of strings": f"{ONE}{_WORDS}model.fit(x, np.unique(words, return_inverse=True)[1], verbose=0)\n",
    "weights in a list": f"{ONE}model.fit(x, y, sample_weight=[1.0] * 12, verbose=0)\n",
    "targets by name for one output": _NAMED.replace("OUT", "out")
    + "model.fit(x, {'out': y}, verbose=0)\n",
    "targets by name for a list": f"{_NAMED.replace('OUT', '[out]')}model.fit(x, {{'out': y}}, verbose=0)\n",
    "targets by name for a dict": _NAMED.replace("OUT", "{'out': out}")
    + "model.fit(x, {'out': y}, verbose=0)\n",
    "targets by name for layers in a row": f"{ONE}model.fit(x, {{'dense': y}}, verbose=0)\n",
    "losses by name for layers in a row": ONE.replace('"mse"', "{'dense': 'mse'}")
    + "model.fit(x, y, verbose=0)\n",
    "losses by name for a class of its own": f"{_OWN}model.compile('sgd', {{'last': 'mse'}})\n"
    "model.fit(x, y, verbose=0)\n",
    "pictures without a channel, step by step": _CNN.replace("LAYER", "Conv2D(2, 3)")
    + "layers.TimeDistributed(cnn)(keras.Input((5, 8, 8)))\n",
    "pictures without a channel": _CNN.replace("LAYER", "Conv2D(2, 3)")
    + "cnn(keras.Input((8, 8)))\n",
    "pictures with a channel, step by step": _CNN.replace("LAYER", "Conv2D(2, 3)")
    + "layers.TimeDistributed(cnn)(keras.Input((5, 8, 8, 1)))\n",
    "a layer that takes any rank, step by step": _CNN.replace("LAYER", "Dense(2)")
    + "layers.TimeDistributed(cnn)(keras.Input((5, 8, 8)))\n",
    "integers times floats in a model": "tokens = keras.Input((3,), dtype='int32')\n"
    "rows = layers.Embedding(9, 4)(tokens)\n"
    "model = keras.Model(tokens, rows * layers.Reshape((3, 1))(tokens))\n"
    "model.predict(np.zeros((2, 3), 'int32'), verbose=0)\n",
    **{f"a loss of {name}": _stepped(loss) for name, loss in _STEPS.items()},
    "a loss of steps to evaluate": _stepped("tf.round(p)", "evaluate(x, classes, verbose=0)"),
    "a loss of steps in one step": _stepped("tf.round(p)", "train_on_batch(x, classes)"),
    "a loss of steps and a penalty": _stepped("tf.round(p)", more=", kernel_regularizer='l2'"),
    **{
        f"a loss {name} on {count} samples": _of_four(loss, count)
        for name, loss in _OF_FOUR.items()
        for count in (8, 10)
    },
    "noise for whole batches and a rest": _OWN_STEP.replace("SIZE", "4"),
    "noise for each batch and a rest": _OWN_STEP.replace("SIZE", "tf.shape(data[0])[0]"),
    "masks of query and value": _masked("[qm, vm]"),
    "masks in the other order": _masked("[vm, qm]"),
    "a mask of the query only": _masked("[qm, None]"),
    "a mask of the value for the query": _masked("[vm, None]"),
    "a mask of the query for the value": _masked("[None, qm]"),
    "a mask of the query for the value, added": _masked("[None, qm]", "AdditiveAttention"),
    "masks of query and value, added": _masked("[qm, vm]", "AdditiveAttention"),
    "windows of a series": _WINDOWS.replace("SHAPE", "(3, 3)"),
    "windows without a rate": _WINDOWS.replace("SHAPE", "(7, 3)"),
    "windows of other features": _WINDOWS.replace("SHAPE", "(3, 1)"),
    "states and a rest of one": _stateful(9, "predict(series, batch_size=4, verbose=0)"),
    "states for one sample in a batch of one": _stateful(
        1, "fit(series, level, batch_size=1, verbose=0)"
    ),
    "states for one sample to evaluate": _stateful(1, "evaluate(series, level, verbose=0)"),
    "states for one sample to predict": _stateful(1, "predict(series, verbose=0)"),
    "states for one sample after a batch": _stateful(
        8, "fit(series, level, batch_size=4, verbose=0)"
    )
    + "model.predict(series[:1], verbose=0)\n",
    "one input for rows that NumPy stacks": PAIR.replace("INPUTS", "[left, right]")
    + "pairs = [[row, x[np.random.choice(12)]] for row in x]\n"
    "model.predict(np.array(pairs), verbose=0)\n",
    "hits of each class": _hits(0),
    "hits of each sample": _hits(1),
    "hits of each sample, assigned": _hits(1, method="assign"),
    "hits in a weighted metric without weights": _hits(0, "weighted_metrics"),
    "hits of each class with weights of samples": _hits(
        0, "weighted_metrics", fit=", sample_weight=w"
    ),
    "a metric without weights beside weights": _hits(0, fit=", sample_weight=w"),
    "a callback that predicts for other features": _called_back(
        "on_epoch_end(self, epoch, logs=None)", "self.model.predict(x[:, :3], verbose=0)"
    ),
    "a callback that predicts": _called_back(
        "on_epoch_end(self, epoch, logs=None)", "self.model.predict(x, verbose=0)"
    ),
    "a callback at the end that predicts for other features": _called_back(
        "on_train_end(self, logs=None)", "self.model.predict(x[:, :3], verbose=0)"
    ),
    "a callback after ten epochs that predicts for other features": _called_back(
        "on_epoch_end(self, epoch, logs=None)",
        "self.model.predict(x[:, :3] if epoch == 10 else x, verbose=0)",
    ),
    "a callback that looks at what was measured": _called_back(
        "on_epoch_end(self, epoch, logs=None)", "print(np.zeros(3) + logs['loss'])"
    ),
    "a callback alone": _called_back(
        "on_train_batch_end(self, batch, logs=None)", "self.model(x[:, :3])", "Look()"
    ),
    "a class of losses": _loss_class("ops.mean((y_true - y_pred) ** 2, axis=-1)"),
    "a class of losses of other outputs": _loss_class("ops.mean((y_true - y_pred[:, :2]) ** 2)"),
    "two parts without weights of classes": _UNPACKS_TWO.replace("WEIGHTS", ""),
    "two parts with weights of classes": _UNPACKS_TWO.replace(
        "WEIGHTS", ", class_weight={0: 1.0, 1: 2.0, 2: 1.0}"
    ),
    "a metric that inherits its update": _inherits("Precision", "pass"),
    "a metric that updates with probabilities": _inherits(
        "MeanIoU", f"{_UPDATES}super().update_state(y_true, y_pred)", "Own(num_classes=3)"
    ),
    "a metric that updates with classes": _inherits(
        "MeanIoU",
        f"{_UPDATES}super().update_state(y_true, tf.argmax(y_pred, axis=-1))",
        "Own(num_classes=3)",
    ),
    "a metric of its own classes": _inherits("MeanIoU", _CLASSES),
    "a metric that is told of probabilities": _inherits(
        "MeanIoU", _CLASSES, "Own(sparse_y_pred=False)"
    ),
    "a metric updated by hand": "keras.metrics.Precision().update_state(y, np.zeros((12, 3)))\n",
    "a metric called": "keras.metrics.MeanSquaredError()(y, np.zeros((11, 1)))\n",
    "a metric updated by hand with numbers of classes": (
        "keras.metrics.SparseCategoricalAccuracy().update_state(y, np.zeros((12, 3)))\n"
    ),
    **{
        f"{layer} that begins with {shape}{options}": _begins(layer, shape, options)
        for layer in ("LSTM", "GRU", "SimpleRNN")
        for shape in ("(12, 5, 6)", "(12, 12, 6)", "(12, 6)", "(12,)", "(6,)", "(1,)")
        for options in ("", ", reset_after=False")
        if layer == "GRU" or (not options and (layer, shape) != ("SimpleRNN", "(12, 5, 6)"))
    },
    "a loss of its own by hand": _own_loss("Own()(x, np.zeros((12, 4)))"),
    "a loss of its own by hand, of other sizes": _own_loss("Own()(x, np.zeros((12, 5)))"),
    "a loss of its own by hand, by name": _own_loss("Own()(y_pred=x, y_true=y[:, :, None])"),
    "a loss of its own by hand, of whole numbers": _own_loss("Own()(np.zeros((12, 4), int), x)"),
    "a loss of its own gives one number": _own_loss("Own()(x, x) + tf.zeros((3, 2))"),
    "a loss of its own gives a number for each": _own_loss(
        "Own(reduction=None)(x, x) + tf.zeros((3,))"
    ),
    "a loss of its own is told not to reduce": _own_loss(
        "Own(reduction='none')(x, x) + tf.zeros((12,))"
    ),
    "a loss of its own on a model": _own_loss(
        "Own()(y, keras.Sequential([layers.Dense(2), layers.Dense(3)])(x))",
        "ops.matmul(y_true, y_pred)",
    ),
    **{f"a tape {what}": _taped(loss) for what, loss in _TAPED.items()},
    "a tape that leaves out what has no gradient": _taped(
        _TAPED["of rounded numbers"],
        "pairs = [(g, v) for g, v in zip(gradients, weights) if g is not None]\n"
        "if pairs:\n    optimizer.apply_gradients(pairs)",
    ),
    "a tape that gives zeros": _taped(_TAPED["of rounded numbers"]).replace(
        "loss, weights)",
        "loss, [w.value for w in weights], unconnected_gradients=tf.UnconnectedGradients.ZERO)",
    ),
    **{
        f"{layer} with a mask of {shape}": (
            f"layers.{layer}(6)(np.zeros((12, 5, 3)), mask=np.ones({shape}, bool))\n"
        )
        for layer in ("LSTM", "GRU", "SimpleRNN")
        for shape in _MASKS
    },
    **{
        f"{layer} that begins with states of {widths}": _begins_with(layer, *widths)
        for layer, widths in (
            ("LSTM(6)", (6, 6, 6, 6)),
            ("GRU(6)", (6, 6)),
            ("SimpleRNN(6)", (6, 6)),
            ("Bidirectional(layers.LSTM(6))", (6, 6)),
            ("Bidirectional(layers.LSTM(6))", (6, 6, 6, 6)),
            ("Bidirectional(layers.LSTM(6))", (6, 6, 6, 6, 6)),
            ("Bidirectional(layers.LSTM(6))", (6, 6, 5, 6)),
            ("Bidirectional(layers.GRU(6))", (6,)),
            ("Bidirectional(layers.GRU(6))", (6, 6)),
            ("Bidirectional(layers.GRU(6))", (6, 5)),
            ("Bidirectional(layers.SimpleRNN(6))", (6, 6, 6)),
        )
    },
    "a direction that begins with states of the other's width": (
        "back = layers.LSTM(4, go_backwards=True)\n"
        f"{_begins_with('Bidirectional(layers.LSTM(6), backward_layer=back)', 6, 6, 6, 6)}"
    ),
    "directions that begin with states of their own widths": (
        "back = layers.LSTM(4, go_backwards=True)\n"
        f"{_begins_with('Bidirectional(layers.LSTM(6), backward_layer=back)', 6, 6, 4, 4)}"
    ),
    **{
        f"a cell with {rows} rows: {run}": _loops(rows, run)
        for rows in (3, 6)
        for run in ("summary(print_fn=str)", "predict(np.zeros((12, 5, 3)), verbose=0)")
    },
    **{
        f"{used} of n = {size}": _of_open_size(size, used)
        for used in (
            "tf.zeros((n, 3))",
            "ops.ones([n, 3])",
            "tf.fill((n, 3), 0.0)",
            "tf.random.uniform((n, 1, 3), -1.0, 1.0)",
            "keras.random.normal((n, 3))",
            "tf.constant(0.0, shape=(n, 3))",
            "tf.eye(3, batch_shape=[n])",
            "tf.reshape(x, (n, -1))",
            "ops.reshape(x, (n, 12))",
            "tf.tile(tf.zeros((1, 3)), (n, 1))",
            "ops.broadcast_to(ops.zeros((1, 3)), (n, 3))",
        )
        for size in ("x.shape[0]", "ops.shape(x)[0]", "tf.shape(x)[0]")
        if not used.startswith("tf.constant") or size == "x.shape[0]"
    },
    **{
        f"{used} outside a layer": f"x = keras.Input((4, 3))\nn = x.shape[0]\n{used}\n"
        for used in ("ops.zeros((n, 3))", "ops.reshape(x, (n, 12))", "ops.tile(x, (n, 1, 1))")
    },
    "a tensor of a shape with an open size": _of_open_size("x.shape", "tf.random.normal(n)"),
    "what a model predicts, reshaped like an array": f"{ONE}model.predict(x, verbose=0).reshape(12)\n",
    "what a model gives and an array of double": f"{ONE}model(x) - np.zeros((12, 1))\n",
    "an array of double and what a model gives": f"{ONE}np.zeros((12, 1)) - model(x)\n",
    "NumPy on what a model gives": f"{ONE}np.mean(model(x), axis=1).reshape(12, 1)\n",
    "rows of two sizes": _mapped("x, np.zeros((12, 3), 'float32')"),
    "rows of one size": _mapped("x, x"),
    "no rows of two sizes": _mapped("x[:0], np.zeros((0, 3), 'float32')"),
    "rows of a scan of two sizes": (
        "tf.scan(lambda sums, row: sums + row, x, initializer=np.zeros(3, 'float32'))\n"
    ),
    "no rounds of two sizes": (
        "tf.while_loop(lambda i, s: i < 0, lambda i, s: (i + 1, s + x[:, :3]), [0, x])\n"
    ),
    "a loss of rows of two sizes": (
        "def loss(y_true, y_pred):\n"
        "    one = lambda pair: tf.reduce_sum(pair[0] * pair[1])\n"
        "    return tf.map_fn(one, (y_true, y_pred), fn_output_signature=tf.float32)\n\n"
        "model = keras.Sequential([keras.Input((4,)), layers.Dense(2)])\n"
        "model.compile('sgd', loss)\nmodel.fit(x, classes, verbose=0)\n"
    ),
    "a layer built for all columns": _BUILT.replace("SHAPE", "shape"),
    "a layer built for those that it gets": _BUILT.replace("SHAPE", "(shape[0], shape[1] - 1)"),
    "rows gathered number by number": (
        "rows = []\nfor _ in range(12):\n    a = np.random.randint(9)\n"
        "    rows.append(np.array([np.float32(a), np.float32(a * 2)]))\n"
        f"{ONE}model.fit(np.array(rows), y, verbose=0)\n"
    ),
    **{f"a loop over {name}": text for name, text in _LOOPED.items()},
    "an iterator over batches and a rest": _LOOP.replace("PIPELINE", ".batch(4)").replace(
        "for rows in data:\n    ", "rows = next(iter(data))\n"
    ),
    "noise for batches of a pipeline": _noisy(8),
    "noise for batches of a pipeline and a rest": _noisy(10),
    "noise for the first batches of a pipeline": _noisy(10, ", steps_per_epoch=2"),
    **{
        f"a symbolic tensor in `{condition}`": f"a = keras.Input((3,))\n{condition}\n"
        for condition in (
            "if a: a = 1",
            "b = not a",
            "b = a or 1",
            "b = a and 1",
            "b = 1 if a else 2",
            "assert a",
            "if a > 0: a = 1",
            "[b for b in [1] if a]",
            "if a is not None: a = 1",
            "if a == None: a = 1",
            "b = a in [a]",
        )
    },
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

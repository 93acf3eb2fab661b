"""Optimizers, losses, callbacks and own models that Keras refuses, as TensorFlow says of the same program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from tests.tracker.test_around_training_oracle import _raises

pytestmark = pytest.mark.oracle

_HEAD = """\
import numpy as np
import tensorflow as tf
import keras
from keras import callbacks, layers, losses, metrics, optimizers

x = np.zeros((12, 4), "float32")
y = np.zeros((12, 1), "float32")
"""


def _trained(fit: str = "", compiled: str = "'sgd', 'mse'") -> str:
    return (
        "model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])\n"
        f"model.compile({compiled})\nmodel.fit(x, y, verbose=0{fit})\n"
    )


def _scheduled(body: str, fit: str) -> str:
    head = f"def schedule(epoch):\n    {body}\n\nrate = callbacks.LearningRateScheduler(schedule)\n"
    return head + _trained(f", {fit}")


def _hook(name: str, arguments: str, more: str = "") -> str:
    head = (
        f"class Log(callbacks.Callback):\n    def {name}(self{arguments}):\n        pass\n{more}\n"
    )
    return head + _trained(", callbacks=[Log()]")


def _asking(statement: str, more: str = "") -> str:
    head = f"class Log(callbacks.Callback):\n{more}    def on_epoch_end(self, epoch, logs=None):\n"
    return f"{head}        {statement}\n\n" + _trained(", callbacks=[Log()]")


def _built(statement: str) -> str:
    return (
        "class Scale(layers.Layer):\n    def build(self, shape):\n"
        f"        self.by = self.add_weight(shape=(shape[-1],))\n        {statement}\n\n"
        "    def call(self, inputs):\n        return self.by * inputs\n\nScale()(x)\n"
    )


def _own(call: str, then: str, more: str = "") -> str:
    return (
        "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n"
        f"        self.dense = layers.Dense(1)\n\n    def call(self, inputs):\n        {call}\n{more}\n"
        f"net = Net()\nnet.compile('sgd', 'mse')\n{then}\n"
    )


def _step(given: str) -> str:
    more = (
        "\n    def train_step(self, data):\n"
        f"        loss = tf.reduce_mean(self(data[0]))\n        {given}\n"
    )
    return _own("return self.dense(inputs)", "net.fit(x, y, verbose=0)", more)


def _batches(length: str) -> str:
    return (
        "class Batches(keras.utils.PyDataset):\n    def __len__(self):\n"
        f"        return {length}\n\n    def __getitem__(self, index):\n        return x[:4], y[:4]\n\n"
        + _trained().replace("fit(x, y", "fit(Batches()")
    )


def _of_two(first: str, second: str, keys: tuple[str, str]) -> str:
    one, other = keys
    return (
        f"a, b = keras.Input((4,){first}), keras.Input((4,){second})\n"
        "model = keras.Model([a, b], layers.Dense(1)(layers.add([a, b])))\n"
        f"model.predict({{'{one}': x, '{other}': x}}, verbose=0)\n"
    )


PROGRAMS = {
    # what constructors refuse
    "two ways to clip": "optimizers.Adam(0.1, clipnorm=1.0, clipvalue=0.5)\n",
    "one way to clip": "optimizers.Adam(0.1, clipnorm=1.0)\n",
    "a rate in a string": "optimizers.Adam(learning_rate='0.001')\n",
    "a rate that is an integer": "optimizers.Adam(1)\n",
    "a rate that is a schedule": "optimizers.Adam(optimizers.schedules.ExponentialDecay(0.1, 9, 0.9))\n",
    "a rate that is a function": "optimizers.Adam(lambda: 0.1)\n",
    "a momentum above one": "optimizers.SGD(0.1, momentum=9.0)\n",
    "a momentum that is an integer": "optimizers.SGD(0.1, 0)\n",
    "a momentum": "optimizers.SGD(0.1, 0.9)\n",
    "an unknown reduction": "losses.MeanSquaredError(reduction='average')\n",
    "a reduction of Keras 2": "losses.MeanSquaredError(reduction='auto')\n",
    "no reduction": "losses.MeanSquaredError(reduction=None)\n",
    "a threshold in percent": "metrics.Precision(thresholds=50)\n",
    "one threshold of two": "metrics.Recall(thresholds=[0.5, 1.5])\n",
    "a threshold": "metrics.Recall(thresholds=[0.5, 1])\n",
    "an unknown curve": "metrics.AUC(curve='precision')\n",
    "a curve": "metrics.AUC(curve='PR')\n",
    "saved every batch": "callbacks.ModelCheckpoint('m.keras', save_freq='batch')\n",
    "saved every fifth batch": "callbacks.ModelCheckpoint('m.keras', save_freq=5)\n",
    "as many values as boundaries": "optimizers.schedules.PiecewiseConstantDecay([1, 2], [0.1, 0.2])\n",
    "one value more": "optimizers.schedules.PiecewiseConstantDecay([1, 2], [0.1, 0.2, 0.3])\n",
    "the class of an optimizer": _trained(compiled="optimizers.Adam, 'mse'"),
    "an object of it": _trained(compiled="optimizers.Adam(), 'mse'"),
    # callbacks
    "a hook without logs": _hook("on_epoch_end", ", epoch"),
    "a hook": _hook("on_epoch_end", ", epoch, logs=None"),
    "a hook that takes nothing": _hook("on_train_begin", ""),
    "a hook that is called instead": _hook(
        "on_batch_end", ", batch", "    def on_train_batch_end(self, batch, logs=None):\n        pass\n"
    ),
    "a hook that is called through another": _hook("on_batch_end", ", batch"),
    "no rate in the second epoch": _scheduled(
        "if epoch < 1:\n        return 0.1", "epochs=3, callbacks=[rate]"
    ),
    "a rate in the only epoch": _scheduled(
        "if epoch < 1:\n        return 0.1", "epochs=1, callbacks=[rate]"
    ),
    "no rate after the end": _scheduled(
        "if epoch < 2:\n        return 0.1",
        "epochs=9, callbacks=[rate, callbacks.EarlyStopping('loss', baseline=-1.0)]",
    ),
    "a checkpoint named after accuracy": _trained(
        ", callbacks=[callbacks.ModelCheckpoint('{val_acc:.2f}.weights.h5', save_weights_only=True)]"
    ),
    "a hook that asks itself to predict": _asking("self.predict(x)"),
    "a hook that asks its model": _asking("self.model.predict(x, verbose=0)"),
    "a hook that reads what another one set": _asking(
        "self.seen.append(epoch)", "    def on_train_begin(self, logs=None):\n        self.seen = []\n"
    ),
    "a history with an item": _trained().replace("model.fit", "history = model.fit") + "history['loss']\n",
    # models
    "two layers of a name": (
        "model = keras.Sequential()\nfor _ in range(2):\n    model.add(layers.Dense(4, name='hidden'))\n"
    ),
    "a layer and a model of a name": (
        "keras.Sequential([keras.Sequential([layers.Dense(4)], name='a'), layers.Dense(4, name='a')])\n"
    ),
    "a layer twice": "dense = layers.Dense(4, name='hidden')\nkeras.Sequential([dense, dense])\n",
    "layers of two names": "keras.Sequential([layers.Dense(4, name=f'hidden_{i}') for i in range(2)])\n",
    "the class of a layer": "keras.Sequential([layers.Dense(4), layers.Flatten])\n",
    "the class of an own layer": (
        "class Twice(layers.Layer):\n    def call(self, inputs):\n        return 2 * inputs\n\n"
        "keras.Sequential([layers.Dense(4), Twice])\n"
    ),
    "a base that is built without a shape": _built("super().build()"),
    "a base that is built": _built("super().build(shape)"),
    "parts of a model that was built": (
        "model = keras.Sequential([layers.Dense(4), layers.Dense(1)])\nmodel.build((None, 4))\n"
        "both = keras.Model(model.inputs, [model.layers[0].output, model.outputs[0]])\n"
        "tf.reduce_sum(both(x)[1])\n"
    ),
    "texts that are none": (
        "rows = keras.utils.pad_sequences([], maxlen=4)\n"
        + _trained().replace("fit(x, y", "fit(rows, y")
    ),
    "a shape that is a number": "keras.Sequential([layers.Dense(4, input_shape=(10))])\n",
    "one that nobody asks for": "layers.Dense(4, input_shape=(10))(keras.Input((4,)))\n",
    "keys for inputs without names": _of_two("", "", ("first", "second")),
    "keys for inputs of other names": _of_two(", name='first'", "", ("first", "second")),
    "keys for inputs of these names": _of_two(
        ", name='first'", ", name='second'", ("first", "second")
    ),
    "a call that gives nothing": _own("self.dense(inputs)", "net.fit(x, y, verbose=0)"),
    "nothing that is evaluated": _own("self.dense(inputs)", "net.evaluate(x, y, verbose=0)"),
    "a call that gives something": _own("return self.dense(inputs)", "net.fit(x, y, verbose=0)"),
    "an attribute that was never set": _own(
        "return self.dense_1(inputs)", "net.fit(x, y, verbose=0)"
    ),
    "one that is set later": _own(
        "return self.dense_1(inputs)", "net.dense_1 = layers.Dense(1)\nnet.fit(x, y, verbose=0)"
    ),
    "one that models have": _own(
        "return self.dense(inputs) * len(self.layers)", "net.fit(x, y, verbose=0)"
    ),
    "one that is looked up": _own(
        "return self.other(inputs)",
        "net.fit(x, y, verbose=0)",
        "\n    def __getattr__(self, name):\n        if name == 'other':\n"
        "            return self.dense\n        raise AttributeError(name)\n",
    ),
    "a step that gives nothing": _step("pass"),
    "a step that gives the loss": _step("return {'loss': loss}"),
    "as many batches as a quotient": _batches("len(x) / 4"),
    "batches that are rounded up": _batches("np.ceil(len(x) / 4)"),
    "whole batches": _batches("int(np.ceil(len(x) / 4))"),
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_keras_refuses_is_found(name: str) -> None:
    text = _HEAD + PROGRAMS[name]
    found = check_source(text, "train.py", Settings(keras_version="3"))
    assert bool(found) == _raises(text), [one.message for one in found]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    import keras

    yield
    keras.backend.clear_session()

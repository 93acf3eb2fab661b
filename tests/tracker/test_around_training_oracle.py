"""What stands before and after a training, as TensorFlow says of the same program."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from tests.tracker.test_first_runs_oracle import ONE

pytestmark = pytest.mark.oracle

_HEAD = """\
import os
import tempfile
import numpy as np
import tensorflow as tf
import keras
from keras import layers
from keras.callbacks import EarlyStopping, LambdaCallback, LearningRateScheduler

x = np.zeros((12, 4), "float32")
y = np.zeros((12, 1), "float32")
folder = tempfile.mkdtemp()
"""
_BARE = "model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])\n"


def _records(key: str, metrics: str = "", fit: str = "") -> str:
    return (
        f"{_BARE}model.compile('sgd', 'mse'{metrics})\n"
        f"history = model.fit(x, y, verbose=0{fit})\nhistory.history['{key}']\n"
    )


def _scores(then: str, metrics: str = "", evaluate: str = "") -> str:
    return (
        f"{_BARE}model.compile('sgd', 'mse'{metrics})\n"
        f"scores = model.evaluate(x, y, verbose=0{evaluate})\n{then}\n"
    )


def _on_batches(then: str, made: str = "tf.data.Dataset.from_tensor_slices(x).batch(4)") -> str:
    return f"data = {made}\n{then}\n"


def _two_models(second: str, optimizer: str = "optimizer") -> str:
    return (
        "first = keras.Sequential([keras.Input((4,)), layers.Dense(1)])\n"
        f"second = keras.Sequential([keras.Input((4,)), {second}])\n"
        "optimizer, other = keras.optimizers.SGD(), keras.optimizers.SGD()\n"
        f"for model, used in ((first, optimizer), (second, {optimizer})):\n"
        "    with tf.GradientTape() as tape:\n        loss = tf.reduce_mean(model(x))\n"
        "    weights = model.trainable_variables\n"
        "    used.apply_gradients(zip(tape.gradient(loss, weights), weights))\n"
    )


_SAVED = f"{ONE}path = os.path.join(folder, 'a.keras')\nmodel.save(path)\n"
_OWN = "class Own(keras.Model):\n    def call(self, x):\n        return x\n\nmodel = Own()\n"
_OWN_COMPILE = (
    "class Own(keras.Model):\n    def __init__(self):\n        super().__init__()\n"
    "        self.dense = layers.Dense(1)\n        self.compile('sgd', 'mse')\n\n"
    "    def call(self, x):\n        return self.dense(x)\n\nmodel = Own()\n"
)
PROGRAMS = {
    # the history
    "its loss": _records("loss"),
    "a loss of validation that there is": _records("val_loss", fit=", validation_split=0.5"),
    "a loss of validation that there is not": _records("val_loss"),
    "validated on a pair": _records("val_loss", fit=", validation_data=(x, y)"),
    "validated on a pipeline": _records(
        "val_loss", fit=", validation_data=tf.data.Dataset.from_tensors((x, y))"
    ),
    "a metric by its name": _records("mae", ", metrics=['mae']"),
    "a metric by its longer name": _records("mean_absolute_error", ", metrics=['mae']"),
    "a short name that was asked for": _records("acc", ", metrics=['acc']"),
    "a short name": _records("acc", ", metrics=['accuracy']"),
    "a metric by its class": _records("val_auc", ", metrics=[keras.metrics.MeanSquaredError()]"),
    "a metric of Keras's own name": _records(
        "mean_squared_error", ", metrics=[keras.metrics.MeanSquaredError()]"
    ),
    "a metric of the program's name": _records("e", ", metrics=[keras.metrics.MeanSquaredError('e')]"),
    "a metric by the name of its class, where the program gives one": _records(
        "mean_squared_error", ", metrics=[keras.metrics.MeanSquaredError(name='e')]"
    ),
    "a function": _records("own", ", metrics=[lambda a, b: a]"),
    "the rate without a schedule": _records("learning_rate"),
    "the rate with one": _records(
        "learning_rate", fit=", callbacks=[LearningRateScheduler(lambda epoch: 0.1)]"
    ),
    "something with a callback that adds nothing": _records(
        "more", fit=", callbacks=[EarlyStopping('loss')]"
    ),
    "something that a callback adds": _records(
        "more", fit=", callbacks=[LambdaCallback(on_epoch_end=lambda e, logs: logs.update(more=1))]"
    ),
    # the scores
    "a single score unpacked": _scores("a, b = scores"),
    "a single score by number": _scores("scores[1]"),
    "a single score": _scores("scores + 1"),
    "two scores by number": _scores("scores[1]", ", metrics=['mae']"),
    "a score too many": _scores("scores[2]", ", metrics=['mae']"),
    "three scores in two names": _scores("a, b = scores", ", metrics=['mae', 'mse']"),
    "three scores": _scores("a, b, c = scores", ", metrics=['mae', keras.metrics.MeanSquaredError()]"),
    "scores by name": _scores("scores['mae']", ", metrics=['mae']", ", return_dict=True"),
    # compiling
    "fit without": f"{_BARE}model.fit(x, y, verbose=0)\n",
    "evaluate without": f"{_BARE}model.evaluate(x, y, verbose=0)\n",
    "train_on_batch without": f"{_BARE}model.train_on_batch(x, y)\n",
    "predict without": f"{_BARE}model.predict(x, verbose=0)\n",
    "an own model without": f"{_OWN}model.fit(x, y, verbose=0)\n",
    "an own model that compiles itself": f"{_OWN_COMPILE}model.fit(x, y, verbose=0)\n",
    "in a function of the program": (
        f"def ready(model):\n    model.compile('sgd', 'mse')\n\n{_BARE}ready(model)\n"
        "model.fit(x, y, verbose=0)\n"
    ),
    "a clone of one": f"{ONE}keras.models.clone_model(model).evaluate(x, y, verbose=0)\n",
    "a clone of one without": f"{_BARE}keras.models.clone_model(model).evaluate(x, y, verbose=0)\n",
    "read again": f"{_SAVED}keras.models.load_model(path).evaluate(x, y, verbose=0)\n",
    "read again without": (
        f"{_SAVED}keras.models.load_model(path, compile=False).evaluate(x, y, verbose=0)\n"
    ),
    "read again, on other data": f"{_SAVED}keras.models.load_model(path).predict(x[:, 1:], verbose=0)\n",
    "metrics in a string": f"{_BARE}model.compile('sgd', 'mse', metrics='mae')\n",
    # callbacks and weights
    "the class of a callback": f"{ONE}model.fit(x, y, callbacks=[EarlyStopping], verbose=0)\n",
    "a class of its own": (
        "class Look(keras.callbacks.Callback):\n    pass\n\n"
        f"{ONE}model.fit(x, y, callbacks=[Look], verbose=0)\n"
    ),
    "an object of it": (
        "class Look(keras.callbacks.Callback):\n    pass\n\n"
        f"{ONE}model.fit(x, y, callbacks=[Look(), EarlyStopping('loss')], verbose=0)\n"
    ),
    "a factor of one": "keras.callbacks.ReduceLROnPlateau(factor=1.0)\n",
    "both weights": (
        f"{ONE}model.fit(x, y, class_weight={{0: 2.0}}, sample_weight=np.ones(12), verbose=0)\n"
    ),
    "weights of classes": f"{ONE}model.fit(x, y, class_weight={{0: 2.0}}, verbose=0)\n",
    # pipelines
    "an item by number": _on_batches("data[0]"),
    "the next item": _on_batches("next(data)"),
    "the next item of an iterator": _on_batches("items = iter(data)\nnext(items)\nnext(items)"),
    "the next item of numbers": _on_batches("next(data.as_numpy_iterator())"),
    "the shape": _on_batches("data.shape"),
    "the shape of its items": _on_batches("data.element_spec.shape"),
    "the next pair of two": _on_batches("next(zip(data, data))"),
    # optimizers
    "one optimizer for two models": _two_models("layers.Dense(2)"),
    "two optimizers": _two_models("layers.Dense(2)", "other"),
    "an argument that there is not": "keras.optimizers.Adam(lr=0.1)\n",
    "a decay that is passed over": "keras.optimizers.Adam(0.1, decay=1e-6)\n",
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_keras_refuses_is_found(name: str) -> None:
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

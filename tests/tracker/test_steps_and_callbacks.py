"""What training needs beside data: weights of classes, checkpoints, what is taken apart in a graph."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_HEAD = """\
import os
import numpy as np
import tensorflow as tf
import keras
from keras import callbacks, layers

x, y = np.random.rand(64, 5), np.random.rand(64, 2)

"""
_BUILD = """
def build(**options):
    model = keras.Sequential([layers.Input((5,)), layers.Dense(2)])
    model.compile("adam", **options)
    return model
"""


def _codes(text: str, version: str = "3") -> list[str]:
    settings = Settings(keras_version=version)
    built = _BUILD if "build(" in text else ""
    return [one.code for one in check_source(f"{_HEAD}{built}{text}\n", "program.py", settings)]


CLASS_WEIGHTS = {
    "a list": ("[1.0, 2.0]", ["KML502"]),
    "an array": ("np.array([1.0, 2.0])", ["KML502"]),
    "a way to compute them": ("'balanced'", ["KML502"]),
    "a dict": ("{0: 1.0, 1: 2.0}", []),
    "a dict made of a list": ("dict(enumerate([1.0, 2.0]))", []),
    "none": ("None", []),
    "something unknown": ("weights_of(y)", []),
}


@pytest.mark.parametrize("name", CLASS_WEIGHTS)
def test_weights_of_classes(name: str) -> None:
    given, expected = CLASS_WEIGHTS[name]
    text = f"from tools import weights_of\nbuild(loss='mse').fit(x, y, class_weight={given})"
    assert _codes(text) == expected
    assert _codes(text, "2") == []


CHECKPOINTS = {
    "'best.ckpt'": ["KML306"],
    "'best.keras'": [],
    "'best.h5'": [],
    "'best.h5', save_weights_only=True": ["KML306"],
    "'best.weights.h5', save_weights_only=True": [],
    "os.path.join(folder, 'best.ckpt')": ["KML306"],
    "os.path.join(folder, 'best.keras')": [],
    "os.path.join(folder, name)": [],
    "folder": [],
    "'best.h5', save_weights_only=only": [],
    "'best.h5', **options": [],
}


@pytest.mark.parametrize("arguments", CHECKPOINTS)
def test_names_of_checkpoints(arguments: str) -> None:
    text = (
        f"from settings import folder, name, only, options\ncallbacks.ModelCheckpoint({arguments})"
    )
    assert _codes(text) == CHECKPOINTS[arguments]
    assert _codes(text, "2") == []


EVALUATED = {
    "only a loss": ("loss='mse'", "loss, error", ["KML309"]),
    "one name": ("loss='mse'", "loss", []),
    "a metric": ("loss='mse', metrics=['mae']", "loss, error", []),
    "a weighted metric": ("loss='mse', weighted_metrics=['mae']", "loss, error", []),
    "an unknown list of metrics": ("loss='mse', metrics=wanted", "loss, error", []),
    "unknown options": ("**wanted", "loss, error", []),
}


@pytest.mark.parametrize("name", EVALUATED)
def test_what_evaluate_gives(name: str) -> None:
    options, names, expected = EVALUATED[name]
    text = f"from tools import wanted\n{names} = build({options}).evaluate(x, y)"
    assert _codes(text) == expected
    assert _codes(text, "2") == []


def test_a_dict_is_asked_for() -> None:
    assert _codes("a, b = build(loss='mse').evaluate(x, y, return_dict=True)") == []


LOSS = """
def both(y_true, y_pred):
    first, second = {taken}
    return keras.ops.mean(first) + keras.ops.mean(second)

build(loss=both{options}).fit(x, y, batch_size=2)
"""
TAKEN = {
    "y_pred": ["KML309"],
    "tf.split(y_pred, 2, axis=-1)": [],
    "(y_pred[:, :1], y_pred[:, 1:])": [],
    "tf.unstack(y_pred, axis=1)": [],
}


@pytest.mark.parametrize("taken", TAKEN)
def test_a_loss_that_takes_outputs_apart(taken: str) -> None:
    assert _codes(LOSS.format(taken=taken, options="")) == TAKEN[taken]
    assert _codes(LOSS.format(taken=taken, options=", run_eagerly=True")) == []


STEP = """
class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.last = layers.Dense(2)

    def call(self, inputs):
        return self.last(inputs)

    def train_step(self, data):
        given, wanted = {taken}
        return {{"loss": keras.ops.mean(self(given)) - keras.ops.mean(wanted)}}

model = Own()
model.compile("adam"{options})
model.fit(x, y, batch_size=2)
"""


def test_a_step_that_takes_its_inputs_apart() -> None:
    assert _codes(STEP.format(taken="data[0]", options="")) == ["KML309"]
    assert _codes(STEP.format(taken="data", options="")) == []
    assert _codes(STEP.format(taken="data[0]", options=", run_eagerly=True")) == []
    assert (
        _codes(f"options = dict(os.environ)\n{STEP.format(taken='data[0]', options=', **options')}")
        == []
    )


SLICES = {
    "(x[:2], [[1, 2], [1, 2, 3]])": ["KML306"],
    "[[1, 2], [1, 2, 3]]": ["KML306"],
    "(x[:2], [[1, 2], [3, 4]])": [],
    "tf.ragged.constant([[1, 2], [1, 2, 3]])": [],
    "(x[:2], labels)": [],
}


@pytest.mark.parametrize("given", SLICES)
def test_slices_of_lists(given: str) -> None:
    text = f"from tools import labels\ntf.data.Dataset.from_tensor_slices({given})"
    assert _codes(text) == SLICES[given]


PADDED = {"symbolic": ("layers.Input((None,))", ["KML306"]), "of lists": ("[[1], [1, 2]]", [])}


@pytest.mark.parametrize("name", PADDED)
def test_sequences_that_are_padded(name: str) -> None:
    given, expected = PADDED[name]
    assert _codes(f"keras.utils.pad_sequences({given})") == expected


MESHES = {
    "np.arange(4), np.arange(6)": ["KML131"],
    "[0, 1], [1, 2, 3]": ["KML131"],
    "np.arange(8), np.arange(6)": [],
    "np.arange(8) > chosen, np.arange(6)": [],
    "rows, np.arange(6)": [],
}


@pytest.mark.parametrize("picked", MESHES)
def test_rectangles_of_an_array(picked: str) -> None:
    text = f"from tools import chosen, rows\nnp.ones((20, 20))[np.ix_({picked})] + np.ones((8, 6))"
    assert _codes(text) == MESHES[picked]

"""Training without targets: what certainly has none, and what may hold them."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_HEAD = """\
import numpy as np
import tensorflow as tf
from other import data, load, loss, model_of

x = np.zeros((8, 4))
rows = tf.data.Dataset.from_tensor_slices(x).batch(4)
"""
_MODEL = """
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4)])
model.compile("adam", "mse")
"""
KERAS_3, KERAS_2 = "import keras\n", "import tf_keras as keras\n"


def codes(imported: str, program: str) -> list[str]:
    text = imported + _HEAD + _MODEL + program + "\n"
    settings = Settings(keras_version="3" if imported == KERAS_3 else "2")
    return [found.code for found in check_source(text, "/train.py", settings)]


CERTAIN = (
    "model.fit(x)", "model.train_on_batch(x)", "model.fit(rows)", "model.fit(rows.map(lambda a: a))",
    "model.compile(loss=lambda y, p: p)\nmodel.fit(x)", "model.fit(x, None)",
)  # fmt: skip
EVALUATED = (
    "model.evaluate(x)", "model.test_on_batch(x)", "model.fit(x, x, validation_data=rows)",
)  # fmt: skip
OPEN = (
    "model.fit(load())", "model.fit(data)", "model.fit(data.x)", "model.fit([data])",
    "model.fit(load().batch(4))", "model.fit(tf.data.TFRecordDataset('a').map(load))",
    "model.fit(x, **load())", "model.fit(*load())", "model.predict(x)", "model_of(4).fit(x)",
    "model.compile('adam', loss)\nmodel.fit(x)", "model.compile('adam', load())\nmodel.fit(x)",
    "model.compile(**load())\nmodel.fit(x)", "for batch in data:\n    model.train_on_batch(batch)",
    "def train(samples, loss=None):\n    model.compile('adam', loss)\n    model.fit(samples)",
)  # fmt: skip


@pytest.mark.parametrize("program", CERTAIN)
@pytest.mark.parametrize("imported", [KERAS_3, KERAS_2], ids=["3", "2"])
def test_training_needs_them(imported: str, program: str) -> None:
    assert codes(imported, program) == ["KML502"]


@pytest.mark.parametrize("program", EVALUATED)
def test_only_keras_3_needs_them_to_evaluate(program: str) -> None:
    assert codes(KERAS_3, program) == ["KML502"]
    assert codes(KERAS_2, program) == []


@pytest.mark.parametrize("program", OPEN)
def test_nothing_is_said_of_what_may_have_them(program: str) -> None:
    assert codes(KERAS_3, program) == []


def test_rows_of_a_long_array_have_one_shape() -> None:
    lines = ("means = np.array([row.mean(axis=0) for row in np.zeros((900, 7, 5))])",
             "kept = [row[row > 0] for row in np.zeros((900, 7))]",
             "picked = [row for row in np.zeros((900, 4)) if row.sum()]")  # fmt: skip
    program = "\n".join(lines)
    assert codes(KERAS_3, f"{program}\nmodel.fit(means, means)") == ["KML501"]
    for unsure in ("kept", "picked"):
        assert codes(KERAS_3, f"{program}\nmodel.fit(x, np.array({unsure}))") == []

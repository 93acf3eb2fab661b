"""Data of one axis: TensorFlow before 2.7 made a column of it, which no environment here can show.

With TensorFlow 2.4.1, ``squeeze_or_expand_dimensions`` drops the last axis of an output (13, 4, 1) beside
the column (13, 1), and the two are broadcast; since 2.7, as in Keras 3, the target keeps its one axis.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Conv1D, Dense
from tensorflow.keras.models import Sequential


def own(target, output):
    return target[:, 0] * tf.reduce_mean(output, axis=[1, 2])


model = Sequential()
model.add(Conv1D(32, 2, input_shape=(5, 1)))
model.add(Dense(UNITS, activation="sigmoid"))
model.compile(loss=LOSS, optimizer="adam")
model.fit(np.ones((13, 5, 1)), np.ones((13,)))
"""


def found(folder: Path, loss: str, units: int, required: str) -> list[str]:
    folder /= required
    folder.mkdir()
    (folder / "requirements.txt").write_text(required)
    text = PROGRAM.replace("LOSS", loss).replace("UNITS", str(units))
    return [one.code for one in check_source(text, str(folder / "net.py"), Settings())]


@pytest.mark.parametrize("loss", ["'binary_crossentropy'", "own"])
def test_a_column_may_fit_in_keras_2(loss: str, tmp_path: Path) -> None:
    assert found(tmp_path, loss, 1, "tensorflow==2.4.1") == []
    assert found(tmp_path, loss, 1, "keras==3.15.0") != []


@pytest.mark.parametrize("required", ["tensorflow==2.4.1", "keras==3.15.0"])
def test_what_a_column_does_not_fit_either(required: str, tmp_path: Path) -> None:
    assert found(tmp_path, "'categorical_crossentropy'", 3, required) == ["KML502"]


DEFERRED = "model = tf.keras.Sequential([tf.keras.layers.Dense(1)])\n"
OWN = """
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.dense(x)


model = Net()
"""
BUILT = "model = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(3,))])\n"
FITTED = 'model.compile("sgd", "mse")\nmodel.fit(np.arange(8.0), np.arange(8.0))\n'
PREDICTED = "model.predict(np.arange(3.0))\n"
OF_LIST = "model.predict([10.0])\n"
OF_PRODUCT = """
class Linear(tf.keras.layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], 1))

    def call(self, x):
        return tf.matmul(x, self.w)


model = tf.keras.Sequential([Linear()])
"""


def with_inputs(folder: Path, program: str, required: str) -> list[str]:
    folder /= required
    folder.mkdir()
    (folder / "requirements.txt").write_text(required)
    text = f"import numpy as np\nimport tensorflow as tf\n\n{program}"
    return [one.code for one in check_source(text, str(folder / "net.py"), Settings())]


@pytest.mark.parametrize("model", [DEFERRED, OWN], ids=["deferred", "own"])
@pytest.mark.parametrize("run", [FITTED, PREDICTED], ids=["fit", "predict"])
def test_a_column_of_inputs_may_fit_in_keras_2(model: str, run: str, tmp_path: Path) -> None:
    assert with_inputs(tmp_path, model + run, "tensorflow==2.4.1") == []
    assert with_inputs(tmp_path, model + run, "keras==3.15.0") == ["KML301"]


def test_a_list_of_numbers_may_be_a_column_in_keras_2(tmp_path: Path) -> None:
    assert with_inputs(tmp_path, OF_PRODUCT + OF_LIST, "tensorflow==2.4.1") == []
    assert with_inputs(tmp_path, OF_PRODUCT + OF_LIST, "keras==3.15.0") == ["KML501"]


@pytest.mark.parametrize("data", ["[[1.0, 2.0], [3.0, 4.0]]", "([1, 2],)", "[(1.0, 2.0)]"])
def test_lists_of_numbers_are_one_array_in_keras_2(data: str, tmp_path: Path) -> None:
    """As tf_keras 2.21 makes of them, too, where `predict` gets nothing else."""
    program = f"{OF_PRODUCT}model.predict({data})\n"
    assert with_inputs(tmp_path, program, "tensorflow==2.15.0") == []
    assert with_inputs(tmp_path, program, "keras==3.15.0") == ["KML501"]


@pytest.mark.parametrize("required", ["tensorflow==2.4.1", "keras==3.15.0"])
def test_what_fits_no_column_of_inputs(required: str, tmp_path: Path) -> None:
    assert with_inputs(tmp_path, BUILT + PREDICTED, required) == ["KML501"]


def test_the_loss_is_still_compared(tmp_path: Path) -> None:
    program = (
        "model = tf.keras.Sequential([tf.keras.layers.Dense(3, input_shape=(1,))])\n"
        'model.compile("sgd", "categorical_crossentropy")\n'
        "model.fit(np.arange(8.0), np.arange(8.0))\n"
    )
    assert with_inputs(tmp_path, program, "tensorflow==2.4.1") == ["KML502"]

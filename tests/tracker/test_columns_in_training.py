"""Columns of tables in training: Keras gives them a second axis, and NumPy makes arrays of some.

What becomes of a column was measured with pandas 2.3, Keras 3.15 and tf-keras 2.21: the shapes of ``y`` in
a training step.
"""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import numpy as np
import pandas as pd
import tensorflow as tf
import KERAS as keras
from KERAS import layers

table = pd.DataFrame({"a": np.arange(8.0) + 1, "b": np.arange(8.0)})


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(1)

    def call(self, x):
        return self.dense(x)

    def train_step(self, data):
        x, y = data
        return {"loss": USED}


net = Net()
net.compile("sgd", "mse")
net.fit(table[["a", "b"]], TARGETS)
"""
COLUMNS = (
    "table['a']", "2 * table['a']", "np.log(table['a'])", "np.maximum(table['a'], 2)", "np.abs(table['a'])",
    "np.clip(table['a'], 0, 1)", "np.round(table['a'])", "np.cumsum(table['a'])",
    "np.log1p(table['a'])", "np.sqrt(np.exp(table['a']))",
)  # fmt: skip
ARRAYS = (
    "table['a'].values", "np.asarray(table['a'])", "np.array(table['a'])",
    "np.where(table['a'] > 2, 1.0, 0.0)",
    "np.ravel(table['a'])", "np.sort(table['a'])", "np.log(table['a'].values)", "np.nan_to_num(table['a'])",
)  # fmt: skip
OF_TWO_AXES = "tf.reduce_sum(y, axis=1)"
OF_ONE_AXIS = "tf.transpose(y, perm=[0])"


def told(targets: str, used: str, module: str) -> bool:
    text = PROGRAM.replace("KERAS", module).replace("TARGETS", targets).replace("USED", used)
    version = {"keras": "3", "tf_keras": "2"}[module]
    return bool(check_source(text, "program.py", Settings(keras_version=version)))


@pytest.mark.parametrize("module", ["keras", "tf_keras"])
@pytest.mark.parametrize("targets", COLUMNS)
def test_a_column_has_two_axes(targets: str, module: str) -> None:
    assert not told(targets, OF_TWO_AXES, module)
    assert told(targets, OF_ONE_AXIS, module)


@pytest.mark.parametrize("module", ["keras", "tf_keras"])
@pytest.mark.parametrize("targets", ARRAYS)
def test_an_array_has_one_axis(targets: str, module: str) -> None:
    assert told(targets, OF_TWO_AXES, module)
    assert not told(targets, OF_ONE_AXIS, module)


@pytest.mark.parametrize("used", [OF_TWO_AXES, OF_ONE_AXIS])
def test_a_function_that_was_not_measured_may_give_either(used: str) -> None:
    assert not told("np.nextafter(table['a'], 2.0)", used, "keras")

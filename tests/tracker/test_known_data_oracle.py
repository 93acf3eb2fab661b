"""Layers adapted to data, and labels of which every number is known: as the installed Keras says."""

from __future__ import annotations

from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

pytestmark = pytest.mark.oracle

_HEAD = """\
import keras
import numpy as np
import tensorflow as tf
from keras import Input, Sequential, layers
"""
_ADAPTED = "scaled = layers.Normalization({})\nscaled.adapt(np.zeros({}))\n"
_TRAINED = """\
model = Sequential([{} layers.Dense(2)])
model.compile("sgd", "mse")
model.fit(np.zeros((8, {})), np.zeros((8, 2)), verbose=0)
"""


def _on_data(arguments: str, adapted: tuple[int, ...], called: tuple[int, ...]) -> str:
    return f"{_ADAPTED.format(arguments, adapted)}scaled(np.zeros({called}))\n"


_PROGRAMS = [
    *(_on_data("", (10, 4), called) for called in ((3, 4), (3, 5), (3, 1), (2, 3, 4), (2, 4, 3))),
    *(_on_data("", (10, 1), called) for called in ((3, 4), (3, 1))),
    *(_on_data("axis=None", (10, 4), called) for called in ((3, 4), (3, 5))),
    *(_on_data("axis=1", (10, 4, 3), called) for called in ((2, 4, 7), (2, 5, 7), (4, 7))),
    *(_on_data("axis=(1, 2)", (10, 4, 3), called) for called in ((2, 4, 3), (2, 4, 4), (4, 3))),
    f"{_ADAPTED.format('', (10, 4))}scaled(Input((5,)))\n",
    *(_ADAPTED.format("", (10, 4)) + _TRAINED.format("scaled,", width) for width in (4, 5)),
    _ADAPTED.format("", (10, 4)) + _TRAINED.format("Input((5,)), scaled,", 5),
    "scaled = layers.Normalization()\n"
    "scaled.adapt(tf.data.Dataset.from_tensor_slices(np.zeros((10, 4))).batch(2))\n"
    "scaled(np.zeros((2, 5)))\n",
    "scaled = layers.Normalization()\nscaled(np.zeros((3, 5)))\nscaled(np.zeros((3, 4)))\n",
    *(f"keras.utils.to_categorical({labels}, num_classes=4)\n"
      for labels in ("[0, 1, 3]", "[0, 1, 4]", "[1, 2, -1]", "[1, 2, -5]", "np.arange(4)", "np.arange(5)",
                     "[[0], [4]]", "[[0, 1], [2, 4]]", "4", "3", "[0.0, 4.0]", "tf.constant([4])")),
]  # fmt: skip


@pytest.mark.parametrize("program", _PROGRAMS)
def test_what_keras_refuses_is_reported(program: str) -> None:
    text = f"{_HEAD}{program}"
    found = check_source(text, "train.py", Settings(keras_version="3"))
    assert bool(found) == _raises(text), [one.message for one in found]


def _raises(text: str) -> bool:
    space: dict[str, Any] = {"__name__": "__main__"}
    try:
        exec(compile(text, "train.py", "exec"), space)
    except Exception:
        return True
    return False

"""How large data is, only the data says: a model that is made for it hides nothing of what comes after."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import keras
import numpy as np
import pandas as pd
from keras import layers

table = pd.read_csv("measured.csv")
array = table.values
labels = np.random.randint(0, 4, 50)
made = keras.Sequential([keras.Input((4,)), layers.Dense({width})])
other = keras.Sequential([keras.Input((8,)), layers.Dense(1)])
other.predict(np.zeros((2, 9)))
"""
WIDTHS = [
    "array.shape[1]",
    "table.shape[1] - 1",
    "len(array)",
    "array.reshape((array.shape[0], array.shape[1], 1)).shape[1]",
    "len(np.unique(labels))",
    "keras.utils.to_categorical(labels).shape[1]",
    "array[array[:, 0] > 0.5].shape[0]",
    "np.concatenate([array, array], axis=1).shape[1]",
    "np.array([array[row : row + 3, :] for row in range(len(array) - 3)]).shape[2]",
]


@pytest.mark.parametrize("width", WIDTHS)
def test_what_comes_after_is_found(width: str) -> None:
    found = check_source(PROGRAM.format(width=width), "program.py", Settings())
    assert [finding.code for finding in found] == ["KML501"]


def test_a_size_that_is_asked_twice_is_one() -> None:
    branches = """
array = np.array(pd.read_csv("measured.csv").values)
if array.shape[1] == 8:
    other = keras.Sequential([keras.Input((8,)), layers.Dense(1)])
if array.shape[1] == 9:
    other.predict(np.zeros((2, 9)))
"""
    source = PROGRAM.split("table =")[0] + "other = keras.Sequential([layers.Dense(1)])" + branches
    assert check_source(source, "program.py", Settings()) == []


_READ = """
import keras
import numpy as np
from keras import layers

images = {read}
model = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(1)])
model.predict(images)
"""
READ = {
    "np.load('images.npy').reshape(-1, 784)": ["KML501"],
    "np.load('images.npy').reshape(-1, 28, 28)[..., np.newaxis]": [],
    "np.loadtxt('images.csv', delimiter=',').reshape((-1, 28, 28, 3))": ["KML501"],
    "np.genfromtxt('images.csv', delimiter=',')[:, :784]": [],  # it may have been of any rank
    "np.load('images.npy')": [],
    "np.load('images.npz')['x'].reshape(-1, 784)": [],  # an object of any kind
    "np.load('images.npy', allow_pickle=True).reshape(-1, 784)": [],
    "np.genfromtxt('images.csv', names=True).reshape(-1, 784)": [],
}


@pytest.mark.parametrize("read", READ)
def test_what_is_read_has_the_shape_that_it_is_given(read: str) -> None:
    found = check_source(_READ.format(read=read), "program.py", Settings(keras_version="3"))
    assert [finding.code for finding in found] == READ[read]

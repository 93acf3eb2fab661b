"""What is asked of each file, number or line anew: a list that it fills is not empty for certain."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import os
import random
import numpy as np
import keras
from keras import layers

def read(folder):
    pictures = []
    for name in {names}:
        if {test}:
            pictures.append(np.load(name))
    return np.asarray(pictures)

data = read("faces")
print(data[:50, :, :])
"""
KNOWN, UNKNOWN = "('a', 'b', 'c')", "os.listdir(folder)"
ASKED = {
    "a file": (UNKNOWN, "os.path.isfile(folder + '/' + name)"),
    "a folder": (UNKNOWN, "not os.path.isdir(name)"),
    "a random number": (UNKNOWN, "random.randint(0, 100) < 90"),
    "a random number of NumPy": (UNKNOWN, "np.random.rand() < 0.9"),
    "a line": (UNKNOWN, "input(name) == 'y'"),
    "each of three files": (KNOWN, "os.path.exists(name)"),
    "each of three lines": (KNOWN, "input(name) == 'y'"),
    "each of three random numbers": (KNOWN, "random.random() < 0.9"),
}


def found(source: str) -> list[str]:
    return [one.code for one in check_source(source, "program.py", Settings())]


@pytest.mark.parametrize("name", ASKED)
def test_a_list_that_each_round_may_fill_is_not_empty(name: str) -> None:
    names, test = ASKED[name]
    assert found(PROGRAM.format(names=names, test=test)) == []


def test_a_list_that_one_file_fills_may_be_empty() -> None:
    assert found(PROGRAM.format(names="('a',)", test="os.path.exists(name)")) == ["KML131"]


SAVED = """
import os
from keras import layers, models

def is_there(path):
    return os.path.{asks}(path)

def net_of(shape, weights="net.weights.h5"):
    if is_there(weights):
        return models.load_model("net.keras")
    return models.Sequential([layers.Conv2D(4, 3, input_shape=shape)])

def again(shape):
    return net_of(shape, "net.h5")

{call}
"""


@pytest.mark.parametrize("asks", ["exists", "isfile", "isdir"])
@pytest.mark.parametrize(
    ("call", "codes"),
    [
        ("net_of('')", []),
        ("net_of(shape='')", []),
        ("again('')", []),
        ("net_of((4,))", ["KML301"]),
        ("net_of((4,), 'other.weights.h5')", ["KML301"]),
        ("again(())", ["KML301"]),
    ],
)
def test_who_passes_nothing_knows_that_it_is_there(asks: str, call: str, codes: list[str]) -> None:
    assert found(SAVED.format(asks=asks, call=call)) == codes

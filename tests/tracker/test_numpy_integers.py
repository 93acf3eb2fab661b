"""Integers of NumPy: where a constructor of Keras 3 refuses them, and what they are otherwise."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

KERAS_3 = Settings(keras_version="3")
HEAD = """import numpy as np
from keras import Input, layers

image, row, words = Input((8, 8, 4)), Input((8,)), Input((8,), dtype="int32")
n = np.int64(2)
"""
# What Keras refuses, and the same with an int, or where NumPy's is as good.
REFUSED = {
    "units": ("layers.Dense(np.prod(image.shape[1:]))(row)", "layers.Dense(int(n))(row)"),
    "units of an item": ("layers.Dense(np.array([3, 5])[1])(row)", "layers.Dense([3, 5][1])(row)"),
    "units of a maximum": ("layers.Dense(np.max([3, 5]))(row)", "layers.Dense(max([3, 5]))(row)"),
    "units, doubled": ("layers.Dense(2 * n)(row)", "layers.Dense(2 * n.item())(row)"),
    "units, halved": ("layers.Dense(n // 2)(row)", "layers.Dense(int(n // 2))(row)"),
    "units by name": ("layers.Dense(units=n)(row)", "layers.Dense(units=n.tolist())(row)"),
    "words": ("layers.Embedding(n + 1, 3)(words)", "layers.Embedding(int(n) + 1, 3)(words)"),
    "width of words": ("layers.Embedding(9, n)(words)", "layers.Embedding(9, int(n))(words)"),
    "times": ("layers.RepeatVector(n)(row)", "layers.RepeatVector(int(n))(row)"),
    "heads": (
        "layers.MultiHeadAttention(n, 3)(image, image)",
        "layers.MultiHeadAttention(int(n), 3)(image, image)",
    ),
    "groups": ("layers.GroupNormalization(n)(image)", "layers.GroupNormalization(int(n))(image)"),
    "window": ("layers.Conv2D(3, n)(image)", "layers.Conv2D(3, (n, n))(image)"),
    "strides": (
        "layers.MaxPooling2D(2, strides=n)(image)",
        "layers.MaxPooling2D(2, (n, n))(image)",
    ),
    "pool": ("layers.AveragePooling2D(n)(image)", "layers.AveragePooling2D((n, n))(image)"),
    "times of rows": ("layers.UpSampling2D(n)(image)", "layers.UpSampling2D((n, n))(image)"),
    "padding": ("layers.ZeroPadding2D(n)(image)", "layers.ZeroPadding2D(int(n))(image)"),
    "cropping": ("layers.Cropping2D(n)(image)", "layers.Cropping2D(int(n))(image)"),
    "a list of integers": (
        "[layers.Dense(f)(row) for f in np.array([3, 5])]",
        "[layers.Dense(f)(row) for f in np.array([3, 5]).tolist()]",
    ),
    "a type": (
        "layers.UpSampling2D((n, n) if isinstance(n, int) else n)(image)",
        "layers.UpSampling2D((n, n) if isinstance(n, np.integer) else n)(image)",
    ),
}
TAKEN = [
    "layers.Conv2D(n, 3)(image)",
    "layers.Reshape((n, -1))(row)",
    "layers.Input((n, 3))",
    "layers.Concatenate(axis=n - 1)([row, row])",
]


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_told(name: str) -> None:
    fails, works = REFUSED[name]
    found = check_source(HEAD + fails + "\n", "model.py", KERAS_3)
    assert {(finding.code, finding.line) for finding in found} == {("KML306", 6)}
    assert check_source(HEAD + works + "\n", "model.py", KERAS_3) == []


@pytest.mark.parametrize("call", TAKEN)
def test_other_arguments_may_be_of_numpy(call: str) -> None:
    assert check_source(HEAD + call + "\n", "model.py", KERAS_3) == []


@pytest.mark.oracle
def test_keras_3_refuses_and_takes_the_same() -> None:
    for fails, works in REFUSED.values():
        exec(HEAD + works, {})
        with pytest.raises((TypeError, ValueError)):
            exec(HEAD + fails, {})
    for call in TAKEN:
        exec(HEAD + call, {})


def test_keras_2_converts_units() -> None:
    program = HEAD + "layers.Dense(n)(row)\n"
    assert check_source(program, "model.py", Settings(keras_version="2")) == []
    assert check_source(program, "model.py", Settings(keras_version="3.12")) == []


def test_a_size_is_a_size_whoever_computed_it() -> None:
    program = HEAD + "layers.Add()([layers.Conv2D(n + 3, 1)(image), image])\n"
    assert [finding.code for finding in check_source(program, "model.py", KERAS_3)] == ["KML111"]
    program = HEAD + "layers.Add()([layers.Conv2D(n * 2, 1)(image), image])\n"
    assert check_source(program, "model.py", KERAS_3) == []

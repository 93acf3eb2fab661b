"""Labels that the program spells out: how many classes there are decides what their vectors fit.

scikit-learn is not needed: what is expected here was seen with version 1.9.
"""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_HEAD = """\
import random
import numpy as np
import keras
from keras.layers import Dense, Embedding, Flatten, Input
from sklearn.preprocessing import LabelEncoder
from sklearn.model_selection import train_test_split

names = np.array(["angry", "calm", "happy"] * 20)
encoder = LabelEncoder()
numbers = np.repeat(np.arange(3), 20)
"""


def _codes(prepared: str, targets: str, outputs: int) -> list[str]:
    """What is found where a model of so many classes is trained on the targets."""
    text = (
        f"{_HEAD}{prepared}\ny = {targets}\n"
        f"model = keras.Sequential([Input((5,)), Dense({outputs}, activation='softmax')])\n"
        "model.compile(loss='categorical_crossentropy')\n"
        "model.fit(np.zeros((len(y), 5)), y)\n"
    )
    return [one.code for one in check_source(text, "train.py", Settings())]


# Where the classes are certainly not four, which is what the model has outputs for.
LABELS = {
    "encoded": ("encoder.fit_transform(names)", ["KML502"]),
    "part of the texts": ("encoder.fit_transform(names[:40])", ["KML502"]),
    "of a list": ("encoder.fit_transform(['b', 'a'] * 30)", ["KML502"]),
    "where they are alike": ("(names == 'calm').astype('int32')", ["KML502"]),
    "encoded as before": ("encoder.fit(names).transform(names)", []),
    "of numbers and texts": ("encoder.fit_transform([1, 'b'] * 30)", []),
    "how many texts": ("np.arange(60) % len(np.unique(names))", ["KML502"]),
    "repeated": ("numbers", ["KML502"]),
}


@pytest.mark.parametrize("name", LABELS)
def test_classes(name: str) -> None:
    labels, expected = LABELS[name]
    assert _codes("", f"keras.utils.to_categorical({labels})", 4) == expected


CHANGED = {
    "shuffled": "np.random.shuffle(numbers)",
    "shuffled by a generator": "np.random.default_rng(1).shuffle(numbers)",
    "filled": "numbers.fill(3)",
    "a list shuffled": "numbers = [0, 1, 2] * 20\nrandom.shuffle(numbers)",
    "a list shuffled by NumPy": "numbers = [0, 1, 2] * 20\nnp.random.shuffle(numbers)",
}


@pytest.mark.parametrize("name", CHANGED)
def test_content_that_changed(name: str) -> None:
    """The first forty may hold any of the classes, and what is filled in."""
    assert _codes(CHANGED[name], "keras.utils.to_categorical(numbers[:40])", 3) == []


ORDERS = ("np.random.permutation(60)", "np.random.permutation(list(range(60)))",
          "np.random.permutation(range(60))")  # fmt: skip


@pytest.mark.parametrize("order", ORDERS)
def test_rows_in_another_order(order: str) -> None:
    assert _codes("", f"np.zeros((60, 1, 4))[{order}, :]", 4) == ["KML502"]


@pytest.mark.parametrize(("length", "expected"), [(28, []), (40, ["KML501"])])
def test_sequences_of_unknown_numbers(length: int, expected: list[str]) -> None:
    text = (
        f"{_HEAD}rng = np.random.default_rng(5)\n"
        "texts = [list(rng.integers(1, 99, size=30 if i % 2 else 20)) for i in range(60)]\n"
        "model = keras.Sequential([Embedding(99, 8), Flatten(), Dense(3)])\n"
        "model.build((None, 28))\n"
        f"model.predict(keras.utils.pad_sequences(texts, maxlen={length}))\n"
    )
    found = check_source(text, "train.py", Settings())
    assert [one.code for one in found] == expected

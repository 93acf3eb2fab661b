"""Data that a program prepares in lists and pipelines, and settings of which all have their defaults."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

HEAD = "import os, random\nimport numpy as np\nimport tensorflow as tf\nimport keras\n"
BAGS = """
words = ["a", "b", "c", "d", "e"]
training = []
for tokens, tag in [(["a", "b"], 0), (["c"], 1), (["d", "e"], 2)]:
    row = [0] * {classes}
    row[tag] = 1
    training.append([[1 if word in tokens else 0 for word in words], row])
random.shuffle(training)
"""
MODEL = """
model = keras.Sequential([keras.Input((5,)), keras.layers.Dense({classes}, activation="softmax")])
model.compile("sgd", "categorical_crossentropy")
"""
SEPARATED = "x = [bag for bag, _ in training]\ny = [row for _, row in training]\n"
ENVIRONMENT = """
width = int(os.environ.get("WIDTH", "64"))
height = int(os.getenv("HEIGHT", 8))
side = int(os.environ.get("SIDE", {side}))
a = keras.layers.Dense(width)(keras.Input((height,)))
b = keras.layers.Dense(side)(keras.Input((height,)))
keras.layers.Add()([a, b])
"""
WINDOWS = """
data = tf.data.Dataset.from_tensor_slices(np.zeros((600, 1), "float32"))
data = data.window(5, shift=1, drop_remainder=True)
"""


def codes(program: str) -> list[str]:
    found = check_source(HEAD + program, "/program.py", Settings(keras_version="3"))
    return [finding.code for finding in found]


@pytest.mark.parametrize(("program", "found"), [
    (BAGS + MODEL + SEPARATED + "model.fit(x, y)\n", ["KML501"]),
    (BAGS + MODEL + SEPARATED + "model.fit(np.array(x), np.array(y))\n", []),
    (BAGS + "training = np.array(training)\n", ["KML309"]),
    (BAGS + "training = np.array(training, dtype=object)\n", []),
    (BAGS + MODEL + SEPARATED + "model.fit(np.array(y), np.array(x))\n", ["KML501"]),
])  # fmt: skip
def test_rows_that_are_shuffled(program: str, found: list[str]) -> None:
    assert codes(program.format(classes=3)) == found


def test_rows_of_one_length_make_an_array() -> None:
    assert not codes(BAGS.format(classes=5) + "training = np.array(training)\n")


@pytest.mark.parametrize(("rest", "found"), [
    ("data = data.batch(10).map(lambda w: (w[:, :-1], w[:, -1]))\n", ["KML309"]),
    ("data = data.map(lambda w: (w[:-1], w[-1:]))\n", ["KML309"]),
    ("data = data.flat_map(lambda w: w.batch(5)).map(lambda w: (w[:-1], w[-1]))\n", []),
    ("data = data.flat_map(lambda w: w.batch(5)).batch(10).map(lambda w: (w[:, :-1], w[:, -1]))\n", []),
    ("data = data.map(lambda w: w.batch(5))\nfor w in data:\n    print(next(iter(w))[0])\n", []),
])  # fmt: skip
def test_windows_of_a_pipeline(rest: str, found: list[str]) -> None:
    assert codes(WINDOWS + rest) == found


def test_what_keras_reads_from_folders_has_items_by_index() -> None:
    flow = "tf.keras.preprocessing.image.ImageDataGenerator().flow_from_directory('x')"
    assert not codes(f"images = {flow}\nx, y = images[0]\n")


@pytest.mark.parametrize(("side", "found"), [(32, ["KML111"]), (64, [])])
def test_all_variables_of_the_environment_have_their_defaults(side: int, found: list[str]) -> None:
    assert codes(ENVIRONMENT.format(side=side)) == found

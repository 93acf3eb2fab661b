"""Failures that all paths have in common are found, however many paths there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

HEAD = """
import sys
import keras
import numpy as np
from keras.layers import Add, Concatenate, Dense, Embedding

data = np.load(sys.argv[1])
a, b = keras.Input((3,)), keras.Input((4,))
"""
# Each doubles the paths, and nobody chose the answers.
QUESTIONS = "".join(f"if data[{place}].sum() > 0:\n    print({place})\n" for place in range(9))
LOOPS = """
rows = []
for line in open(sys.argv[2]).read().split():
    for place in range(1, len(line)):
        if line[place] == "x":
            rows.append(line[:place])
print(max(len(row) for row in rows))
"""
# Each of thirty rounds may or may not count.
ROUNDS = """
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split

found = load_iris()
y = keras.utils.to_categorical(found.target)
x_train, x_test, y_train, y_test = train_test_split(found.data, y, test_size=0.2)
x_train, x_val, y_train, y_val = train_test_split(x_train, y_train, test_size=0.2)
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=9)
guesses = np.argmax(model.predict(x_test), axis=-1)
count = 0
for place in range(len(guesses)):
    print(y_test[place].tolist().index(1), guesses[place])
    if y_test[place].tolist().index(1) != guesses[place]:
        count += 1
"""
FAILS = "Add()([a, b])\n"


def lines(program: str) -> list[int]:
    return [found.line for found in check_source(program, "net.py", Settings())]


@pytest.mark.parametrize("before", [QUESTIONS, LOOPS, ROUNDS], ids=["if", "for", "rounds"])
def test_what_comes_after_many_paths(before: str) -> None:
    program = HEAD + before + FAILS
    assert lines(program) == [program.count("\n")]


def test_a_failure_in_a_function_that_is_called_after_them() -> None:
    function = "\ndef build(x, y):\n    return Concatenate(axis=2)([x, y])\n\n\n"
    program = HEAD + function + QUESTIONS + "build(a, b)\n"
    assert lines(program) == [program[: program.index("    return")].count("\n") + 1]


@pytest.mark.parametrize(
    "after",
    [
        "if data[9].max() > 3:\n    b = Dense(3)(b)\nAdd()([a, b])\n",
        "if data[9].max() > 3:\n    Add()([a, b])\n",
        "for row in data:\n    b = Dense(3)(b)\nAdd()([a, b])\n",
        "try:\n    b = Dense(data.shape[0])(b)\n    Add()([a, b])\nexcept ValueError:\n    pass\n",
        "def f():\n    if data[9].max() > 3:\n        return a\n    return Add()([a, b])\nf()\n",
    ],
    ids=["changed", "branch", "loop", "try", "return"],
)
def test_what_may_not_be_reached(after: str) -> None:
    assert lines(HEAD + QUESTIONS + after) == []


def test_a_number_that_follows_from_what_is_chosen() -> None:
    """A witness with 8 words has a table of 9, which is no unknown any more."""
    program = f"""{HEAD}
from tensorflow.keras.preprocessing.text import Tokenizer

tokenizer = Tokenizer()
tokenizer.fit_on_texts(open(sys.argv[2]).read().split())
table = Embedding(len(tokenizer.word_index) + 1, 8)(a)
{FAILS}"""
    assert lines(program) == [program.count("\n")]


def test_what_follows_a_name_of_keras_2(tmp_path: Path) -> None:
    """The project means Keras 2, which takes any name of a checkpoint."""
    (tmp_path / "other.py").write_text("from keras.utils import np_utils\n")
    (tmp_path / "requirements.txt").write_text("numpy\n")
    program = f"{HEAD}saving = keras.callbacks.ModelCheckpoint('best.ckpt')\n{FAILS}"
    found = check_source(program, str(tmp_path / "net.py"), Settings())
    assert [each.line for each in found] == [program.count("\n")]

"""What a program adds to the history of a training is in it."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_HEAD = """\
import sys
import numpy as np
import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile("adam", "mse")
history = model.fit(np.zeros((4, 3)), np.zeros((4, 1)))
"""
CHANGED = {
    "by an item": """
history.history["seconds"] = [1]
print(history.history["seconds"])
""",
    "by a method": """
history.history.setdefault("seconds", []).append(3)
print(history.history["seconds"])
""",
    "by another name": """
records = history.history
records.update(seconds=[3])
print(history.history["seconds"])
""",
    "as a whole": """
history.history = {"seconds": [3]}
print(history.history["seconds"])
""",
    "where it is read": """
timed = len(sys.argv) > 1
if timed:
    history.history["seconds"] = [1]
print("trained")
if timed:
    print(history.history["seconds"])
""",
}


@pytest.mark.parametrize("how", CHANGED)
def test_a_history_that_is_changed(how: str) -> None:
    assert check_source(_HEAD + CHANGED[how], "train.py", Settings(keras_version="3")) == []


def test_a_history_that_is_only_read() -> None:
    program = _HEAD + "print(history.history.keys())\nprint(history.history['seconds'])\n"
    found = check_source(program, "train.py", Settings(keras_version="3"))
    assert [one.code for one in found] == ["KML309"]

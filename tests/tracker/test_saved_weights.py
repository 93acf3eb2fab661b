"""Weights that one program writes and reads again, or hands from one model to another."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_HEAD = """\
import os
import tempfile
import keras
from keras import layers

def build(*units):
    hidden = [layers.Dense(count) for count in units]
    return keras.Sequential([layers.Input((8,)), *hidden, layers.Dropout(0.5)])

class Own(keras.Model):
    def call(self, x):
        return x

path = os.path.join(tempfile.mkdtemp(), "model.weights.h5")
old = build(4, 2)
old.save_weights(path)
"""
READ = {
    "like layers": ("build(4, 2).load_weights(path)", []),
    "another size": ("build(4, 3).load_weights(path)", ["KML306"]),
    "one layer more": ("build(4, 2, 2).load_weights(path)", ["KML306"]),
    "one layer less": ("build(4).load_weights(path)", []),
    "what fits": ("build(4, 3).load_weights(path, skip_mismatch=True)", []),
    "by name": ("build(4, 3).load_weights(path, by_name=True)", []),
    "another file": ("build(4, 3).load_weights('other.weights.h5')", []),
    "written once more": ("build(4, 3).save_weights(path)\nbuild(4, 3).load_weights(path)", []),
    "written by a model of an own class": (
        "Own().save_weights(path)\nbuild(4, 3).load_weights(path)",
        [],
    ),
    "perhaps written by a callback": (
        "new = build(4, 3)\nnew.compile(loss='mse')\nnew.fit(x, y, callbacks=[save])\n"
        "new.load_weights(path)",
        [],
    ),
    "left out": ("build(4, 3).load_weights(...)", ["KML306"]),
    "handed over": ("build(4, 2).set_weights(old.get_weights())", []),
    "handed to another": ("build(4, 3).set_weights(old.get_weights())", ["KML306"]),
}


def _codes(text: str, version: str) -> list[str]:
    settings = Settings(keras_version=version)
    return [one.code for one in check_source(text, "program.py", settings)]


@pytest.mark.parametrize("name", READ)
def test_what_is_read(name: str) -> None:
    text, expected = READ[name]
    started = "import numpy as np\nx, y = np.zeros((6, 8)), np.zeros((6, 3))\nsave = print\n"
    assert _codes(f"{started}{_HEAD}{text}\n", "3") == expected


def test_keras_2_reads_by_other_rules() -> None:
    assert _codes(f"{_HEAD}build(4, 3).load_weights(path)\n", "2") == []

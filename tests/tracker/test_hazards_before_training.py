"""A hazard in a model ends nothing: what its training fails of is found as well."""

from __future__ import annotations

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential, layers

class Pairs(layers.Layer):
    def call(self, words):
        pairs = tf.expand_dims(words, 2) + tf.expand_dims(words, 1)  # a stretch that is meant
        return tf.reduce_mean(pairs, axis=2)

model = Sequential([layers.Embedding(100, 8), Pairs(), layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(np.random.randint(0, 100, (64, 12)), np.random.randint(0, 2, LABELS))
"""


def _codes(labels: str) -> list[str]:
    program = PROGRAM.replace("LABELS", labels)
    return [one.code for one in check_source(program, "train.py", Settings(keras_version="3"))]


def test_the_loss_is_compared_after_a_hazard() -> None:
    assert _codes("64") == ["KML502"]
    assert _codes("(64, 12, 1)") == []

"""Models that a layer's ``call`` runs: their outputs live in the graph, as TensorFlow's own tensors do."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api.protocol import ProblemKind
from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import evaluate

BEFORE = """
import tensorflow as tf
from tensorflow import keras

given = keras.Input((8,))
functional = keras.Model(given, keras.layers.Dense(4)(given))
sequential = keras.Sequential([keras.Input((8,)), keras.layers.Dense(4)])
"""
MODELS = ["functional", "sequential", "keras.models.clone_model(functional)"]


def problems(program: str) -> list[ProblemKind]:
    events = evaluate(BEFORE + program, "program.py", Settings(keras_version="3")).events
    return [event.problem.kind for event in events]


@pytest.mark.parametrize("model", MODELS)
def test_tensorflow_takes_the_outputs_within_call(model: str) -> None:
    layer = f"""
inner = {model}

class Activated(keras.layers.Layer):
    def call(self, x):
        return tf.nn.relu(inner(x))

Activated()(keras.Input((8,)))
"""
    assert problems(layer) == []
    assert problems(f"keras.layers.Lambda(lambda x: tf.nn.relu({model}(x)))(given)\n") == []


@pytest.mark.parametrize("model", MODELS)
def test_outside_they_are_keras_tensors(model: str) -> None:
    assert problems(f"tf.nn.relu({model}(given))\n") == [ProblemKind.RAW_TF_ON_KERAS]

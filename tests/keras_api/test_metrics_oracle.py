"""Metrics against the real ones: which targets and outputs Keras refuses, and which weights."""

from __future__ import annotations

import itertools

import pytest

from kerasmergelint.keras_api.losses import checked
from kerasmergelint.keras_api.metrics import check, metric_class
from kerasmergelint.keras_api.protocol import Broken, KerasVersion
from tests.oracle import Dims, keras_of
from tests.some import some

pytestmark = pytest.mark.oracle
BATCH = 7
OUTPUTS: list[Dims] = [(1,), (3,), (5, 1), (5, 3), (4, 4, 3)]
TARGETS: list[Dims] = [(), (1,), (2,), (3,), (5,), (5, 1), (5, 3), (4, 4), (4, 4, 1), (4, 4, 3)]
PAIRS = list(itertools.product(TARGETS, OUTPUTS))
# Each with its arguments, and how many of the pairs we must tell to be refused.
CLASSES: dict[str, tuple[dict[str, object], int]] = {
    "BinaryAccuracy": ({}, 20),
    "CategoricalAccuracy": ({}, 20),
    "SparseCategoricalAccuracy": ({}, 6),
    "SparseTopKCategoricalAccuracy": ({"k": 1}, 6),
    "OneHotMeanIoU": ({"num_classes": 3}, 20),
    "Precision": ({}, 30),
    "Recall": ({}, 30),
    "TruePositives": ({}, 30),
    "AUC": ({"num_thresholds": 5}, 30),
    "MeanIoU": ({"num_classes": 2}, 30),
    "BinaryIoU": ({}, 30),
    "F1Score": ({"threshold": 0.5}, 30),
    "MeanSquaredError": ({}, 20),
    "RootMeanSquaredError": ({}, 20),
    "CosineSimilarity": ({}, 20),
    "KLDivergence": ({}, 20),
    "Hinge": ({}, 20),
    "CategoricalHinge": ({}, 20),
    "LogCoshError": ({}, 20),
}


VALUES = ("MeanSquaredError", "BinaryCrossentropy", "CosineSimilarity", "KLDivergence")


def refused_by_keras(name: str, target: Dims, output: Dims) -> bool:
    keras = keras_of(KerasVersion.V3)
    import tensorflow as tf

    metric = getattr(keras.metrics, name)(**CLASSES[name][0])
    try:
        metric.update_state(tf.zeros((BATCH, *target)), tf.fill((BATCH, *output), 0.3))
    except Exception:
        return True
    return False


def refused_by_us(name: str, target: Dims, output: Dims) -> bool:
    try:
        check(name, (BATCH, *target), (BATCH, *output), KerasVersion.V3)
    except Broken:
        return True
    return False


@pytest.mark.parametrize("name", CLASSES)
def test_keras_refuses_what_we_refuse(name: str) -> None:
    assert metric_class(f"keras.metrics.{name}") == name
    refused = [pair for pair in PAIRS if refused_by_us(name, *pair)]
    assert len(refused) >= CLASSES[name][1]
    for target, output in some(refused):
        assert refused_by_keras(name, target, output), (target, output)


def test_accuracy_is_the_one_that_the_shapes_ask_for() -> None:
    keras = keras_of(KerasVersion.V3)
    import numpy as np
    from keras.src.trainers.compile_utils import CompileMetrics

    refused = [pair for pair in PAIRS if refused_by_us("accuracy", *pair)]
    assert len(refused) > 10
    for target, output in some(refused):
        metric = CompileMetrics(["accuracy"], None)
        with pytest.raises(Exception):  # noqa: B017
            metric.update_state(
                keras.ops.convert_to_tensor(np.zeros((BATCH, *target), "float32")),
                keras.ops.convert_to_tensor(np.full((BATCH, *output), 0.3, "float32")),
            )


@pytest.mark.parametrize(
    "name", ["MeanSquaredError", "BinaryCrossentropy", "CosineSimilarity", "KLDivergence"]
)
def test_a_loss_gives_as_many_values_as_are_told(name: str) -> None:
    """To which weights of samples are held."""
    keras = keras_of(KerasVersion.V3)
    import tensorflow as tf

    loss = getattr(keras.losses, name)(reduction=None)
    function = {"MeanSquaredError": "mean_squared_error", "KLDivergence": "kl_divergence"}.get(
        name, "binary_crossentropy" if name.startswith("Binary") else "cosine_similarity"
    )
    for dims in ((1,), (3,), (5, 1), (4, 4, 3)):
        shape = (BATCH, *dims)
        given = loss(tf.fill(shape, 0.5), tf.fill(shape, 0.5)).shape
        assert checked(function, shape, shape, KerasVersion.V3) == tuple(given)

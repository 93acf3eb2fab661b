"""The losses against the real ones: which targets and outputs they refuse."""

from __future__ import annotations

import itertools

import pytest

from kerasmergelint.keras_api.losses import (
    aligns_itself,
    called,
    checked,
    compared,
    loss_class,
    per_sample,
)
from kerasmergelint.keras_api.protocol import Broken, KerasVersion
from tests.oracle import Dims, keras_of
from tests.some import some

pytestmark = pytest.mark.oracle
BATCH = 7
OUTPUTS: list[Dims] = [(1,), (3,), (10,), (5, 1), (5, 3), (4, 4, 1), (4, 4, 3)]
TARGETS: list[Dims] = [(), (1,), (3,), (10,), (5,), (5, 1), (5, 3), (4, 4), (4, 4, 1), (4, 4, 3)]
CLASSES = (
    "MeanSquaredError", "MeanAbsoluteError", "Huber", "LogCosh", "Hinge", "CategoricalHinge",
    "KLDivergence", "Poisson", "CosineSimilarity", "BinaryCrossentropy", "BinaryFocalCrossentropy",
    "CategoricalCrossentropy", "CategoricalFocalCrossentropy", "SparseCategoricalCrossentropy", "Dice",
    "Tversky",
)  # fmt: skip
# Which Keras 2 does not have.
NOT_IN_2 = ("Dice", "Tversky")
CLASS_OF = {loss_class(f"keras.losses.{name}"): name for name in CLASSES}
PAIRS = list(itertools.product(TARGETS, OUTPUTS))


def refused_by_keras(loss: str, target: Dims, output: Dims, version: KerasVersion) -> bool:
    keras = keras_of(version)
    import numpy as np
    import tensorflow as tf

    made = getattr(keras.losses, loss)()
    whole = "int64" if loss.startswith("Sparse") else "float32"
    widened = version is KerasVersion.V2 and not target and len(output) == 1
    dims = (1,) if widened else target  # as ``fit`` passes it
    try:
        made(
            tf.convert_to_tensor(np.zeros((BATCH, *dims), whole)),
            tf.convert_to_tensor(np.full((BATCH, *output), 0.5, "float32")),
        )
    except Exception:
        return True
    return False


def refused_by_us(loss: str, target: Dims, output: Dims, version: KerasVersion) -> bool:
    name = loss_class(f"keras.losses.{loss}")
    assert name is not None
    try:
        checked(name, (BATCH, *target), (BATCH, *output), version)
    except Broken:
        return True
    return False


@pytest.mark.parametrize("loss", CLASSES)
def test_keras_3_refuses_what_we_refuse(loss: str) -> None:
    for target, output in some(PAIRS):
        ours = refused_by_us(loss, target, output, KerasVersion.V3)
        assert ours == refused_by_keras(loss, target, output, KerasVersion.V3), (target, output)


@pytest.mark.parametrize("loss", [name for name in CLASSES if name not in NOT_IN_2])
def test_keras_2_refuses_at_least_what_we_refuse(loss: str) -> None:
    refused = [pair for pair in PAIRS if refused_by_us(loss, pair[0], pair[1], KerasVersion.V2)]
    assert len(refused) > 10
    for target, output in refused:
        assert refused_by_keras(loss, target, output, KerasVersion.V2), (target, output)


OF_A_CALL: list[Dims] = [(1,), (2,), (3,), (1, 1), (2, 1), (3, 1), (2, 3)]


@pytest.mark.parametrize("loss", [name for name in CLASSES if name not in NOT_IN_2])
def test_objects_of_keras_2_refuse_at_least_what_we_refuse_of_a_call(loss: str) -> None:
    """Also of one target for several rows, which `fit` would not pass."""
    keras = keras_of(KerasVersion.V2)
    import tensorflow as tf

    name = loss_class(f"keras.losses.{loss}")
    assert name is not None
    whole = "int64" if loss.startswith("Sparse") else "float32"
    refused = 0
    for target, output in itertools.product(OF_A_CALL, OF_A_CALL):
        try:
            compared(name, target, output, KerasVersion.V2)
        except Broken:
            refused += 1
            with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
                getattr(keras.losses, loss)()(tf.zeros(target, whole), tf.fill(output, 0.5))
    assert refused


@pytest.mark.parametrize("activation", ["sigmoid", "softmax"])
@pytest.mark.parametrize("loss", [name for name in CLASSES if name not in NOT_IN_2])
def test_keras_2_takes_the_logits_of_some_activations(loss: str, activation: str) -> None:
    """With their shapes: a tensor remembers the logits that an activation made it of."""
    keras = keras_of(KerasVersion.V2)
    import tensorflow as tf

    name = loss_class(f"keras.losses.{loss}")
    assert name is not None
    refused = []
    for target, output in PAIRS:
        try:
            checked(name, (BATCH, *target), (BATCH, *output), KerasVersion.V2, activation)
        except Broken:
            refused.append((target, output))
    assert len(refused) > 10
    whole = "int64" if loss.startswith("Sparse") else "float32"
    for target, output in refused:
        dims = (1,) if not target and len(output) == 1 else target
        made = getattr(keras.activations, activation)(tf.ones((BATCH, *output)))
        with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
            getattr(keras.losses, loss)()(tf.zeros((BATCH, *dims), whole), made)


FUNCTIONS = (
    "mean_squared_error", "mean_absolute_error", "huber", "log_cosh", "cosine_similarity",
    "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy",
)  # fmt: skip


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_of_keras_3_refuse_at_least_what_their_classes_refuse(name: str) -> None:
    keras = keras_of(KerasVersion.V3)
    import tensorflow as tf

    whole = "int64" if name.startswith("sparse") else "float32"
    refused = [
        (target, output)
        for target, output in PAIRS
        if refused_by_us(CLASS_OF[name], target, output, KerasVersion.V3)
        and aligns_itself(name, (BATCH, *output))
    ]
    assert len(refused) > 10
    for target, output in some(refused):
        with pytest.raises(Exception):  # noqa: B017
            getattr(keras.losses, name)(
                tf.zeros((BATCH, *target), whole), tf.fill((BATCH, *output), 0.5)
            )


ALL_FUNCTIONS = (
    *FUNCTIONS, "mean_absolute_percentage_error", "mean_squared_logarithmic_error", "hinge",
    "squared_hinge", "categorical_hinge", "kl_divergence", "poisson", "binary_focal_crossentropy",
    "categorical_focal_crossentropy",
)  # fmt: skip
CLASS_OF_ALL = {
    loss_class(f"keras.losses.{name}"): name
    for name in (
        *CLASSES, "SquaredHinge", "MeanAbsolutePercentageError", "MeanSquaredLogarithmicError",
    )
}  # fmt: skip
SHAPES: list[Dims] = [(7,), (7, 1), (7, 3), (7, 5, 3), (7, 4, 4, 3), (1, 1)]


@pytest.mark.parametrize("version", [KerasVersion.V2, KerasVersion.V3])
@pytest.mark.parametrize("name", ALL_FUNCTIONS)
def test_a_loss_per_sample_has_the_shape_that_keras_gives(name: str, version: KerasVersion) -> None:
    """As a function, and as an object without a reduction."""
    keras = keras_of(version)
    import tensorflow as tf

    whole = name.startswith("sparse")
    made = CLASS_OF_ALL[name]
    losses = (getattr(keras.losses, name), getattr(keras.losses, made)(reduction="none"))
    told = 0
    for output in SHAPES:
        places = output[:-1]
        targets = [places, (*places, 1)] if whole else [output, (*places, 1), (*places, 3)]
        for target in targets:
            values = per_sample(name, target, output)
            for loss in losses if values is not None else ():
                given = tf.zeros(target, "int64" if whole else "float32")
                try:
                    real = loss(given, tf.fill(output, 0.5))
                except (ValueError, tf.errors.InvalidArgumentError):
                    continue  # sizes that differ are refused by some
                assert tuple(real.shape) == values, (target, output)
                told += 1
    assert told > 6


@pytest.mark.parametrize("loss", CLASSES)
def test_functions_of_keras_3_refuse_what_we_refuse_of_a_call(loss: str) -> None:
    name = loss_class(f"keras.losses.{loss}")
    assert name is not None
    keras = keras_of(KerasVersion.V3)
    import numpy as np

    whole = "int64" if loss.startswith("Sparse") else "float32"
    for target, output in PAIRS:
        if not aligns_itself(name, (BATCH, *output)):
            continue  # the function takes more than the class
        try:
            called(name, (BATCH, *target), (BATCH, *output), KerasVersion.V3)
        except Broken:
            pass
        else:
            continue
        with pytest.raises(Exception):  # noqa: B017
            getattr(keras.losses, name)(
                keras.ops.convert_to_tensor(np.zeros((BATCH, *target), whole)),
                keras.ops.convert_to_tensor(np.full((BATCH, *output), 0.5, "float32")),
            )

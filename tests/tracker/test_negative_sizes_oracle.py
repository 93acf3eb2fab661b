"""Sizes that come out negative are refused where tensors are made, and claimed nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tracker.result_shapes import REFUSED, by_keras, by_tracker

pytestmark = pytest.mark.oracle
START = """
import tensorflow as tf
import tf_keras as keras
from tf_keras import layers

x = keras.Input((SIZE, 4))
less = x.shape[1] - 3
"""
MADE = (
    "tf.zeros((2, less))",
    "tf.ones([less])",
    "tf.fill((2, less), 1.0)",
    "tf.eye(less)",
    "tf.eye(5, less)",
    "tf.tile(x, (1, less, 1))",
    "tf.repeat(x, less, axis=1)",
    "x[:, : x.shape[1] - 3]",
    "layers.Conv1D(2, 3)(x)",
)


def fits(known: Any, real: Any) -> bool:
    """Whether a shape is the one that Keras gives, as far as it is known."""
    if real == REFUSED or known == REFUSED:
        return bool(known == real)
    pairs = list(zip(known, real))
    return len(known) == len(real) and all(a == b for a, b in pairs if isinstance(a, int))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("made", MADE)
def test_like_keras_2(made: str, size: int) -> None:
    pytest.importorskip("tf_keras")
    program = START.replace("SIZE", str(size)) + f"result = {made}\n"
    real, known = by_keras(program), by_tracker(program, "2")
    if real == REFUSED and made.startswith(("tf.tile", "tf.repeat")):
        assert min((dim for dim in known if isinstance(dim, int)), default=0) >= 0
    else:
        assert fits(known, real), (known, real)


@pytest.mark.parametrize("made", ["tf.zeros((2, -1))", "tf.random.normal((2, -2))", "tf.eye(-1)"])
def test_told_where_it_is_made(made: str) -> None:
    program = f"import keras\nimport tensorflow as tf\nresult = {made}\n"
    assert by_keras(program) == REFUSED == by_tracker(program)

"""Layers of Keras 3 that prepare data stack a list of arrays, and take numbers; no symbolic ones."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

pytestmark = pytest.mark.oracle
LAYERS = {
    "Normalization(mean=0.0, variance=1.0)": "(2, 4)",
    "Discretization([0.0, 1.0])": "(2, 4)",
    "CategoryEncoding(4)": "(2, 4)",
    "Hashing(4)": "(2, 4)",
    "Rescaling(2.0)": "(2, 4)",
    "CenterCrop(2, 2)": "(4, 4, 3)",
    "RandomCrop(2, 2)": "(4, 4, 3)",
    "LayerNormalization()": "(2, 4)",
    "Dense(3)": "(2, 4)",
}
GIVEN = {
    "arrays": "[np.ones({0}), np.ones({0})]",
    "tensors": "(tf.ones({0}), tf.ones({0}))",
    "symbolic": "[keras.Input({0}), keras.Input({0})]",
}


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_reported_is_refused(layer: str, given: str) -> None:
    call = f"keras.layers.{layer}({GIVEN[given].format(LAYERS[layer])})"
    text = f"import keras\nimport numpy as np\nimport tensorflow as tf\n\n{call}\n"
    found = check_source(text, "net.py", Settings(keras_version="3"))
    assert not found or _raises(text), found[0].message


@pytest.mark.parametrize("layer", ["Solarization()", "Equalization()"])
def test_nested_numbers_are_a_picture(layer: str) -> None:
    text = f"import keras\n\nkeras.layers.{layer}([[[[1.0, 0.0, 1.0]]]])\n"
    assert not _raises(text)
    assert check_source(text, "net.py", Settings(keras_version="3")) == []


def _raises(text: str) -> bool:
    """Whether the program fails in Keras 3."""
    try:
        exec(compile(text, "net.py", "exec"), {"__name__": "net"})
    except Exception:
        return True
    return False

"""A shape that is not known may be a number, or a sequence of any length."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source


@pytest.mark.parametrize("made", [
    "ops.zeros(shape)", "ops.ones(shape)", "ops.zeros(shape + more)", "ops.reshape(x, shape)",
    "ops.reshape(x, shape[1:] + more[:-1])", "ops.full(shape, 3.0)", "ops.broadcast_to(x, shape)",
    "keras.layers.Reshape(shape)(x)", "tf.zeros(shape)", "tf.reshape(x, shape)", "tf.fill(shape, 1)",
    "tf.broadcast_to(x, shape)", "tf.random.normal(shape)", "keras.random.normal(shape)",
    "keras.Input(shape)", "keras.Input(batch_shape=shape)",
])  # fmt: skip
def test_it_may_have_any_rank(made: str) -> None:
    text = (
        "import keras\nimport tensorflow as tf\nfrom keras import ops\n\n\n"
        f"def f(x, shape, more):\n    y = {made}\n"
        "    ops.squeeze(y, 1)\n    ops.squeeze(y, 2)\n    return ops.concatenate([y, y], 3)\n"
    )
    assert check_source(text, "net.py", Settings(enabled=("KML900",))) == []

"""Types that TensorFlow does not mix are no failure where a program chooses another backend."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import os
{start}
import numpy as np
import keras
from keras import ops

noise = ops.softplus(np.ones((3,), dtype="float32"))
print(noise * ops.log(np.ones((3,))))
"""


def found(start: str) -> list[str]:
    program = PROGRAM.format(start=start)
    return [one.code for one in check_source(program, "program.py", Settings())]


@pytest.mark.parametrize(
    "start", ['os.environ["KERAS_BACKEND"] = "jax"', "import jax.numpy as jnp"]
)
def test_another_backend_promotes(start: str) -> None:
    assert found(start) == []


def test_tensorflow_refuses() -> None:
    assert found('os.environ["KERAS_BACKEND"] = "tensorflow"') == ["KML131"]

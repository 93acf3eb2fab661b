"""What only TensorFlow refuses is no failure where a program chooses another backend."""

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
    "start", ['os.environ["KERAS_BACKEND"] = "jax"', "import jax.numpy as jnp", "import torch"]
)
def test_another_backend_promotes(start: str) -> None:
    assert found(start) == []


def test_tensorflow_refuses() -> None:
    assert found('os.environ["KERAS_BACKEND"] = "tensorflow"') == ["KML131"]


MODULE = """
{start}
import keras

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
{optimizer}(model.parameters(), lr=1e-3)
"""


def test_a_model_of_pytorch_is_a_module_of_it() -> None:
    program = MODULE.format(start="import torch", optimizer="torch.optim.Adam")
    assert check_source(program, "program.py", Settings()) == []


def test_a_model_of_tensorflow_has_no_parameters() -> None:
    program = MODULE.format(start="from mine import Adam", optimizer="Adam")
    assert [one.code for one in check_source(program, "program.py", Settings())] == ["KML408"]

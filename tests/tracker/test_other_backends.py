"""What only TensorFlow refuses is no failure where a program chooses another backend."""

from __future__ import annotations

from pathlib import Path

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


SWITCHED = """
import tensorflow as tf

{start}
print(tf.ones(3) * tf.ones(3, tf.float64))
print(tf.ones((2, 3)).reshape(6))
"""


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ("tnp.experimental_enable_numpy_behavior()", []),
        ("tnp.zeros(3)", ["KML131", "KML408"]),
    ],
)
def test_numpy_is_switched_on_in_another_file(
    tmp_path: Path, other: str, wanted: list[str]
) -> None:
    (tmp_path / ".git").mkdir()
    imports = "import tensorflow.experimental.numpy as tnp\n\n"
    (tmp_path / "main.py").write_text(f"{imports}{other}\nimport net\n")
    net = tmp_path / "net.py"
    net.write_text(SWITCHED.format(start=""))
    findings = check_source(net.read_text(), str(net), Settings())
    assert [one.code for one in findings] == wanted


SEEDS = """
{start}
import keras


def chosen(seed):
    return keras.random.randint((), 1, 9, seed=seed).item(0)
"""


@pytest.mark.parametrize(
    ("other", "start", "wanted"),
    [
        ('if keras.backend.backend() == "jax":\n    print(chosen(1))', "", []),
        ("import jax", "", []),
        ('if keras.backend.backend() == "jax":\n    print(1)', "import tensorflow", ["KML408"]),
        ('if keras.backend.backend() == "tensorflow":\n    print(1)', "", ["KML408"]),
        ("import torch", "", ["KML408"]),
    ],
)
def test_who_imports_a_file_of_keras_alone_chooses_its_backend(
    tmp_path: Path, other: str, start: str, wanted: list[str]
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "main.py").write_text(f"import keras\nfrom seeds import chosen\n\n{other}\n")
    seeds = tmp_path / "seeds.py"
    seeds.write_text(SEEDS.format(start=start))
    findings = check_source(seeds.read_text(), str(seeds), Settings())
    assert [one.code for one in findings] == wanted

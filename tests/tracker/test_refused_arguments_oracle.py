"""Constructors and calls that every layer refuses, whatever it computes, against both Kerases."""

from __future__ import annotations

from typing import Any

import pytest

from kerasmergelint.keras_api.versions import KerasVersion
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from tests.oracle import keras_of

pytestmark = pytest.mark.oracle
INSTALLED = (KerasVersion.V2, KerasVersion.V3)
HEAD = "import numpy as np\nimport keras\nfrom keras import Input, layers\n"

ARGUMENTS = [
    "layers.Dense(4, name='block/dense')", "layers.Dense(4, name='dense')", "layers.Dense(4, name=5)",
    "layers.Flatten(name='a/b')", "layers.LSTM(4, name='a/b')", "layers.Add(name='a/b')",
    "keras.Sequential(name='a/b')", "keras.Sequential([layers.Dense(3)], name='ab')",
    "keras.Model(Input((3,), name='i'), Input((3,)), name='a/b')", "Input((3,), name='a/b')",
    "layers.Dense(4, dtype='float')", "layers.Dense(4, dtype='flot32')", "layers.Dense(4, dtype='float16')",
    "layers.Dense(4, dtype='mixed_bfloat16')", "layers.Rescaling(2.0, dtype='str')",
    "layers.StringLookup(vocabulary=['a'], dtype='string')", "layers.IntegerLookup(dtype='int64')",
    "Input((3,), dtype='float')", "Input((3,), dtype='int')", "Input((3,), dtype='double')",
    "Input((3,), dtype='string')", "Input((3,), dtype=np.float32)", "Input((3,), dtype='object')",
    "Input((-1,))", "Input((None, -1))", "Input((0, 3))", "Input((2.0, 3))", "Input(('3', 3))",
    "Input((np.int64(3),))", "Input(batch_shape=(-1, 3))", "Input(batch_shape=(None, 3))", "Input(None)",
    "layers.Dense(4, weights=None)", "layers.SeparableConv2D(4, 3, kernel_initializer='zeros')",
    "layers.DepthwiseConv2D(3, depthwise_initializer='zeros')", "layers.Embedding(4, 3, input_length=3)",
    "keras.applications.ResNet50(include_top=False, input_shape=(64, 64, 1))",
    "keras.applications.EfficientNetB0(include_top=False, weights='imagenet', input_shape=(64, 64, 4))",
    "keras.applications.MobileNetV2(include_top=False, weights=None, input_shape=(64, 64, 1))",
]  # fmt: skip


def raises(program: str, version: KerasVersion) -> bool:
    keras = keras_of(version)
    names: dict[str, Any] = {"keras": keras, "layers": keras.layers, "Input": keras.Input}
    names["np"] = pytest.importorskip("numpy")
    try:
        eval(program, names)
    except (TypeError, ValueError):
        return True
    return False


def is_reported(program: str, version: KerasVersion) -> bool:
    settings = Settings(keras_version=str(version.major))
    return bool(check_source(f"{HEAD}{program}\n", "/program.py", settings))


@pytest.mark.parametrize("version", INSTALLED, ids=lambda version: version.name)
@pytest.mark.parametrize("program", ARGUMENTS)
def test_arguments_of_constructors(program: str, version: KerasVersion) -> None:
    assert is_reported(program, version) == raises(program, version)


@pytest.mark.parametrize("program", [
    "layers.BatchNormalization()(32)", "layers.Dense(3)('name')", "layers.Conv2D(3, 3)((64, 64, 3))",
    "layers.Dense(3)(lambda t: t)",
    "layers.Dense(3)(keras.activations.relu)", "layers.Dense(3)(keras.ops.add)",
    "layers.Dense(3)({'a': 3})", "layers.Flatten()((Input((3,)), 3))",
    "layers.Dense(3)(np.zeros((2, 3)))", "layers.Dense(3)([[1.0, 2.0]])", "layers.Rescaling(2.0)(3.0)",
    "layers.Flatten()(np.float32(3))", "layers.StringLookup(vocabulary=['a'])('a')",
    "layers.Dropout(0.5)(Input((3,)), True)", "keras.Sequential([layers.Dense(3)])(np.zeros((2, 3)))",
])  # fmt: skip
def test_what_keras_3_takes_for_a_tensor(program: str) -> None:
    assert is_reported(program, KerasVersion.V3) == raises(program, KerasVersion.V3)


def test_keras_2_makes_tensors_of_numbers() -> None:
    program = "layers.Rescaling(2.0)(3.0)"
    assert not is_reported(program, KerasVersion.V2)
    assert not raises(program, KerasVersion.V2)

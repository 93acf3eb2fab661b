"""MultiHeadAttention on matrices: Keras refuses it, on symbolic tensors only Keras 2 does."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api.layers import find
from kerasmergelint.keras_api.protocol import Broken, LayerCall, TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import KerasVersion
from kerasmergelint.shapes import Shape
from tests.oracle import keras_of

pytestmark = pytest.mark.oracle
CONFIGS = (
    {},
    {"value_dim": 5},
    {"output_shape": 7},
    {"dropout": 0.1},
    {"attention_axes": 1},
)
SHAPES = ((3,), (4, 3), (2, 4, 3))


@pytest.mark.parametrize("version", (KerasVersion.V2, KerasVersion.V3))
@pytest.mark.parametrize("config", CONFIGS, ids=str)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("symbolic", (True, False))
def test_it_is_refused_where_keras_refuses_it(
    version: KerasVersion, config: dict[str, int], shape: tuple[int, ...], symbolic: bool
) -> None:
    keras = keras_of(version)
    tensor = keras.Input(shape) if symbolic else _ones((2, *shape))
    layer = keras.layers.MultiHeadAttention(num_heads=2, key_dim=4, **config)
    try:
        layer(tensor, tensor)
    except Exception as error:
        raised: str | None = type(error).__name__
    else:
        raised = None
    kind = TensorKind.KERAS if symbolic else TensorKind.EAGER
    spec = TensorSpec(Shape((None if symbolic else 2, *shape)), kind=kind)
    assert not (_refuses(spec, config, version) and raised is None)
    if len(shape) == 1 and "attention_axes" not in config:
        assert _refuses(spec, config, version) == raised


def _ones(shape: tuple[int, ...]) -> object:
    tf = pytest.importorskip("tensorflow")
    return tf.ones(shape)


def _refuses(spec: TensorSpec, config: dict[str, int], version: KerasVersion) -> str | None:
    layer = find("MultiHeadAttention", version)
    assert layer is not None
    given = {"num_heads": 2, "key_dim": 4, **config}
    call = LayerCall(given, spec, version, arguments={"value": spec})
    try:
        layer.call(call)
    except Broken as broken:
        return broken.problem.exception
    return None

"""The weights of built layers against the real ones: names, shapes, order, which of them are trained."""

from __future__ import annotations

from typing import Any

import pytest

from kerasmergelint.keras_api.layers import find
from kerasmergelint.keras_api.layers.weights import NOT_TRAINED, weights_of
from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.shapes import Shape
from tests.oracle import Dims, keras_of

pytestmark = pytest.mark.oracle

_IMAGE: Dims = (None, 9, 9, 4)
_ROW: Dims = (None, 9, 4)
_VOLUME: Dims = (None, 9, 9, 9, 4)
BUILT: list[tuple[str, dict[str, Any], Dims]] = [
    ("Dense", {"units": 5}, (None, 7)),
    ("Dense", {"units": 5, "use_bias": False}, (None, 3, 7)),
    ("Embedding", {"input_dim": 10, "output_dim": 6}, (None, 9)),
    ("Conv1D", {"filters": 5, "kernel_size": 3}, _ROW),
    ("Conv2D", {"filters": 6, "kernel_size": (3, 2), "groups": 2}, _IMAGE),
    ("Conv2D", {"filters": 6, "kernel_size": 3, "data_format": "channels_first"}, (None, 4, 9, 8)),
    ("Conv3D", {"filters": 6, "kernel_size": 3, "use_bias": False}, _VOLUME),
    ("Conv1DTranspose", {"filters": 5, "kernel_size": 3}, _ROW),
    ("Conv2DTranspose", {"filters": 5, "kernel_size": (3, 2)}, _IMAGE),
    ("Conv3DTranspose", {"filters": 5, "kernel_size": 3}, _VOLUME),
    ("DepthwiseConv1D", {"kernel_size": 3, "depth_multiplier": 2}, _ROW),
    ("DepthwiseConv2D", {"kernel_size": (3, 2)}, _IMAGE),
    ("SeparableConv1D", {"filters": 5, "kernel_size": 3}, _ROW),
    ("SeparableConv2D", {"filters": 5, "kernel_size": 3, "depth_multiplier": 2}, _IMAGE),
    ("BatchNormalization", {}, _IMAGE),
    ("BatchNormalization", {"scale": False, "axis": 1}, _ROW),
    ("LayerNormalization", {"center": False}, _ROW),
    ("GroupNormalization", {"groups": 2}, _IMAGE),
]


@pytest.mark.parametrize("version", [KerasVersion.V2, KerasVersion.V3])
@pytest.mark.parametrize(("name", "config", "dims"), BUILT)
def test_weights(name: str, config: dict[str, Any], dims: Dims, version: KerasVersion) -> None:
    layer = getattr(keras_of(version).layers, name)(**config)
    layer.build(dims)
    entry = find(name, version)
    assert entry is not None
    ours = weights_of(name, entry.construct((), config, version), Shape(dims), version)
    assert ours is not None
    shapes = {attribute: shape for attribute, shape in ours.items() if isinstance(shape, Shape)}
    assert [tuple(weight.shape) for weight in layer.weights] == [s.dims for s in shapes.values()]
    assert len(layer.trainable_weights) == len(shapes.keys() - NOT_TRAINED)
    for attribute, shape in ours.items():
        real = getattr(layer, attribute)
        assert (None if real is None else Shape(tuple(real.shape))) == shape


def test_a_layer_that_was_not_called_has_no_known_weights() -> None:
    assert weights_of("Dense", {"units": 5, "use_bias": True}, None, KerasVersion.V3) is None

"""Pooling: windows, global, adaptive."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.layers.layer_type import (
    LayerType,
    channels_first,
    dims_of,
    not_positive,
    one,
    output,
    text_of,
    tuple_of,
)
from kerasmergelint.keras_api.protocol import LayerCall, Outcome
from kerasmergelint.shapes import UNKNOWN, Shape
from kerasmergelint.shapes.arithmetic import certainly_not_positive, pool_length


def _windowed(spatial: int) -> Any:
    def rule(call: LayerCall) -> Outcome:
        first, dims = channels_first(call.config), dims_of(call, spatial + 2)
        if first is None:
            return output(call, (dims[0], *[UNKNOWN] * (spatial + 1)), one(call).dtype)
        start = 2 if first else 1
        size = call.config.get("pool_size", 2)
        strides = call.config.get("strides")
        windows = tuple_of(size, spatial)
        steps = windows if strides is None else tuple_of(strides, spatial)
        padding = text_of(call.config.get("padding", "valid"))
        result = list(dims)
        for offset, (window, step) in enumerate(zip(windows, steps)):
            axis = start + offset
            length = pool_length(dims[axis], window, step, padding)
            if certainly_not_positive(length):
                raise not_positive(axis, length, Shape(dims))
            result[axis] = length
        return output(call, result, one(call).dtype)

    return rule


def _global(spatial: int) -> Any:
    def rule(call: LayerCall) -> Outcome:
        first, dims = channels_first(call.config), dims_of(call, spatial + 2)
        keep = call.config.get("keepdims", False)
        if first is None or keep is UNKNOWN:
            return (
                output(call, (dims[0], UNKNOWN), one(call).dtype)
                if keep is False
                else Outcome(UNKNOWN)
            )
        channels = dims[1] if first else dims[-1]
        if not keep:
            return output(call, (dims[0], channels), one(call).dtype)
        ones = (1,) * spatial
        kept = (dims[0], channels, *ones) if first else (dims[0], *ones, channels)
        return output(call, kept, one(call).dtype)

    return rule


def _adaptive(spatial: int) -> Any:
    def rule(call: LayerCall) -> Outcome:
        spec, first = one(call), channels_first(call.config)
        if not isinstance(spec.shape, Shape) or first is None or spec.shape.rank < 2:
            return Outcome(UNKNOWN)
        size = tuple_of(call.config.get("output_size"), spatial)
        batch = spec.shape.dims[0]
        if first:
            return output(call, (batch, spec.shape.dims[1], *size), spec.dtype)
        return output(call, (batch, *size, spec.shape.dims[-1]), spec.dtype)

    return rule


LAYERS = tuple(
    entry
    for n in (1, 2, 3)
    for entry in (
        LayerType(f"MaxPooling{n}D", _windowed(n), rank=n + 2),
        LayerType(f"AveragePooling{n}D", _windowed(n), rank=n + 2),
        LayerType(f"GlobalMaxPooling{n}D", _global(n), rank=n + 2),
        LayerType(f"GlobalAveragePooling{n}D", _global(n), rank=n + 2),
        LayerType(f"AdaptiveMaxPooling{n}D", _adaptive(n)),
        LayerType(f"AdaptiveAveragePooling{n}D", _adaptive(n)),
    )
)

"""Pooling: windows, global, adaptive."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.layers.arguments import (
    all_of,
    data_format,
    is_unknown,
    one_of,
    only,
    sizes,
)
from kerasmergelint.keras_api.layers.layer_type import (
    Check,
    Dtype,
    LayerType,
    channels_first,
    compute_dtype,
    dims_of,
    not_positive,
    one,
    output,
    refused,
    text_of,
    tuple_of,
)
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    KerasVersion,
    LayerCall,
    Outcome,
    Problem,
    ProblemKind,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, OpenShape, Shape
from kerasmergelint.shapes.arithmetic import certainly_not_positive, pool_length


def _windowed(spatial: int) -> Any:
    def rule(call: LayerCall) -> Outcome:
        first, dims = channels_first(call.config), dims_of(call, spatial + 2)
        if first is None:
            return output(call, (dims[0], *[UNKNOWN] * (spatial + 1)))
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
        return output(call, result)

    return rule


def _global(spatial: int) -> Any:
    def rule(call: LayerCall) -> Outcome:
        first, dims = channels_first(call.config), dims_of(call, spatial + 2)
        keep = call.config.get("keepdims", False)
        if keep is UNKNOWN:
            return Outcome(TensorSpec(OpenShape((), 2), kind=one(call).kind))
        if first is None:
            rest = spatial + 1 if keep else 1
            return output(call, (dims[0], *[UNKNOWN] * rest))
        channels = dims[1] if first else dims[-1]
        if not keep:
            return output(call, (dims[0], channels))
        ones = (1,) * spatial
        kept = (dims[0], channels, *ones) if first else (dims[0], *ones, channels)
        return output(call, kept)

    return rule


def _adaptive(spatial: int) -> Any:
    """No rank is checked: whatever comes gets the spatial axes that are asked for."""

    def rule(call: LayerCall) -> Outcome:
        spec, first = one(call), channels_first(call.config)
        size = tuple_of(call.config.get("output_size"), spatial)
        if not isinstance(spec.shape, Shape) or first is None or spec.shape.rank < 2:
            return output(call, [UNKNOWN] * (spatial + 2))
        batch = spec.shape.dims[0]
        if first:
            return output(call, (batch, spec.shape.dims[1], *size))
        return output(call, (batch, *size, spec.shape.dims[-1]))

    return rule


def _check_window(spatial: int) -> Check:
    return all_of(
        sizes("pool_size", spatial),
        sizes("strides", spatial, optional=True),
        only(KerasVersion.V3, one_of("padding", ("valid", "same"))),
        only(KerasVersion.V2, one_of("padding", ("valid", "same"), fold=True)),
        data_format,
    )


def _check_adaptive(spatial: int) -> Check:
    """Only the type and the length are looked at; a negative size is no shape."""

    def check(config: Config, version: KerasVersion) -> None:
        size = config.get("output_size")
        if is_unknown(size):
            return
        items = list(size) if isinstance(size, (list, tuple)) else [size]
        wrong = isinstance(size, (list, tuple)) and len(items) != spatial
        for item in items:
            wrong = wrong or not (is_unknown(item) or (isinstance(item, int) and item >= 0))
        if wrong:
            raise refused(f"`output_size` must be an int or {spatial} ints, got {size!r}")

    return check


def _volume(call: LayerCall) -> Outcome:
    """TensorFlow has no kernel for the greatest of doubles in a volume, and Keras 2 needs one."""
    if call.version is KerasVersion.V2 and compute_dtype(call.config) == "float64":
        raise Broken(
            Problem(ProblemKind.LAYER_INPUTS, "TypeError", "does not compute with float64")
        )
    outcome: Outcome = _windowed(3)(call)
    return outcome


def _entries(n: int) -> tuple[LayerType, ...]:
    window, adaptive = _check_window(n), all_of(_check_adaptive(n), data_format)
    return (
        LayerType(
            f"MaxPooling{n}D",
            _windowed(n) if n < 3 else _volume,
            rank=n + 2,
            check=window,
            dtype_v2=Dtype.INPUT,
            v2_integers=n < 3,
            v2_bools=False,
            v2_refuses_integers=n == 3,
        ),
        LayerType(
            f"AveragePooling{n}D",
            _windowed(n),
            rank=n + 2,
            check=window,
            v2_refuses_integers=True,
        ),
        LayerType(
            f"GlobalMaxPooling{n}D",
            _global(n),
            rank=n + 2,
            check=data_format,
            v2_any_rank_again=True,
            dtype_v2=Dtype.INPUT,
            v2_integers=True,
            v2_bools=False,
        ),
        LayerType(
            f"GlobalAveragePooling{n}D",
            _global(n),
            rank=n + 2,
            check=data_format,
            v2_any_rank_again=True,
            dtype_v2=Dtype.INPUT,
            v2_integers=True,
            v2_bools=False,
        ),
        LayerType(f"AdaptiveMaxPooling{n}D", _adaptive(n), check=adaptive),
        LayerType(f"AdaptiveAveragePooling{n}D", _adaptive(n), check=adaptive),
    )


LAYERS = tuple(entry for n in (1, 2, 3) for entry in _entries(n))

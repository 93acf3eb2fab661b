"""Convolutions: plain, separable, depthwise, transposed, in one to three dimensions."""

from __future__ import annotations

from math import prod
from typing import Any

from kerasmergelint.keras_api.layers.layer_type import (
    LayerType,
    as_dim,
    channels_first,
    dims_of,
    not_positive,
    output,
    refused,
    text_of,
    tuple_of,
    undefined,
)
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    KerasVersion,
    LayerCall,
    Outcome,
    Problem,
    ProblemKind,
    ShapeNest,
)
from kerasmergelint.shapes import UNKNOWN, Dim, Shape, mul
from kerasmergelint.shapes.arithmetic import certainly_not_positive, conv_length, deconv_length


def _axes(call: LayerCall, spatial: int) -> tuple[tuple[Dim, ...], list[int], int] | None:
    """The input's dimensions, its spatial axes and its channel axis; None if not known."""
    first = channels_first(call.config)
    dims = dims_of(call, spatial + 2)
    if first is None or len(dims) < spatial + 2:
        return None
    lead = len(dims) - spatial - 1
    if first:
        return dims, list(range(lead + 1, lead + 1 + spatial)), lead
    return dims, list(range(lead, lead + spatial)), len(dims) - 1


def _extent(
    call: LayerCall, spatial: int
) -> tuple[tuple[Dim, ...], tuple[Dim, ...], tuple[Dim, ...]]:
    """Kernel, strides and dilation for each spatial axis."""
    config = call.config
    return (
        tuple_of(config.get("kernel_size"), spatial),
        tuple_of(config.get("strides", 1), spatial),
        tuple_of(config.get("dilation_rate", 1), spatial),
    )


def _convolved(call: LayerCall, spatial: int, channels: Any) -> Outcome:
    """Slide over the spatial axes and replace the channels; ``channels`` gets the input's."""
    axes = _axes(call, spatial)
    if axes is None:
        return output(call, [UNKNOWN] * (spatial + 2))
    dims, places, channel = axes
    if dims[channel] is None:
        raise undefined(f"the channel dimension is None: {Shape(dims)}")
    _check_groups(call, dims[channel])
    kernel, strides, dilation = _extent(call, spatial)
    padding = text_of(call.config.get("padding"))
    result = list(dims)
    for axis, k, s, d in zip(places, kernel, strides, dilation):
        length = conv_length(dims[axis], k, s, d, padding)
        if certainly_not_positive(length):
            raise not_positive(axis, length, Shape(dims))
        result[axis] = length
    result[channel] = channels(dims[channel])
    return output(call, result)


def _check_groups(call: LayerCall, channels: Dim) -> None:
    groups = call.config.get("groups", 1)
    if isinstance(groups, int) and groups > 1 and isinstance(channels, int) and channels % groups:
        raise Broken(
            Problem(
                ProblemKind.ARGUMENT,
                "ValueError",
                f"{channels} input channels can not be divided into {groups} groups",
            )
        )


def _filters(spatial: int) -> Any:
    def rule(call: LayerCall) -> Outcome:
        return _convolved(call, spatial, lambda _: as_dim(call.config.get("filters")))

    return rule


def _depthwise(spatial: int) -> Any:
    def rule(call: LayerCall) -> Outcome:
        times = as_dim(call.config.get("depth_multiplier", 1))
        return _convolved(call, spatial, lambda channels: mul(channels, times))

    return rule


def _transposed(spatial: int) -> Any:
    def rule(call: LayerCall) -> Outcome:
        axes = _axes(call, spatial)
        if axes is None:
            return output(call, [UNKNOWN] * (spatial + 2))
        dims, places, channel = axes
        if dims[channel] is None:
            raise undefined(f"the channel dimension is None: {Shape(dims)}")
        kernel, strides, dilation = _extent(call, spatial)
        padding = text_of(call.config.get("padding"))
        extra = call.config.get("output_padding")
        extras: tuple[Dim, ...] = (None,) * spatial if extra is None else tuple_of(extra, spatial)
        result = list(dims)
        for axis, k, s, d, e in zip(places, kernel, strides, dilation, extras):
            result[axis] = deconv_length(dims[axis], k, s, d, padding, e)
        result[channel] = as_dim(call.config.get("filters"))
        return output(call, result)

    return rule


# -- what constructors refuse ---------------------------------------------------------------


def _check(spatial: int, *, separable: bool) -> Any:
    def check(config: Config, version: KerasVersion) -> None:
        _check_filters(config, version)
        for name in ("kernel_size", "strides", "dilation_rate"):
            _check_tuple(config, name, spatial)
        _check_padding(config)
        strides, dilation = config.get("strides", 1), config.get("dilation_rate", 1)
        free = separable and version is KerasVersion.V3
        if _above_one(strides) and _above_one(dilation) and not free:
            raise refused("strides > 1 can not be combined with dilation_rate > 1")

    return check


def _check_filters(config: Config, version: KerasVersion) -> None:
    filters, groups = config.get("filters"), config.get("groups", 1)
    if isinstance(filters, int) and filters <= 0:
        raise refused(f"`filters` must be positive, got {filters}")
    if isinstance(filters, float) and version is KerasVersion.V3 and not filters.is_integer():
        raise refused(f"`filters` must be an integer, got {filters}")
    both = isinstance(filters, int) and isinstance(groups, int) and groups > 0
    if both and filters % groups:
        raise refused(f"{filters} filters can not be divided into {groups} groups")


def _check_tuple(config: Config, name: str, spatial: int) -> None:
    value = config.get(name)
    items = value if isinstance(value, (list, tuple)) else [value]
    if isinstance(value, (list, tuple)) and len(value) != spatial:
        raise refused(f"`{name}` must have {spatial} entries, got {value}")
    for item in items:
        if isinstance(item, int) and not isinstance(item, bool) and item <= 0:
            raise refused(f"`{name}` must be positive, got {value}")


def _check_padding(config: Config) -> None:
    padding = config.get("padding")
    if isinstance(padding, str) and padding.lower() not in ("valid", "same", "causal"):
        raise refused(f'`padding` must be "valid" or "same", got {padding!r}')


def _above_one(value: Any) -> bool:
    items = value if isinstance(value, (list, tuple)) else [value]
    return any(isinstance(item, int) and item > 1 for item in items)


# -- weights --------------------------------------------------------------------------------


def _channel_size(config: Config, first: ShapeNest) -> int | None:
    if not isinstance(first, Shape):
        return None
    size = first.dims[1 if channels_first(config) else -1]
    return size if isinstance(size, int) else None


def _kernel(config: Config, spatial: int) -> int | None:
    sizes = tuple_of(config.get("kernel_size"), spatial)
    known = [size for size in sizes if isinstance(size, int)]
    return prod(known) if len(known) == spatial else None


def _weights(spatial: int) -> Any:
    def count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        size, kernel, filters = (
            _channel_size(config, first),
            _kernel(config, spatial),
            config["filters"],
        )
        groups = config.get("groups", 1)
        if (
            size is None
            or kernel is None
            or not isinstance(filters, int)
            or not isinstance(groups, int)
        ):
            return None
        return kernel * size // groups * filters + (filters if config.get("use_bias", True) else 0)

    return count


def _depthwise_weights(spatial: int) -> Any:
    def count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        size, kernel = _channel_size(config, first), _kernel(config, spatial)
        times = config.get("depth_multiplier", 1)
        if size is None or kernel is None or not isinstance(times, int):
            return None
        return kernel * size * times + (size * times if config.get("use_bias", True) else 0)

    return count


def _separable_weights(spatial: int) -> Any:
    def count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        size, kernel, filters = (
            _channel_size(config, first),
            _kernel(config, spatial),
            config["filters"],
        )
        times = config.get("depth_multiplier", 1)
        if (
            size is None
            or kernel is None
            or not isinstance(filters, int)
            or not isinstance(times, int)
        ):
            return None
        bias = filters if config.get("use_bias", True) else 0
        return kernel * size * times + size * times * filters + bias

    return count


def _pins(config: Config) -> tuple[int, ...]:
    first = channels_first(config)
    return () if first is None else (1 if first else -1,)


def _layer(name: str, rule: Any, spatial: int, weights: Any) -> LayerType:
    return LayerType(
        name,
        rule,
        rank=spatial + 2,
        pins=_pins,
        check=_check(spatial, separable="Separable" in name),
        weights=weights,
        extra_batch_in_v2="Transpose" not in name and "Separable" not in name,
    )


LAYERS = tuple(
    entry
    for n in (1, 2, 3)
    for entry in (
        _layer(f"Conv{n}D", _filters(n), n, _weights(n)),
        _layer(f"Conv{n}DTranspose", _transposed(n), n, _weights(n)),
        *(
            (
                _layer(f"SeparableConv{n}D", _filters(n), n, _separable_weights(n)),
                _layer(f"DepthwiseConv{n}D", _depthwise(n), n, _depthwise_weights(n)),
            )
            if n < 3
            else ()
        ),
    )
)

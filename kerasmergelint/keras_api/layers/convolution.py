"""Convolutions: plain, separable, depthwise, transposed and locally connected, in up to three dimensions."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.doubts import Doubt, of_window
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.arguments import (
    all_of,
    data_format,
    is_flag_set,
    is_unknown,
    one_of,
    only,
    size_of,
    sizes,
    stride_or_dilation,
)
from kerasmergelint.keras_api.layers.layer_type import (
    Behaviour,
    Integers,
    LayerType,
    PinCheck,
    RankCheck,
)
from kerasmergelint.keras_api.layers.merge_inputs import is_eager
from kerasmergelint.keras_api.layers.rules import (
    Check,
    Pins,
    Rule,
    Weights,
    as_dim,
    channels_first,
    dims_of,
    one,
    output,
    text_of,
    tuple_of,
)
from kerasmergelint.keras_api.problems import not_positive, refused, undefined
from kerasmergelint.keras_api.protocol import Config, LayerCall, Outcome, ShapeNest, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion, before
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape, mul, sub
from kerasmergelint.shapes.arithmetic import (
    certainly_not_positive,
    conv_length,
    deconv_length,
    dilated,
)
from kerasmergelint.shapes.broadcast import never_equal


def _axes(call: LayerCall, spatial: int) -> tuple[tuple[Dim, ...], list[int], int] | None:
    """The input's dimensions, its spatial axes and its channel axis; None where they are unknown."""
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
    """Kernel, strides and dilation along each spatial axis."""
    config = call.config
    return (
        tuple_of(config.get("kernel_size"), spatial),
        tuple_of(config.get("strides", 1), spatial),
        tuple_of(config.get("dilation_rate", 1), spatial),
    )


# These let a kernel reach beyond the input where the result is empty.
_EMPTY = V3 & before("3.14")


def _convolved(call: LayerCall, spatial: int, channels: Callable[[Dim], Dim]) -> Outcome:
    """Slide over the spatial axes, and turn the input's channels into the output's."""
    axes = _axes(call, spatial)
    if axes is None or (call.version in V2 and one(call).dims is None):
        return Outcome(TensorSpec(OpenShape((), spatial + 2), kind=one(call).kind))
    dims, places, channel = axes
    if dims[channel] is None and call.first is None:
        raise undefined(f"the channel dimension is None: {Shape(dims)}")
    _check_groups(call, dims[channel])
    kernel, strides, dilation = _extent(call, spatial)
    padding = text_of(call.config.get("padding"))
    result, doubts = list(dims), list[Doubt]()
    moved = call.version in V2 and spatial == 3 and _is_moved(dims, places, dilation)
    passes_empty = moved or call.version in _EMPTY
    for axis, k, s, d in zip(places, kernel, strides, dilation):
        length = conv_length(dims[axis], k, s, d, padding)
        if length == 0 and _computes_at_once(call):
            return Outcome(TensorSpec(OpenShape((), spatial + 2), kind=one(call).kind), (_NOTHING,))
        if certainly_not_positive(length) and not (length == 0 and passes_empty):
            raise not_positive(axis, length, Shape(dims))
        if not passes_empty:
            doubts += of_window(sub(dims[axis], dilated(k, d)), padding)
        result[axis] = length
    if call.version in V2 and "depth_multiplier" in call.config:
        _forget_dilated(result, dims, places, dilation)
    result[channel] = channels(dims[channel])
    return replace(output(call, result), doubts=tuple(doubts))


_NOTHING = "TensorFlow makes something of an empty result, or fails"


def _computes_at_once(call: LayerCall) -> bool:
    """Whether nobody asks for the shape of the result: of data, and where Keras 3 has built the layer."""
    return is_eager(one(call)) and (call.version in V2 or call.first is not None)


def _is_moved(dims: tuple[Dim, ...], places: list[int], dilation: tuple[Dim, ...]) -> bool:
    """Whether Keras 2 may dilate a volume by moving its places, of which TensorFlow then knows no size.

    Keras itself refuses lengths below zero only.
    """
    open_sizes = any(dims[axis] is None or _may_be_none(dims[axis]) for axis in places)
    return open_sizes and any(rate != 1 for rate in dilation)


def _may_be_none(dim: Dim) -> bool:
    return dim is UNKNOWN or bool(getattr(dim, "nullable", False))


def _forget_dilated(
    result: list[Dim], dims: tuple[Dim, ...], places: list[int], dilation: tuple[Dim, ...]
) -> None:
    """Keras 2 dilates a depthwise kernel by reshaping, which a None dimension makes opaque."""
    if all(rate == 1 for rate in dilation):
        return
    certain = any(isinstance(rate, int) and rate > 1 for rate in dilation)
    if any(dims[axis] is None for axis in places):
        lost: Dim = None if certain else UNKNOWN
    elif any(_may_be_none(dims[axis]) for axis in places):
        lost = UNKNOWN
    else:
        return
    for axis in places:
        result[axis] = lost


def _check_groups(call: LayerCall, channels: Dim) -> None:
    groups = call.config.get("groups", 1)
    if isinstance(groups, int) and groups > 1 and isinstance(channels, int) and channels % groups:
        raise refused(f"{channels} input channels cannot be divided into {groups} groups")


def _filters(spatial: int) -> Rule:
    def rule(call: LayerCall) -> Outcome:
        _refuse_no_filters(call.config)
        return _convolved(call, spatial, lambda _: _filter_count(call.config))

    return rule


def _refuse_no_filters(config: Config) -> None:
    """The constructor lets it pass; see :func:`_check_filters`."""
    if config.get("filters", UNKNOWN) is None:
        raise refused("`filters` must be a positive integer, got None")


def _filter_count(config: Config) -> Dim:
    filters = config.get("filters")
    return int(filters) if isinstance(filters, float) else as_dim(filters)


def _depthwise(spatial: int) -> Rule:
    def rule(call: LayerCall) -> Outcome:
        times = as_dim(call.config.get("depth_multiplier", 1))
        if call.version in V3 and call.first is not None:
            axes = _axes(call, spatial)
            if axes is not None and axes[0][axes[2]] is None:
                raise undefined(f"the channel dimension is None: {one(call)}")
        built = _channel_size(call.config, call.first, spatial)

        def widened(channels: Dim) -> Dim:
            return mul(built if channels is None and built is not None else channels, times)

        return _convolved(call, spatial, widened)

    return rule


def _transposed(spatial: int) -> Rule:
    def rule(call: LayerCall) -> Outcome:
        _refuse_no_filters(call.config)
        axes = _axes(call, spatial)
        if axes is None:
            return output(call, [UNKNOWN] * (spatial + 2))
        dims, places, channel = axes
        if dims[channel] is None and call.first is None:
            raise undefined(f"the channel dimension is None: {Shape(dims)}")
        kernel, strides, dilation = _extent(call, spatial)
        if call.version in V2 and spatial == 2 and never_equal(*dilation):
            raise refused(f"`dilation_rate` must be the same for both axes, got {dilation}")
        if call.version in V2 and spatial == 3:
            dilation = (1, 1, 1)  # which Keras 2 ignores there
        padding = text_of(call.config.get("padding"))
        extra = call.config.get("output_padding")
        extras: tuple[Dim, ...] = (None,) * spatial if extra is None else tuple_of(extra, spatial)
        result = list(dims)
        for axis, k, s, d, e in zip(places, kernel, strides, dilation, extras):
            result[axis] = deconv_length(dims[axis], k, s, d, padding, e)
        result[channel] = _filter_count(call.config)
        return output(call, result)

    return rule


# -- what constructors refuse ---------------------------------------------------------------


def _check(spatial: int, kind: str) -> Check:
    free = kind in ("separable", "depthwise")
    paddings = (
        ("valid", "same", "causal") if spatial == 1 and kind == "plain" else ("valid", "same")
    )
    loose = (*paddings, "causal") if spatial == 1 and kind == "separable" else paddings
    whole = all_of(*(sizes(name, spatial, floats=False) for name in ("strides", "dilation_rate")))
    return all_of(
        sizes("kernel_size", spatial, floats=False),
        sizes("strides", spatial),
        sizes("dilation_rate", spatial),
        whole if kind == "transposed" else only(V2, whole),
        only(V3, one_of("padding", paddings, fold=True)),
        only(V2, one_of("padding", loose, fold=True)),
        data_format,
        _check_filters,
        _check_multiplier,
        only(V2, stride_or_dilation) if free else stride_or_dilation,
        *([_check_output_padding(spatial)] if kind == "transposed" else []),
    )


def _check_filters(config: Config, version: KerasVersion) -> None:
    if "filters" not in config:
        return
    filters, groups = config["filters"], config.get("groups", 1)
    if version in V2:
        filters = int(filters) if isinstance(filters, float) else filters
        groups = groups or 1
    if filters is None:  # a subclass may pass it on, and make its own kernel
        return
    if not is_unknown(filters) and (not isinstance(filters, int) or filters <= 0):
        raise refused(f"`filters` must be a positive integer, got {filters!r}")
    if is_unknown(groups):
        return
    if not isinstance(groups, int) or groups <= 0:
        raise refused(f"`groups` must be a positive integer, got {groups!r}")
    if isinstance(filters, int) and filters % groups:
        raise refused(f"{filters} filters cannot be divided into {groups} groups")


def _check_multiplier(config: Config, version: KerasVersion) -> None:
    times = config.get("depth_multiplier", 1)
    lenient = version in V2 and isinstance(times, int)
    if not is_unknown(times) and not lenient and (not isinstance(times, int) or times <= 0):
        raise refused(f"`depth_multiplier` must be a positive integer, got {times!r}")


# These take an output padding as large as the stride, or larger.
_ANY_EXTRA = V3 & before("3.14")


def _check_output_padding(spatial: int) -> Check:
    right = sizes("output_padding", spatial, zero=True, optional=True)

    def check(config: Config, version: KerasVersion) -> None:
        right(config, version)
        extra = config.get("output_padding")
        if extra is None or version in _ANY_EXTRA:
            return
        for more, stride in zip(tuple_of(extra, spatial), tuple_of(config["strides"], spatial)):
            if isinstance(more, int) and isinstance(stride, int) and more >= stride:
                raise refused(f"`output_padding` {more} must be less than the stride {stride}")

    return check


# -- weights --------------------------------------------------------------------------------


def _channel_size(config: Config, first: ShapeNest, spatial: int) -> int | None:
    is_first = channels_first(config)
    if not isinstance(first, Shape) or is_first is None or first.rank < spatial + 2:
        return None
    size = first.dims[first.rank - spatial - 1 if is_first else -1]
    return size if isinstance(size, int) else None


def _kernel(config: Config, spatial: int) -> int | None:
    lengths = tuple_of(config.get("kernel_size"), spatial)
    known = [size for size in lengths if isinstance(size, int)]
    return prod(known) if len(known) == spatial else None


# From the kernel's area, the input channels, the filters, the multiplier and the groups.
Count = Callable[[int, int, int, int, int], int]


def _counted(spatial: int, formula: Count) -> Weights:
    def count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        size, kernel = _channel_size(config, first, spatial), _kernel(config, spatial)
        bias = is_flag_set(config, "use_bias", True)
        filters = size_of(config, "filters") if "filters" in config else 0
        times, groups = config.get("depth_multiplier", 1), config.get("groups", 1)
        if version in V2:
            groups = groups or 1
        if size is None or kernel is None or bias is None or filters is None:
            return None
        if not isinstance(times, int) or not isinstance(groups, int):
            return None
        width = filters if "filters" in config else size * times
        return formula(kernel, size, filters, times, groups) + (width if bias else 0)

    return count


def _plain(kernel: int, size: int, filters: int, times: int, groups: int) -> int:
    return kernel * (size // groups) * filters


def _per_channel(kernel: int, size: int, filters: int, times: int, groups: int) -> int:
    return kernel * size * times


def _both(kernel: int, size: int, filters: int, times: int, groups: int) -> int:
    return kernel * size * times + size * times * filters


# -- convolutions that have a kernel for each place (Keras 2) ---------------------------------


def _local(spatial: int) -> Rule:
    def rule(call: LayerCall) -> Outcome:
        axes = _axes(call, spatial)
        if axes is not None:
            dims, places, channel = axes
            if any(dims[axis] is None for axis in (*places, channel)) and call.first is None:
                raise undefined(
                    f"every size must be known, since each place has a kernel: {Shape(dims)}"
                )
        first, now = call.first, one(call).dims
        known = isinstance(first, Shape) and now is not None and first.dims[1:] == now[1:]
        if first is not None and not known:
            return Outcome(UNKNOWN, ("the kernels are those of the first call",))
        return _convolved(call, spatial, lambda _: _filter_count(call.config))

    return rule


def _local_weights(spatial: int) -> Weights:
    def count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        size, kernel = _channel_size(config, first, spatial), _kernel(config, spatial)
        filters, bias = config.get("filters"), is_flag_set(config, "use_bias", True)
        how, is_first = config.get("implementation", 1), channels_first(config)
        if not isinstance(first, Shape) or is_first is None or bias is None or how not in (1, 2):
            return None
        before = first.dims[2:] if is_first else first.dims[1:-1]
        steps = tuple_of(config.get("strides", 1), spatial)
        windows = tuple_of(config.get("kernel_size"), spatial)
        padding = text_of(config.get("padding"))
        after = [conv_length(n, k, s, 1, padding) for n, k, s in zip(before, windows, steps)]
        old = [n for n in before if isinstance(n, int)]
        new = [n for n in after if isinstance(n, int)]
        if len(old) < spatial or len(new) < spatial:
            return None
        if size is None or kernel is None or not isinstance(filters, int):
            return None
        each = kernel if how == 1 else prod(old)
        return prod(new) * filters * (each * size + (1 if bias else 0))

    return count


def _check_local(config: Config, version: KerasVersion) -> None:
    filters, how = config.get("filters"), config.get("implementation", 1)
    if not is_unknown(filters) and (not isinstance(filters, int) or filters < 0):
        raise refused(f"`filters` must be a positive integer, got {filters!r}")
    if not is_unknown(how) and how not in (1, 2, 3):
        raise refused(f"`implementation` must be 1, 2 or 3, got {how!r}")
    padding = text_of(config.get("padding"))
    if how == 1 and padding is not None and padding != "valid":
        raise refused("`padding` must be valid, unless `implementation` is 2 or 3")


def _pins(spatial: int) -> Pins:
    def pins(config: Config) -> tuple[int, ...]:
        first = channels_first(config)
        return () if first is None else (1 if first else -1,)

    return pins


def _locally_connected(spatial: int) -> LayerType:
    return LayerType(
        f"LocallyConnected{spatial}D",
        _local(spatial),
        Kind.FLOATING,
        rank=spatial + 2,
        pins=_pins(spatial),
        check=all_of(
            sizes("kernel_size", spatial),
            sizes("strides", spatial),
            one_of("padding", ("valid", "same", "causal"), fold=True),
            data_format,
            _check_local,
        ),
        weights=_local_weights(spatial),
        behaviours=(Behaviour(V2, rank_check=RankCheck.AT_FIRST, integers=Integers.REFUSED),),
    )


def _layer(name: str, kind: str, rule: Rule, spatial: int, weights: Count) -> LayerType:
    unchecked = kind == "transposed" and spatial == 3  # with open sizes Keras 2 lets anything pass
    return LayerType(
        name,
        rule,
        Kind.FLOATING,
        rank=spatial + 2,
        pins=_pins(spatial),
        check=_check(spatial, kind),
        weights=_counted(spatial, weights),
        behaviours=(
            Behaviour(
                V2,
                more_axes=kind == "plain",
                integers=Integers.REFUSED,
                pin_check=PinCheck.NOTHING if unchecked else PinCheck.LAYER,
            ),
        ),
    )


LAYERS = (
    _locally_connected(1),
    _locally_connected(2),
    *(
        entry
        for n in (1, 2, 3)
        for entry in (
            _layer(f"Conv{n}D", "plain", _filters(n), n, _plain),
            _layer(f"Conv{n}DTranspose", "transposed", _transposed(n), n, _plain),
            *(
                (
                    _layer(f"SeparableConv{n}D", "separable", _filters(n), n, _both),
                    _layer(f"DepthwiseConv{n}D", "depthwise", _depthwise(n), n, _per_channel),
                )
                if n < 3
                else ()
            ),
        )
    ),
)

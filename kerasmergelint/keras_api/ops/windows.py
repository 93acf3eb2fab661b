"""Sliding windows: convolution, transposed convolution, pooling, blocks of pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.ops import dtypes
from kerasmergelint.keras_api.ops.op import Op, OpCall, Rule, kind_of, made, sizes_of, some_tensor
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Outcome, TensorKind, TensorSpec
from kerasmergelint.shapes import (
    UNKNOWN,
    Dim,
    OpenShape,
    Shape,
    add,
    floordiv,
    maximum,
    mul,
    product,
    sub,
)
from kerasmergelint.shapes.arithmetic import certainly_not_positive, conv_length, deconv_length
from kerasmergelint.shapes.broadcast import never_equal

_FIRST = frozenset({"channels_first", "NCW", "NCHW", "NCDHW"})
_LAST = frozenset({"channels_last", "NWC", "NHWC", "NDHWC", None})


@dataclass(frozen=True, slots=True)
class Image:
    """A tensor taken apart: batch, spatial sizes, channels."""

    batch: Dim
    spatial: tuple[Dim, ...]
    channels: Dim
    first: bool

    def with_parts(self, spatial: Iterable[Dim], channels: Dim) -> tuple[Dim, ...]:
        if self.first:
            return (self.batch, channels, *spatial)
        return (self.batch, *spatial, channels)


def image_of(spec: TensorSpec | None, data_format: object, rank: int | None = None) -> Image | None:
    """The parts of a tensor with that many spatial axes; None where they cannot be told."""
    if spec is None or spec.dims is None or data_format not in _FIRST | _LAST:
        return None
    dims = spec.dims
    if len(dims) < 3 or (rank is not None and len(dims) != rank + 2):
        return None
    if data_format in _FIRST:
        return Image(dims[0], dims[2:], dims[1], True)
    return Image(dims[0], dims[1:-1], dims[-1], False)


def per_axis(value: object, count: int, default: int = 1) -> tuple[Dim, ...] | None:
    """One number for all axes, or one per axis."""
    if value is None:
        return (default,) * count
    if type(value) is int:
        return (value,) * count
    sizes = sizes_of(value)
    if sizes is None:
        return None
    if len(sizes) == 1:
        return (sizes[0],) * count
    if len(sizes) == count:
        return tuple(sizes)
    return None


def _spread(value: object, image: Image) -> tuple[Dim, ...] | None:
    """TensorFlow's ``strides=[1, 2, 2, 1]`` as well: only the spatial ones may differ from 1."""
    sizes = sizes_of(value) if not isinstance(value, int) else None
    count = len(image.spatial)
    if sizes is not None and len(sizes) == count + 2:
        inner = sizes[2:] if image.first else sizes[1:-1]
        outer = sizes[:2] if image.first else [sizes[0], sizes[-1]]
        return tuple(inner) if outer == [1, 1] else None
    return per_axis(value, count)


def _padding(value: object) -> str | None:
    return value.lower() if isinstance(value, str) and value.lower() in ("same", "valid") else None


def _lengths(
    image: Image, kernel: tuple[Dim, ...], call: OpCall, spec: TensorSpec
) -> list[Dim] | None:
    strides = _spread(call.get("strides"), image)
    dilations = _spread(call.get("dilations"), image)
    padding = _padding(call.get("padding"))
    if strides is None or dilations is None or padding is None:
        return None
    found: list[Dim] = []
    for size, window, stride, dilation in zip(image.spatial, kernel, strides, dilations):
        length = conv_length(size, window, stride, dilation, padding)
        if certainly_not_positive(length) and not (size == 0 and length == 0):
            if spec.kind in (TensorKind.EAGER, TensorKind.ARRAY):
                return None  # on data, some kernels give an empty tensor
            raise bad(f"a window of {window} does not fit into the size {size} of {spec}")
        found.append(length)
    gathered = call.space == "ops" and not call.symbolic and None in image.spatial
    if gathered and any(dilation != 1 for dilation in dilations):
        return [
            None if length is None else UNKNOWN for length in found
        ]  # Keras regroups the picture
    return found


def _convolution(call: OpCall, rank: int | None = None) -> Outcome:
    """The kernel is (window..., in, out)."""
    spec, kernel = call.tensor(), call.tensor("filters")
    data_format = call.get("data_format")
    image = image_of(spec, data_format, rank)
    if spec is None or kernel is None or kernel.dims is None:
        return some_tensor(call)
    if spec.dims is None and kernel.dims and data_format in _LAST:
        shape = OpenShape(kernel.dims[-1:], len(kernel.dims))
        return Outcome(TensorSpec(shape, dtypes.common(spec, kernel), kind_of(spec, kernel)))
    if image is None or len(kernel.dims) != len(image.spatial) + 2:
        return some_tensor(call)
    *window, taken, given = kernel.dims
    if _no_multiple(image.channels, taken):
        raise bad(f"{spec} has {image.channels} channels, the kernel takes {taken}")
    lengths = _lengths(image, tuple(window), call, spec)
    if lengths is None:
        return some_tensor(call)
    return _filtered(spec, kernel, image.with_parts(lengths, given))


def _no_multiple(channels: Dim, taken: Dim) -> bool:
    """Whether the channels are certainly no multiple of what the kernel takes."""
    return (
        isinstance(channels, int)
        and isinstance(taken, int)
        and taken > 0
        and bool(channels % taken)
    )


def _filtered(spec: TensorSpec, kernel: TensorSpec, dims: tuple[Dim, ...]) -> Outcome:
    return Outcome(TensorSpec(Shape(dims), dtypes.common(spec, kernel), kind_of(spec, kernel)))


def _depthwise(call: OpCall) -> Outcome:
    """The kernel is (window..., in, multiplier)."""
    spec, kernel = call.tensor(), call.tensor("filters")
    image = image_of(spec, call.get("data_format"))
    if spec is None or image is None or kernel is None or kernel.dims is None:
        return some_tensor(call)
    if len(kernel.dims) != len(image.spatial) + 2:
        return some_tensor(call)
    *window, taken, times = kernel.dims
    if never_equal(image.channels, taken):
        if call.symbolic:
            return some_tensor(call)
        raise bad(f"{spec} has {image.channels} channels, the kernel takes {taken}")
    lengths = _lengths(image, tuple(window), call, spec)
    if lengths is None:
        return some_tensor(call)
    return _filtered(spec, kernel, image.with_parts(lengths, mul(taken, times)))


def _separable(call: OpCall) -> Outcome:
    """A depthwise convolution, then one of window 1."""
    if not call.symbolic and call.get("dilations") not in (1, None, (1, 1), [1, 1]):
        return some_tensor(call, "TensorFlow takes the picture apart, and loses sizes")
    pointwise = call.tensor("pointwise_kernel") or call.tensor("pointwise_filter")
    depthwise = call.get("depthwise_kernel", call.get("depthwise_filter"))
    outcome = _depthwise(call.with_arguments(filters=depthwise))
    spec = outcome.outputs
    if pointwise is None or not pointwise.dims or not isinstance(spec, TensorSpec):
        return some_tensor(call)
    if spec.dims is None:
        return some_tensor(call)
    dims = list(spec.dims)
    dims[1 if call.get("data_format") in _FIRST else -1] = pointwise.dims[-1]
    return made(spec, dims)


def _transposed(call: OpCall) -> Outcome:
    """``ops.conv_transpose``: the kernel is (window..., out, in)."""
    spec, kernel = call.tensor(), call.tensor("filters")
    image = image_of(spec, call.get("data_format"))
    if spec is None or image is None or kernel is None or kernel.dims is None:
        return some_tensor(call)
    count = len(image.spatial)
    if len(kernel.dims) != count + 2:
        return some_tensor(call)
    if never_equal(image.channels, kernel.dims[-1]):
        raise bad(f"{spec} has {image.channels} channels, the kernel takes {kernel.dims[-1]}")
    strides, dilations = (
        per_axis(call.get("strides"), count),
        per_axis(call.get("dilations"), count),
    )
    extra = call.get("output_padding")
    extras = (None,) * count if extra is None else per_axis(extra, count)
    padding = _padding(call.get("padding"))
    if strides is None or dilations is None or extras is None or padding is None:
        return some_tensor(call)
    lengths = [
        deconv_length(size, window, stride, dilation, padding, more)
        for size, window, stride, dilation, more in zip(
            image.spatial, kernel.dims, strides, dilations, extras
        )
    ]
    return _filtered(spec, kernel, image.with_parts(lengths, kernel.dims[-2]))


def _transposed_to_shape(call: OpCall) -> Outcome:
    """``tf.nn.conv2d_transpose``, ``K.conv2d_transpose``: the given output shape.

    The height and the width alone suffice for pictures.
    """
    spec, shape = call.tensor(), sizes_of(call.get("output_shape"))
    if spec is None or shape is None:
        return some_tensor(call)
    if call.space == "K":
        return some_tensor(call)
    if spec.dims is not None and len(shape) != len(spec.dims):
        image, kernel = image_of(spec, call.get("data_format"), 2), call.tensor("filters")
        if image is None or kernel is None or kernel.dims is None or len(kernel.dims) != 4:
            return some_tensor(call)
        whole = image.with_parts(list(shape), kernel.dims[-2])
        return made(spec, whole) if len(shape) == 2 else some_tensor(call)
    return made(spec, shape)


def _pooled(call: OpCall, rank: int | None = None) -> Outcome:
    spec = call.tensor()
    image = image_of(spec, call.get("data_format"), rank)
    if spec is None or image is None:
        return some_tensor(call)
    window = _spread(call.get("pool_size"), image)
    if window is None or (call.last == "pool" and call.get("strides") is not None):
        return some_tensor(call)
    if call.get("strides") is None:
        call = call.with_arguments(strides=window)
    lengths = _lengths(image, window, call, spec)
    return (
        some_tensor(call)
        if lengths is None
        else made(spec, image.with_parts(lengths, image.channels))
    )


def _depth_to_space(call: OpCall) -> Outcome:
    """Channels become blocks of pixels."""
    spec, block = call.tensor(), call.get("block_size")
    image = image_of(spec, call.get("data_format"), 2)
    if spec is None or image is None or type(block) is not int or block < 2:
        return some_tensor(call)
    area = block * block
    channels = image.channels
    if isinstance(channels, int) and channels % area:
        raise bad(f"{channels} channels cannot be divided into blocks of {block}x{block}", 3)
    depth = None if channels is None else floordiv(channels, area)
    return made(spec, image.with_parts([mul(size, block) for size in image.spatial], depth))


def _space_to_depth(call: OpCall) -> Outcome:
    """Blocks of pixels become channels."""
    spec, block = call.tensor(), call.get("block_size")
    image = image_of(spec, call.get("data_format"), 2)
    if spec is None or image is None or type(block) is not int or block < 2:
        return some_tensor(call)
    for size in image.spatial:
        if isinstance(size, int) and size % block:
            raise bad(f"the size {size} of {spec} cannot be divided into blocks of {block}")
    spatial = [None if size is None else floordiv(size, block) for size in image.spatial]
    return made(spec, image.with_parts(spatial, mul(image.channels, block * block)))


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The axes behind the batch as they are cut: how long the blocks are, and what is added or cut off."""

    spec: TensorSpec
    dims: tuple[Dim, ...]
    sizes: list[Dim]
    margins: list[Dim]

    def whole(self, batch: Dim, spatial: Iterable[Dim]) -> Outcome:
        return made(self.spec, (batch, *spatial, *self.dims[1 + len(self.sizes) :]))


def _blocks_of(call: OpCall, margins: str) -> _Blocks | None:
    spec, sizes, pairs = call.tensor(), sizes_of(call.get("block_shape")), call.get(margins)
    if spec is None or spec.dims is None or not sizes or not isinstance(pairs, (list, tuple)):
        return None
    added = [sizes_of(pair) for pair in pairs]
    if not len(sizes) == len(added) < len(spec.dims):
        return None
    if not all(type(size) is int and size > 0 for size in sizes):
        return None
    totals = [add(*pair) for pair in added if pair is not None and len(pair) == 2]
    return _Blocks(spec, spec.dims, sizes, totals) if len(totals) == len(sizes) else None


def _space_to_batch(call: OpCall) -> Outcome:
    """Blocks of an axis become samples."""
    found = _blocks_of(call, "paddings")
    if found is None:
        return _same_rank(call)
    long = [add(size, margin) for size, margin in zip(found.dims[1:], found.margins)]
    for size, block in zip(long, found.sizes):
        if isinstance(size, int) and isinstance(block, int) and size % block:
            raise bad(f"the size {size} of {found.spec} cannot be divided into blocks of {block}")
    spatial = [
        None if size is None else floordiv(size, block) for size, block in zip(long, found.sizes)
    ]
    return found.whole(mul(found.dims[0], product(found.sizes)), spatial)


def _batch_to_space(call: OpCall) -> Outcome:
    """Samples become blocks of an axis."""
    found = _blocks_of(call, "crops")
    if found is None:
        return _same_rank(call)
    spatial = [
        sub(mul(size, block), margin)
        for size, block, margin in zip(found.dims[1:], found.sizes, found.margins)
    ]
    batch, area = found.dims[0], product(found.sizes)
    if isinstance(batch, int) and isinstance(area, int) and batch % area:
        raise bad(f"{batch} samples cannot be put together in groups of {area}", 0)
    return found.whole(None if batch is None else floordiv(batch, area), spatial)


def _same_rank(call: OpCall) -> Outcome:
    spec = call.tensor()
    if spec is None or spec.dims is None:
        return some_tensor(call)
    return made(spec, (UNKNOWN,) * len(spec.dims))


def _patches(call: OpCall) -> Outcome:
    """``tf.image.extract_patches``: each patch becomes the channels of one pixel."""
    spec, sizes = call.tensor(), sizes_of(call.get("sizes"))
    strides, rates = sizes_of(call.get("strides")), sizes_of(call.get("dilations"))
    padding = _padding(call.get("padding"))
    if spec is None or spec.dims is None or None in (sizes, strides, rates, padding):
        return some_tensor(call)
    image = image_of(spec, None, 2)
    if image is None or not all(len(part or ()) == 4 for part in (sizes, strides, rates)):
        return some_tensor(call)
    assert sizes is not None and strides is not None and rates is not None
    lengths = []
    for axis, size in enumerate(image.spatial, 1):
        length = conv_length(size, sizes[axis], strides[axis], rates[axis], padding)
        if isinstance(length, int) and length < 0:
            return some_tensor(call, "TensorFlow may refuse a patch that is too large")
        lengths.append(maximum(length, 0))
    if None in image.spatial:
        lengths = [None, None]
    return made(spec, (image.batch, *lengths, mul(mul(sizes[1], sizes[2]), image.channels)))


def _keras_patches(call: OpCall) -> Outcome:
    """``ops.image.extract_patches``."""
    spec, padding = call.tensor(), _padding(call.get("padding", "valid"))
    if spec is None or spec.dims is None or len(spec.dims) not in (3, 4) or padding is None:
        return some_tensor(call)
    if call.get("data_format") not in _LAST:
        return some_tensor(call)
    window = per_axis(call.get("size"), 2)
    given = call.get("strides")
    strides = window if given is None else per_axis(given, 2)
    rates = per_axis(call.get("dilations", 1), 2)
    if window is None or strides is None or rates is None:
        return some_tensor(call)
    *lead, height, width, channels = spec.dims
    lengths = [
        conv_length(size, patch, stride, rate, padding)
        for size, patch, stride, rate in zip((height, width), window, strides, rates)
    ]
    if any(map(certainly_not_positive, lengths)):
        return some_tensor(call, "a patch does not fit")
    return made(spec, (*lead, *lengths, mul(mul(window[0], window[1]), channels)))


def _backend_pool(call: OpCall) -> Outcome:
    return _pooled(call, 2 if call.last == "pool2d" else 3)


def _backend_resize(call: OpCall) -> Outcome:
    """``K.resize_images(x, 2, 2, data_format)``."""
    spec = call.tensor()
    volumes = call.last == "resize_volumes"
    image = image_of(spec, call.get("data_format"), 3 if volumes else 2)
    names = ("depth_factor", "height_factor", "width_factor")[0 if volumes else 1 :]
    factors = [call.get(name) for name in names]
    if spec is None or image is None or not all(type(factor) is int for factor in factors):
        return some_tensor(call)
    spatial = [mul(size, factor) for size, factor in zip(image.spatial, factors)]
    if None in image.spatial and not volumes:
        spatial = [None] * len(spatial)
    return made(spec, image.with_parts(spatial, image.channels))


def _fixed(rank: int, rule: Callable[[OpCall, int], Outcome]) -> Rule:
    return lambda call: rule(call, rank)


OPS = (
    Op(("ops.conv",), _convolution),
    Op(("tf.nn.conv1d", "K.conv1d"), _fixed(1, _convolution),
       aliases=(("stride", "strides"),)),
    Op(("tf.nn.conv2d", "K.conv2d"), _fixed(2, _convolution)),
    Op(("tf.nn.conv3d", "K.conv3d"), _fixed(3, _convolution)),
    Op(("tf.nn.convolution",), _convolution),
    Op(("ops.depthwise_conv", "tf.nn.depthwise_conv2d", "K.depthwise_conv2d"), _depthwise,
       aliases=(("depthwise_kernel", "filters"),)),
    Op(("ops.separable_conv", "tf.nn.separable_conv2d", "K.separable_conv2d"), _separable),
    Op(("ops.conv_transpose",), _transposed),
    Op(("tf.nn.conv1d_transpose", "tf.nn.conv2d_transpose", "tf.nn.conv3d_transpose",
        "K.conv2d_transpose"), _transposed_to_shape),
    Op(("ops.max_pool", "ops.average_pool", "tf.nn.pool"), _pooled),
    Op(("tf.nn.max_pool", "tf.nn.avg_pool"), _pooled),
    Op(("tf.nn.max_pool1d", "tf.nn.avg_pool1d"), _fixed(1, _pooled)),
    Op(("tf.nn.max_pool2d", "tf.nn.avg_pool2d"), _fixed(2, _pooled)),
    Op(("tf.nn.max_pool3d", "tf.nn.avg_pool3d"), _fixed(3, _pooled)),
    Op(("K.pool2d", "K.pool3d"), _backend_pool),
    Op(("tf.nn.depth_to_space", "ops.depth_to_space"), _depth_to_space),
    Op(("tf.nn.space_to_depth", "ops.space_to_depth"), _space_to_depth),
    Op(("tf.space_to_batch", "tf.space_to_batch_nd"), _space_to_batch),
    Op(("tf.batch_to_space", "tf.batch_to_space_nd"), _batch_to_space),
    Op(("tf.image.extract_patches",), _patches, aliases=(("rates", "dilations"),)),
    Op(("ops.image.extract_patches",), _keras_patches),
    Op(("K.resize_images", "K.resize_volumes"), _backend_resize),
)  # fmt: skip

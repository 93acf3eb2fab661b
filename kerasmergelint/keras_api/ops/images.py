"""Pictures: resizing, cropping, padding, flipping, colours."""

from __future__ import annotations

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.ops.op import (
    Op,
    OpCall,
    channels_first,
    made,
    size_of,
    sizes_of,
    some_tensor,
)
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Outcome, TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, UNTRACED, Dim, OpenShape, Shape, add, is_untraced, sub
from kerasmergelint.shapes.broadcast import never_equal

Dims = tuple[Dim, ...]


def _picture(spec: TensorSpec | None) -> Dims | None:
    """The dimensions of one picture or of a batch of them."""
    dims = None if spec is None else spec.dims
    return dims if dims is not None and len(dims) in (3, 4) else None


def _resize(call: OpCall) -> Outcome:
    """Height and width are replaced."""
    spec, size = call.tensor(), call.get("size")
    dims = _picture(spec)
    if spec is None:
        return some_tensor(call)
    if isinstance(size, (list, tuple)) and any(one is None for one in size):
        detail, hint = "the new size has a None in it", "take the sizes of `ops.shape(x)`"
        raise bad(detail, exception="TypeError" if call.symbolic else "ValueError", hint=hint)
    if dims is None:
        if spec.dims is not None:
            raise bad(f"{spec} is neither a picture nor a batch of pictures")
        if call.space == "tf" and spec.kind is TensorKind.GRAPH and is_untraced(spec.shape):
            raise bad("TensorFlow does not know the rank of the picture", hint=_PROMISE)
    first = channels_first(call)
    if first is None:
        return some_tensor(call, _LOOSE_FORMAT)
    height, width = _wanted(size)
    if _true(call.get("preserve_aspect_ratio")):
        height = width = UNKNOWN
    dtype = spec.dtype if call.space == "ops" or call.get("method") in ("nearest", 1) else None
    if dims is None:
        return made(
            spec, OpenShape((height, width) if first else (height, width, UNKNOWN), 3), dtype
        )
    lead = dims[:-3]
    if first:
        return made(spec, (*lead, dims[-3], height, width), dtype)
    return made(spec, (*lead, height, width, dims[-1]), dtype)


_LOOSE_FORMAT = "which axis has the channels"
_PROMISE = "promise its shape with `set_shape` or `tf.ensure_shape`"


def _true(value: object) -> bool:
    return value not in (False, None)


def _wanted(size: object) -> tuple[Dim, Dim]:
    known = sizes_of(size)
    if known is not None and len(known) == 2:
        return known[0], known[1]
    if isinstance(size, TensorSpec) and size.kind is not TensorKind.ARRAY:
        return None, None
    return UNKNOWN, UNKNOWN


def _fitted(call: OpCall) -> Outcome:
    """``resize_with_pad``, ``resize_with_crop_or_pad``."""
    spec = call.tensor()
    dims = _picture(spec)
    if spec is None or dims is None:
        return some_tensor(call)
    height, width = size_of(call.get("target_height")), size_of(call.get("target_width"))
    return made(spec, (*dims[:-3], height, width, dims[-1]), None)


def _cropped(call: OpCall) -> Outcome:
    """``tf.image.crop_to_bounding_box``."""
    spec = call.tensor()
    dims = _picture(spec)
    if spec is None or dims is None:
        return some_tensor(call)
    box = [
        call.get(name)
        for name in ("offset_height", "offset_width", "target_height", "target_width")
    ]
    if not all(type(part) is int for part in box):
        return made(spec, (*dims[:-3], UNKNOWN, UNKNOWN, dims[-1]))
    for offset, target, size in zip(box[:2], box[2:], dims[-3:-1]):
        if isinstance(size, int) and (offset < 0 or target <= 0 or offset + target > size):
            raise bad(f"the box ends at {offset + target}, outside {spec}")
    return made(spec, (*dims[:-3], *box[2:], dims[-1]))


def _padded(call: OpCall) -> Outcome:
    """``tf.image.pad_to_bounding_box``."""
    spec = call.tensor()
    dims = _picture(spec)
    if spec is None or dims is None:
        return some_tensor(call)
    sizes = [size_of(call.get(name)) for name in ("target_height", "target_width")]
    return made(spec, (*dims[:-3], *sizes, dims[-1]))


def _central(call: OpCall) -> Outcome:
    spec = call.tensor()
    dims = _picture(spec)
    if spec is None or dims is None:
        return some_tensor(call)
    return made(spec, (*dims[:-3], UNKNOWN, UNKNOWN, dims[-1]))


def _keras_margins(call: OpCall) -> Outcome:
    """``ops.image.crop_images``, ``pad_images``: two of start, end and target for each direction."""
    spec = call.tensor()
    dims = _picture(spec)
    if spec is None or dims is None or call.get("data_format") not in (None, "channels_last"):
        return some_tensor(call)
    sign = -1 if call.last == "crop_images" else 1
    height = _margin(dims[-3], call, ("top", "bottom", "height"), sign)
    width = _margin(dims[-2], call, ("left", "right", "width"), sign)
    return made(spec, (*dims[:-3], height, width, dims[-1]))


def _margin(size: Dim, call: OpCall, words: tuple[str, str, str], sign: int) -> Dim:
    names = [name for name in call.arguments if any(word in name for word in words)]
    start, end, target = (
        next((call.get(name) for name in names if word in name), None) for word in words
    )
    if target is not None:
        return size_of(target)
    if start is None or end is None:
        return UNKNOWN
    both = add(size_of(start), size_of(end))
    return add(size, both) if sign > 0 else sub(size, both)


def _gray(call: OpCall) -> Outcome:
    """Three channels become one."""
    spec = call.tensor()
    if spec is None or not spec.dims:
        return some_tensor(call)
    first = channels_first(call)
    if first is None:
        return some_tensor(call, _LOOSE_FORMAT)
    if call.space == "ops":
        if len(spec.dims) not in (3, 4):
            raise bad(f"{spec} is neither a picture nor a batch of pictures")
        channels = spec.dims[-3 if first else -1]
        # Without a format the program's default holds, which may be channels first.
        either = call.get("data_format") is None and spec.dims[-3] in (1, 3)
        if isinstance(channels, int) and channels not in (1, 3):
            if either:
                return some_tensor(call, _LOOSE_FORMAT)
            raise bad(f"{spec} has {channels} channels, neither 1 nor 3")
        if channels is None and not call.symbolic and not either:
            if call.get("data_format") is None and spec.dims[-3] is not None:
                return some_tensor(call, _LOOSE_FORMAT)
            raise bad(f"the channels of {spec} are not known, and must be 1 or 3")
        if first:
            return made(spec, (*spec.dims[:-3], 1, *spec.dims[-2:]))
        return made(spec, (*spec.dims[:-1], 1))
    if never_equal(spec.dims[-1], 3):
        if None in spec.dims:
            return some_tensor(call, "TensorFlow compares at run time")
        raise bad(f"the last axis of {spec} is not 3")
    return made(spec, (*spec.dims[:-1], 1))


def _rgb(call: OpCall) -> Outcome:
    """One channel becomes three."""
    spec = call.tensor()
    if spec is None or not spec.dims:
        return some_tensor(call)
    if len(spec.dims) < 3:
        return some_tensor(call, "TensorFlow may refuse what is not a picture")
    if never_equal(spec.dims[-1], 1):
        raise bad(f"the last axis of {spec} is not 1")
    return made(spec, (*spec.dims[:-1], 3))


def _same(call: OpCall) -> Outcome:
    spec = call.tensor()
    return some_tensor(call) if spec is None else made(spec, spec.shape)


def _converted(call: OpCall) -> Outcome:
    """The picture in the type that is asked for."""
    spec = call.tensor()
    return some_tensor(call) if spec is None else made(spec, spec.shape, call.dtype())


def _warped(call: OpCall) -> Outcome:
    """In a graph, all sizes must be known."""
    spec = call.tensor()
    if spec is None or spec.dims is None or (not call.symbolic and None in spec.dims):
        return some_tensor(call)
    return made(spec, spec.shape)


def _flipped(call: OpCall) -> Outcome:
    """Pictures only."""
    spec = call.tensor()
    if spec is None:
        return some_tensor(call)
    if spec.dims is not None and len(spec.dims) not in (3, 4):
        raise bad(f"{spec} is neither a picture nor a batch of pictures")
    return made(spec, spec.shape)


def _standardized(call: OpCall) -> Outcome:
    spec = call.tensor()
    if spec is None:
        return some_tensor(call)
    if spec.dims is not None and len(spec.dims) < 3:
        raise bad(f"{spec} is not a picture")
    return made(spec, spec.shape, None)


def _turned(call: OpCall) -> Outcome:
    """``tf.image.rot90`` swaps height and width at odd turns; in a graph only squares stay known."""
    spec, times = call.tensor(), call.get("k", 1)
    dims = _picture(spec)
    if spec is None or dims is None or type(times) is not int:
        return some_tensor(call)
    *lead, height, width, channels = dims
    if spec.kind is TensorKind.ANY:
        return made(spec, (*lead, UNKNOWN, UNKNOWN, channels))
    if spec.kind in (TensorKind.GRAPH, TensorKind.KERAS):
        square = isinstance(height, int) and height == width
        return made(spec, dims if square else (*lead, None, None, channels))
    if times % 2:
        return made(spec, (*lead, width, height, channels))
    return made(spec, dims)


def _transposed(call: OpCall) -> Outcome:
    spec = call.tensor()
    dims = _picture(spec)
    if spec is None or dims is None:
        return some_tensor(call)
    *lead, height, width, channels = dims
    return made(spec, (*lead, width, height, channels))


def _edges(call: OpCall) -> Outcome:
    """Two gradients for each channel."""
    spec = call.tensor()
    dims = _picture(spec)
    if spec is None or dims is None or call.get("data_format") not in (None, "channels_last"):
        return some_tensor(call)
    return made(spec, (*dims, 2))


def _boxes(call: OpCall) -> Outcome:
    """``tf.image.crop_and_resize``: one picture per box."""
    spec, boxes, size = call.tensor(), call.tensor("boxes"), sizes_of(call.get("crop_size"))
    if spec is None or not spec.dims or size is None or len(size) != 2:
        return some_tensor(call)
    count = boxes.dims[0] if boxes is not None and boxes.dims else UNKNOWN
    return made(spec, (count, *size, spec.dims[-1]), None)


def _each(call: OpCall) -> Outcome:
    """``ssim``: one number per picture."""
    return some_tensor(call)


def _measured(call: OpCall) -> Outcome:
    """``total_variation``: one number per picture."""
    spec = call.tensor()
    dims = _picture(spec)
    return some_tensor(call) if spec is None or dims is None else made(spec, dims[:-3])


def _random_crop(call: OpCall) -> Outcome:
    """A part of the size that is asked for; a part that is too large is refused when the graph runs."""
    spec, size = call.tensor(), sizes_of(call.get("size"))
    if spec is None or size is None or spec.dims is None or len(size) != len(spec.dims):
        return some_tensor(call)
    return made(spec, size)


def _suppressed(call: OpCall) -> Outcome:
    """``non_max_suppression``: the places of the boxes that are left."""
    boxes = call.tensor("boxes")
    if boxes is None:
        return some_tensor(call)
    return made(boxes, (None if boxes.kind is TensorKind.GRAPH else UNKNOWN,), "int32")


def _decoded(call: OpCall) -> Outcome:
    """A picture of unknown size; one of an animated GIF would have another axis."""
    moves = call.get("expand_animations", True)
    if call.last == "decode_image" and moves is not False:
        contents = call.tensor("contents")
        traced = contents is not None and contents.kind is TensorKind.GRAPH and moves is True
        return (
            Outcome(TensorSpec(UNTRACED, None, TensorKind.GRAPH)) if traced else some_tensor(call)
        )
    channels = size_of(call.get("channels"))
    known = channels if isinstance(channels, int) and channels > 0 else UNKNOWN
    return Outcome(TensorSpec(Shape((UNKNOWN, UNKNOWN, known)), None, TensorKind.EAGER))


OPS = (
    Op(("tf.image.decode_png", "tf.image.decode_jpeg", "tf.image.decode_image",
        "tf.image.decode_bmp"), _decoded),
    Op(("ops.image.elastic_transform",), _warped),
    Op(("ops.image.resize", "tf.image.resize", "tf.image.resize_images", "tf.image.resize_bilinear",
        "tf.image.resize_nearest_neighbor", "tf.image.resize_bicubic", "tf.image.resize_area"), _resize),
    Op(("tf.image.resize_with_pad", "tf.image.resize_with_crop_or_pad"), _fitted),
    Op(("tf.image.crop_to_bounding_box",), _cropped),
    Op(("tf.image.pad_to_bounding_box",), _padded),
    Op(("tf.image.central_crop",), _central),
    Op(("ops.image.crop_images", "ops.image.pad_images"), _keras_margins),
    Op(("ops.image.rgb_to_grayscale", "tf.image.rgb_to_grayscale"), _gray),
    Op(("tf.image.grayscale_to_rgb",), _rgb),
    Op(("ops.image.rgb_to_hsv", "ops.image.hsv_to_rgb", "tf.image.rgb_to_hsv", "tf.image.hsv_to_rgb",
        "tf.image.adjust_hue", "tf.image.adjust_saturation", "tf.image.adjust_gamma",
        "tf.image.random_hue", "tf.image.random_saturation",
        "tf.image.rgb_to_yuv", "tf.image.yuv_to_rgb", "tf.image.rgb_to_yiq", "tf.image.yiq_to_rgb",
        "ops.image.gaussian_blur", "ops.image.affine_transform",
        "ops.image.perspective_transform"), _same),
    Op(("tf.image.convert_image_dtype",), _converted),
    Op(("tf.image.flip_left_right", "tf.image.flip_up_down", "tf.image.random_flip_left_right",
        "tf.image.random_flip_up_down"), _flipped),
    Op(("tf.image.per_image_standardization",), _standardized),
    Op(("tf.image.rot90",), _turned),
    Op(("tf.image.transpose",), _transposed, Kind.EXPLICIT | Kind.RESHAPING),
    Op(("tf.image.sobel_edges", "ops.image.sobel_edges"), _edges),
    Op(("tf.image.crop_and_resize",), _boxes),
    Op(("tf.image.total_variation",), _measured),
    Op(("tf.image.random_crop", "tf.random_crop"), _random_crop),
    Op(("tf.image.non_max_suppression",), _suppressed),
    Op(("tf.image.ssim", "tf.image.psnr", "ops.image.ssim"), _each),
)  # fmt: skip

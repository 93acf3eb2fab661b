"""Pictures: what Pillow and ``load_img`` give, and the arrays that OpenCV makes of files."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.library.preparation import array, as_array, size_pair
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.own_exceptions import no_picture
from kerasmergelint.tracker.values.constants import from_dim
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.pictures import PictureV
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value


def _mode(value: Value) -> str | None:
    return value if isinstance(value, str) else None


# -- Pillow -------------------------------------------------------------------------------------


def _open(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return PictureV(interp.heap, None, UNKNOWN, UNKNOWN)


def _new(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    bound = bind_native(interp, ("mode", "size", "color"), args, keywords)
    width, height = size_pair(interp, bound.get("size"))
    return PictureV(interp.heap, _mode(bound.get("mode")), height, width)


def _from_array(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    given = interp.resolve(args[0]) if len(args) == 1 and not keywords else None
    dims = given.spec.dims if isinstance(given, TensorV) else None
    height, width, *pixel = dims if dims and len(dims) >= 2 else (UNKNOWN, UNKNOWN, UNKNOWN)
    known = dims is not None and len(dims) == 3 and isinstance(pixel[0], int)
    return PictureV(interp.heap, _OF_PIXELS.get(pixel[0]) if known else None, height, width)


# Arrays of two axes have the mode of their dtype.
_OF_PIXELS: dict[Dim, str] = {2: "LA", 3: "RGB", 4: "RGBA"}


def attribute(interp: Interpreter, picture: PictureV, name: str, site: Site) -> Value:
    """``picture.name``"""
    if name == "size":
        return (from_dim(picture.width), from_dim(picture.height))
    if name in ("width", "height"):
        return from_dim(picture.width if name == "width" else picture.height)
    if name == "mode" and picture.mode is not None:
        return picture.mode
    method = _METHODS.get(name)
    if method is not None:
        return NativeV(name, lambda again, a, k, s: method(again, picture, a, k))
    if name not in _CHANGES_NOTHING:
        picture.forget(interp.heap)
    return interp.unknown(f"the attribute {name} of a picture")


_CHANGES_NOTHING = frozenset(
    {"save", "show", "close", "load", "verify", "seek", "format", "info", "filename", "getpixel",
     "getdata", "getbands", "getbbox", "histogram", "tobytes", "mode"}
)  # fmt: skip

_Method = Callable[[Interpreter, PictureV, Args, Keywords], Value]


def _converted(interp: Interpreter, picture: PictureV, args: Args, keywords: Keywords) -> Value:
    mode = _mode(args[0] if args else keywords.get("mode"))
    return PictureV(interp.heap, mode, picture.height, picture.width)


def _resized(interp: Interpreter, picture: PictureV, args: Args, keywords: Keywords) -> Value:
    width, height = size_pair(interp, args[0] if args else keywords.get("size"))
    return PictureV(interp.heap, picture.mode, height, width)


def _cropped(interp: Interpreter, picture: PictureV, args: Args, keywords: Keywords) -> Value:
    box = args[0] if args else keywords.get("box")
    height: Dim = UNKNOWN
    width: Dim = UNKNOWN
    if isinstance(box, tuple) and len(box) == 4 and all(type(edge) is int for edge in box):
        left, top, right, bottom = box
        width, height = right - left, bottom - top
    return PictureV(interp.heap, picture.mode, height, width)


def _turned(interp: Interpreter, picture: PictureV, args: Args, keywords: Keywords) -> Value:
    """``rotate(angle, expand)`` keeps the size, unless it expands."""
    if len(args) == 1 and "expand" not in keywords:
        return _alike(interp, picture, args, keywords)
    return _transposed(interp, picture, args, keywords)


def _transposed(interp: Interpreter, picture: PictureV, args: Args, keywords: Keywords) -> Value:
    """The sides may have changed places."""
    return PictureV(interp.heap, picture.mode, UNKNOWN, UNKNOWN)


def _alike(interp: Interpreter, picture: PictureV, args: Args, keywords: Keywords) -> Value:
    return PictureV(interp.heap, picture.mode, picture.height, picture.width)


_METHODS: dict[str, _Method] = {
    "convert": _converted,
    "resize": _resized,
    "crop": _cropped,
    "rotate": _turned,
    "transpose": _transposed,
    **dict.fromkeys(("copy", "filter"), _alike),
}

# -- Keras --------------------------------------------------------------------------------------

_MODES = {"rgb": "RGB", "rgba": "RGBA", "grayscale": "L"}


def _load_img(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``load_img(path, color_mode=..., target_size=...)``"""
    names = ("path", "color_mode", "target_size")
    if args[1:] or not set(keywords) <= {*names, "interpolation", "keep_aspect_ratio"}:
        return _open(interp, args, keywords, site)
    height, width = size_pair(interp, keywords.get("target_size"))
    mode = keywords.get("color_mode", "rgb")
    known = _MODES.get(mode) if isinstance(mode, str) else None
    return PictureV(interp.heap, known, height, width)


def _img_to_array(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``img_to_array``: gray pixels get an axis, too."""
    given = interp.resolve(args[0] if args else keywords.get("img"))
    pixels = given.as_array() if isinstance(given, PictureV) else given
    dims = pixels.spec.dims if isinstance(pixels, TensorV) else None
    if dims is None or len(args) > 1 or "data_format" in keywords:
        return interp.unknown("the array of a picture")
    if interp.image_data_format != "channels_last":
        return interp.unknown("the array of a picture")
    return array((*dims, 1) if len(dims) == 2 else dims, "float32")


def _array_to_img(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``array_to_img``: one picture, of one, three or four numbers for a pixel."""
    given = as_array(interp, args[0] if args else keywords.get("x"))
    dims = given.spec.dims if given is not None else None
    if dims is None or len(args) > 1 or "data_format" in keywords:
        return PictureV(interp.heap, None, UNKNOWN, UNKNOWN)
    if len(dims) != 3:
        raise no_picture(interp, f"it takes one picture of three axes, not {Shape(dims)}", site)
    if interp.image_data_format != "channels_last":
        return PictureV(interp.heap, None, UNKNOWN, UNKNOWN)
    if isinstance(dims[2], int) and dims[2] not in _OF_CHANNELS:
        raise no_picture(interp, f"a pixel has 1, 3 or 4 numbers, not {dims[2]}", site)
    return PictureV(interp.heap, _OF_CHANNELS.get(dims[2]), dims[0], dims[1])


_OF_CHANNELS: dict[Dim, str] = {1: "L", 3: "RGB", 4: "RGBA"}


# -- OpenCV -------------------------------------------------------------------------------------


def _read(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``cv2.imread(path, flags)``: in colours, unless asked otherwise."""
    flag = args[1] if len(args) > 1 else keywords.get("flags", 1)
    dotted = flag.dotted.rpartition(".")[2] if isinstance(flag, External) else flag
    if dotted in (1, "IMREAD_COLOR"):
        return array((UNKNOWN, UNKNOWN, 3), "uint8")
    if dotted in (0, "IMREAD_GRAYSCALE"):
        return array((UNKNOWN, UNKNOWN), "uint8")
    return interp.unknown("a picture")


def _resize(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``cv2.resize(picture, (width, height))``, which takes the axis of gray pixels off."""
    bound = bind_native(interp, ("src", "dsize"), args, keywords)
    dims = _dims(interp, bound.get("src"))
    width, height = size_pair(interp, bound.get("dsize"))
    if dims is None or not 2 <= len(dims) <= 3 or bound.get("dsize") in (None, (0, 0)):
        return interp.unknown("a picture")
    pixel = dims[2:]
    if pixel and not isinstance(pixel[0], int):
        return interp.unknown("a picture")
    return array((height, width, *(() if pixel == (1,) else pixel)))


def _recoloured(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``cv2.cvtColor(picture, cv2.COLOR_A2B)``"""
    bound = bind_native(interp, ("src", "code"), args, keywords)
    dims, code = _dims(interp, bound.get("src")), bound.get("code")
    name = code.dotted.rpartition(".")[2] if isinstance(code, External) else ""
    source, _, target = name.removeprefix("COLOR_").partition("2")
    if dims is None or len(dims) < 2 or source not in _COLOURS or target not in _COLOURS:
        return interp.unknown("a picture")
    return array((*dims[:2], *_COLOURS[target]))


_COLOURS: dict[str, tuple[int, ...]] = {
    "GRAY": (),
    **dict.fromkeys(("BGR", "RGB", "HSV", "HLS", "YUV", "YCrCb", "LAB", "Lab", "LUV"), (3,)),
    **dict.fromkeys(("BGRA", "RGBA"), (4,)),
}


def _filtered(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """Other pixels in the same places; the axis of gray ones is taken off."""
    dims = _dims(interp, args[0] if args else keywords.get("src"))
    if dims is None or (len(dims) == 3 and not isinstance(dims[2], int)):
        return interp.unknown("a picture")
    return array(dims[:2] if dims[2:] == (1,) else dims)


def _dims(interp: Interpreter, value: Value) -> tuple[Dim, ...] | None:
    value = interp.resolve(value)
    return value.spec.dims if isinstance(value, TensorV) else None


def _thresholded(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``cv2.threshold``: what it chose, and the picture."""
    return (interp.unknown("a threshold"), _filtered(interp, args, keywords, site))


FUNCTIONS: dict[str, Native] = {
    "PIL.Image.open": _open,
    "PIL.Image.new": _new,
    "PIL.Image.fromarray": _from_array,
    "cv2.imread": _read,
    "cv2.resize": _resize,
    "cv2.cvtColor": _recoloured,
    "cv2.threshold": _thresholded,
    **dict.fromkeys(
        ("cv2.GaussianBlur", "cv2.medianBlur", "cv2.bilateralFilter", "cv2.flip", "cv2.blur",
         "cv2.adaptiveThreshold", "cv2.equalizeHist", "cv2.bitwise_not"), _filtered
    ),
}  # fmt: skip
BY_PATH: dict[str, Native] = {
    **dict.fromkeys(("utils.load_img", "preprocessing.image.load_img"), _load_img),
    **dict.fromkeys(("utils.array_to_img", "preprocessing.image.array_to_img"), _array_to_img),
    **dict.fromkeys(("utils.img_to_array", "preprocessing.image.img_to_array"), _img_to_array),
}

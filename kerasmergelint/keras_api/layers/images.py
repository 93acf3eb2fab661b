"""Layers for images: resizing, cropping, augmentation."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.layers.arguments import all_of, data_format, is_unknown, one_of, only
from kerasmergelint.keras_api.layers.layer_type import (
    Dtype,
    LayerType,
    as_dim,
    channels_first,
    one,
    output,
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
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape
from kerasmergelint.shapes.broadcast import never_equal

# -- resizing and cropping ------------------------------------------------------------------


def _size(config: Config) -> tuple[Dim, Dim]:
    return as_dim(config.get("height")), as_dim(config.get("width"))


def _resized(call: LayerCall) -> Outcome:
    """Height and width are replaced; in Keras 3 any rank but 4 counts as an image without batch."""
    dims, first = one(call).dims, channels_first(call.config)
    if dims is None or first is None:
        return Outcome(TensorSpec(kind=one(call).kind), ("the rank or format is not known",))
    if call.version is KerasVersion.V2 and len(dims) not in (3, 4):
        return Outcome(UNKNOWN, ("Keras 2 resizes images only",))
    if call.version is KerasVersion.V2 and call.config.get("crop_to_aspect_ratio", False):
        return Outcome(UNKNOWN, ("Keras 2 crops at run time",))
    if len(dims) < 2:
        raise _no_image(call, "IndexError")
    start = 1 if len(dims) == 4 else 0
    return _replaced(call, dims, start + 1 if first else start)


def _replaced(call: LayerCall, dims: tuple[Dim, ...], start: int) -> Outcome:
    if start + 2 > len(dims):
        raise _no_image(call, "IndexError")
    height, width = _size(call.config)
    return output(call, (*dims[:start], height, width, *dims[start + 2 :]))


def _no_image(call: LayerCall, exception: str = "ValueError") -> Broken:
    return Broken(
        Problem(
            ProblemKind.INPUT_RANK, exception, f"expects an image, of rank 3 or 4, got {one(call)}"
        )
    )


def _centered(call: LayerCall) -> Outcome:
    dims, first = one(call).dims, channels_first(call.config)
    if dims is None or first is None:
        return Outcome(TensorSpec(kind=one(call).kind), ("the rank or format is not known",))
    if len(dims) not in (3, 4):
        if call.version is KerasVersion.V2:
            return Outcome(UNKNOWN, ("Keras 2 crops images only",))
        raise _no_image(call)
    start = len(dims) - 2 if first else len(dims) - 3
    if call.version is KerasVersion.V2 and not _known_sizes(call, dims[start : start + 2]):
        return Outcome(UNKNOWN, ("Keras 2 computes the size at run time",))
    return _replaced(call, dims, start)


def _known_sizes(call: LayerCall, sizes: tuple[Dim, ...]) -> bool:
    wanted = _size(call.config)
    return all(isinstance(size, int) for size in (*sizes, *wanted))


def _cropped(call: LayerCall) -> Outcome:
    """The last axes but the channels are replaced, whatever the rank."""
    dims, first = one(call).dims, channels_first(call.config)
    if dims is None or first is None:
        return Outcome(TensorSpec(kind=one(call).kind), ("the rank or format is not known",))
    if call.version is KerasVersion.V2 and (
        len(dims) not in (3, 4) or not _known_sizes(call, dims[-3:-1])
    ):
        return Outcome(UNKNOWN, ("Keras 2 computes the size at run time",))
    if len(dims) < 3:
        raise _no_image(call, "IndexError")
    return _replaced(call, dims, len(dims) - 2 if first else len(dims) - 3)


def _with_doubtful_size(rule: Any) -> Any:
    """Sizes that are no positive ints are refused late, in one way or another."""

    def wrapped(call: LayerCall) -> Outcome:
        for name in ("height", "width"):
            value = call.config.get(name)
            if not is_unknown(value) and (not isinstance(value, int) or value <= 0):
                return Outcome(UNKNOWN, (f"`{name}` is {value!r}",))
        outcome: Outcome = rule(call)
        return outcome

    return wrapped


def _stretched(axis: int) -> Any:
    """``RandomHeight`` and ``RandomWidth``: the size is another each time."""

    def rule(call: LayerCall) -> Outcome:
        dims = one(call).dims
        if dims is None or len(dims) not in (3, 4) or not _is_plain(call.config):
            return Outcome(UNKNOWN, ("no image, or an unusual factor",))
        result = list(dims)
        result[axis] = None
        return output(call, result)

    return rule


# -- augmentation ---------------------------------------------------------------------------

_NUMBERS = ("factor", "height_factor", "width_factor", "value_range", "brightness_factor",
            "contrast_factor", "saturation_factor", "hue_factor")  # fmt: skip


# The least and the greatest factor, where they are not 0 and 1.
_BOUNDS = {"RandomPosterization": (1, 8)}


def _is_plain(config: Config, low: float = 0, high: float = 1) -> bool:
    """Whether factors and ranges are what every layer takes: small numbers, pixel ranges."""
    for name in _NUMBERS:
        value = config.get(name)
        if value is None and name in config and name == "factor":
            return False
        if value is None or is_unknown(value):
            continue
        items = list(value) if isinstance(value, (list, tuple)) else [value]
        if name == "value_range":
            if not isinstance(value, (list, tuple)) or len(value) != 2:
                return False
        elif (
            (isinstance(value, (list, tuple)) and len(items) != 2)
            or not all(isinstance(item, (int, float)) and low <= item <= high for item in items)
            or items != sorted(items)
        ):
            return False
    return True


def _augmented(name: str) -> Any:
    bounds = _BOUNDS.get(name, (0, 1))

    def rule(call: LayerCall) -> Outcome:
        return _kept(call, bounds)

    return rule


def _kept(call: LayerCall, bounds: tuple[float, float]) -> Outcome:
    """The shape stays; Keras 3 looks at nothing before there are images."""
    doubts: tuple[str, ...] = ()
    least = 1e-9 if call.version is KerasVersion.V2 and bounds[0] == 0 else bounds[0]
    if not _is_plain(call.config, least, bounds[1]):
        doubts = ("a factor or range may be refused",)
    inputs = call.inputs
    if isinstance(inputs, (list, tuple)) or inputs is UNKNOWN:
        return Outcome(UNKNOWN, ("what the layer is called on is not known",))
    rank = len(inputs.dims or ()) if isinstance(inputs, TensorSpec) else 0
    if call.version is KerasVersion.V2 and rank not in (3, 4):
        return Outcome(UNKNOWN, ("Keras 2 augments images only",))
    return Outcome(inputs, doubts)


def _degenerated(call: LayerCall) -> Outcome:
    spec = call.inputs
    if isinstance(spec, TensorSpec) and spec.dims is not None and len(spec.dims) not in (3, 4):
        raise Broken(
            Problem(ProblemKind.INPUT_RANK, "ValueError", f"expects rank 3 or 4, got {spec}")
        )
    first = channels_first(call.config)
    if isinstance(spec, TensorSpec) and spec.dims is not None and first is not None:
        channels = spec.dims[-3 if first else -1]
        if never_equal(channels, 3):
            raise Broken(
                Problem(ProblemKind.OPERATION, "ValueError", f"expects 3 channels, got {spec}")
            )
    return _kept(call, (0, 1))


def _boxes(call: LayerCall) -> Outcome:
    return Outcome(call.inputs, ("what it does to boxes is not modelled",))


_KEEPING = (
    "AugMix", "AutoContrast", "ContrastLimitedAdaptiveHistogramEqualization", "CutMix",
    "Equalization", "MixUp", "RandAugment", "RandomBrightness", "RandomColorJitter",
    "RandomContrast", "RandomElasticTransform", "RandomErasing", "RandomFlip",
    "RandomGaussianBlur", "RandomGrayscale", "RandomHue", "RandomInvert", "RandomPerspective",
    "RandomPosterization", "RandomRotation", "RandomSaturation", "RandomSharpness", "RandomShear",
    "RandomTranslation", "RandomZoom", "Solarization",
)  # fmt: skip

_FLIPS = ("horizontal", "vertical", "horizontal_and_vertical")
_CHECKS = {"RandomFlip": all_of(data_format, only(KerasVersion.V2, one_of("mode", _FLIPS)))}
_UNCAST = ("Equalization", "RandomGrayscale")


def _scaled(call: LayerCall) -> Outcome:
    scale, spec = call.config.get("scale"), one(call)
    if call.version is KerasVersion.V2 and not isinstance(scale, (int, float)):
        return Outcome(spec.with_shape(OpenShape()), ("the scale is broadcast",))
    return Outcome(spec)


LAYERS = (
    LayerType("Rescaling", _scaled, v2_integers=True),
    LayerType("Resizing", _with_doubtful_size(_resized), check=data_format,
              v2_integers=True, refuses_lists=False),
    LayerType("CenterCrop", _with_doubtful_size(_centered), check=data_format,
              v2_integers=True),
    LayerType("RandomCrop", _with_doubtful_size(_cropped), check=data_format,
              v2_integers=True),
    LayerType("RandomHeight", _stretched(-3), v2_integers=True),
    LayerType("RandomWidth", _stretched(-2), v2_integers=True),
    *(LayerType(name, _augmented(name), single=False, check=_CHECKS.get(name, data_format), v2_integers=True,
                dtype=Dtype.INPUT if name in _UNCAST else Dtype.COMPUTE)
      for name in _KEEPING),
    LayerType("RandomColorDegeneration", _degenerated, single=False, check=data_format),
    LayerType("MaxNumBoundingBoxes", _boxes, single=False, dtype=Dtype.RULE),
)  # fmt: skip

"""Layers that change images at random.  All of them keep the shape; what they refuse differs.

Keras 3 looks at factors and pixel ranges in the constructor, each layer in its own way, and at nothing
of a symbolic image.  Keras 2 looks at some of them as late as in the call.
"""

from __future__ import annotations

import math
from typing import Any

from kerasmergelint.keras_api.layers.arguments import all_of, data_format, is_unknown, one_of, only
from kerasmergelint.keras_api.layers.layer_type import (
    Check,
    Dtype,
    LayerType,
    channels_first,
    one,
    output,
    refused,
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
from kerasmergelint.shapes import UNKNOWN
from kerasmergelint.shapes.broadcast import never_equal

# -- what constructors refuse ---------------------------------------------------------------


def _factor(
    name: str,
    low: float = 0,
    high: float = 1,
    *,
    both: bool = False,
    falsy: bool = False,
    optional: bool = False,
) -> Check:
    """A number between the bounds, or a pair.

    Most layers let a pair pass that overlaps the bounds; ``both``: each of the two must be between.
    ``falsy``: 0, None and () stand for 0; ``optional``: None stands for no change.
    """

    def check(config: Config, version: KerasVersion) -> None:
        value = config.get(name, UNKNOWN)
        if is_unknown(value) or (falsy and not value) or (optional and value is None):
            return
        bounds = f"`{name}` must be in the range from {math.ceil(low)} to {high}"
        if isinstance(value, (list, tuple)):
            if len(value) != 2:
                raise refused(f"{bounds}, or a pair, got {len(value)} numbers")
            if any(map(is_unknown, value)):
                return
            if not all(isinstance(item, (int, float)) for item in value):
                raise refused(f"{bounds}, got {value!r}", "TypeError")
            inside = [low <= item <= high for item in value]
            if not all(inside) if both else value[0] > high or value[1] < low:
                raise refused(f"{bounds}, got {value!r}")
        elif not isinstance(value, (int, float)) or not low <= value <= high:
            raise refused(f"{bounds}, got {value!r}")

    return check


def _ratio(name: str) -> Check:
    """A number from 0 to 1, which is compared without a look at its type."""

    def check(config: Config, version: KerasVersion) -> None:
        value = config.get(name, UNKNOWN)
        if is_unknown(value):
            return
        if not isinstance(value, (int, float)):
            raise refused(f"`{name}` must be a number from 0 to 1, got {value!r}", "TypeError")
        if not 0 <= value <= 1:
            raise refused(f"`{name}` must be a number from 0 to 1, got {value!r}")

    return check


def _pixel_range(config: Config, version: KerasVersion) -> None:
    """``value_range`` must be a pair of which one is less than the other."""
    value = config.get("value_range", UNKNOWN)
    if is_unknown(value):
        return
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise refused(f"`value_range` must be a pair of numbers, got {value!r}")
    if any(map(is_unknown, value)):
        return
    try:
        sorted(value)
    except TypeError:
        raise refused(f"`value_range` must hold numbers, got {value!r}", "TypeError") from None


def _where_given(name: str, check: Check) -> Check:
    """A check that is made only where another argument is given."""

    def wrapped(config: Config, version: KerasVersion) -> None:
        value = config.get(name)
        if value is not None and not is_unknown(value):
            check(config, version)

    return wrapped


def _odd(name: str) -> Check:
    """An odd number, or a pair of them."""

    def check(config: Config, version: KerasVersion) -> None:
        value = config.get(name, UNKNOWN)
        items = value if isinstance(value, (list, tuple)) else [value]
        if any(map(is_unknown, items)):
            return
        numbers = all(isinstance(item, (int, float)) for item in items)
        pair = isinstance(value, (list, tuple))
        if not numbers or (pair and len(items) != 2) or any(item % 2 == 0 for item in items):
            raise refused(f"`{name}` must be an odd number or a pair of them, got {value!r}")

    return check


def _word(name: str, *allowed: str) -> Check:
    def check(config: Config, version: KerasVersion) -> None:
        value = config.get(name, UNKNOWN)
        if not is_unknown(value) and value not in allowed:
            words = ", ".join(map(repr, allowed))
            raise refused(f"`{name}` must be one of {words}, got {value!r}", "NotImplementedError")

    return check


_interpolation = _word("interpolation", "nearest", "bilinear")
_moved = all_of(_interpolation, _word("fill_mode", "reflect", "wrap", "constant", "nearest"))
_above_minus_one = math.nextafter(-1, 0)

# What the constructors of Keras 3 look at, besides the format.
_CHECKS: dict[str, Check] = {
    "AugMix": all_of(_pixel_range, _factor("factor", both=True), _interpolation),
    "AutoContrast": _pixel_range,
    "CutMix": _factor("factor"),
    "Equalization": _pixel_range,
    "RandAugment": all_of(_pixel_range, _factor("factor", both=True), _interpolation),
    "RandomBrightness": all_of(_pixel_range, _factor("factor", -1, falsy=True)),
    "RandomColorDegeneration": all_of(_pixel_range, _factor("factor", -1)),
    "RandomColorJitter": all_of(
        _where_given("brightness_factor", _pixel_range),
        _where_given("saturation_factor", _pixel_range),
        _factor("brightness_factor", -1, falsy=True),
        _factor("contrast_factor", optional=True),
        _factor("saturation_factor", -1, optional=True),
        _factor("hue_factor", optional=True),
    ),
    "RandomContrast": _factor("factor"),
    "RandomElasticTransform": all_of(
        _factor("factor"),
        _factor("scale"),
        _interpolation,
        _word("fill_mode", "reflect", "wrap", "constant", "nearest", "mirror"),
    ),
    "RandomErasing": all_of(_factor("factor"), _factor("scale")),
    "RandomFlip": only(
        KerasVersion.V2, one_of("mode", ("horizontal", "vertical", "horizontal_and_vertical"))
    ),
    "RandomGaussianBlur": all_of(_factor("factor"), _odd("kernel_size"), _factor("sigma")),
    "RandomGrayscale": _ratio("factor"),
    "RandomHue": _factor("factor"),
    "RandomInvert": _factor("factor"),
    "RandomPerspective": all_of(_factor("factor"), _ratio("scale"), _interpolation),
    "RandomPosterization": all_of(_factor("factor", 1, 8), _pixel_range),
    "RandomRotation": all_of(_factor("factor", -1, falsy=True), _moved),
    "RandomSaturation": all_of(_factor("factor", -1), _pixel_range),
    "RandomSharpness": all_of(_factor("factor"), _pixel_range),
    "RandomShear": all_of(
        _factor("x_factor", both=True), _factor("y_factor", both=True), _moved
    ),
    "RandomTranslation": all_of(
        _factor("height_factor", -1, both=True), _factor("width_factor", -1, both=True), _moved
    ),
    "RandomZoom": all_of(
        _factor("height_factor", _above_minus_one, both=True),
        _factor("width_factor", _above_minus_one, both=True, optional=True),
        _moved,
    ),
    "Solarization": all_of(
        _factor("addition_factor", both=True), _factor("threshold_factor", both=True), _pixel_range
    ),
}  # fmt: skip


def _check_of(name: str) -> Check:
    found = _CHECKS.get(name)
    if found is None:
        return data_format
    return all_of(data_format, found if name == "RandomFlip" else only(KerasVersion.V3, found))


# -- what a call gives ----------------------------------------------------------------------

_NUMBERS = ("factor", "height_factor", "width_factor", "value_range")


def _is_plain(config: Config) -> bool:
    """Whether factors and ranges are what every layer of Keras 2 takes: small numbers, pixel ranges."""
    for name in _NUMBERS:
        value = config.get(name)
        if value is None and name in config and name != "value_range":
            return False
        if value is None or is_unknown(value):
            continue
        items = list(value) if isinstance(value, (list, tuple)) else [value]
        if name == "value_range":
            if not isinstance(value, (list, tuple)) or len(value) != 2:
                return False
        elif (
            (isinstance(value, (list, tuple)) and len(items) != 2)
            or not all(isinstance(item, (int, float)) and 0 < item <= 1 for item in items)
            or items != sorted(items)
        ):
            return False
    return True


def _kept(call: LayerCall) -> Outcome:
    """The shape stays; Keras 3 looks at nothing of symbolic images, and takes any nest of them."""
    inputs = call.inputs
    if inputs is UNKNOWN:
        return Outcome(UNKNOWN, ("what the layer is called on is not known",))
    if call.version is KerasVersion.V3:
        return Outcome(inputs)
    rank = len(inputs.dims or ()) if isinstance(inputs, TensorSpec) else 0
    if rank not in (3, 4):
        return Outcome(UNKNOWN, ("Keras 2 augments images only",))
    return Outcome(inputs, () if _is_plain(call.config) else ("a factor may be refused",))


def _uncast(call: LayerCall) -> Outcome:
    """As above, with floats in the compute dtype and integers as they are."""
    if isinstance(call.inputs, TensorSpec):
        return _kept(call)
    return Outcome(UNKNOWN, ("the dtypes are not modelled",))


def _grayscale(call: LayerCall) -> Outcome:
    """Its shape function asks for the shape of the input, which a list does not have."""
    if isinstance(call.inputs, (list, tuple)):
        raise Broken(
            Problem(ProblemKind.LAYER_INPUTS, "AttributeError", "expects one tensor, got a list")
        )
    return _kept(call)


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
    return _kept(call) if isinstance(spec, TensorSpec) else Outcome(UNKNOWN, ("no single tensor",))


def _stretched(axis: int) -> Any:
    """``RandomHeight`` and ``RandomWidth`` of Keras 2: the size is another each time."""

    def rule(call: LayerCall) -> Outcome:
        dims = one(call).dims
        if dims is None or len(dims) not in (3, 4) or not _is_plain(call.config):
            return Outcome(UNKNOWN, ("no image, or an unusual factor",))
        result = list(dims)
        result[axis] = None
        return output(call, result)

    return rule


def _boxes(call: LayerCall) -> Outcome:
    return Outcome(call.inputs, ("what it does to boxes is not modelled",))


_KEEPING = (
    "AugMix", "AutoContrast", "ContrastLimitedAdaptiveHistogramEqualization", "CutMix",
    "MixUp", "RandAugment", "RandomBrightness", "RandomColorJitter", "RandomContrast",
    "RandomElasticTransform", "RandomErasing", "RandomFlip", "RandomGaussianBlur", "RandomHue",
    "RandomInvert", "RandomPerspective", "RandomPosterization", "RandomRotation", "RandomSaturation",
    "RandomSharpness", "RandomShear", "RandomTranslation", "RandomZoom", "Solarization",
)  # fmt: skip

LAYERS = (
    LayerType("RandomHeight", _stretched(-3), v2_integers=True),
    LayerType("RandomWidth", _stretched(-2), v2_integers=True),
    *(LayerType(name, _kept, single=False, check=_check_of(name), v2_integers=True)
      for name in _KEEPING),
    LayerType("Equalization", _uncast, single=False, check=_check_of("Equalization"),
              dtype=Dtype.INPUT),
    LayerType("RandomGrayscale", _grayscale, single=False, check=_check_of("RandomGrayscale"),
              dtype=Dtype.INPUT),
    LayerType("RandomColorDegeneration", _degenerated, single=False,
              check=_check_of("RandomColorDegeneration")),
    LayerType("MaxNumBoundingBoxes", _boxes, single=False, dtype=Dtype.RULE),
)  # fmt: skip

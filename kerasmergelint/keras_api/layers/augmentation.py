"""Layers that change images at random.  All of them keep the shape; what they refuse differs.

Keras 3 checks factors and pixel ranges in the constructor, each layer in its own way, and nothing about
a symbolic image.  Keras 2 checks some of them as late as in the call.
"""

from __future__ import annotations

import math

from kerasmergelint.keras_api.layers.arguments import all_of, data_format, is_unknown, one_of
from kerasmergelint.keras_api.layers.layer_type import Behaviour, Dtype, Integers, LayerType
from kerasmergelint.keras_api.layers.rules import Check, Rule, channels_first, one, output
from kerasmergelint.keras_api.problems import misfit, refused, wrong_inputs, wrong_rank
from kerasmergelint.keras_api.protocol import Config, LayerCall, Outcome, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
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

    Most layers accept a pair that overlaps the bounds; with ``both``, each of the two must lie between
    them.  ``falsy``: 0, None and () mean 0.  ``optional``: None means no change.
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
    """A number from 0 to 1, compared whatever its type."""

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
    """``value_range`` must be a pair that can be sorted."""
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
    """A check that depends on another argument being given."""

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

# What the constructors of Keras 3 check, besides the format.
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


# Keras 2 checks only this, and the format.
_CHECKS_IN_V2 = {
    "RandomFlip": one_of("mode", ("horizontal", "vertical", "horizontal_and_vertical")),
}


# -- what a call gives ----------------------------------------------------------------------

_NUMBERS = ("factor", "height_factor", "width_factor", "value_range")


def _is_plain(config: Config) -> bool:
    """Whether every layer of Keras 2 takes these factors and ranges: small numbers, pairs of pixel values."""
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
    """The shape stays; Keras 3 checks nothing about symbolic images, and takes any nest of them."""
    inputs = call.inputs
    if inputs is UNKNOWN:
        return Outcome(UNKNOWN, ("what the layer is called on is not known",))
    if call.version in V3:
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
        raise wrong_inputs("expects one tensor, got a list", "AttributeError")
    return _kept(call)


def _degenerated(call: LayerCall) -> Outcome:
    spec = call.inputs
    if isinstance(spec, TensorSpec) and spec.dims is not None and len(spec.dims) not in (3, 4):
        raise wrong_rank(f"expects rank 3 or 4, got {spec}")
    first = channels_first(call.config)
    if isinstance(spec, TensorSpec) and spec.dims is not None and first is not None:
        channels = spec.dims[-3 if first else -1]
        if never_equal(channels, 3):
            raise misfit(f"expects 3 channels, got {spec}")
    return _kept(call) if isinstance(spec, TensorSpec) else Outcome(UNKNOWN, ("no single tensor",))


def _stretched(axis: int) -> Rule:
    """``RandomHeight`` and ``RandomWidth`` of Keras 2: the size changes with each call."""

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


def _entry(name: str, rule: Rule = _kept, dtype: Dtype = Dtype.COMPUTE) -> LayerType:
    check = all_of(data_format, _CHECKS[name]) if name in _CHECKS else data_format
    older = all_of(data_format, _CHECKS_IN_V2[name]) if name in _CHECKS_IN_V2 else data_format
    in_keras_2 = Behaviour(V2, check=older, integers=Integers.TAKEN)
    return LayerType(name, rule, single=False, check=check, dtype=dtype, behaviours=(in_keras_2,))


_SIZE_CHANGES = (Behaviour(V2, integers=Integers.TAKEN),)

LAYERS = (
    LayerType("RandomHeight", _stretched(-3), behaviours=_SIZE_CHANGES),
    LayerType("RandomWidth", _stretched(-2), behaviours=_SIZE_CHANGES),
    *map(_entry, _KEEPING),
    _entry("Equalization", _uncast, Dtype.INPUT),
    _entry("RandomGrayscale", _grayscale, Dtype.INPUT),
    _entry("RandomColorDegeneration", _degenerated),
    LayerType("MaxNumBoundingBoxes", _boxes, single=False, dtype=Dtype.RULE),
)

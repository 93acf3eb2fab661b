"""Layers that keep the shape: activations, dropout, noise, regularisation, augmentation."""

from __future__ import annotations

from math import prod

from kerasmergelint.keras_api.layers.layer_type import LayerType, one, same, undefined
from kerasmergelint.keras_api.protocol import (
    Config,
    KerasVersion,
    LayerCall,
    Outcome,
    ShapeNest,
)
from kerasmergelint.shapes import Shape, format_shape

_ANY_RANK = (
    "Activation", "ELU", "LeakyReLU", "ReLU", "Softmax", "ThresholdedReLU", "ActivityRegularization",
    "AlphaDropout", "Dropout", "GaussianDropout", "GaussianNoise", "UnitNormalization", "Rescaling",
    "AugMix", "AutoContrast", "ContrastLimitedAdaptiveHistogramEqualization", "Equalization",
    "RandAugment", "RandomBrightness", "RandomColorJitter", "RandomContrast",
    "RandomElasticTransform", "RandomErasing", "RandomFlip", "RandomGaussianBlur",
    "RandomGrayscale", "RandomHue", "RandomInvert", "RandomPerspective", "RandomPosterization",
    "RandomRotation", "RandomSaturation", "RandomSharpness", "RandomShear", "RandomTranslation",
    "RandomZoom", "Solarization",
)  # fmt: skip


def _keep(call: LayerCall) -> Outcome:
    return Outcome(one(call))


def _prelu_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    if not isinstance(first, Shape):
        return None
    axes = config.get("shared_axes") or ()
    shared = {axes} if isinstance(axes, int) else set(axes)
    sizes = [1 if axis in shared else dim for axis, dim in enumerate(first.dims)][1:]
    return (
        prod(s for s in sizes if isinstance(s, int))
        if all(isinstance(s, int) for s in sizes)
        else None
    )


def _prelu(call: LayerCall) -> Outcome:
    """The slopes have the shape of the input, so it must be known but for shared axes."""
    shape = one(call).shape
    shared = call.config.get("shared_axes")
    if (
        isinstance(shape, Shape)
        and call.first is None
        and shared is None
        and None in shape.dims[1:]
    ):
        raise undefined(
            f"the slopes have the shape of the input {format_shape(shape)}, which has None"
        )
    return _keep(call)


LAYERS = (
    *(LayerType(name, same, single=False, refuses_tensors=name not in ("Softmax", "Activation"))
      for name in _ANY_RANK),
    LayerType("PReLU", _prelu, pins_rank=True, weights=_prelu_weights),
    *(LayerType(f"SpatialDropout{n}D", _keep, rank=n + 2) for n in (1, 2, 3)),
)  # fmt: skip

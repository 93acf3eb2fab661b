"""``preprocess_input`` of Keras's applications: other pixels, in the same shape."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import arithmetic
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import Args, Keywords, Value


def _unchanged(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """These models scale pixels themselves, and give back what they get."""
    return args[0] if args else keywords.get("x", interp.unknown("pixels"))


def _scaled(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """Divided, and moved by means: as far as shapes and types go, one division."""
    pixels = interp.resolve(_unchanged(interp, args, keywords, site))
    if isinstance(pixels, TensorV) and pixels.spec.kind is TensorKind.ARRAY:
        kept = pixels.spec.dtype if pixels.spec.dtype in _FLOATS else None
        return TensorV(replace(pixels.spec, dtype=kept, data=None))
    if not isinstance(pixels, TensorV):
        return interp.unknown("scaled pixels")
    return arithmetic.binary(interp, "/", pixels, 127.5, site)


_FLOATS = ("float16", "float32", "float64")
_SCALED = (
    "densenet", "imagenet_utils", "inception_resnet_v2", "inception_v3", "mobilenet", "mobilenet_v2",
    "mobilenetv2", "nasnet", "resnet", "resnet50", "resnet_v2", "vgg16", "vgg19", "xception",
)  # fmt: skip
_UNCHANGED = (
    "convnext", "efficientnet", "efficientnet_v2", "mobilenet_v3", "regnet", "resnet_rs",
)  # fmt: skip
# By the path in Keras.
BY_PATH: dict[str, Native] = {
    **{f"applications.{module}.preprocess_input": _scaled for module in _SCALED},
    **{f"applications.{module}.preprocess_input": _unchanged for module in _UNCHANGED},
}

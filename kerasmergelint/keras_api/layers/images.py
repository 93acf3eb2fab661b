"""Layers that scale, resize and crop images."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.layers.arguments import data_format, is_unknown
from kerasmergelint.keras_api.layers.layer_type import (
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


def _scaled(call: LayerCall) -> Outcome:
    scale, spec = call.config.get("scale"), one(call)
    if call.version is KerasVersion.V2 and not isinstance(scale, (int, float)):
        return Outcome(spec.with_shape(OpenShape()), ("the scale is broadcast",))
    return Outcome(spec)


LAYERS = (
    LayerType("Rescaling", _scaled, v2_integers=True, refuses_lists=False),
    LayerType("Resizing", _with_doubtful_size(_resized), check=data_format,
              v2_integers=True, refuses_lists=False),
    LayerType("CenterCrop", _with_doubtful_size(_centered), check=data_format,
              v2_integers=True),
    LayerType("RandomCrop", _with_doubtful_size(_cropped), check=data_format,
              v2_integers=True),
)  # fmt: skip

"""Layers that scale, resize and crop images."""

from __future__ import annotations

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.arguments import data_format, is_unknown
from kerasmergelint.keras_api.layers.layer_type import Behaviour, Integers, LayerType
from kerasmergelint.keras_api.layers.rules import Rule, as_dim, channels_first, one, output
from kerasmergelint.keras_api.problems import wrong_rank
from kerasmergelint.keras_api.protocol import Broken, Config, LayerCall, Outcome, TensorSpec
from kerasmergelint.keras_api.versions import V2
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape

# -- resizing and cropping ------------------------------------------------------------------


def _size(config: Config) -> tuple[Dim, Dim]:
    return as_dim(config.get("height")), as_dim(config.get("width"))


def _resized(call: LayerCall) -> Outcome:
    """Height and width are replaced; in Keras 3 any rank but 4 counts as an image without a batch."""
    dims, first = one(call).dims, channels_first(call.config)
    if dims is None or first is None:
        return _some(call)
    if call.version in V2 and len(dims) not in (3, 4):
        return Outcome(UNKNOWN, ("Keras 2 resizes images only",))
    if call.version in V2 and call.config.get("crop_to_aspect_ratio", False):
        return Outcome(UNKNOWN, ("Keras 2 crops at run time",))
    if len(dims) < 2:
        raise _no_image(call, "IndexError")
    start = 1 if len(dims) == 4 else 0
    return _replaced(call, dims, start + 1 if first else start)


def _some(call: LayerCall) -> Outcome:
    return Outcome(TensorSpec(kind=one(call).kind), ("the rank or format is not known",))


def _replaced(call: LayerCall, dims: tuple[Dim, ...], start: int) -> Outcome:
    if start + 2 > len(dims):
        raise _no_image(call, "IndexError")
    height, width = _size(call.config)
    return output(call, (*dims[:start], height, width, *dims[start + 2 :]))


def _no_image(call: LayerCall, exception: str = "ValueError") -> Broken:
    return wrong_rank(f"expects an image, of rank 3 or 4, got {one(call)}", exception)


def _centered(call: LayerCall) -> Outcome:
    dims, first = one(call).dims, channels_first(call.config)
    if dims is None or first is None:
        return _some(call)
    if len(dims) not in (3, 4):
        if call.version in V2:
            return Outcome(UNKNOWN, ("Keras 2 crops images only",))
        raise _no_image(call)
    start = len(dims) - 2 if first else len(dims) - 3
    if call.version in V2 and not _known_sizes(call, dims[start : start + 2]):
        return Outcome(UNKNOWN, ("Keras 2 computes the size at run time",))
    return _replaced(call, dims, start)


def _known_sizes(call: LayerCall, sizes: tuple[Dim, ...]) -> bool:
    wanted = _size(call.config)
    return all(isinstance(size, int) for size in (*sizes, *wanted))


def _cropped(call: LayerCall) -> Outcome:
    """The last two axes besides the channels are replaced, whatever the rank."""
    dims, first = one(call).dims, channels_first(call.config)
    if dims is None or first is None:
        return _some(call)
    if call.version in V2 and (len(dims) not in (3, 4) or not _known_sizes(call, dims[-3:-1])):
        return Outcome(UNKNOWN, ("Keras 2 computes the size at run time",))
    if len(dims) < 3:
        raise _no_image(call, "IndexError")
    return _replaced(call, dims, len(dims) - 2 if first else len(dims) - 3)


def _with_doubtful_size(rule: Rule) -> Rule:
    """A size that is not a positive int is refused late, one way or another."""

    def wrapped(call: LayerCall) -> Outcome:
        for name in ("height", "width"):
            value = call.config.get(name)
            if not is_unknown(value) and (not isinstance(value, int) or value <= 0):
                return Outcome(UNKNOWN, (f"`{name}` is {value!r}",))
        return rule(call)

    return wrapped


def _scaled(call: LayerCall) -> Outcome:
    scale, spec = call.config.get("scale"), one(call)
    if call.version in V2 and not isinstance(scale, (int, float)):
        return Outcome(spec.with_shape(OpenShape()), ("the scale is broadcast",))
    return Outcome(spec)


_TAKES_INTEGERS = (Behaviour(V2, integers=Integers.TAKEN),)

LAYERS = (
    LayerType("Rescaling", _scaled, Kind.FLOATING, refuses_lists=False, behaviours=_TAKES_INTEGERS),
    LayerType("Resizing", _with_doubtful_size(_resized), check=data_format, refuses_lists=False,
              behaviours=_TAKES_INTEGERS),
    LayerType("CenterCrop", _with_doubtful_size(_centered), check=data_format,
              behaviours=_TAKES_INTEGERS),
    LayerType("RandomCrop", _with_doubtful_size(_cropped), check=data_format,
              behaviours=_TAKES_INTEGERS),
)  # fmt: skip

"""What programs take from packages around Keras: layers by name, and helpers of old applications."""

from __future__ import annotations

from functools import partial

from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.third_party import Role, role_of
from kerasmergelint.tracker.keras.naming import give_name
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.value import (
    REST,
    Args,
    External,
    Keywords,
    Spread,
    Value,
    all_are,
)


def find(dotted: str) -> Native | None:
    """The function for a name of another package, if known."""
    if dotted.rpartition(".")[2] in ("_obtain_input_shape", "obtain_input_shape"):
        return _obtain_input_shape
    if dotted.endswith("imagenet_utils.correct_pad"):
        return _correct_pad
    role = role_of(dotted)
    if role is Role.PASSING:
        return partial(_passing, dotted.rpartition(".")[2])
    if role is Role.WRAPPER:
        return _wrapper
    return None if role is None else _activation


def _passing(name: str, interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A layer that keeps the shape for all arguments."""
    entry = find_layer("Identity", interp.version)
    assert entry is not None
    layer = LayerV(interp.heap, entry, {}, interp.version, "")
    give_name(interp, layer, keywords.get("name"), name)
    return layer


def _wrapper(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A wrapper, represented by the wrapped layer."""
    return args[0] if args else keywords.get("layer", interp.unknown("a wrapped layer"))


def _activation(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """An activation, by the rules of Keras 2, for which the package was written."""
    return interp.call(External("tf_keras.activations.relu"), args[:1], {}, site)


_OF_OBTAIN = (
    "input_shape", "default_size", "min_size", "data_format", "require_flatten", "weights",
)  # fmt: skip


def _obtain_input_shape(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """The input shape of an application: the user's, or the default where weights depend on it."""
    if REST in keywords or any(isinstance(argument, Spread) for argument in args):
        return interp.unknown("the input shape of an application")
    bound = bind_native(interp, _OF_OBTAIN, args, keywords)
    shape, size = bound.get("input_shape"), bound.get("default_size")
    flat = bound.get("require_flatten", bound.get("include_top"))
    shape = tuple(shape.items) if isinstance(shape, ListV) and not shape.open else shape
    first = bound.get("data_format") == "channels_first"
    if isinstance(shape, tuple):
        return shape
    if shape is not None or not isinstance(flat, bool):
        return interp.unknown("the input shape of an application")
    body = (size, size) if flat else (None, None)
    return (3, *body) if first else (*body, 3)


def _correct_pad(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """The padding in front of a convolution with strides of 2; older copies take the backend first."""
    rest = args if args and isinstance(args[0], TensorV) else args[1:]
    bound = bind_native(interp, ("inputs", "kernel_size"), rest, keywords)
    image, window = bound.get("inputs"), bound.get("kernel_size")
    if isinstance(window, int):
        window = (window, window)
    dims = image.spec.dims if isinstance(image, TensorV) else None
    if not isinstance(window, tuple) or len(window) != 2 or not all_are(window, int):
        return interp.unknown("the padding of an application")
    if dims is None or len(dims) != 4 or not isinstance(interp.image_data_format, str):
        return interp.unknown("the padding of an application")
    first = 2 if interp.image_data_format == "channels_first" else 1
    sizes = [size for size in dims[first : first + 2] if size is None or isinstance(size, int)]
    if len(sizes) < 2:
        return interp.unknown("the padding of an application")
    # An open height leaves both sides as they would be for an even one.
    odd = [0 if sizes[0] is None or size is None else size % 2 for size in sizes]
    return tuple((side // 2 - 1 + part, side // 2) for side, part in zip(window, odd))

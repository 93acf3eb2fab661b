"""What programs take from packages around Keras: layers by name, and a helper of old applications."""

from __future__ import annotations

from functools import partial

from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.third_party import Role, role_of
from kerasmergelint.tracker.keras.naming import give_name
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, Spread, Value


def find(dotted: str) -> Native | None:
    """What calling a name of another package does, where that is known."""
    if dotted.rpartition(".")[2] in ("_obtain_input_shape", "obtain_input_shape"):
        return _obtain_input_shape
    role = role_of(dotted)
    if role is Role.PASSING:
        return partial(_passing, dotted.rpartition(".")[2])
    if role is Role.WRAPPER:
        return _wrapper
    return None if role is None else _activation


def _passing(name: str, interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A layer that keeps the shape, whatever its arguments."""
    entry = find_layer("Identity", interp.version)
    assert entry is not None
    layer = LayerV(interp.heap, entry, {}, interp.version, "")
    give_name(interp, layer, keywords.get("name"), name)
    return layer


def _wrapper(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """The wrapped layer stands for both."""
    return args[0] if args else keywords.get("layer", interp.unknown("a wrapped layer"))


def _activation(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """As an activation of Keras 2, whose time this is of."""
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

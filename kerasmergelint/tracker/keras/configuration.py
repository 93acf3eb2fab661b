"""A layer's configuration as the program sees it."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.protocol import TensorSpec
from kerasmergelint.shapes import UNKNOWN, Expr
from kerasmergelint.tracker.keras.convert import Inner, from_plain, to_plain
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import from_dim
from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.value import External, Value

# Arguments that a layer stores once per spatial axis.
_WINDOWS = frozenset(
    {"kernel_size", "strides", "dilation_rate", "pool_size", "size", "output_padding"}
)


def configured(interp: Interpreter, layer: LayerV, name: str) -> Value:
    """``layer.name``, if the constructor keeps an argument under that name."""
    value = layer.config[name]
    if name in _WINDOWS and isinstance(value, int) and layer.type.rank is not None:
        return (value,) * (layer.type.rank - 2)
    if name == "data_format" and value is None:
        return interp.image_data_format
    if name.endswith("activation") and (value is None or isinstance(value, str)):
        return External(f"keras.activations.{value or 'linear'}")
    if name.endswith(("_initializer", "_regularizer", "_constraint")):
        return interp.unknown(f"the {name} of a layer")
    if isinstance(value, TensorSpec):  # a constant, which build() brings into another shape
        return interp.unknown(f"the attribute {name} of a layer")
    if isinstance(value, Expr):
        return from_dim(value)
    return from_plain(interp, value, None, f"the attribute {name} of a layer")


def replace(interp: Interpreter, layer: LayerV, name: str, content: Value) -> None:
    """``layer.name = content``: layers read their attributes whenever they are built or called.

    What they make of it then is not known, unless it is what the constructor was given.
    """
    if name not in layer.config or name in ("name", "trainable"):
        return
    if (
        content != configured(interp, layer, name)
        and to_plain(interp, content) != layer.config[name]
    ):
        interp.heap.touch(layer)
        layer.config = {**layer.config, name: UNKNOWN}
        layer.serial_of_config = None


def config_of(interp: Interpreter, layer: LayerV) -> DictV:
    """``layer.get_config()``: the arguments of the constructor, as far as they are plain values."""
    items: dict[Any, Value] = {
        "name": layer.name,
        "trainable": layer.attributes.get("trainable", True),
    }
    for key, value in layer.config.items():
        if key.endswith(("activation", "_initializer", "_regularizer", "_constraint")):
            plain = value is None or isinstance(value, str)
            items[key] = value if plain else interp.unknown(f"the {key} of a layer")
        elif isinstance(value, Inner):
            items[key] = interp.unknown("the configuration of a wrapped layer")
        else:
            items[key] = configured(interp, layer, key)
    return DictV(interp.heap, items)


def open_config(interp: Interpreter) -> DictV:
    """An unknown configuration."""
    made = DictV(interp.heap, {})
    made.open, made.reason = True, "a configuration"
    return made

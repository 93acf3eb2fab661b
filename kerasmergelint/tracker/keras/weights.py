"""What programs read of the weights of layers and models: one by its name, or all of them as a list."""

from __future__ import annotations

from kerasmergelint.keras_api.layers.weights import NOT_TRAINED, names_of, weights_of
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.keras.model_layers import layers_of
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Role, TensorV
from kerasmergelint.tracker.values.layers import AnyLayer, LayerV
from kerasmergelint.tracker.values.value import Value

_TRAINED = ("trainable_weights", "trainable_variables")
LISTS = ("weights", *_TRAINED)
"""The attributes that list the weights of a layer or model."""


def is_weight(layer: LayerV, name: str) -> bool:
    """Whether an attribute holds a weight once the layer is built."""
    return name in names_of(layer.type.name, layer.version)


def is_built_with(layer: LayerV, name: str) -> bool:
    """Whether a layer that was built has the attribute because it is a weight, or the place of one."""
    return layer.first is not None and is_weight(layer, name)


def read(interp: Interpreter, layer: LayerV, name: str) -> Value:
    """``dense.kernel``; None if the layer was told to have no such weight."""
    found = weights_of(layer.type.name, layer.config, layer.first, layer.version)
    if found is None:
        return interp.unknown(f"the attribute {name} of a layer")
    shape = found[name]
    if shape is None:
        return None
    if not isinstance(shape, Shape):
        return interp.unknown(f"the attribute {name} of a layer")
    return _tensor(shape)


def listed(interp: Interpreter, layer: AnyLayer, name: str) -> Value:
    """``layer.weights`` and the like: those of the layer, or of all layers of a model."""
    found = _shapes(interp, layer, only_trained=name in _TRAINED)
    if found is None:
        return interp.unknown(f"the attribute {name} of a layer")
    return ListV(interp.heap, [_tensor(shape) for shape in found])


def _shapes(interp: Interpreter, layer: Value, *, only_trained: bool) -> list[Shape] | None:
    """The shapes in Keras's order; None where they are not all known."""
    if not isinstance(layer, AnyLayer) or (only_trained and "trainable" in layer.attributes):
        return None
    if isinstance(layer, LayerV):
        return of_layer(layer, only_trained=only_trained)
    layers = layers_of(interp, layer)
    found: list[Shape] = []
    for inner in layers or ():
        shapes = _shapes(interp, inner, only_trained=only_trained)
        if shapes is None:
            return None
        found += shapes
    return None if layers is None else found


def of_layer(layer: LayerV, *, only_trained: bool) -> list[Shape] | None:
    """The shapes of the weights of one layer, in Keras's order; None where they are not all known."""
    if layer.type.parameters(layer.config, layer.first, layer.version) == 0:
        return []
    weights = weights_of(layer.type.name, layer.config, layer.first, layer.version)
    if weights is None or not weights.keys().isdisjoint(layer.attributes):
        return None  # a weight that the program sets itself may be listed twice, or not at all
    wanted = {n: s for n, s in weights.items() if not (only_trained and n in NOT_TRAINED)}
    shapes = [shape for shape in wanted.values() if isinstance(shape, Shape)]
    unknown = sum(shape is not None for shape in wanted.values()) - len(shapes)
    return None if unknown else shapes


def _tensor(shape: Shape) -> TensorV:
    return TensorV(TensorSpec(shape, None, TensorKind.EAGER), role=Role.WEIGHT)

"""Parameter counts of layers and models."""

from __future__ import annotations

from collections.abc import Iterable

from kerasmergelint.keras_api.protocol import ShapeNest, SubLayer
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, TensorV, ancestors, has_gaps, identity
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import Value


def parameters(layer: Value) -> int | None:
    """How many weights a layer or model has; None if that is not known."""
    if isinstance(layer, LayerV):
        if layer.first is None:
            return None
        return layer.type.parameters(layer.config, layer.first, layer.version)
    if isinstance(layer, (ModelV, SequentialV)):
        inside = _all_layers(layer)
        return None if inside is None else _total(map(parameters, inside))
    if isinstance(layer, Instance):
        state = layer.layer
        if state is not None and (state.model or state.inner) is not None:
            return parameters(state.model or state.inner)
    return None


def trained(layer: Value, first: ShapeNest | None = None) -> int | None:
    """How many of its weights training changes; ``first`` is for a layer that only a wrapper calls."""
    if not isinstance(layer, (LayerV, ModelV, SequentialV, Instance)):
        return None
    trainable = layer.attributes.get("trainable", True)
    if trainable is False:
        return 0
    return _of_trainable(layer, first) if trainable is True else None


def _inside(model: ModelV | SequentialV, layer: Value) -> int | None:
    """The same for a layer of a model.

    Keras 3 asks only the weights, which were told when the model around them was frozen.
    """
    holds_others = isinstance(layer, (ModelV, SequentialV))
    return _of_trainable(layer, None) if holds_others and model.version in V3 else trained(layer)


def _of_trainable(layer: Value, first: ShapeNest | None) -> int | None:
    """How many it has, unless it is frozen itself."""
    if isinstance(layer, LayerV):
        built = layer.first if layer.first is not None else first
        if built is None:
            return None
        return layer.type.trained_parameters(layer.config, built, layer.version)
    if isinstance(layer, Instance):
        state = layer.layer
        inner = state and (state.model or state.inner)
        return None if inner is None else trained(inner)
    if not isinstance(layer, (ModelV, SequentialV)):
        return None
    inside = _all_layers(layer)
    return None if inside is None else _total(_inside(layer, inner) for inner in inside)


def calls_in(model: ModelV) -> list[Node]:
    """The calls between the inputs and the outputs of a model, as far as they are known."""
    begins = (leaf for leaf in leaves(model.inputs) if isinstance(leaf, TensorV))
    return list(ancestors(model.outputs, {identity(tensor) for tensor in begins}))


def is_open(model: ModelV | SequentialV) -> bool:
    """Whether a model may have other layers than those that are known."""
    return _all_layers(model) is None


def _all_layers(model: ModelV | SequentialV) -> list[Value] | None:
    """The layers of a model; None if it may have others than those that are known."""
    if isinstance(model, SequentialV):
        return None if model.open else list(model.layers)
    calls = calls_in(model)
    return None if has_gaps(model.outputs, calls) else _called_by(calls)


def layers_in(layer: Value) -> list[Value]:
    """The layers that a model or wrapper is made of."""
    if isinstance(layer, ModelV):
        return _called_by(calls_in(layer))
    if isinstance(layer, SequentialV):
        return list(layer.layers)
    if isinstance(layer, LayerV):
        wrapped = (part for part in layer.config.values() if isinstance(part, SubLayer))
        return [part.layer for part in wrapped]
    return []


def _called_by(calls: Iterable[Node]) -> list[Value]:
    """The layers of these calls, each once."""
    called = (node.layer for node in calls)
    return list({id(layer): layer for layer in called if layer}.values())


def _total(counts: Iterable[int | None]) -> int | None:
    """Their sum; None if one of them is."""
    total = 0
    for count in counts:
        if count is None:
            return None
        total += count
    return total

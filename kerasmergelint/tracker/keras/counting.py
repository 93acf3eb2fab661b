"""Parameter counts of layers and models."""

from __future__ import annotations

from kerasmergelint.tracker.values.graph import ancestors
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import Value


def parameters(layer: Value) -> int | None:
    """How many weights a layer or model has; None if that is not known."""
    if isinstance(layer, LayerV):
        if layer.first is None:
            return None
        return layer.type.parameters(layer.config, layer.first, layer.version)
    if isinstance(layer, ModelV):
        found = {id(node.layer): node.layer for node in ancestors(layer.outputs) if node.layer}
        return _sum(list(found.values()))
    if isinstance(layer, SequentialV):
        return None if layer.open else _sum(list(layer.layers))
    if isinstance(layer, Instance):
        state = layer.layer
        if state is not None and (state.model or state.inner) is not None:
            return parameters(state.model or state.inner)
    return None


def _sum(layers: list[Value]) -> int | None:
    total = 0
    for layer in layers:
        count = parameters(layer)
        if count is None:
            return None
        total += count
    return total

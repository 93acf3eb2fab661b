"""The outputs of a model, in order and by name."""

from __future__ import annotations

from typing import Any

from kerasmergelint.tracker.values.containers import DictV, ListV, leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layers import LAYERS, ModelV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import Value


def is_open(nest: Value) -> bool:
    """Whether a nest may hold more than is known of it."""
    return isinstance(nest, (ListV, DictV)) and nest.open


def in_order(nest: Value) -> list[Value] | None:
    """The members of a flat nest; a single value is its only member."""
    if is_open(nest) or isinstance(nest, DictV):
        return None
    if isinstance(nest, ListV):
        return list(nest.items)
    return list(nest) if isinstance(nest, (tuple, list)) else [nest]


def only(nest: Value) -> Value:
    """The single member of a nest; None if there are or may be several."""
    if isinstance(nest, ListV):
        nest = None if nest.open else nest.items
    if isinstance(nest, (list, tuple)):
        return nest[0] if len(nest) == 1 else None
    return nest


def by_name(model: Value, outputs: Value) -> dict[Any, Value] | None:
    """The outputs by name; None if their names are unknown."""
    if isinstance(outputs, DictV):
        return None if outputs.open else outputs.items
    if isinstance(model, Instance):
        model = model.state.model
    results = in_order(outputs)
    if not isinstance(model, ModelV) or results is None:
        return None
    made_by = [
        leaf.node.layer if isinstance(leaf, TensorV) and leaf.node is not None else None
        for leaf in leaves(model.outputs)
    ]
    names = [layer.name for layer in made_by if isinstance(layer, LAYERS) and layer.named]
    if len(names) != len(made_by) or len(set(map(str, names))) != len(results):
        return None
    return dict(zip(names, results))

"""Where tensors live: symbolic in a functional model, in the graph of a traced call, or data.

The outputs of a call live where its inputs do.  For an unknown input that is unknown, too: code
that a model runs may as well run within a layer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kerasmergelint.keras_api.protocol import Outcome, TensorKind, TensorSpec
from kerasmergelint.tracker.keras.convert import spec_leaves

_DATA = frozenset({TensorKind.EAGER, TensorKind.ARRAY})


def world_of(nest: Any) -> TensorKind:
    """Where the outputs of a call on these inputs live."""
    kinds = {spec.kind for spec in spec_leaves(nest)}
    for kind in (TensorKind.KERAS, TensorKind.GRAPH):
        if kind in kinds:
            return kind
    return TensorKind.EAGER if kinds and kinds <= _DATA else TensorKind.ANY


def settled(outcome: Outcome, nest: Any) -> Outcome:
    """The outcome of a rule, which may have taken unknown inputs for symbolic ones."""
    world = world_of(nest)
    if world is TensorKind.KERAS:
        return outcome
    return replace(outcome, outputs=_moved(outcome.outputs, world))


def _moved(nest: Any, world: TensorKind) -> object:
    if isinstance(nest, TensorSpec):
        return replace(nest, kind=world) if nest.kind is TensorKind.KERAS else nest
    if isinstance(nest, (list, tuple)):
        return type(nest)(_moved(item, world) for item in nest)
    if isinstance(nest, dict):
        return {key: _moved(item, world) for key, item in nest.items()}
    return nest

"""Where tensors live: symbolic in a functional model, in the graph of a traced call, or data.

The outputs of a call live where its inputs do.  For an unknown input that is unknown, too: code
that a model runs may as well run within a layer.
"""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import Nest, Outcome, TensorKind, TensorSpec
from kerasmergelint.tracker.keras.convert import mapped_specs, spec_leaves

_DATA = frozenset({TensorKind.EAGER, TensorKind.ARRAY})


def world_of(nest: Nest) -> TensorKind:
    """Where the outputs of a call on these inputs live."""
    kinds = {spec.kind for spec in spec_leaves(nest)}
    for kind in (TensorKind.KERAS, TensorKind.GRAPH):
        if kind in kinds:
            return kind
    return TensorKind.EAGER if kinds and kinds <= _DATA else TensorKind.ANY


def settled(outcome: Outcome, nest: Nest) -> Outcome:
    """The outcome of a rule, which may have taken unknown inputs for symbolic ones."""
    world = world_of(nest)
    if world is TensorKind.KERAS:
        return outcome
    return replace(outcome, outputs=mapped_specs(outcome.outputs, lambda spec: _moved(spec, world)))


def _moved(spec: TensorSpec, world: TensorKind) -> TensorSpec:
    if spec.kind is TensorKind.ARRAY:  # a layer makes tensors of arrays before it does anything
        return replace(spec, kind=TensorKind.EAGER)
    return replace(spec, kind=world) if spec.kind is TensorKind.KERAS else spec

"""Replays the graph of a model on other inputs."""

from __future__ import annotations

from collections.abc import Mapping

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec, strongest
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import leaves, mapped
from kerasmergelint.tracker.values.graph import (
    Node,
    Site,
    TensorV,
    identity,
    repeated,
)
from kerasmergelint.tracker.values.layers import ModelV
from kerasmergelint.tracker.values.value import Value

Known = dict[tuple[int, int], Value]  # replacements by tensor


def outputs_for(interp: Interpreter, model: ModelV, given: list[Value] | None, site: Site) -> Value:
    """The outputs of a model for other inputs."""
    if given is None:
        return _forgotten(interp, model.outputs)
    known: Known = {}
    same = True
    for declared, actual in zip(leaves(model.inputs), given):
        if isinstance(declared, TensorV):
            known[identity(declared)] = actual
            same = same and isinstance(actual, TensorV) and _fits(declared, actual)
    if same:
        return _living_where(interp, model.outputs, given)
    found = len(interp.outputs.events)
    with aside.going_through(interp):
        for node in repeated(model.outputs):
            _again(interp, node, known, site)
    relocate(interp, found, site)
    return substitute(interp, model.outputs, known)


def _living_where(interp: Interpreter, outputs: Value, given: list[Value]) -> Value:
    """The outputs as they were declared, living where the inputs do: in a graph within a layer's ``call``."""
    world = strongest({actual.spec.kind for actual in given if isinstance(actual, TensorV)})
    if world is TensorKind.ARRAY:  # a model makes tensors of arrays before it does anything
        world = TensorKind.EAGER
    if world is TensorKind.KERAS:
        return outputs

    def moved(leaf: Value) -> Value:
        if not isinstance(leaf, TensorV):
            return leaf
        return TensorV(replace(leaf.spec, kind=world), leaf.node, leaf.index, leaf.data)

    return mapped(interp.heap, outputs, moved)


def _fits(declared: TensorV, actual: TensorV) -> bool:
    return actual.spec.shape == declared.spec.shape


def relocate(interp: Interpreter, found: int, site: Site) -> None:
    """Report the failure of a layer within a model at the model's call.

    Failures in the code of the program's own layers stay where they are.
    """
    events = interp.outputs.events
    events[found:] = [
        event if event.inside_custom else replace(event, site=site, inside_model=True)
        for event in events[found:]
    ]


def _again(interp: Interpreter, node: Node, known: Known, site: Site) -> None:
    """Replay one call, unless all its inputs are the same."""
    tensors = [leaf for leaf in leaves(node.outputs) if isinstance(leaf, TensorV)]
    if all(identity(tensor) in known for tensor in tensors) and tensors:
        return
    inputs = substitute(interp, node.inputs, known)
    if node.replay is None:
        results: list[Value] = [interp.unknown("part of a model that cannot be repeated")]
    elif node.arguments:
        others = {name: substitute(interp, value, known) for name, value in node.arguments.items()}
        results = list(leaves(node.replay(interp, inputs, site, others)))
    else:
        results = list(leaves(node.replay(interp, inputs, site)))
    for index, tensor in enumerate(tensors):
        fallback = interp.unknown("part of a model that is not known")
        known[identity(tensor)] = results[index] if index < len(results) else fallback


def substitute(interp: Interpreter, nest: Value, known: Mapping[tuple[int, int], Value]) -> Value:
    """A nest with its tensors replaced."""

    def other(leaf: Value) -> Value:
        return known.get(identity(leaf), leaf) if isinstance(leaf, TensorV) else leaf

    return mapped(interp.heap, nest, other)


def _forgotten(interp: Interpreter, outputs: Value) -> Value:
    """Outputs of the same structure, for unknown inputs."""

    def forget(leaf: Value) -> Value:
        if isinstance(leaf, TensorV):
            return TensorV(TensorSpec(kind=TensorKind.ANY))
        return interp.unknown("an output of a model is not known")

    return mapped(interp.heap, outputs, forget)

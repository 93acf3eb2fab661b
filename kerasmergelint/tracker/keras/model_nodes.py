"""The node of a model's call in the graph around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from kerasmergelint.keras_api.versions import V2
from kerasmergelint.tracker.keras import outcomes
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Node, Site, TensorV, own_copy
from kerasmergelint.tracker.values.layers import ModelV, SequentialV
from kerasmergelint.tracker.values.value import Value

Model = TypeVar("Model", ModelV, SequentialV)
Call = Callable[[Interpreter, Model, Value, Site], Value]


def add_node(
    interp: Interpreter, model: Model, inputs: Value, outputs: Value, site: Site, call: Call[Model]
) -> Value:
    """Give the outputs a node of their own, which ``call`` replays on other inputs."""

    def again(other: Interpreter, new_inputs: Value, where: Site) -> Value:
        return call(other, model, new_inputs, where)

    label = "Sequential" if isinstance(model, SequentialV) else "Functional"
    node = Node(label, site, own_copy(interp.heap, inputs), again, model)
    node.recipe = interp.recipe("layer", model, [inputs], {})
    node.outputs = outcomes.number_outputs(_renamed(interp, outputs, node))
    interp.heap.touch(model)
    model.nodes = (*model.nodes, node)
    return node.outputs


def _renamed(interp: Interpreter, value: Value, node: Node) -> Value:
    """The tensors as outputs of another node."""
    if isinstance(value, TensorV):
        return TensorV(value.spec, node)
    if isinstance(value, tuple):
        return tuple(_renamed(interp, item, node) for item in value)
    if isinstance(value, ListV) and not value.open:
        items = [_renamed(interp, item, node) for item in value.items]
        if interp.version in V2 and len(items) == 1:
            return items[0]
        return ListV(interp.heap, items)
    if isinstance(value, DictV) and not value.open:
        outputs = {key: _renamed(interp, item, node) for key, item in value.items.items()}
        return DictV(interp.heap, outputs)
    return interp.unknown("an output of a model is not known")

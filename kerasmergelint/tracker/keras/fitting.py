"""Whether inputs fit what a model declares, and what it makes of them."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.protocol import (
    KerasVersion,
    Problem,
    ProblemKind,
)
from kerasmergelint.shapes import UNKNOWN, Relation, Shape, compare, format_shape
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves
from kerasmergelint.tracker.values.graph import Node, TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV
from kerasmergelint.tracker.values.value import Value


def given_inputs(model: ModelV, inputs: Value) -> list[Value] | None:
    """The actual inputs in the order of the declared ones, of the rank that those have."""
    matched = _matched(model, inputs)
    if matched is None:
        return None
    return [with_rank_of(want, got) for want, got in zip(leaves(model.inputs), matched)]


def _matched(model: ModelV, inputs: Value) -> list[Value] | None:
    """The actual inputs in the order of the declared ones; None if they can not be matched.

    In a dict they are found by the keys of the declared dict, or by the names of the declared inputs.
    """
    declared = list(leaves(model.inputs))
    if isinstance(inputs, ListV) and inputs.open:
        return None
    if isinstance(inputs, DictV):
        if inputs.open:
            return None
        known = model.inputs
        names = list(known.items) if isinstance(known, DictV) else list(map(_input_name, declared))
        if len(names) != len(declared) or not all(name in inputs.items for name in names):
            return None
        actual = [inputs.items[name] for name in names]
        return None if any(isinstance(item, (ListV, DictV, tuple)) for item in actual) else actual
    actual = list(leaves(inputs))
    return actual if len(actual) == len(declared) else None


def with_rank_of(declared: Value, actual: Value) -> Value:
    """A missing or surplus last axis of size 1 is added or dropped, as functional models do it."""
    if not isinstance(declared, TensorV) or not isinstance(actual, TensorV):
        return actual
    want, got = declared.spec.dims, actual.spec.dims
    if want is None or got is None or len(want) == len(got):
        return actual
    if len(got) == len(want) + 1 and got[-1] == 1:
        return TensorV(actual.spec.with_shape(Shape(got[:-1])), actual.node)
    if len(got) == len(want) - 1 and want[-1] == 1:
        return TensorV(actual.spec.with_shape(Shape((*got, 1))), actual.node)
    return actual


def _input_name(tensor: Value) -> Any:
    node = tensor.node if isinstance(tensor, TensorV) else None
    return node.layer.name if node is not None and isinstance(node.layer, LayerV) else None


def input_problem(interp: Interpreter, model: ModelV, inputs: Value) -> Problem | None:
    """What Keras 3 says of inputs that do not fit the declared ones; Keras 2 lets most through."""
    declared = list(leaves(model.inputs))
    actual = list(leaves(inputs))
    certain = all(isinstance(leaf, TensorV) for leaf in (*declared, *actual)) and not (
        _holds_open(inputs) or _holds_open(model.inputs)
    )
    if certain and declared and len(actual) != len(declared) and not isinstance(inputs, DictV):
        return Problem(
            ProblemKind.LAYER_INPUTS,
            "ValueError",
            f"the model has {len(declared)} inputs, got {len(actual)}",
        )
    matched = None if interp.version is KerasVersion.V2 else _matched(model, inputs)
    for want, got in zip(declared, matched or ()):
        if isinstance(want, TensorV) and isinstance(got, TensorV):
            detail = shape_conflict(want, got)
            if detail is not None:
                return Problem(ProblemKind.LAYER_INPUTS, "ValueError", detail)
    return None


def _holds_open(value: Value) -> bool:
    return isinstance(value, ListV) and value.open


def shape_conflict(want: TensorV, got: TensorV) -> str | None:
    """Sizes must agree, except for a last axis of 1 and a missing or surplus last 1."""
    expected, found = want.spec.shape, got.spec.shape
    if not isinstance(expected, Shape) or not isinstance(found, Shape):
        return None
    text = f"the model expects {format_shape(expected)}, got {format_shape(found)}"
    if expected.rank != found.rank:
        longer = max(expected, found, key=lambda shape: shape.rank)
        trailing = longer.dims[-1]
        one = compare(trailing, 1).relation is not Relation.NEVER or trailing is None
        return None if abs(expected.rank - found.rank) == 1 and one else text
    last = expected.rank - 1
    for axis, (a, b) in enumerate(zip(expected.dims, found.dims)):
        if axis == 0 or a is None or b is None:
            continue
        if axis == last and (a == 1 or b == 1 or a is UNKNOWN or b is UNKNOWN):
            continue
        if compare(a, b).relation is Relation.NEVER:
            return text
    return None


def renamed(interp: Interpreter, value: Value, node: Node) -> Value:
    """The same tensors as outputs of another node."""
    if isinstance(value, TensorV):
        return TensorV(value.spec, node)
    if isinstance(value, tuple):
        return tuple(renamed(interp, item, node) for item in value)
    if isinstance(value, ListV) and not value.open:
        items = [renamed(interp, item, node) for item in value.items]
        if interp.version is KerasVersion.V2 and len(items) == 1:
            return items[0]
        return ListV(interp.heap, items)
    if isinstance(value, DictV) and not value.open:
        outputs = {key: renamed(interp, item, node) for key, item in value.items.items()}
        return DictV(interp.heap, outputs)
    return interp.unknown("an output of a model is not known")

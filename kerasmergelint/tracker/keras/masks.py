"""The mask that Keras passes to a ``call`` with a parameter ``mask``.

``Embedding(mask_zero=True)`` and ``Masking`` give their outputs a mask, and layers that support
masking hand it on.  Which ones do is not followed: after a source of masks there may be one.
"""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import TensorSpec
from kerasmergelint.shapes import OpenShape, Shape
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Node, TensorV, ancestors, has_gaps
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import UnknownV, Value


def mask_of(interp: Interpreter, inputs: Value) -> Value:
    """The mask argument for these inputs; None if there is certainly no mask."""
    if isinstance(inputs, ListV) and not inputs.open:
        return _masks(interp, inputs.items)
    if isinstance(inputs, tuple):
        return _masks(interp, list(inputs))
    if isinstance(inputs, (UnknownV, DictV, ListV)):
        return interp.unknown("a mask")
    if not isinstance(inputs, TensorV) or inputs.node is None:
        return None
    if _makes_mask(inputs.node):
        return TensorV(TensorSpec(_without_last(inputs), "bool", inputs.spec.kind), inputs.node)
    before = list(ancestors(inputs))
    if has_gaps(inputs, before) or any(_makes_mask(node) is not False for node in before):
        return interp.unknown("a mask")
    return None


def _masks(interp: Interpreter, items: list[Value]) -> Value:
    masks = [mask_of(interp, item) for item in items]
    return None if all(mask is None for mask in masks) else ListV(interp.heap, masks)


def _makes_mask(node: Node) -> bool | None:
    """Whether a call gives its output a mask; None if unknown."""
    layer = node.layer
    if isinstance(layer, Instance):
        own = layer.cls.unknown_base or find(layer.cls, "compute_mask") is not None
        return None if own or layer.state.inner is not None else False
    if not isinstance(layer, LayerV):
        return False
    if layer.type.name == "Embedding":
        switch = layer.config.get("mask_zero", False)
        return switch if isinstance(switch, bool) else None
    return layer.type.name == "Masking"


def _without_last(tensor: TensorV) -> Shape | OpenShape:
    shape = tensor.spec.shape
    return Shape(shape.dims[:-1]) if isinstance(shape, Shape) and shape.dims else OpenShape()

"""Attention layers."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.layers.layer_type import LayerType, as_dim
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    LayerCall,
    Outcome,
    Problem,
    ProblemKind,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape, last_dim


def _attention(call: LayerCall) -> Outcome:
    """``[query, value]`` or ``[query, value, key]``: the query's length, the value's width."""
    inputs = call.inputs
    if isinstance(inputs, TensorSpec) or (
        isinstance(inputs, (list, tuple)) and len(inputs) not in (2, 3)
    ):
        raise Broken(
            Problem(
                ProblemKind.LAYER_INPUTS,
                "ValueError",
                "must be called on a list of query and value (and key)",
            )
        )
    if not isinstance(inputs, (list, tuple)):
        return Outcome(UNKNOWN)
    query, value = inputs[0], inputs[1]
    if not isinstance(query, TensorSpec) or not isinstance(value, TensorSpec):
        return Outcome(UNKNOWN)
    if call.arguments.get("return_attention_scores", False) is not False:
        return _with_scores(call, query, value)
    return Outcome(_attended(query, last_dim(value.shape)))


def _attended(query: TensorSpec, width: Dim) -> TensorSpec:
    if isinstance(query.shape, Shape) and query.shape.rank:
        return query.with_shape(Shape((*query.shape.dims[:-1], width)))
    return query.with_shape(OpenShape((width,)))


def _with_scores(call: LayerCall, query: TensorSpec, value: TensorSpec) -> Outcome:
    shapes = [spec.shape for spec in (query, value)]
    if not all(isinstance(shape, Shape) and shape.rank == 3 for shape in shapes):
        return Outcome(UNKNOWN)
    q, v = (shape.dims for shape in shapes if isinstance(shape, Shape))
    scores = TensorSpec(Shape((q[0], q[1], v[1])), "float32", query.kind)
    return Outcome((_attended(query, v[-1]), scores))


def _multi_head(call: LayerCall) -> Outcome:
    query = call.inputs
    wanted: Any = call.config.get("output_shape")
    if not isinstance(query, TensorSpec):
        return Outcome(UNKNOWN)
    if wanted is None:
        result = query
    elif isinstance(query.shape, Shape) and wanted is not UNKNOWN:
        extra = wanted if isinstance(wanted, (list, tuple)) else (wanted,)
        dims = (*query.shape.dims[:-1], *[as_dim(item) for item in extra])
        result = query.with_shape(Shape(dims))
    else:
        return Outcome(UNKNOWN)
    if call.arguments.get("return_attention_scores", False) is False:
        return Outcome(result)
    shape = query.shape
    if not isinstance(shape, Shape) or shape.rank != 3:
        return Outcome((result, TensorSpec(kind=query.kind)))
    heads = as_dim(call.config.get("num_heads"))
    second = shape.dims[1]
    value = call.arguments.get("value")
    if call.version is KerasVersion.V2 and isinstance(value, TensorSpec) and value.dims:
        second = value.dims[1]
    scores = TensorSpec(Shape((shape.dims[0], heads, shape.dims[1], second)), "float32", query.kind)
    return Outcome((result, scores))


def _grouped(call: LayerCall) -> Outcome:
    if call.arguments.get("return_attention_scores", False) is not False:
        return Outcome(UNKNOWN)
    return Outcome(call.inputs if isinstance(call.inputs, TensorSpec) else UNKNOWN)


LAYERS = (
    LayerType("Attention", _attention, single=False, weights=lambda *_: None),
    LayerType("AdditiveAttention", _attention, single=False, weights=lambda *_: None),
    LayerType("MultiHeadAttention", _multi_head, single=False, weights=lambda *_: None),
    LayerType("GroupQueryAttention", _grouped, single=False, weights=lambda *_: None),
)

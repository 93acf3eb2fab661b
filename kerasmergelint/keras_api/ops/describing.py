"""Ops that say what a tensor is: its shape, rank, number of elements and dtype."""

from __future__ import annotations

from kerasmergelint.keras_api.ops.op import Op, OpCall, kind_of, some_tensor, unknown
from kerasmergelint.keras_api.protocol import Outcome, TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Shape, product


def _shape(call: OpCall) -> Outcome:
    """A tuple of dimensions; UNKNOWN if the rank is."""
    spec = call.tensor()
    if spec is None or spec.dims is None:
        return unknown()
    return Outcome(tuple(spec.dims))


def _dynamic_shape(call: OpCall) -> Outcome:
    """``tf.shape(x)``: a tensor of sizes, whose content is known where the shape is."""
    spec = call.tensor()
    dtype = call.dtype_or("int32")
    anywhere = spec is None or spec.kind is TensorKind.ANY
    kind = TensorKind.ANY if anywhere else TensorKind.GRAPH
    if spec is None or spec.dims is None:
        with_data = spec is not None and spec.kind in (TensorKind.EAGER, TensorKind.ARRAY)
        where = TensorKind.EAGER if with_data else kind
        return Outcome(TensorSpec(Shape((UNKNOWN,)), dtype, where, UNKNOWN))
    sizes = tuple(spec.dims)
    return Outcome(TensorSpec(Shape((len(sizes),)), dtype, kind, sizes))


def _ops_shape(call: OpCall) -> Outcome:
    """``keras.ops.shape``: in a graph unknown sizes are tensors."""
    spec = call.tensor()
    if spec is None or spec.dims is None:
        return unknown()
    if call.symbolic or spec.kind is TensorKind.KERAS:
        return Outcome(tuple(spec.dims))
    scalar = TensorSpec(Shape(()), "int32", TensorKind.GRAPH)
    return Outcome(tuple(scalar if dim is None else dim for dim in spec.dims))


def _ndim(call: OpCall) -> Outcome:
    spec = call.tensor()
    return Outcome(len(spec.dims)) if spec is not None and spec.dims is not None else unknown()


def _dtype_name(call: OpCall) -> Outcome:
    """The name of the data type, as a string."""
    spec = call.tensor()
    if spec is None or spec.dtype is None or not isinstance(call.get("x"), TensorSpec):
        return unknown()
    return Outcome(spec.dtype)


def _rank(call: OpCall) -> Outcome:
    """``tf.rank``: a scalar tensor with known content."""
    spec = call.tensor()
    if spec is None or spec.dims is None:
        return Outcome(TensorSpec(Shape(()), "int32", TensorKind.ANY))
    return Outcome(TensorSpec(Shape(()), "int32", kind_of(spec), len(spec.dims)))


def _size(call: OpCall) -> Outcome:
    """The number of elements, as a scalar tensor; only where a size is None it is left to a run."""
    spec = call.tensor()
    if spec is None:
        return some_tensor(call)
    count = UNKNOWN if spec.dims is None else product(spec.dims)
    dtype = call.dtype_or("int32") if call.space == "tf" else None
    return Outcome(TensorSpec(Shape(()), dtype, kind_of(spec), count))


OPS = (
    Op(("ops.shape",), _ops_shape),
    Op(("K.int_shape",), _shape),
    Op(("tf.shape", "K.shape"), _dynamic_shape),
    Op(("K.ndim",), _ndim),
    Op(("ops.dtype", "K.dtype"), _dtype_name),
    Op(("tf.rank",), _rank),
    Op(("tf.size", "ops.size"), _size),
)

"""Ops along an axis that keep the shape: cumulative sums, sorting, flipping, rolling."""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.keras_api.ops import dtypes
from kerasmergelint.keras_api.ops.op import Op, OpCall, axis_in, made, size_of, some_tensor
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Outcome, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape, product, sub


def flattened(spec: TensorSpec) -> Dim:
    """The number of elements; None where a size is."""
    return product(spec.dims) if spec.dims is not None else UNKNOWN


def _cumulative(call: OpCall) -> Outcome:
    """Along an axis; without one, ``keras.ops`` flattens the tensor."""
    spec, axis = call.tensor(), call.get("axis")
    if spec is None:
        return some_tensor(call)
    if axis is None and call.space == "ops":
        return made(spec, (flattened(spec),), call.dtype_or(dtypes.same(spec)))
    checked = call.symbolic and not call.last.startswith("nan")
    if checked and spec.dims is not None and isinstance(axis, int):
        axis_in(axis, len(spec.dims), spec)
    return made(spec, spec.shape, call.dtype_or(dtypes.same(spec)))


def _along(call: OpCall) -> Outcome:
    """The axis must exist; most of Keras's shape functions do not check."""
    spec, axis = call.tensor(), call.get("axis")
    if spec is None:
        return some_tensor(call)
    checked = call.name == "ops.sort" or not call.symbolic
    if checked and spec.dims is not None and isinstance(axis, int):
        axis_in(axis, len(spec.dims), spec)
    return made(spec, spec.shape, dtypes.same(spec))


def _sorted_places(call: OpCall) -> Outcome:
    """``argsort``: without an axis, the tensor is flattened."""
    spec, axis = call.tensor(), call.get("axis", -1)
    if spec is None:
        return some_tensor(call)
    if axis is None:
        return made(spec, (flattened(spec),), None)
    if call.symbolic and call.last == "argsort" and spec.dims and isinstance(axis, int):
        axis_in(axis, len(spec.dims), spec)
    outcome = _along(call)
    return Outcome(TensorSpec(outcome.outputs.shape, None, outcome.outputs.kind))


def _differences(call: OpCall) -> Outcome:
    """Each difference shortens the axis by one."""
    spec, times, axis = call.tensor(), call.get("repeats", 1), call.get("axis", -1)
    if spec is None or spec.dims is None or type(times) is not int or type(axis) is not int:
        return some_tensor(call)
    dims: list[Dim] = list(spec.dims)
    place = axis_in(axis, len(dims), spec)
    size = dims[place]
    if isinstance(size, int):
        dims[place] = max(size - times, 0)
    elif size is not None:
        dims[place] = UNKNOWN if times else sub(size, times)
    return made(spec, dims)


def _top(call: OpCall) -> Outcome:
    """The ``k`` greatest along the last axis, and their places."""
    spec, k = call.tensor(), size_of(call.get("k", 1))
    if spec is None or not spec.dims:
        return Outcome((UNKNOWN, UNKNOWN), ("an input is not known",))
    last = spec.dims[-1]
    if not call.symbolic and isinstance(k, int) and isinstance(last, int) and k > last:
        raise bad(f"the last axis of {spec} has fewer than {k}")
    shape = Shape((*spec.dims[:-1], k))
    values = TensorSpec(shape, spec.dtype, spec.kind)
    return Outcome((values, TensorSpec(shape, "int32", spec.kind)))


def _rolled(call: OpCall) -> Outcome:
    spec, axis = call.tensor(), call.get("axis")
    if call.last == "flip" and spec is not None and spec.dims is not None and type(axis) is int:
        axis_in(axis, len(spec.dims), spec)
    return some_tensor(call) if spec is None else made(spec, spec.shape)


def _reversed(call: OpCall) -> Outcome:
    """``tf.reverse``: every axis must exist."""
    spec, axis = call.tensor(), call.get("axis")
    if spec is None:
        return some_tensor(call)
    items: Sequence[object] = axis if isinstance(axis, (list, tuple)) else [axis]
    if spec.dims is not None and not call.symbolic:
        places = [axis_in(item, len(spec.dims), spec) for item in items if type(item) is int]
        if len(set(places)) < len(places):
            raise bad(f"an axis of {spec} is reversed twice")
    return made(spec, spec.shape)


OPS = (
    Op(("ops.cumsum", "ops.cumprod", "ops.nancumsum", "ops.nancumprod"), _cumulative),
    Op(("tf.cumsum", "tf.math.cumprod", "tf.math.cumulative_logsumexp", "K.cumsum",
        "K.cumprod"), _cumulative),
    Op(("ops.sort", "tf.sort"), _along, aliases=(("values", "x"),)),
    Op(("ops.argsort", "ops.argpartition", "tf.argsort"), _sorted_places, aliases=(("values", "x"),)),
    Op(("ops.flip", "ops.fliplr", "ops.flipud"), _rolled),
    Op(("ops.roll", "tf.roll"), _rolled),
    Op(("tf.reverse", "K.reverse"), _reversed),
    Op(("tf.reverse_sequence",), _rolled),
    Op(("ops.diff",), _differences),
    Op(("ops.top_k", "tf.math.top_k", "tf.nn.top_k"), _top),
)  # fmt: skip

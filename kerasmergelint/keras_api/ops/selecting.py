"""Ops that select: take, gather, slice, mask, one-hot, scatter."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import indexing
from kerasmergelint.keras_api.doubts import of_equality
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.ops import dtypes
from kerasmergelint.keras_api.ops.op import (
    Op,
    OpCall,
    as_spec,
    axis_in,
    dim_of,
    kind_of,
    made,
    size_of,
    sizes_of,
    some_tensor,
)
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Outcome, TensorSpec
from kerasmergelint.keras_api.slicing import slice_length
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape, sub
from kerasmergelint.shapes.broadcast import never_equal


def _gather(call: OpCall) -> Outcome:
    """The axis is replaced by the axes of the indices."""
    spec, axis = call.tensor(), call.get("axis")
    indices, batch = call.tensor("indices"), call.get("batch_dims", 0)
    if spec is None or indices is None or spec.dims is None:
        return some_tensor(call)
    if indices.dims is None:
        return _gathered_openly(call, spec, indices)
    if axis is None and call.space == "ops":
        return Outcome(TensorSpec(indices.shape, spec.dtype, kind_of(spec, indices)))
    if type(batch) is not int:
        return some_tensor(call)
    batch = batch if batch >= 0 else batch + len(indices.dims)
    axis = batch if axis is None else axis
    if type(axis) is not int:
        return some_tensor(call)
    if not spec.dims:
        raise bad("a scalar has nothing to gather from")
    place = axis_in(axis, len(spec.dims), spec)
    if batch > place or batch > len(indices.dims):
        return some_tensor(call)
    lead = [b if a is None else a for a, b in zip(spec.dims[:batch], indices.dims[:batch])]
    if any(never_equal(a, b) for a, b in zip(spec.dims[:batch], indices.dims[:batch])):
        raise bad(f"the batch axes of {spec} and {indices} differ")
    dims = (*lead, *spec.dims[batch:place], *indices.dims[batch:], *spec.dims[place + 1 :])
    return Outcome(TensorSpec(Shape(dims), spec.dtype, kind_of(spec, indices)))


def _gathered_openly(call: OpCall, spec: TensorSpec, indices: TensorSpec) -> Outcome:
    """The axes behind that of indices of any rank."""
    dims, axis, batch = spec.dims or (), call.get("axis"), call.get("batch_dims", 0)
    axis = 0 if axis is None and call.space != "ops" else axis
    if type(axis) is not int or batch != 0 or not -len(dims) <= axis < len(dims):
        return some_tensor(call)
    shape = OpenShape(dims[axis % len(dims) + 1 :], len(dims) - 1)
    return Outcome(TensorSpec(shape, spec.dtype, kind_of(spec, indices)))


def _lookup(call: OpCall) -> Outcome:
    """``tf.nn.embedding_lookup``: rows."""
    return _gather(call.with_arguments(axis=0, batch_dims=0))


def _take_along(call: OpCall) -> Outcome:
    """Indices of the same rank, broadcast along the other axes, or into the flattened tensor."""
    spec, indices, axis = call.tensor(), as_spec(call.get("indices")), call.get("axis")
    if spec is None or indices is None or spec.dims is None or indices.dims is None:
        return some_tensor(call)
    if axis is None:
        if len(spec.dims) != 1 or len(indices.dims) != 1:
            return some_tensor(call)
        return made(spec, indices.dims)
    if type(axis) is not int or len(spec.dims) != len(indices.dims):
        return some_tensor(call)
    place = axis_in(axis, len(spec.dims), spec)
    dims: list[Dim] = []
    for at, (a, b) in enumerate(zip(spec.dims, indices.dims)):
        stretched = b == 1 and at != place
        dims.append(a if stretched else b if at == place or a in (1, b) else UNKNOWN)
    return made(spec, dims)


def _gather_nd(call: OpCall) -> Outcome:
    """The last axis of the indices says how many axes of the tensor they address."""
    spec, indices, batch = call.tensor(), as_spec(call.get("indices")), call.get("batch_dims", 0)
    if spec is None or indices is None or spec.dims is None or indices.dims is None:
        return some_tensor(call)
    if batch != 0 or not indices.dims or not isinstance(indices.dims[-1], int):
        return some_tensor(call)
    depth = indices.dims[-1]
    if depth > len(spec.dims):
        raise bad(f"indices of length {depth} are too many for {spec}")
    dims = (*indices.dims[:-1], *spec.dims[depth:])
    return Outcome(TensorSpec(Shape(dims), spec.dtype, kind_of(spec, indices)))


def _boolean_mask(call: OpCall) -> Outcome:
    """The axes of the mask become one of unknown length."""
    spec, mask, axis = call.tensor(), as_spec(call.get("mask")), call.get("axis")
    axis = 0 if axis is None else axis
    if spec is None or mask is None or spec.dims is None or mask.dims is None:
        return some_tensor(call)
    if type(axis) is not int or axis < 0 or not mask.dims:
        return some_tensor(call)
    width = len(mask.dims)
    if axis + width > len(spec.dims):
        raise bad(f"a mask of shape {mask} is too large for {spec}")
    pairs = list(zip(spec.dims[axis : axis + width], mask.dims))
    if any(never_equal(a, b) for a, b in pairs):
        raise bad(f"a mask of shape {mask} does not fit {spec}")
    result = made(spec, (*spec.dims[:axis], None, *spec.dims[axis + width :]))
    return replace(result, doubts=of_equality(pairs))


def _slice(call: OpCall) -> Outcome:
    """``tf.slice(x, begin, size)``, ``ops.slice(x, start_indices, shape)``."""
    spec = call.tensor()
    starts = sizes_of(call.get("begin", call.get("start_indices")))
    wanted = sizes_of(call.get("size", call.get("shape")))
    if spec is None or wanted is None:
        return some_tensor(call)
    if spec.dims is not None and len(wanted) != len(spec.dims):
        raise bad(f"{spec} has {len(spec.dims)} axes, {len(wanted)} sizes are given")
    starts = starts if starts is not None and len(starts) == len(wanted) else None
    have = spec.dims if spec.dims is not None else (UNKNOWN,) * len(wanted)
    begins: list[Dim] = [UNKNOWN] * len(wanted) if starts is None else starts
    if call.symbolic:
        return _keras_slice(spec, have, begins, wanted)
    dims: list[Dim] = []
    for size, start, want in zip(have, begins, wanted):
        if isinstance(want, int) and want == -1:
            rest = None if size is None else sub(size, start)
            if isinstance(rest, int) and rest < 0:
                raise bad(f"the slice begins past the end of {spec}")
            dims.append(rest)
        elif isinstance(want, int) and want < -1:
            raise bad("a size is negative")
        else:
            dims.append(want)
    return made(spec, dims)


def _keras_slice(
    spec: TensorSpec, have: tuple[Dim, ...], starts: list[Dim], wanted: list[Dim]
) -> Outcome:
    """Keras's shape function understands -1, and compares nothing."""
    return made(
        spec,
        [
            want if want != -1 else (None if size is None else sub(size, start))
            for size, start, want in zip(have, starts, wanted)
        ],
    )


def _strided_slice(call: OpCall) -> Outcome:
    """``tf.strided_slice`` without masks: one slice per axis."""
    spec = call.tensor()
    begins, ends = sizes_of(call.get("begin")), sizes_of(call.get("end"))
    strides = call.get("strides")
    steps = [1] * len(begins or ()) if strides is None else sizes_of(strides)
    masks = [call.get(f"{part}_mask", 0) for part in
             ("begin", "end", "ellipsis", "new_axis", "shrink_axis")]  # fmt: skip
    if spec is None or spec.dims is None or begins is None or ends is None or steps is None:
        return some_tensor(call)
    if masks != [0] * 5 or not len(begins) == len(ends) == len(steps):
        return some_tensor(call)
    if len(begins) > len(spec.dims):
        raise bad(f"{spec} has {len(spec.dims)} axes, {len(begins)} slices are given")
    parts = [slice(*part) for part in zip(begins, ends, steps)]
    dims = [slice_length(size, part) for size, part in zip(spec.dims, parts)]
    return made(spec, (*dims, *spec.dims[len(parts) :]))


def _get_item(call: OpCall) -> Outcome:
    spec = call.tensor()
    if spec is None:
        return some_tensor(call)
    return indexing.getitem(spec, call.get("key"), call.version)


def _same_as(call: OpCall) -> Outcome:
    """Updates of a tensor keep its shape."""
    spec = call.tensor()
    return some_tensor(call) if spec is None else made(spec, spec.shape)


def _one_hot(call: OpCall) -> Outcome:
    """A new axis, the last one by default."""
    spec = call.tensor("x" if "x" in call.arguments else "indices")
    depth, axis = dim_of(call.get("depth")), call.get("axis", -1)
    axis = -1 if axis is None else axis
    if spec is None or type(axis) is not int:
        return some_tensor(call)
    dtype = call.dtype() or (None if call.space == "tf" and _valued(call) else "float32")
    if isinstance(call.get("depth"), TensorSpec):
        depth = size_of(call.get("depth"))
    if spec.dims is None:
        shape = OpenShape((depth,)) if axis == -1 else OpenShape()
        return Outcome(TensorSpec(shape, dtype, kind_of(spec)))
    rank = len(spec.dims) + 1
    if axis != -1 and not 0 <= axis < rank - call.symbolic:
        if call.symbolic:  # Keras counts the axes without the new one
            raise bad(f"axis {axis} is out of range for {spec}", axis)
        return some_tensor(call, "an axis out of range")
    dims = list(spec.dims)
    dims.insert(axis % rank, depth)
    return made(spec, dims, dtype)


def _valued(call: OpCall) -> bool:
    return call.get("on_value") is not None or call.get("off_value") is not None


def _multi_hot(call: OpCall) -> Outcome:
    """One-hot, then the maximum along axis 1: the labels of a sample become one row."""
    spec, depth, axis = call.tensor(), dim_of(call.get("depth")), call.get("axis", -1)
    if spec is None or spec.dims is None or type(axis) is not int:
        return some_tensor(call)
    rank = len(spec.dims)
    if axis != -1 or rank < 1:
        return some_tensor(call)
    kept = (spec.dims[0], *spec.dims[2:]) if rank > 1 else ()
    return made(spec, (*kept, depth), None)


def _sequence_mask(call: OpCall) -> Outcome:
    """A new last axis of ``maxlen``."""
    spec, longest = call.tensor("lengths"), call.get("maxlen")
    if spec is None:
        return some_tensor(call)
    size = None if longest is None else size_of(longest)
    shape = OpenShape((size,)) if spec.dims is None else (*spec.dims, size)
    return made(spec, shape, call.dtype() or None)


def _scatter(call: OpCall) -> Outcome:
    """``scatter_nd(indices, updates, shape)``: of the shape that is asked for."""
    updates = call.tensor("updates") or call.tensor("values")
    shape = sizes_of(call.get("shape"))
    if updates is None or shape is None:
        return some_tensor(call)
    return made(updates, shape)


def _in_top(call: OpCall) -> Outcome:
    """One answer per target."""
    spec = call.tensor("targets")
    return some_tensor(call) if spec is None else made(spec, spec.shape, "bool")


def _search(call: OpCall) -> Outcome:
    """``searchsorted``: one place per value."""
    spec = as_spec(call.get("v", call.get("values")))
    if not call.symbolic and call.space == "ops":
        return some_tensor(call, "TensorFlow does not infer it")
    return some_tensor(call) if spec is None else made(spec, spec.shape, None)


def _isin(call: OpCall) -> Outcome:
    """In a graph it raises, since Keras asks how many elements there are."""
    spec = call.tensor()
    if not call.symbolic:
        return some_tensor(call)
    return some_tensor(call) if spec is None else made(spec, spec.shape, "bool")


def _digits(call: OpCall) -> Outcome:
    """In a graph the bins of a tensor cannot be listed."""
    spec = call.tensor()
    if not call.symbolic:
        return some_tensor(call)
    return some_tensor(call) if spec is None else made(spec, spec.shape, "int32")


def _switch(call: OpCall) -> Outcome:
    """``K.switch(condition, then, else)``: the shape that the branches have in common, if any."""
    then, other = as_spec(call.get("then_expression")), as_spec(call.get("else_expression"))
    if then is None or other is None:
        return some_tensor(call)
    if then.shape == other.shape and isinstance(then.shape, Shape):
        return Outcome(TensorSpec(then.shape, dtypes.common(then, other), kind_of(then, other)))
    return some_tensor(call, "the branches have different shapes")


def _phase(call: OpCall) -> Outcome:
    """``K.in_train_phase(x, alt)``: one of two tensors; the shape is known where they agree."""
    one, other = call.get("x"), call.get("alt")
    if not isinstance(one, TensorSpec) or not isinstance(other, TensorSpec):
        return some_tensor(call)
    if one.shape != other.shape:
        return some_tensor(call, "the branches have different shapes")
    return Outcome(TensorSpec(one.shape, dtypes.common(one, other), kind_of(one, other)))


OPS = (
    Op(("K.in_train_phase", "K.in_test_phase"), _phase),
    Op(("tf.gather", "ops.take", "K.gather"), _gather),
    Op(("tf.nn.embedding_lookup",), _lookup),
    Op(("ops.take_along_axis",), _take_along),
    Op(("tf.gather_nd",), _gather_nd),
    Op(("tf.boolean_mask",), _boolean_mask),
    Op(("tf.slice", "ops.slice"), _slice, aliases=(("input_", "x"),)),
    Op(("tf.strided_slice",), _strided_slice, aliases=(("input_", "x"),)),
    Op(("ops.get_item",), _get_item),
    Op(("ops.slice_update", "ops.scatter_update", "tf.tensor_scatter_nd_update",
        "tf.tensor_scatter_nd_add", "tf.tensor_scatter_nd_sub", "tf.tensor_scatter_nd_max",
        "tf.tensor_scatter_nd_min"), _same_as),
    Op(("ops.one_hot", "tf.one_hot", "K.one_hot"), _one_hot, Kind.FLAT, aliases=(("indices", "x"),)),
    Op(("ops.multi_hot",), _multi_hot),
    Op(("tf.sequence_mask",), _sequence_mask),
    Op(("tf.scatter_nd", "ops.scatter"), _scatter, aliases=(("values", "values"),)),
    Op(("ops.in_top_k", "K.in_top_k", "tf.math.in_top_k"), _in_top),
    Op(("ops.searchsorted", "tf.searchsorted"), _search, aliases=(("values", "values"),)),
    Op(("ops.isin",), _isin),
    Op(("ops.digitize",), _digits),
    Op(("K.switch",), _switch),
)  # fmt: skip

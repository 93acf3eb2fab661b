"""Ops that rearrange: reshape, transpose, expand, squeeze, tile, pad, resize."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.ops.op import (
    Arguments,
    Op,
    any_tensor,
    bad,
    dim_of,
    sizes_of,
    tensor,
    unknown,
)
from kerasmergelint.keras_api.protocol import Outcome, TensorKind, TensorSpec
from kerasmergelint.shapes import (
    UNKNOWN,
    Dim,
    OpenShape,
    Relation,
    Shape,
    add,
    compare,
    format_shape,
    mul,
    product,
)


def _made(spec: TensorSpec, dims: Any) -> Outcome:
    return Outcome(TensorSpec(Shape(tuple(dims)), spec.dtype, spec.kind))


def _loose(spec: TensorSpec, reason: str = "an argument is not known") -> Outcome:
    return any_tensor(spec.kind, reason)


def _reshape(arguments: Arguments) -> Outcome:
    """The whole shape, batch included; a None in the input switches every check off."""
    spec, target = tensor(arguments), arguments.get("shape")
    if spec is None:
        return any_tensor()
    if isinstance(target, int):
        target = (target,)
    wanted = sizes_of(target)
    if wanted is None:
        return _loose(spec)
    if wanted.count(-1) > 1:
        raise bad("more than one -1 in the new shape")
    dims = spec.dims
    if dims is None or UNKNOWN in wanted or UNKNOWN in dims:
        return _made(spec, [UNKNOWN if d == -1 else d for d in wanted])
    if None in dims or None in wanted:
        return _made(spec, [None if d == -1 else d for d in wanted])
    have, known = product(dims), product([d for d in wanted if d != -1])
    if -1 not in wanted:
        if compare(have, known).relation is Relation.NEVER:
            raise bad(f"{spec} has {have} elements, the new shape has {known}")
        return _made(spec, wanted)
    filled: Dim = UNKNOWN
    if isinstance(have, int) and isinstance(known, int):
        if not known or have % known:
            raise bad(f"{spec} has {have} elements, which can not be divided by {known}")
        filled = have // known
    return _made(spec, [filled if d == -1 else d for d in wanted])


def _transpose(arguments: Arguments) -> Outcome:
    spec, order = tensor(arguments), arguments.get("axes")
    if spec is None:
        return any_tensor()
    if order is None:
        return _made(spec, reversed(spec.dims)) if spec.dims is not None else _loose(spec)
    if not isinstance(order, (list, tuple)) or not all(isinstance(i, int) for i in order):
        return _loose(spec)
    if spec.dims is None:
        return _made(spec, [UNKNOWN] * len(order))
    rank = len(spec.dims)
    if len(order) != rank or sorted(i % rank if -rank <= i < rank else -99 for i in order) != list(
        range(rank)
    ):
        raise bad(f"{tuple(order)} is no permutation of the axes of {spec}")
    return _made(spec, [spec.dims[i] for i in order])


def _permute(arguments: Arguments) -> Outcome:
    return _transpose(arguments)


def _expand(arguments: Arguments) -> Outcome:
    spec, axis = tensor(arguments), arguments.get("axis", -1)
    if spec is None:
        return any_tensor()
    if not isinstance(axis, int) or spec.dims is None:
        if axis == -1 and isinstance(spec.shape, OpenShape):
            tail = (*spec.shape.tail, 1)
            return Outcome(
                TensorSpec(OpenShape(tail, spec.shape.min_rank + 1), spec.dtype, spec.kind)
            )
        return _loose(spec)
    rank = len(spec.dims) + 1
    if not -rank <= axis < rank:
        raise bad(f"axis {axis} is out of range for {spec}", axis)
    dims = list(spec.dims)
    dims.insert(axis % rank, 1)
    return _made(spec, dims)


def _squeeze(arguments: Arguments) -> Outcome:
    spec, axis = tensor(arguments), arguments.get("axis")
    if spec is None or spec.dims is None:
        return any_tensor() if spec is None else _loose(spec)
    rank = len(spec.dims)
    if axis is None:
        if any(dim is None or not isinstance(dim, int) for dim in spec.dims):
            return _loose(spec)
        return _made(spec, [dim for dim in spec.dims if dim != 1])
    axes = list(axis) if isinstance(axis, (list, tuple)) else [axis]
    if not all(isinstance(item, int) for item in axes):
        return _loose(spec)
    for item in axes:
        if not -rank <= item < rank:
            raise bad(f"axis {item} is out of range for {spec}", item)
        size = spec.dims[item]
        if isinstance(size, int) and size != 1:
            raise bad(f"axis {item} of {spec} has size {size}, and can not be squeezed", item)
    places = {item % rank for item in axes}
    return _made(spec, [dim for i, dim in enumerate(spec.dims) if i not in places])


def _tile(arguments: Arguments) -> Outcome:
    spec, times = tensor(arguments), arguments.get("repeats")
    if spec is None or spec.dims is None:
        return any_tensor() if spec is None else _loose(spec)
    counts = sizes_of(times)
    if counts is None:
        return _made(spec, [UNKNOWN] * len(spec.dims))
    if len(counts) > len(spec.dims):
        return _loose(spec)
    counts = [1] * (len(spec.dims) - len(counts)) + counts
    return _made(spec, [mul(dim, count) for dim, count in zip(spec.dims, counts)])


def _pad(arguments: Arguments) -> Outcome:
    spec, widths = tensor(arguments), arguments.get("paddings")
    if spec is None or spec.dims is None:
        return any_tensor() if spec is None else _loose(spec)
    if not isinstance(widths, (list, tuple)) or len(widths) != len(spec.dims):
        return _made(spec, [UNKNOWN] * len(spec.dims))
    result: list[Dim] = []
    for dim, pair in zip(spec.dims, widths):
        known = isinstance(pair, (list, tuple)) and len(pair) == 2
        result.append(add(dim, add(dim_of(pair[0]), dim_of(pair[1]))) if known else UNKNOWN)
    return _made(spec, result)


def _resize(arguments: Arguments) -> Outcome:
    spec, size = tensor(arguments), arguments.get("size")
    if spec is None or spec.dims is None or len(spec.dims) not in (3, 4):
        return any_tensor() if spec is None else _loose(spec)
    if arguments.get("data_format") == "channels_first":
        return _loose(spec)
    height: Dim = UNKNOWN
    width: Dim = UNKNOWN
    known = sizes_of(size)
    if known is not None and len(known) == 2:
        height, width = known
    elif isinstance(size, TensorSpec):
        height = width = None if size.kind is not TensorKind.ARRAY else UNKNOWN
    dims = spec.dims
    lead = dims[:1] if len(dims) == 4 else ()
    return _made(spec, (*lead, height, width, dims[-1]))


_CHANNELS_LAST = ("channels_last", "NHWC", None)


def _depth_to_space(arguments: Arguments) -> Outcome:
    spec, block = tensor(arguments), arguments.get("block_size")
    if spec is None or spec.dims is None or len(spec.dims) != 4 or not isinstance(block, int):
        return any_tensor() if spec is None else _loose(spec)
    if block < 2 or arguments.get("data_format", "channels_last") not in _CHANNELS_LAST:
        return _loose(spec)
    batch, height, width, channels = spec.dims
    if isinstance(channels, int) and channels % (block * block):
        raise bad(f"{channels} channels can not be divided into blocks of {block}x{block}", 3)
    depth = channels // (block * block) if isinstance(channels, int) else UNKNOWN
    return _made(spec, (batch, mul(height, block), mul(width, block), depth))


def _shape(arguments: Arguments) -> Outcome:
    """A tuple of dimensions; UNKNOWN if the rank is."""
    spec = tensor(arguments)
    if spec is None or spec.dims is None:
        return unknown()
    return Outcome(tuple(spec.dims))


def _dynamic_shape(arguments: Arguments) -> Outcome:
    """``tf.shape(x)``: a tensor of sizes, whose content is known where the shape is."""
    spec = tensor(arguments)
    if spec is None or spec.dims is None:
        return unknown()
    rank = len(spec.dims)
    return Outcome(TensorSpec(Shape((rank,)), "int32", TensorKind.GRAPH, tuple(spec.dims)))


def _ndim(arguments: Arguments) -> Outcome:
    spec = tensor(arguments)
    return Outcome(len(spec.dims)) if spec is not None and spec.dims is not None else unknown()


def _flatten(arguments: Arguments) -> Outcome:
    spec = tensor(arguments)
    if spec is None:
        return any_tensor()
    dims = spec.dims
    known = dims is not None and None not in dims and UNKNOWN not in dims
    return _made(spec, (product(dims) if known and dims is not None else None,))


def _batch_flatten(arguments: Arguments) -> Outcome:
    spec = tensor(arguments)
    if spec is None or not spec.dims:
        return any_tensor()
    body = spec.dims[1:]
    return _made(spec, (spec.dims[0], None if None in body else product(body)))


def _one_hot(arguments: Arguments) -> Outcome:
    spec, depth = tensor(arguments), dim_of(arguments.get("depth"))
    if spec is None or arguments.get("axis", -1) not in (-1, None):
        return any_tensor()
    if spec.dims is None:
        return Outcome(TensorSpec(OpenShape((depth,)), "float32", spec.kind))
    return Outcome(TensorSpec(Shape((*spec.dims, depth)), "float32", spec.kind))


def _repeat_elements(arguments: Arguments) -> Outcome:
    spec, times, axis = tensor(arguments), arguments.get("repeats"), arguments.get("axis")
    if spec is None or spec.dims is None or not isinstance(axis, int):
        return any_tensor() if spec is None else _loose(spec)
    if not isinstance(times, int) or not -len(spec.dims) <= axis < len(spec.dims):
        return _loose(spec)
    dims = list(spec.dims)
    dims[axis] = mul(dims[axis], times)
    return _made(spec, dims)


def _repeat_vector(arguments: Arguments) -> Outcome:
    spec, times = tensor(arguments), dim_of(arguments.get("n"))
    if spec is None or spec.dims is None or len(spec.dims) != 2:
        return any_tensor()
    return _made(spec, (spec.dims[0], times, spec.dims[1]))


def _broadcast_to(arguments: Arguments) -> Outcome:
    spec, target = tensor(arguments), arguments.get("shape")
    sizes = sizes_of(target)
    if spec is None or sizes is None:
        return any_tensor()
    return _made(spec, sizes)


def _swapaxes(arguments: Arguments) -> Outcome:
    spec, a, b = tensor(arguments), arguments.get("axis1"), arguments.get("axis2")
    if spec is None or spec.dims is None or not isinstance(a, int) or not isinstance(b, int):
        return any_tensor()
    rank = len(spec.dims)
    if not (-rank <= a < rank and -rank <= b < rank):
        raise bad(f"axes {a} and {b} are out of range for {format_shape(spec.shape)}")
    dims = list(spec.dims)
    dims[a], dims[b] = dims[b], dims[a]
    return _made(spec, dims)


_IN = (("tensor", "x"), ("input", "x"), ("inputs", "x"), ("image", "x"), ("images", "x"), ("a", "x"),
       ("indices", "x"), ("value", "x"))  # fmt: skip

OPS = (
    Op(("ops.reshape", "tf.reshape", "K.reshape"), ("x", "shape", "name"), _reshape,
       (*_IN, ("newshape", "shape"))),
    Op(("ops.transpose", "tf.transpose"), ("x", "axes", "conjugate"), _transpose,
       (*_IN, ("perm", "axes"))),
    Op(("K.permute_dimensions",), ("x", "axes"), _permute, (("pattern", "axes"),)),
    Op(("K.transpose",), ("x",), _transpose),
    Op(("ops.expand_dims", "tf.expand_dims", "K.expand_dims"), ("x", "axis", "name"), _expand, _IN),
    Op(("ops.squeeze", "tf.squeeze", "K.squeeze"), ("x", "axis", "name"), _squeeze, _IN),
    Op(("ops.tile", "tf.tile", "K.tile"), ("x", "repeats", "name"), _tile,
       (*_IN, ("multiples", "repeats"), ("n", "repeats"))),
    Op(("ops.pad", "tf.pad"), ("x", "paddings", "mode", "constant_values"), _pad,
       (*_IN, ("pad_width", "paddings"))),
    Op(("ops.image.resize", "tf.image.resize", "tf.image.resize_bilinear",
        "tf.image.resize_nearest_neighbor", "tf.image.resize_images", "tf.image.resize_bicubic"),
       ("x", "size", "method"), _resize, _IN),
    Op(("tf.nn.depth_to_space", "tf.depth_to_space", "ops.nn.depth_to_space"),
       ("x", "block_size", "data_format", "name"), _depth_to_space, _IN),
    Op(("ops.shape", "K.int_shape"), ("x",), _shape),
    Op(("tf.shape", "K.shape"), ("x", "out_type", "name"), _dynamic_shape, _IN),
    Op(("ops.ndim", "K.ndim", "tf.rank"), ("x",), _ndim),
    Op(("K.flatten", "ops.ravel"), ("x",), _flatten),
    Op(("K.batch_flatten",), ("x",), _batch_flatten),
    Op(("ops.one_hot", "tf.one_hot", "K.one_hot"), ("x", "depth", "on_value", "off_value", "axis"),
       _one_hot, (*_IN, ("num_classes", "depth"))),
    Op(("ops.repeat", "tf.repeat", "K.repeat_elements"), ("x", "repeats", "axis", "name"),
       _repeat_elements, (*_IN, ("rep", "repeats"))),
    Op(("K.repeat",), ("x", "n"), _repeat_vector),
    Op(("ops.broadcast_to", "tf.broadcast_to"), ("x", "shape"), _broadcast_to, _IN),
    Op(("ops.swapaxes",), ("x", "axis1", "axis2"), _swapaxes),
)  # fmt: skip

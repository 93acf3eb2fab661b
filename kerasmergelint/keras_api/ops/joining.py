"""Ops that join and split: concatenate, stack, split, unstack, dot products."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api import operators
from kerasmergelint.keras_api.ops.op import (
    Arguments,
    Op,
    any_tensor,
    as_spec,
    bad,
    dim_of,
    tensor,
    unknown,
)
from kerasmergelint.keras_api.protocol import (
    Broken,
    Outcome,
    Problem,
    ProblemKind,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape, floordiv, format_shape, total
from kerasmergelint.shapes.broadcast import never_equal


def _specs(values: Any) -> list[TensorSpec] | None:
    """A list of tensors, if it is fully known."""
    if not isinstance(values, (list, tuple)) or not values:
        return None
    specs = [as_spec(value) for value in values]
    if not any(isinstance(value, TensorSpec) for value in values):
        return None
    return None if None in specs else [spec for spec in specs if spec is not None]


def _refuse_none(values: Any) -> None:
    if isinstance(values, (list, tuple)):
        for index, value in enumerate(values):
            if value is None:
                raise Broken(
                    Problem(
                        ProblemKind.OPERATION,
                        "ValueError",
                        f"input {index} is None, not a tensor",
                        (index,),
                        hint="a function without a return gives None",
                    )
                )


def _concatenate(arguments: Arguments) -> Outcome:
    """Ranks equal, sizes equal off the axis; TensorFlow and ``keras.ops`` agree on this."""
    values, axis = arguments.get("xs"), arguments.get("axis", 0)
    _refuse_none(values)
    if isinstance(axis, (list, tuple)) and any(isinstance(part, TensorSpec) for part in axis):
        raise bad("the axis is a list of tensors: tensors come first, then the axis")
    specs = _specs(values)
    if specs is None:
        return any_tensor()
    ranks = {len(spec.dims) for spec in specs if spec.dims is not None}
    if len(ranks) > 1:
        shapes = [str(spec) for spec in specs]
        raise bad(f"ranks differ: {', '.join(shapes[:4])}")
    if not ranks or any(spec.dims is None for spec in specs) or not isinstance(axis, int):
        return _joined_open(specs, axis)
    rank = ranks.pop()
    if not -rank <= axis < rank:
        raise bad(f"axis {axis} is out of range for rank {rank}", axis)
    place = axis % rank
    _compare(specs, place)
    dims = _merged(specs, rank)
    dims[place] = total([spec.dims[place] for spec in specs if spec.dims is not None])
    unsure = any(UNKNOWN in (spec.dims or ()) for spec in specs)
    return Outcome(
        TensorSpec(Shape(tuple(dims)), specs[0].dtype, operators.kind_of(*specs), _data(specs)),
        ("sizes are not known",) if unsure else (),
    )


def _data(specs: list[TensorSpec]) -> Any:
    """The content of joined vectors of sizes."""
    parts = [spec.data for spec in specs]
    if all(isinstance(part, tuple) for part in parts) and len(specs[0].dims or ()) == 1:
        return tuple(size for part in parts for size in part)
    return None


def _compare(specs: list[TensorSpec], place: int | None) -> None:
    """Every axis but ``place`` must have the same size in all."""
    for index, spec in enumerate(specs):
        for earlier, other in enumerate(specs[:index]):
            for axis, (a, b) in enumerate(zip(other.dims or (), spec.dims or ())):
                if axis != place and never_equal(a, b):
                    raise Broken(
                        Problem(
                            ProblemKind.OPERATION,
                            "ValueError",
                            f"axis {axis} differs: {a} and {b}",
                            (earlier, index),
                            axis,
                            "make the sizes agree",
                        )
                    )


def _merged(specs: list[TensorSpec], rank: int) -> list[Dim]:
    """For each axis the first size that is known."""
    dims: list[Dim] = []
    for axis in range(rank):
        sizes = [spec.dims[axis] for spec in specs if spec.dims is not None]
        known = [size for size in sizes if size is not None and size is not UNKNOWN]
        dims.append(known[0] if known else sizes[0])
    return dims


def _joined_open(specs: list[TensorSpec], axis: Any) -> Outcome:
    kind = operators.kind_of(*specs)
    if axis == -1:
        lasts = [_last(spec) for spec in specs]
        return Outcome(
            TensorSpec(OpenShape((total(lasts),)), specs[0].dtype, kind), ("a rank is not known",)
        )
    return any_tensor(kind)


def _last(spec: TensorSpec) -> Dim:
    dims = spec.shape.dims if isinstance(spec.shape, Shape) else spec.shape.tail
    return dims[-1] if dims else UNKNOWN


def packed(specs: list[TensorSpec], axis: int) -> TensorSpec:
    """``stack``: all shapes equal, a new axis of their number."""
    ranks = {len(spec.dims) for spec in specs if spec.dims is not None}
    if len(ranks) > 1:
        raise bad(f"shapes must be equal to be stacked, got {', '.join(map(str, specs[:4]))}")
    if not ranks or any(spec.dims is None for spec in specs):
        return TensorSpec(OpenShape(), None, operators.kind_of(*specs))
    rank = ranks.pop()
    _compare(specs, None)
    if not -rank - 1 <= axis <= rank:
        raise bad(f"axis {axis} is out of range for rank {rank + 1}", axis)
    dims = _merged(specs, rank)
    dims.insert(axis % (rank + 1), len(specs))
    data = tuple(spec.data for spec in specs) if rank == 0 else None
    return TensorSpec(Shape(tuple(dims)), specs[0].dtype, operators.kind_of(*specs), data)


def _stack(arguments: Arguments) -> Outcome:
    values, axis = arguments.get("xs"), arguments.get("axis", 0)
    _refuse_none(values)
    specs = _specs(values)
    if specs is None or not isinstance(axis, int):
        return any_tensor()
    return Outcome(packed(specs, axis))


def _add_n(arguments: Arguments) -> Outcome:
    """All shapes must be the same."""
    specs = _specs(arguments.get("xs"))
    if specs is None:
        return any_tensor()
    stacked = packed(specs, 0)
    if stacked.dims is None:
        return Outcome(stacked)
    return Outcome(stacked.with_shape(Shape(stacked.dims[1:])))


def _split(arguments: Arguments) -> Outcome:
    spec, parts, axis = tensor(arguments), arguments.get("parts"), arguments.get("axis", 0)
    if spec is None or spec.dims is None or not isinstance(axis, int):
        return unknown()
    rank = len(spec.dims)
    if not -rank <= axis < rank:
        raise bad(f"axis {axis} is out of range for {spec}", axis)
    size = spec.dims[axis]
    if isinstance(parts, int):
        if isinstance(size, int) and size % parts:
            raise bad(f"size {size} at axis {axis} can not be split into {parts} equal parts", axis)
        sizes = [floordiv(size, parts) if size is not None else None] * parts
    elif isinstance(parts, (list, tuple)) and "tf" in arguments:
        sizes = [dim_of(part) for part in parts]
    else:
        return unknown()
    made = []
    for part in sizes:
        dims = list(spec.dims)
        dims[axis] = UNKNOWN if part == -1 else part
        made.append(spec.with_shape(Shape(tuple(dims))))
    return Outcome(made)


def _unstack(arguments: Arguments) -> Outcome:
    spec, axis = tensor(arguments), arguments.get("axis", 0)
    if spec is None or spec.dims is None or not isinstance(axis, int):
        return unknown()
    if not -len(spec.dims) <= axis < len(spec.dims):
        raise bad(f"axis {axis} is out of range for {spec}", axis)
    count = spec.dims[axis]
    if not isinstance(count, int) or count > 4096:
        return unknown()
    dims = list(spec.dims)
    del dims[axis]
    return Outcome([spec.with_shape(Shape(tuple(dims))) for _ in range(count)])


def _batch_dot(arguments: Arguments) -> Outcome:
    """``K.batch_dot(x, y, axes)``."""
    left, right, axes = arguments.get("x"), arguments.get("y"), arguments.get("axes")
    if not isinstance(left, TensorSpec) or not isinstance(right, TensorSpec):
        return any_tensor()
    if left.dims is None or right.dims is None:
        return any_tensor()
    pair = (axes, axes) if isinstance(axes, int) else axes
    if pair is None:
        pair = (len(left.dims) - 1, 1 if len(right.dims) == 2 else len(right.dims) - 2)
    if (
        not isinstance(pair, (list, tuple))
        or len(pair) != 2
        or not all(isinstance(a, int) for a in pair)
    ):
        return any_tensor()
    a, b = (axis % len(dims) for axis, dims in zip(pair, (left.dims, right.dims)))
    if never_equal(left.dims[a], right.dims[b]):
        raise Broken(
            Problem(
                ProblemKind.OPERATION,
                "ValueError",
                f"sizes {left.dims[a]} and {right.dims[b]} of {left} and {right} are contracted",
                (0, 1),
                a,
            )
        )
    first = [dim for axis, dim in enumerate(left.dims) if axis != a]
    second = [dim for axis, dim in enumerate(right.dims) if axis not in (0, b)]
    result = [*first, *second]
    if len(result) == 1:
        result.append(1)
    return Outcome(left.with_shape(Shape(tuple(result))))


def _dot(arguments: Arguments) -> Outcome:
    """``K.dot``, ``ops.dot``: the last axis against the last but one."""
    left, right = arguments.get("x"), arguments.get("y")
    if not isinstance(left, TensorSpec) or not isinstance(right, TensorSpec):
        return any_tensor()
    if left.dims is None or right.dims is None or len(left.dims) < 2 or len(right.dims) < 2:
        return any_tensor()
    if never_equal(left.dims[-1], right.dims[-2]):
        raise bad(f"{left} and {right}: the sizes {left.dims[-1]} and {right.dims[-2]} differ")
    dims = (*left.dims[:-1], *right.dims[:-2], right.dims[-1])
    return Outcome(TensorSpec(Shape(dims), left.dtype, operators.kind_of(left, right)))


def _tensordot(arguments: Arguments) -> Outcome:
    left, right, axes = arguments.get("x"), arguments.get("y"), arguments.get("axes")
    if not isinstance(left, TensorSpec) or not isinstance(right, TensorSpec):
        return any_tensor()
    if left.dims is None or right.dims is None:
        return any_tensor()
    pairs = _contracted(axes, len(left.dims), len(right.dims))
    if pairs is None:
        return any_tensor()
    for a, b in zip(*pairs):
        if never_equal(left.dims[a], right.dims[b]):
            raise bad(f"{left} and {right}: the sizes {left.dims[a]} and {right.dims[b]} differ")
    first = [dim for axis, dim in enumerate(left.dims) if axis not in pairs[0]]
    second = [dim for axis, dim in enumerate(right.dims) if axis not in pairs[1]]
    return Outcome(TensorSpec(Shape((*first, *second)), left.dtype, operators.kind_of(left, right)))


def _contracted(axes: Any, left: int, right: int) -> tuple[list[int], list[int]] | None:
    if isinstance(axes, int):
        if axes > min(left, right):
            return None
        return list(range(left - axes, left)), list(range(axes))
    if not isinstance(axes, (list, tuple)) or len(axes) != 2:
        return None
    sides = [list(side) if isinstance(side, (list, tuple)) else [side] for side in axes]
    if not all(isinstance(axis, int) for side in sides for axis in side):
        return None
    ranks = (left, right)
    if any(not -rank <= axis < rank for side, rank in zip(sides, ranks) for axis in side):
        return None
    return [a % left for a in sides[0]], [b % right for b in sides[1]]


def _einsum(arguments: Arguments) -> Outcome:
    """Sizes of labels; conflicts of labels are not checked by Keras when symbolic."""
    equation = arguments.get("equation")
    operands = [arguments.get(name) for name in ("a", "b", "c") if name in arguments]
    if not isinstance(equation, str) or "..." in equation or "->" not in equation:
        return any_tensor()
    left, _, result = equation.replace(" ", "").partition("->")
    inputs = left.split(",")
    sizes: dict[str, Dim] = {}
    specs = [operand for operand in operands if isinstance(operand, TensorSpec)]
    if len(specs) != len(inputs):
        return any_tensor()
    for labels, spec in zip(inputs, specs):
        if spec.dims is None:
            return any_tensor(spec.kind)
        if len(labels) != len(spec.dims):
            raise bad(f"`{labels}` does not fit the rank of {format_shape(spec.shape)}")
        for label, dim in zip(labels, spec.dims):
            if label not in sizes or sizes[label] is None:
                sizes[label] = dim
    dims = tuple(sizes.get(label, UNKNOWN) for label in result)
    return Outcome(TensorSpec(Shape(dims), specs[0].dtype, operators.kind_of(*specs)))


def _gather(arguments: Arguments) -> Outcome:
    spec, indices, axis = tensor(arguments), arguments.get("indices"), arguments.get("axis", 0)
    if spec is None or spec.dims is None or not isinstance(axis, int):
        return any_tensor()
    if isinstance(indices, TensorSpec) and indices.dims is not None:
        inner: tuple[Dim, ...] = indices.dims
    elif isinstance(indices, int):
        inner = ()
    elif isinstance(indices, (list, tuple)) and all(isinstance(i, int) for i in indices):
        inner = (len(indices),)
    else:
        return any_tensor(spec.kind)
    place = axis % len(spec.dims)
    dims = (*spec.dims[:place], *inner, *spec.dims[place + 1 :])
    kinds = (spec, indices) if isinstance(indices, TensorSpec) else (spec,)
    return Outcome(TensorSpec(Shape(dims), spec.dtype, operators.kind_of(*kinds)))


_XS = (("values", "xs"), ("tensors", "xs"), ("inputs", "xs"), ("x", "xs"), ("arrays", "xs"))
_XY = (("x1", "x"), ("x2", "y"), ("a", "x"), ("b", "y"))

OPS = (
    Op(("ops.concatenate", "tf.concat"), ("xs", "axis", "name"), _concatenate, _XS),
    Op(("K.concatenate",), ("xs", "axis"), lambda a: _concatenate({"axis": -1, **a}), _XS),
    Op(("ops.stack", "tf.stack", "K.stack"), ("xs", "axis", "name"), _stack, _XS),
    Op(("tf.add_n", "tf.math.add_n", "tf.accumulate_n"), ("xs", "name"), _add_n, _XS),
    Op(("tf.split",), ("x", "parts", "axis", "num", "name"), lambda a: _split({**a, "tf": True}),
       (("value", "x"), ("num_or_size_splits", "parts"))),
    Op(("ops.split",), ("x", "parts", "axis"), _split, (("indices_or_sections", "parts"),)),
    Op(("tf.unstack", "ops.unstack"), ("x", "num", "axis", "name"),
       _unstack, (("value", "x"),)),
    Op(("K.batch_dot",), ("x", "y", "axes"), _batch_dot),
    Op(("K.dot", "ops.dot"), ("x", "y"), _dot, _XY),
    Op(("tf.tensordot", "ops.tensordot", "tf.linalg.tensordot"), ("x", "y", "axes", "name"), _tensordot, _XY),
    Op(("tf.einsum", "ops.einsum", "tf.linalg.einsum"), ("equation", "a", "b", "c"), _einsum),
    Op(("tf.gather", "ops.take", "K.gather"), ("x", "indices", "validate_indices", "axis"), _gather,
       (("params", "x"), ("reference", "x"))),
    Op(("tf.nn.embedding_lookup",), ("x", "indices"), _gather, (("params", "x"), ("ids", "indices"))),
)  # fmt: skip

"""Ops that reduce axes."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.ops.op import Arguments, Op, any_tensor, bad, tensor
from kerasmergelint.keras_api.protocol import Outcome, TensorSpec
from kerasmergelint.shapes import OpenShape, Shape, format_shape


def _axes(value: Any, rank: int, shape: Shape) -> list[int] | None:
    items = value if isinstance(value, (list, tuple)) else [value]
    if not all(isinstance(item, int) for item in items):
        return None
    for item in items:
        if not -rank <= item < rank:
            raise bad(f"axis {item} is out of range for {format_shape(shape)}", item)
    return [item % rank for item in items]


def _reduce(arguments: Arguments) -> Outcome:
    """The axes are removed, or become 1; without an axis all are."""
    value, keep = arguments.get("x"), arguments.get("keepdims", False)
    if isinstance(value, (list, tuple)):
        return _reduce_list(value, arguments)
    spec = tensor(arguments)
    if spec is None:
        return any_tensor()
    if not isinstance(keep, bool):
        return any_tensor(spec.kind)
    axis = arguments.get("axis")
    if axis is None:
        if not keep:
            return _made(spec, Shape(()))
        return _made(
            spec, Shape((1,) * spec.shape.rank) if isinstance(spec.shape, Shape) else OpenShape()
        )
    if not isinstance(spec.shape, Shape):
        return _open(spec, axis, keep=keep)
    axes = _axes(axis, spec.shape.rank, spec.shape)
    if axes is None:
        return any_tensor(spec.kind, "the axis is not known")
    dims = spec.shape.dims
    if keep:
        return _made(spec, Shape(tuple(1 if i in axes else d for i, d in enumerate(dims))))
    return _made(spec, Shape(tuple(d for i, d in enumerate(dims) if i not in axes)))


def _open(spec: TensorSpec, axis: Any, *, keep: bool) -> Outcome:
    least = spec.shape.min_rank if isinstance(spec.shape, OpenShape) else 0
    if axis == -1 and keep and isinstance(spec.shape, OpenShape):
        return _made(spec, OpenShape((*spec.shape.tail[:-1], 1), least))
    if axis == -1 and isinstance(spec.shape, OpenShape):
        return _made(spec, OpenShape(spec.shape.tail[:-1], max(least - 1, 0)))
    return _made(spec, OpenShape())


def _made(spec: TensorSpec, shape: Shape | OpenShape) -> Outcome:
    return Outcome(TensorSpec(shape, spec.dtype, spec.kind))


def _reduce_list(values: Any, arguments: Arguments) -> Outcome:
    """``tf.reduce_sum([a, b], axis=0)`` packs the list first, without broadcasting."""
    from kerasmergelint.keras_api.ops.joining import packed

    if not any(isinstance(value, TensorSpec) for value in values):
        return any_tensor()
    if any(not isinstance(value, TensorSpec) for value in values):
        return any_tensor()
    stacked = packed(list(values), 0)
    return _reduce({**arguments, "x": stacked})


def _arg(arguments: Arguments) -> Outcome:
    outcome = _reduce({"axis": 0, **arguments} if "axis" not in arguments else arguments)
    spec = outcome.outputs
    return (
        Outcome(TensorSpec(spec.shape, "int64", spec.kind))
        if isinstance(spec, TensorSpec)
        else outcome
    )


_ALIASES = (
    ("input_tensor", "x"), ("input", "x"), ("keep_dims", "keepdims"), ("tensor", "x"), ("a", "x"),
    ("dimension", "axis"),
)  # fmt: skip
_REDUCTIONS = ("sum", "mean", "max", "min", "prod", "std", "var", "any", "all", "logsumexp")


def _names(name: str) -> tuple[str, ...]:
    return (
        f"ops.{name}",
        f"tf.reduce_{name}",
        f"tf.math.reduce_{name}",
        f"K.{name}",
        f"ops.numpy.{name}",
    )


OPS = (
    *(Op(_names(name), ("x", "axis", "keepdims", "name"), _reduce, _ALIASES) for name in _REDUCTIONS),
    Op(("tf.reduce_logsumexp", "tf.math.reduce_variance", "tf.math.reduce_std", "tf.norm", "K.var",
        "tf.math.count_nonzero"), ("x", "axis", "keepdims", "name"), _reduce, _ALIASES),
    Op(("tf.argmax", "tf.argmin", "tf.math.argmax", "tf.math.argmin"), ("x", "axis", "output_type"), _arg,
       _ALIASES),
    Op(("ops.argmax", "ops.argmin"), ("x", "axis", "keepdims"), _reduce, _ALIASES),
    Op(("K.argmax", "K.argmin"), ("x", "axis"), lambda a: _reduce({"axis": -1, **a})),
)  # fmt: skip

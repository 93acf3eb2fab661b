"""Ops that reduce axes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.ops import dtypes
from kerasmergelint.keras_api.ops.joining import packed
from kerasmergelint.keras_api.ops.op import (
    Op,
    OpCall,
    Rule,
    axis_in,
    made,
    some_tensor,
    unknown,
)
from kerasmergelint.keras_api.protocol import Outcome, TensorSpec
from kerasmergelint.shapes import OpenShape, Shape

Dtype = Callable[[TensorSpec], "str | None"]


def axes_of(value: object, spec: TensorSpec) -> list[int] | None:
    """The axes to reduce, counted from 0; None where they are unknown."""
    if spec.dims is None:
        return None
    rank = len(spec.dims)
    if value is None:
        return list(range(rank))
    items = value if isinstance(value, (list, tuple)) else [value]
    axes = [item for item in items if type(item) is int]
    return [axis_in(axis, rank, spec) for axis in axes] if len(axes) == len(items) else None


def without(spec: TensorSpec, axes: list[int], *, keep: bool) -> Shape:
    """The shape when axes are reduced."""
    dims = enumerate(spec.dims or ())
    if keep:
        return Shape(tuple(1 if place in axes else dim for place, dim in dims))
    return Shape(tuple(dim for place, dim in dims if place not in axes))


def reduces(dtype: Dtype) -> Rule:
    """The rule of a reduction: the axes vanish, or become 1; without an axis, all of them."""

    def rule(call: OpCall) -> Outcome:
        value = call.get("x")
        if isinstance(value, (list, tuple)):
            return _of_list(call, value, rule)
        spec, keep, axis = call.tensor(), call.get("keepdims", False), call.get("axis")
        keep = False if keep is None else keep
        if spec is None or not isinstance(keep, bool):
            return _to_number(call) if axis is None and keep is False else some_tensor(call)
        if spec.dims is None:
            return made(spec, _open(spec.shape, axis, keep=keep), dtype(spec))
        axes = axes_of(axis, spec)
        if axes is None:
            return some_tensor(call, "the axis is not known")
        if len(set(axes)) < len(axes):
            return some_tensor(call, "an axis is reduced twice")
        return made(spec, without(spec, axes, keep=keep), dtype(spec))

    return rule


def _to_number(call: OpCall) -> Outcome:
    """Whatever is reduced as a whole becomes one number."""
    found = some_tensor(call)
    return replace(found, outputs=found.outputs.with_shape(Shape(())))


def _open(shape: object, axis: object, *, keep: bool) -> Shape | OpenShape:
    """Even of a tensor of unknown rank, the last axis may be known to vanish."""
    assert isinstance(shape, OpenShape)
    if axis is None:
        return OpenShape() if keep else Shape(())
    if axis == -1 and keep:
        return OpenShape((*shape.tail[:-1], 1), shape.min_rank)
    if axis == -1:
        return OpenShape(shape.tail[:-1], max(shape.min_rank - 1, 0))
    return OpenShape()


def _of_list(call: OpCall, values: Sequence[object], rule: Rule) -> Outcome:
    """``tf.reduce_sum([a, b], axis=0)`` packs the list first, without broadcasting."""
    specs = [value for value in values if isinstance(value, TensorSpec)]
    if not specs or len(specs) < len(values):
        return some_tensor(call)
    return rule(call.with_arguments(x=packed(specs, 0)))


def _index(call: OpCall) -> Outcome:
    """``argmax``: one axis; without one, ``keras.ops`` flattens, and others take the first."""
    spec, axis, keep = call.tensor(), call.get("axis"), call.get("keepdims", False)
    if spec is None:
        return some_tensor(call)
    dtype = call.dtype_or("int64") if call.space == "tf" else None
    if axis is None and call.space != "ops":
        axis = 0
    if spec.dims is None:
        return made(spec, _open(spec.shape, axis, keep=bool(keep)), dtype)
    if len(spec.dims) < 2 and not call.symbolic and axis not in (0, -1, None):
        return some_tensor(call, "TensorFlow does not compare the axis of a vector")
    axes = axes_of(axis, spec)
    if axes is None or not isinstance(keep, bool):
        return some_tensor(call, "the axis is not known")
    return made(spec, without(spec, axes, keep=keep), dtype)


def _moments(call: OpCall) -> Outcome:
    """Mean and variance."""
    spec, wanted = call.tensor(), call.get("axis")
    axes = axes_of(wanted, spec) if spec is not None else None
    if axes is None or len(set(axes)) < len(axes):
        return unknown("the axes are not certain")
    outcome = reduces(dtypes.floating)(call)
    return Outcome((outcome.outputs, outcome.outputs), outcome.doubts)


def _average(call: OpCall) -> Outcome:
    if call.get("weights") is not None:
        return some_tensor(call, "an average with weights")
    return reduces(dtypes.floating)(call)


def _not_inferred(call: OpCall) -> bool:
    """Keras sorts with sizes that TensorFlow finds out at run time."""
    spec = call.tensor()
    if call.symbolic or spec is None:
        return False
    return call.last.startswith("nan") or None in (spec.dims or (None,))


def _median(call: OpCall) -> Outcome:
    if _not_inferred(call):
        return some_tensor(call, "TensorFlow does not infer it")
    return reduces(dtypes.floating)(call)


def _quantile(call: OpCall) -> Outcome:
    """The shape of ``q``, followed by what is left."""
    q = call.tensor("q")
    if _not_inferred(call):
        return some_tensor(call, "TensorFlow does not infer it")
    outcome = reduces(dtypes.floating)(call)
    spec = outcome.outputs
    if q is None or q.dims is None or not isinstance(spec, TensorSpec) or spec.dims is None:
        return some_tensor(call)
    return made(spec, (*q.dims, *spec.dims))


def _norm(call: OpCall) -> Outcome:
    spec = call.tensor()
    whole = not call.symbolic and call.get("axis") is None
    if whole and spec is not None and (spec.dims is None or len(spec.dims) > 2):
        return some_tensor(call, "a norm of more than a matrix")
    return reduces(dtypes.floating)(call)


def _bool(spec: TensorSpec) -> str:
    return "bool"


def _nothing(spec: TensorSpec) -> None:
    return None


_KEEP = (
    "ops.max", "ops.min", "ops.amax", "ops.amin", "ops.nanmax", "ops.nanmin", "ops.ptp",
    "tf.reduce_max", "tf.reduce_min", "tf.reduce_sum", "tf.reduce_prod", "tf.reduce_mean",
    "K.max", "K.min", "K.sum", "K.prod",
)  # fmt: skip
_FLOAT = (
    "ops.mean", "ops.std", "ops.var", "ops.logsumexp", "ops.nanmean", "ops.nanstd",
    "ops.nanvar", "ops.sum", "ops.prod", "ops.nansum", "ops.nanprod",
    "tf.reduce_logsumexp", "tf.math.reduce_variance", "tf.math.reduce_std",
    "tf.math.reduce_euclidean_norm", "K.mean", "K.std", "K.var",
)  # fmt: skip


def _whole(call: OpCall) -> Outcome:
    """One number for the whole tensor."""
    spec = call.tensor()
    return some_tensor(call) if spec is None else made(spec, (), None)


# The axis is their second argument.
_REDUCES = Kind.REDUCTION | Kind.ALONG | Kind.EXPLICIT

OPS = (
    Op(("tf.nn.l2_loss", "tf.math.zero_fraction"), _whole),
    Op(_KEEP, reduces(dtypes.same), _REDUCES),
    Op(_FLOAT, reduces(dtypes.floating), _REDUCES),
    Op(("ops.all", "ops.any", "tf.reduce_all", "tf.reduce_any", "K.all", "K.any"), reduces(_bool),
       _REDUCES),
    Op(("ops.count_nonzero",), reduces(_nothing), _REDUCES),
    Op(("tf.math.count_nonzero",), reduces(_nothing), _REDUCES, (("dtype", "made"),)),
    Op(("ops.norm",), _norm, Kind.EXPLICIT),
    Op(("tf.linalg.norm", "tf.norm"), reduces(dtypes.floating), Kind.EXPLICIT),
    Op(("ops.median", "ops.nanmedian"), _median, _REDUCES),
    Op(("tf.argmax", "tf.argmin", "ops.argmax", "ops.argmin", "ops.nanargmax", "ops.nanargmin",
        "K.argmax", "K.argmin"), _index, _REDUCES),
    Op(("ops.moments", "tf.nn.moments"), _moments, Kind.EXPLICIT),
    Op(("ops.average",), _average, _REDUCES),
    Op(("ops.quantile", "ops.percentile", "ops.nanquantile", "ops.nanpercentile"), _quantile,
       Kind.EXPLICIT),
)  # fmt: skip

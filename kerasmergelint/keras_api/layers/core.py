"""Dense, Embedding, Input, Lambda, the base classes, and what wraps foreign code."""

from __future__ import annotations

from kerasmergelint.keras_api.layers.arguments import (
    is_flag_set,
    is_unknown,
    positive_int,
)
from kerasmergelint.keras_api.layers.layer_type import (
    Dtype,
    LayerType,
    as_dim,
    one,
    output,
    refused,
    same,
    undefined,
    with_last,
)
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    KerasVersion,
    LayerCall,
    Outcome,
    Problem,
    ProblemKind,
    ShapeNest,
    SubLayer,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape, last_dim
from kerasmergelint.shapes.broadcast import never_equal


def _size(config: Config, name: str) -> Dim:
    """A size; Keras 2 rounds floats down, and reads numbers out of strings."""
    value = config.get(name)
    if isinstance(value, (float, str)):
        try:
            return int(value)
        except (ValueError, OverflowError):
            return UNKNOWN
    return as_dim(value)


# -- Dense ----------------------------------------------------------------------------------


def _dense(call: LayerCall) -> Outcome:
    shape = one(call).shape
    if last_dim(shape) is None and call.first is None:
        raise undefined(f"the last dimension is None: {one(call)}")
    outcome = with_last(call, _size(call.config, "units"), min_rank=2)
    if call.version is KerasVersion.V3 or not isinstance(call.first, Shape):
        return outcome
    return _dense_again(call, outcome, call.first.dims[-1])


def _dense_again(call: LayerCall, outcome: Outcome, built: Dim) -> Outcome:
    """Keras 2 multiplies without a look; TensorFlow compares what it knows the whole shape of."""
    dims, last = one(call).dims, last_dim(one(call).shape)
    if not never_equal(built, last):
        return outcome
    if dims is None or (len(dims) > 2 and not all(isinstance(dim, int) for dim in dims)):
        return Outcome(outcome.outputs, ("the size is another one than in the first call",))
    raise Broken(
        Problem(
            ProblemKind.PINNED,
            "ValueError",
            f"was built for size {built} on axis -1, and is now called on size {last} ({one(call)})",
            axis=-1,
            hint="make a new layer for this input",
        )
    )


def _dense_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    size, units = last_dim(first), _size(config, "units")
    bias = is_flag_set(config, "use_bias", True)
    if not isinstance(size, int) or not isinstance(units, int) or bias is None:
        return None
    return size * units + (units if bias else 0)


# -- Embedding ------------------------------------------------------------------------------


def _embedding(call: LayerCall) -> Outcome:
    spec, size = one(call), _size(call.config, "output_dim")
    if call.arguments.get("reverse", False) is not False:
        return _reversed(call)
    if isinstance(spec.shape, Shape):
        return output(call, (*spec.shape.dims, size))
    tail = (*spec.shape.tail, size)
    return Outcome(TensorSpec(OpenShape(tail, spec.shape.min_rank + 1), "float32", spec.kind))


def _reversed(call: LayerCall) -> Outcome:
    """``ReversibleEmbedding()(x, reverse=True)``: back to one score for each token."""
    if call.arguments.get("reverse") is True:
        return with_last(call, _size(call.config, "input_dim"))
    return Outcome(TensorSpec(kind=one(call).kind), ("the direction is not known",))


def _embedding_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    rows, columns = _size(config, "input_dim"), _size(config, "output_dim")
    if isinstance(rows, int) and isinstance(columns, int):
        return rows * columns
    return None


def _both_ways(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    count, tied = (
        _embedding_weights(config, first, version),
        is_flag_set(config, "tie_weights", True),
    )
    return None if count is None or tied is None else count if tied else 2 * count


# -- what has no rule -----------------------------------------------------------------------


def _opaque(call: LayerCall) -> Outcome:
    return Outcome(UNKNOWN, ("what it computes is not known",))


def _no_count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    return None


def _base(call: LayerCall) -> Outcome:
    """The bare base class: identity in Keras 2, nothing at all in Keras 3."""
    if call.version is KerasVersion.V2:
        return same(call)
    raise Broken(
        Problem(ProblemKind.ARGUMENT, "NotImplementedError", "a bare `Layer` has no `call()`")
    )


def _wrapper(call: LayerCall) -> Outcome:
    """The base class of wrappers builds the layer inside, and calls nothing."""
    if call.version is KerasVersion.V2:
        return same(call)
    raise Broken(
        Problem(ProblemKind.ARGUMENT, "NotImplementedError", "a bare `Wrapper` has no `call()`")
    )


def _wrapped_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    inner = config.get("layer")
    return inner.parameters(first) if isinstance(inner, SubLayer) else None


def _last(config: Config) -> tuple[int, ...]:
    return (-1,)


def _foreign(name: str) -> LayerType:
    """Layers that run code of another framework, or a saved model."""
    return LayerType(
        name, _opaque, single=False, refuses_tensors=False, weights=_no_count, dtype=Dtype.RULE
    )


def _check_table(config: Config, version: KerasVersion) -> None:
    for name in ("input_dim", "output_dim"):
        size = config.get(name)
        if not is_unknown(size) and (not isinstance(size, int) or size <= 0):
            raise refused(f"`{name}` must be a positive integer, got {size!r}")


LAYERS = (
    LayerType("Dense", _dense, min_rank=2, pins=_last, check=positive_int("units"),
              weights=_dense_weights, v2_integers=True, v2_pins=None),
    LayerType("Embedding", _embedding, check=_check_table, weights=_embedding_weights, v2_integers=True),
    LayerType("ReversibleEmbedding", _embedding, check=_check_table, weights=_both_ways),
    LayerType("InputLayer", _opaque, single=False, refuses_tensors=False, dtype=Dtype.RULE),
    LayerType("Lambda", _opaque, single=False, refuses_tensors=False, weights=_no_count,
              dtype=Dtype.RULE),
    LayerType("Layer", _base, single=False, v2_integers=True, dtype=Dtype.INPUT),
    LayerType("Wrapper", _wrapper, single=False, weights=_wrapped_weights, v2_integers=True,
              dtype=Dtype.INPUT),
    *(_foreign(name) for name in (
        "TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper", "DenseFeatures")),
)  # fmt: skip

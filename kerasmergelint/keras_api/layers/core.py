"""Dense, Embedding, Input, Lambda, the base classes, and wrappers of foreign code."""

from __future__ import annotations

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.arguments import is_flag_set, is_unknown, positive_int
from kerasmergelint.keras_api.layers.layer_type import (
    Behaviour,
    Dtype,
    Integers,
    LayerType,
    PinCheck,
)
from kerasmergelint.keras_api.layers.rules import (
    Rule,
    as_dim,
    last_pinned,
    one,
    output,
    same,
    unknown_weights,
    with_last,
)
from kerasmergelint.keras_api.problems import pinned, refused, undefined
from kerasmergelint.keras_api.protocol import (
    Config,
    LayerCall,
    Outcome,
    ShapeNest,
    SubLayer,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V2, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape, last_dim
from kerasmergelint.shapes.broadcast import never_equal


def _size(config: Config, name: str) -> Dim:
    """A size; Keras 2 rounds floats down, and parses strings."""
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
    return with_last(call, _size(call.config, "units"), min_rank=2)


def _dense_in_v2(call: LayerCall) -> Outcome:
    """Keras 2 multiplies unchecked; TensorFlow compares sizes where it knows the whole shape."""
    outcome = _dense(call)
    if not isinstance(call.first, Shape):
        return outcome
    built, dims, last = call.first.dims[-1], one(call).dims, last_dim(one(call).shape)
    if not never_equal(built, last):
        return outcome
    if dims is None or (len(dims) > 2 and not all(isinstance(dim, int) for dim in dims)):
        return Outcome(outcome.outputs, ("the size is another one than in the first call",))
    raise pinned(
        f"was built for size {built} on axis -1, but is called with size {last} in {one(call)}", -1
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
    """``ReversibleEmbedding()(x, reverse=True)``: back to one score per token."""
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


def _without_call(name: str) -> Rule:
    """A base class that leaves the call to its subclasses; in Keras 2 it is the identity."""

    def rule(call: LayerCall) -> Outcome:
        raise refused(f"a bare `{name}` has no `call()`", "NotImplementedError")

    return rule


def _wrapped_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    inner = config.get("layer")
    return inner.parameters(first) if isinstance(inner, SubLayer) else None


def _foreign(name: str) -> LayerType:
    """Layers that run code of another framework, or a saved model."""
    return LayerType(
        name,
        _opaque,
        single=False,
        refuses_tensors=False,
        weights=unknown_weights,
        dtype=Dtype.RULE,
    )


def _check_table(config: Config, version: KerasVersion) -> None:
    for name in ("input_dim", "output_dim"):
        size = config.get(name)
        if not is_unknown(size) and (not isinstance(size, int) or size <= 0):
            raise refused(f"`{name}` must be a positive integer, got {size!r}")


_TAKES_INTEGERS = Behaviour(V2, integers=Integers.TAKEN)
_IDENTITY = Behaviour(V2, rule=same, integers=Integers.TAKEN)

LAYERS = (
    LayerType("Dense", _dense, Kind.FLOATING | Kind.PASSING, min_rank=2, pins=last_pinned,
              check=positive_int("units"), weights=_dense_weights, behaviours=(
        Behaviour(V2, rule=_dense_in_v2, pin_check=PinCheck.RULE, integers=Integers.TAKEN),)),
    LayerType("Embedding", _embedding, Kind.FLOATING, check=_check_table, weights=_embedding_weights,
              behaviours=(_TAKES_INTEGERS,)),
    LayerType("ReversibleEmbedding", _embedding, Kind.FLOATING, check=_check_table, weights=_both_ways),
    LayerType("InputLayer", _opaque, Kind.INPUT, single=False, refuses_tensors=False, dtype=Dtype.RULE),
    LayerType("Lambda", _opaque, Kind.EXPLICIT, single=False, refuses_tensors=False,
              weights=unknown_weights, dtype=Dtype.RULE),
    LayerType("Layer", _without_call("Layer"), single=False, dtype=Dtype.INPUT, behaviours=(_IDENTITY,)),
    LayerType("Wrapper", _without_call("Wrapper"), single=False, weights=_wrapped_weights,
              dtype=Dtype.INPUT, behaviours=(_IDENTITY,)),
    *(_foreign(name) for name in (
        "TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper", "DenseFeatures")),
)  # fmt: skip

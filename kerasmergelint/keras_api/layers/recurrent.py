"""Recurrent layers and the wrappers around them."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.layers.convolution import _check_padding
from kerasmergelint.keras_api.layers.core import positive_int
from kerasmergelint.keras_api.layers.layer_type import (
    LayerType,
    as_dim,
    channels_first,
    dims_of,
    not_positive,
    one,
    refused,
    text_of,
    tuple_of,
    undefined,
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
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape, format_shape, mul
from kerasmergelint.shapes.arithmetic import certainly_not_positive, conv_length

STATES = {"LSTM": 2, "GRU": 1, "SimpleRNN": 1}


def _with_states(call: LayerCall, main: TensorSpec, states: list[TensorSpec]) -> Outcome:
    """The output, with the states behind it if they are wanted."""
    wanted = call.config.get("return_state", False)
    if wanted is UNKNOWN:
        return Outcome(UNKNOWN)
    if not wanted:
        return Outcome(main)
    outputs = [main, *states]
    return Outcome(tuple(outputs) if call.version is KerasVersion.V3 else outputs)


def _sequence(call: LayerCall, batch: Dim, steps: Dim, features: tuple[Dim, ...]) -> TensorSpec:
    keep = call.config.get("return_sequences", False)
    kind = call.inputs.kind
    if keep is UNKNOWN:
        return TensorSpec(OpenShape(features, len(features) + 1), "float32", kind)
    dims = (batch, steps, *features) if keep else (batch, *features)
    return TensorSpec(Shape(dims), "float32", kind)


def _recurrent(states: int) -> Any:
    def rule(call: LayerCall) -> Outcome:
        inputs = _first_of_list(call)
        if inputs is None:
            return Outcome(UNKNOWN)
        call = LayerCall(call.config, inputs, call.version, call.first, call.arguments)
        dims = dims_of(call, 3)
        if dims[2] is None:
            raise undefined(f"the feature dimension is None: {inputs}")
        units = as_dim(call.config.get("units"))
        state = TensorSpec(Shape((dims[0], units)), "float32", inputs.kind)
        return _with_states(call, _sequence(call, dims[0], dims[1], (units,)), [state] * states)

    return rule


def _first_of_list(call: LayerCall) -> TensorSpec | None:
    """Keras 2 also takes the initial states in the list of inputs."""
    if isinstance(call.inputs, TensorSpec):
        return call.inputs
    return None


def _gates(gates: int) -> Any:
    def count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        units = config["units"]
        size = first.dims[-1] if isinstance(first, Shape) else None
        if not isinstance(size, int) or not isinstance(units, int):
            return None
        bias = gates * units if config.get("use_bias", True) else 0
        if gates == 3 and bias and config.get("reset_after", True):
            bias *= 2
        return gates * units * (size + units) + bias

    return count


def _conv_recurrent(spatial: int) -> Any:
    def rule(call: LayerCall) -> Outcome:
        dims, first = dims_of(call, spatial + 3), channels_first(call.config)
        config = call.config
        filters = as_dim(config.get("filters"))
        if first is None:
            return Outcome(UNKNOWN)
        start = 3 if first else 2
        lengths = dims[start : start + spatial]
        if None in lengths and call.version is KerasVersion.V3:
            raise undefined(f"the spatial dimensions must be known: {format_shape(Shape(dims))}")
        kernel = tuple_of(config.get("kernel_size"), spatial)
        strides = tuple_of(config.get("strides", 1), spatial)
        dilation = tuple_of(config.get("dilation_rate", 1), spatial)
        padding = text_of(config.get("padding"))
        spaces = []
        for offset, (n, k, s, d) in enumerate(zip(lengths, kernel, strides, dilation)):
            length = conv_length(n, k, s, d, padding)
            if certainly_not_positive(length):
                raise not_positive(start + offset, length, Shape(dims))
            spaces.append(length)
        features = (filters, *spaces) if first else (*spaces, filters)
        state = TensorSpec(Shape((dims[0], *features)), "float32", call.inputs.kind)
        return _with_states(call, _sequence(call, dims[0], dims[1], features), [state, state])

    return rule


def _check_conv(config: Config, version: KerasVersion) -> None:
    _check_padding(config)


# -- cells in a loop ------------------------------------------------------------------------


def _looped(call: LayerCall) -> Outcome:
    """``RNN(cell)``: known for the cells that Keras ships."""
    cell = call.config.get("cell")
    cells = cell if isinstance(cell, (list, tuple)) else [cell]
    shape = one(call).shape
    if not all(isinstance(c, SubLayer) for c in cells) or not isinstance(shape, Shape):
        return Outcome(UNKNOWN)
    last = cells[-1]
    if last.type_name not in ("LSTMCell", "GRUCell", "SimpleRNNCell") or shape.rank < 3:
        return Outcome(UNKNOWN)
    units = as_dim(last.config.get("units"))
    if call.config.get("return_state", False) is not False:
        return Outcome(UNKNOWN)
    return Outcome(_sequence(call, shape.dims[0], shape.dims[1], (units,)))


# -- wrappers -------------------------------------------------------------------------------


def _bidirectional(call: LayerCall) -> Outcome:
    inner, mode = call.config.get("layer"), call.config.get("merge_mode", "concat")
    if not isinstance(inner, SubLayer) or (
        inner.type_name not in (*STATES, "RNN") and not (inner.type_name.startswith("ConvLSTM"))
    ):
        return Outcome(UNKNOWN)
    forward = inner.apply(call.inputs, call.first).outputs
    outputs = list(forward) if isinstance(forward, (list, tuple)) else [forward]
    if not all(isinstance(item, TensorSpec) for item in outputs):
        return Outcome(UNKNOWN)
    main, states = outputs[0], outputs[1:]
    backward = call.config.get("backward_layer")
    if backward is not None and call.version is KerasVersion.V2:
        return Outcome(UNKNOWN)
    merged: list[Any]
    if mode == "concat":
        merged = [_doubled(main)]
    elif mode in ("sum", "mul", "ave"):
        merged = [main]
    elif mode is None:
        merged = [main, main]
    else:
        return Outcome(UNKNOWN)
    everything = [*merged, *states, *states]
    if len(everything) == 1:
        return Outcome(everything[0])
    return Outcome(tuple(everything) if call.version is KerasVersion.V3 else everything)


def _doubled(spec: TensorSpec) -> TensorSpec:
    shape = spec.shape
    if isinstance(shape, Shape):
        return spec.with_shape(Shape((*shape.dims[:-1], mul(shape.dims[-1], 2))))
    tail = (*shape.tail[:-1], mul(shape.tail[-1], 2)) if shape.tail else ()
    return spec.with_shape(OpenShape(tail, shape.min_rank))


def _bidirectional_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    inner = config.get("layer")
    count = inner.parameters(first) if isinstance(inner, SubLayer) else None
    return None if count is None or config.get("backward_layer") is not None else 2 * count


def _check_bidirectional(config: Config, version: KerasVersion) -> None:
    mode = config.get("merge_mode")
    if isinstance(mode, str) and mode not in ("sum", "mul", "ave", "concat"):
        raise refused(f"`merge_mode` must be sum, mul, concat, ave or None, got {mode!r}")


def _time_distributed(call: LayerCall) -> Outcome:
    """The inner layer on each step: ``(B, T, ...)`` goes in as ``(B, ...)``."""
    inner, spec = call.config.get("layer"), one(call)
    if not isinstance(inner, SubLayer):
        return Outcome(UNKNOWN)
    shape = spec.shape
    if not isinstance(shape, Shape):
        return Outcome(UNKNOWN)
    first = call.first
    inner_first = Shape((first.dims[0], *first.dims[2:])) if isinstance(first, Shape) else None
    step = spec.with_shape(Shape((shape.dims[0], *shape.dims[2:])))
    inside = inner.apply(step, inner_first).outputs
    return Outcome(_with_steps(inside, shape.dims[1]))


def _with_steps(nest: Any, steps: Dim) -> Any:
    if isinstance(nest, TensorSpec):
        shape = nest.shape
        if isinstance(shape, Shape):
            return nest.with_shape(Shape((shape.dims[0], steps, *shape.dims[1:])))
        return nest.with_shape(OpenShape(shape.tail, shape.min_rank + 1))
    if isinstance(nest, (list, tuple)):
        return type(nest)(_with_steps(item, steps) for item in nest)
    return UNKNOWN


def _time_distributed_weights(
    config: Config, first: ShapeNest, version: KerasVersion
) -> int | None:
    inner = config.get("layer")
    if not isinstance(inner, SubLayer) or not isinstance(first, Shape):
        return None
    return inner.parameters(Shape((first.dims[0], *first.dims[2:])))


def _check_wrapped(config: Config, version: KerasVersion) -> None:
    inner = config.get("layer")
    if isinstance(inner, (int, str, TensorSpec)):
        raise Broken(
            Problem(ProblemKind.ARGUMENT, "ValueError", "wraps a layer, got something else")
        )


LAYERS = (
    LayerType("LSTM", _recurrent(2), rank=3, check=positive_int("units"), weights=_gates(4),
              pins=lambda config: (-1,)),
    LayerType("GRU", _recurrent(1), rank=3, check=positive_int("units"), weights=_gates(3),
              pins=lambda config: (-1,)),
    LayerType("SimpleRNN", _recurrent(1), rank=3, check=positive_int("units"), weights=_gates(1),
              pins=lambda config: (-1,)),
    *(LayerType(f"ConvLSTM{n}D", _conv_recurrent(n), rank=n + 3, check=_check_conv,
                weights=lambda *_: None) for n in (1, 2, 3)),
    LayerType("RNN", _looped, weights=lambda *_: None),
    LayerType("LSTMCell", lambda call: Outcome(UNKNOWN), single=False, weights=lambda *_: None),
    LayerType("GRUCell", lambda call: Outcome(UNKNOWN), single=False, weights=lambda *_: None),
    LayerType("SimpleRNNCell", lambda call: Outcome(UNKNOWN), single=False,
              weights=lambda *_: None),
    LayerType("StackedRNNCells", lambda call: Outcome(UNKNOWN), single=False,
              weights=lambda *_: None),
    LayerType("Bidirectional", _bidirectional, rank=None, min_rank=3, check=_check_bidirectional,
              weights=_bidirectional_weights),
    LayerType("TimeDistributed", _time_distributed, min_rank=3, check=_check_wrapped,
              weights=_time_distributed_weights),
)  # fmt: skip

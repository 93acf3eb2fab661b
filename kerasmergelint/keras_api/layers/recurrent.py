"""Recurrent layers, convolutional ones included; what ``RNN`` loops over is in :mod:`.cells`."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.arguments import (
    all_of,
    data_format,
    is_flag_set,
    is_unknown,
    one_of,
    only,
    sizes,
    stride_or_dilation,
)
from kerasmergelint.keras_api.layers.cells import (
    STATES,
    cell_of,
    check_units,
    is_shipped,
    stacked_count,
    weights_of,
)
from kerasmergelint.keras_api.layers.layer_type import (
    Behaviour,
    Integers,
    LayerType,
    PinCheck,
    RankCheck,
    check_pin,
)
from kerasmergelint.keras_api.layers.merge_inputs import is_data
from kerasmergelint.keras_api.layers.rules import (
    Check,
    Rule,
    Weights,
    as_dim,
    channels_first,
    dims_of,
    last_pinned,
    one,
    text_of,
    tuple_of,
)
from kerasmergelint.keras_api.layers.running_states import check_looped, check_running
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.problems import (
    not_positive,
    pinned,
    refused,
    undefined,
    wrong_inputs,
    wrong_rank,
)
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    LayerCall,
    Outcome,
    Problem,
    ProblemKind,
    ShapeNest,
    SubLayer,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import EVERY, V2, V3, KerasVersion, before, since
from kerasmergelint.shapes import (
    UNKNOWN,
    Dim,
    OpenShape,
    Relation,
    Shape,
    compare,
    format_shape,
)
from kerasmergelint.shapes.arithmetic import certainly_not_positive, conv_length
from kerasmergelint.shapes.broadcast import never_equal

# -- what all of them share -----------------------------------------------------------------


def _separated(call: LayerCall) -> LayerCall:
    """Keras 2 also takes the initial states in the list of inputs, after the sequence."""
    inputs = call.inputs
    if not isinstance(inputs, (list, tuple)) or call.version in V3 or not inputs:
        return call
    given = dict(call.arguments)
    if len(inputs) > 1:
        given["initial_state"] = list(inputs[1:])
    first = call.first[0] if isinstance(call.first, (list, tuple)) and call.first else call.first
    return replace(call, inputs=inputs[0], first=first, arguments=given)


def _with_states(call: LayerCall, main: TensorSpec, states: Sequence[object]) -> Outcome:
    """The output, followed by the states where they are wanted."""
    wanted = is_flag_set(call.config, "return_state")
    if wanted is None:
        return Outcome(UNKNOWN, ("`return_state` is not known",))
    if not wanted:
        return Outcome(main)
    outputs = [main, *states]
    return Outcome(tuple(outputs) if call.version in V3 else outputs)


def _sequence(call: LayerCall, batch: Dim, steps: Dim, features: tuple[Dim, ...]) -> TensorSpec:
    """One output per step, or only the last."""
    keep = is_flag_set(call.config, "return_sequences")
    kind = call.inputs.kind
    if keep is None:
        return TensorSpec(OpenShape(features, len(features) + 1), kind=kind)
    dims = (batch, steps, *features) if keep else (batch, *features)
    return TensorSpec(Shape(dims), kind=kind)


def _check_loop(call: LayerCall, batch: Dim, steps: Dim) -> None:
    """A stateful layer must know the batch size, an unrolled one (in Keras 2) the steps."""
    if is_flag_set(call.config, "stateful") and batch is None and call.first is None:
        raise undefined("a stateful layer needs a fixed batch size, which is None")
    if is_flag_set(call.config, "unroll") and call.version in V2 and steps is None:
        raise undefined("the steps are unrolled, so their number cannot be None")


def _check_initial(call: LayerCall, name: str, units: Dim) -> tuple[str, ...]:
    """Given initial states, which Keras 2 checks at once, and Keras 3 when it computes with them."""
    given, count = call.arguments.get("initial_state"), STATES[name]
    if given is None:
        return ()
    if call.version in V3:
        check_running(call, given, name, units)
        return ()
    if not isinstance(given, (list, tuple)):
        given = [given]
    if any(not isinstance(state, TensorSpec) for state in given):
        return ("the initial states are not known",)
    if len(given) != count:
        raise wrong_inputs(f"takes {counted(count, 'initial state')}, got {len(given)}")
    doubts: tuple[str, ...] = ()
    for state in given:
        dims = state.dims
        if dims is None or len(dims) != 2:
            doubts = ("the shape of an initial state is not known",)
        elif never_equal(dims[1], units):
            raise wrong_inputs(f"an initial state has {dims[1]} units, the layer {units}")
        elif compare(dims[1], units).relation is not Relation.EQUAL:
            doubts = ("the size of an initial state is not known",)
    return doubts


def _check_features(call: LayerCall, features: Dim) -> None:
    """TensorFlow multiplies the features by weights, which the first call made."""
    first = call.first
    if call.version in V2 or not isinstance(first, Shape) or not is_data([call.inputs]):
        return
    if first.rank == 3 and never_equal(first.dims[2], features):
        words = f"was built for {first.dims[2]} features, but is called with {features}"
        raise pinned(words, 2)


def _check_mask(call: LayerCall, dims: tuple[Dim, ...], units: Dim) -> None:
    """A mask that is given says for each step whether to keep the state: (batch, steps), or one axis more.

    Keras 3 compares nothing; TensorFlow fails to read the mask of a step, or to choose by it.
    """
    mask = call.arguments.get("mask")
    if call.version in V2 or not isinstance(mask, TensorSpec) or not is_data([call.inputs, mask]):
        return
    given = mask.dims
    if given is None:
        return
    widths = given[2:3]
    fits = (
        len(given) in (2, 3)
        and not (never_equal(given[0], dims[0]) and never_equal(given[0], 1))
        and not never_equal(given[1], dims[1])
        and not any(never_equal(width, 1) and never_equal(width, units) for width in widths)
    )
    if not fits:
        raise wrong_inputs(f"takes a mask of (batch, steps), {Shape(dims[:2])}, got {mask}")


def _swapped(call: LayerCall) -> bool:
    """Whether the steps may precede the batch axis, which Keras 2 allows."""
    return call.config.get("time_major", False) is not False


# -- LSTM, GRU, SimpleRNN -------------------------------------------------------------------


def _recurrent(name: str) -> Rule:
    def rule(call: LayerCall) -> Outcome:
        dims = dims_of(call, 3)
        if _swapped(call):
            return Outcome(TensorSpec(kind=one(call).kind), ("`time_major` is set",))
        if dims[2] is None and call.first is None:
            raise undefined(f"the feature dimension is None: {one(call)}")
        _check_loop(call, dims[0], dims[1])
        _check_features(call, dims[2])
        units = as_dim(call.config.get("units"))
        doubts = _check_initial(call, name, units)
        _check_mask(call, dims, units)
        doubts += _check_batch_again(call, dims)
        state = TensorSpec(Shape((dims[0], units)), kind=one(call).kind)
        main = _sequence(call, dims[0], dims[1], (units,))
        outcome = _with_states(call, main, [state] * STATES[name])
        return replace(outcome, doubts=outcome.doubts + doubts)

    return rule


# Before, a single sample was broadcast against the states.
_COMPARES_BATCHES = since("3.12")


def _check_batch_again(call: LayerCall, dims: tuple[Dim, ...]) -> tuple[str, ...]:
    """A stateful layer keeps the batch size of its first call."""
    if not is_flag_set(call.config, "stateful") or call.first is None:
        return ()
    first = call.first
    if isinstance(first, Shape) and first.dims[0] == dims[0] and dims[0] is not UNKNOWN:
        return ()
    kept, given = (first.dims[0] if isinstance(first, Shape) else None), dims[0]
    compared = call.version in _COMPARES_BATCHES or (call.version in V3 and given != 1)
    if compared and isinstance(kept, int) and isinstance(given, int):
        words = f"a stateful layer keeps the batch size of its first call, {kept}, got {given}"
        raise Broken(Problem(ProblemKind.PINNED, "ValueError", words))
    return ("a stateful layer keeps the batch size of its first call",)


# -- ConvLSTM -------------------------------------------------------------------------------


def _conv_recurrent(spatial: int) -> Rule:
    def rule(call: LayerCall) -> Outcome:
        dims, first = dims_of(call, spatial + 3), channels_first(call.config)
        config = call.config
        again = call.version in V2 and call.first is not None
        if again and is_flag_set(config, "stateful") is not False:
            return Outcome(UNKNOWN, ("the states of the first call decide sizes of the second",))
        filters = as_dim(config.get("filters"))
        if first is None:
            unknown: tuple[Dim, ...] = (UNKNOWN,) * (spatial + 1)
            state = TensorSpec(Shape((dims[0], *unknown)), kind=one(call).kind)
            return _with_states(call, _sequence(call, dims[0], dims[1], unknown), [state, state])
        start = 3 if first else 2
        lengths = dims[start : start + spatial]
        _check_image(call, dims, range(start, start + spatial), dims[2 if first else -1])
        _check_loop(call, dims[0], dims[1])
        kernel = tuple_of(config.get("kernel_size"), spatial)
        strides = tuple_of(config.get("strides", 1), spatial)
        dilation = tuple_of(config.get("dilation_rate", 1), spatial)
        padding = text_of(config.get("padding"))
        spaces: list[Dim] = []
        if call.version in V2 and spatial == 3 and None in lengths:
            reshaped = any(isinstance(rate, int) and rate != 1 for rate in dilation)
            certain = reshaped or all(isinstance(rate, int) for rate in dilation)
            if reshaped or not certain:  # the kernel is dilated by reshaping, at run time
                lengths = (None if reshaped else UNKNOWN,) * 3
        for offset, (n, k, s, d) in enumerate(zip(lengths, kernel, strides, dilation)):
            length = conv_length(n, k, s, d, padding)
            if certainly_not_positive(length) and not (length == 0 and call.version in _LENIENT):
                raise not_positive(start + offset, length, Shape(dims))
            spaces.append(length)
        stateful = call.version in V2 and is_flag_set(config, "stateful")
        if stateful and call.first is None and None in spaces:
            raise undefined("a stateful layer keeps states, whose sizes cannot be None")
        features: tuple[Dim, ...] = (filters, *spaces) if first else (*spaces, filters)
        state = TensorSpec(Shape((dims[0], *features)), kind=call.inputs.kind)
        main = _sequence(call, dims[0], dims[1], features)
        outcome = _with_states(call, main, [state, state])
        doubts = _check_batch_again(call, dims)
        if call.version in V2 and call.arguments.get("initial_state") is not None:
            doubts += ("initial states are given",)
        return replace(outcome, doubts=outcome.doubts + doubts)

    return rule


def _check_image(
    call: LayerCall, dims: tuple[Dim, ...], axes: Sequence[int], channels: Dim
) -> None:
    """Sizes are fixed by the first call; later ones go to the cell only where there is data."""
    now, first = Shape(dims), call.first
    if first is not None:
        if isinstance(first, Shape) and call.version in V3 and is_data([call.inputs]):
            for axis in axes:
                check_pin(first, now, axis)
        return
    if call.version in V3 and any(dims[axis] is None for axis in axes):
        raise undefined(f"the spatial dimensions must be known: {format_shape(now)}")
    if channels is None:
        raise undefined(f"the channel dimension is None: {format_shape(now)}")


def _conv_weights(spatial: int) -> Weights:
    def count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        is_first, bias = channels_first(config), is_flag_set(config, "use_bias", True)
        if not isinstance(first, Shape) or is_first is None or bias is None:
            return None
        channels, filters = first.dims[2 if is_first else -1], config.get("filters")
        area = [k for k in tuple_of(config.get("kernel_size"), spatial) if isinstance(k, int)]
        if not isinstance(channels, int) or not isinstance(filters, int) or len(area) < spatial:
            return None
        return 4 * filters * (prod(area) * (channels + filters) + (1 if bias else 0))

    return count


# These take strides together with a dilation, and kernels that reach beyond the input.
_LENIENT = V3 & before("3.14")


def _check_conv(spatial: int) -> Check:
    return all_of(
        _check_filters,
        sizes("kernel_size", spatial, floats=False),
        sizes("strides", spatial),
        sizes("dilation_rate", spatial),
        one_of("padding", ("valid", "same"), fold=True),
        data_format,
        only(EVERY - _LENIENT, stride_or_dilation),
    )


def _check_filters(config: Config, version: KerasVersion) -> None:
    filters = config.get("filters")
    least = 0 if version in V3 else 1  # Keras 3 makes a layer without filters
    if not is_unknown(filters) and (not isinstance(filters, int) or filters < least):
        raise refused(f"`filters` must be a positive integer, got {filters!r}")


# -- RNN ------------------------------------------------------------------------------------


def _loop_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    if not isinstance(first, Shape) or first.rank < 2:
        return None
    step = (first.dims[0], *first.dims[2:])
    return stacked_count(config.get("cell"), step[-1])


def _looped(call: LayerCall) -> Outcome:
    """``RNN(cell)``: known for the cells that Keras ships."""
    cell = cell_of(call.config.get("cell"))
    shape = one(call).shape
    if cell is None or not isinstance(shape, Shape) or _swapped(call):
        return Outcome(UNKNOWN, ("the cell or the rank of the input is not known",))
    _check_steps(call, shape)
    _check_loop(call, shape.dims[0], shape.dims[1])
    if call.version in V3:
        check_looped(call)
    elif shape.rank > 3:  # it refuses some, and unrolled gives its cells the other axes
        return Outcome(UNKNOWN, ("Keras 2 traces the cell on more axes",))
    main = _sequence(call, shape.dims[0], shape.dims[1], (cell.output,))
    states = [_state_spec(size, shape.dims[0], main) for size in cell.states]
    outcome = _with_states(call, main, states)
    doubts = _check_batch_again(call, shape.dims)
    if call.version in V2 and not is_shipped(call.config.get("cell")):
        return Outcome(UNKNOWN, ("Keras 2 traces the program's own cell",))
    if call.version in V2:
        doubts += _doubt_in_v2(call, shape)
    if call.version in V2 and shape.rank != 3:
        doubts += ("Keras 2 traces the cell",)
    stacked = any(isinstance(size, list) for size in cell.states) or len(cell.states) > 2
    listed = isinstance(call.config.get("cell"), (list, tuple)) or stacked
    if call.version in V2 and listed and call.config.get("return_state"):
        doubts += ("Keras 2 fails on most structures of states",)
    if "initial_state" in call.arguments and call.version in V2:
        doubts += ("initial states are given",)
    return replace(outcome, doubts=outcome.doubts + doubts)


def _doubt_in_v2(call: LayerCall, shape: Shape) -> tuple[str, ...]:
    """Keras 2 traces the cell, with the weights of the first call, and in the cell's own dtype."""
    first = call.first
    if isinstance(first, Shape) and first.dims[-1] != shape.dims[-1]:
        return ("the cell may have been built on another size",)
    if call.config.get("dtype") not in (None, "float32"):
        return ("the cell computes in its own dtype",)
    return ()


def _check_steps(call: LayerCall, shape: Shape) -> None:
    if shape.rank < 2:
        raise wrong_rank(f"expects an input of rank 3, got {shape}", "IndexError")
    step = (shape.dims[0], *shape.dims[2:])
    if step[-1] is None and call.first is None and is_shipped(call.config.get("cell")):
        raise undefined(f"the feature dimension is None: {shape}")


def _state_spec(size: object, batch: Dim, main: TensorSpec) -> object:
    if isinstance(size, list):
        return [_state_spec(item, batch, main) for item in size]
    return TensorSpec(Shape((batch, as_dim(size))), kind=main.kind)


def _check_cell(config: Config, version: KerasVersion) -> None:
    """A cell has a ``state_size``, which Keras's other layers lack."""
    cell = config.get("cell")
    if isinstance(cell, (int, float, str, TensorSpec)) or cell is None:
        raise refused(f"`cell` must be a cell, got {cell!r}")
    if isinstance(cell, SubLayer) and cell.type_name in ("Dense", "Conv1D", "Conv2D", "Embedding"):
        raise refused(f"{cell.type_name} is not a cell: it has no `state_size`")


# -- the table ------------------------------------------------------------------------------


class _Loop(LayerType):
    """A recurrent layer, whose initial states may come in the list of inputs."""

    __slots__ = ()

    def call(self, call: LayerCall) -> Outcome:
        return LayerType.call(self, _separated(call))


def _channels(config: Config) -> tuple[int, ...]:
    first = channels_first(config)
    return () if first is None else (2 if first else -1,)


LAYERS = (
    *(_Loop(name, _recurrent(name), Kind.FLOATING, rank=3, pins=last_pinned, pin_check=PinCheck.RULE,
            check=check_units, weights=weights_of(name), behaviours=(
        Behaviour(V2, pin_check=PinCheck.LAYER, integers=Integers.REFUSED),)) for name in STATES),
    *(_Loop(f"ConvLSTM{n}D", _conv_recurrent(n), Kind.FLOATING, rank=n + 3, pins=_channels,
            pin_check=PinCheck.RULE, check=_check_conv(n), weights=_conv_weights(n), behaviours=(
        Behaviour(V2, rank_check=RankCheck.AT_FIRST, integers=Integers.REFUSED),)) for n in (1, 2, 3)),
    _Loop("RNN", _looped, check=_check_cell, weights=_loop_weights),
)  # fmt: skip

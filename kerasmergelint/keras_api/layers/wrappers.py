"""Layers around layers: Bidirectional, TimeDistributed, Pipeline."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.keras_api.doubts import Doubt
from kerasmergelint.keras_api.layers.arguments import is_unknown
from kerasmergelint.keras_api.layers.cells import STATES
from kerasmergelint.keras_api.layers.layer_type import Behaviour, Dtype, LayerType
from kerasmergelint.keras_api.layers.merge_inputs import is_data
from kerasmergelint.keras_api.layers.rules import as_dim, one, unknown_weights
from kerasmergelint.keras_api.layers.running_states import check_running
from kerasmergelint.keras_api.problems import refused, wrong_inputs
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    LayerCall,
    Outcome,
    Problem,
    ProblemKind,
    ShapeNest,
    SubLayer,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape, add, mul
from kerasmergelint.shapes.broadcast import never_equal

# -- Bidirectional --------------------------------------------------------------------------

_LOOPS = (*STATES, "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")


def _bidirectional(call: LayerCall) -> Outcome:
    """The sequence forwards and backwards, and the two outputs combined."""
    inner, mode = call.config.get("layer"), call.config.get("merge_mode", "concat")
    if not isinstance(inner, SubLayer) or inner.type_name not in _LOOPS or is_unknown(mode):
        return Outcome(UNKNOWN, ("the wrapped layer or the merge mode is not known",))
    _check_initial(call, inner)
    forward = inner.apply(call.inputs, _repeated(call))
    main, states = _parts(forward.outputs)
    if main is None:
        return Outcome(UNKNOWN, ("what the wrapped layer gives is not known", *forward.doubts))
    other, back, doubts = main, states, forward.doubts
    backward = call.config.get("backward_layer")
    if backward is not None:
        if not isinstance(backward, SubLayer):
            return Outcome(UNKNOWN, ("the backward layer is not known",))
        if call.version in V2:
            second = backward.apply(call.inputs, call.first)
            doubts += second.doubts
            found, back = _parts(second.outputs)
            if found is None:
                return Outcome(UNKNOWN, ("what the backward layer gives is not known",))
            other = found
        elif call.first is None:
            doubts += _built_backward(backward, call)
    shape = one(call).shape
    again = call.version in V2 and call.first is not None
    if again and inner.type_name.startswith("ConvLSTM") and call.first != shape:
        doubts += ("Keras 2 compares all sizes with those of the first call",)
    everything = [*_merged(mode, main, other), *states, *back]
    if len(everything) == 1:
        return Outcome(everything[0], doubts)
    return Outcome(tuple(everything) if call.version in V3 else everything, doubts)


def _check_initial(call: LayerCall, inner: SubLayer) -> None:
    """Keras 3 hands one half of the initial states to each direction when it computes with them."""
    given, count = call.arguments.get("initial_state"), STATES.get(inner.type_name)
    if count is None or call.version in V2 or not isinstance(given, (list, tuple)):
        return
    if len(given) < 2 * count and is_data([call.inputs]):
        words = f"takes {2 * count} initial states, {count} for each direction, got {len(given)}"
        raise wrong_inputs(words)
    half, backward = len(given) // 2, call.config.get("backward_layer")
    behind = inner if backward is None else backward
    for layer, states in ((inner, given[:half]), (behind, given[half:])):
        if isinstance(layer, SubLayer) and layer.type_name in STATES:
            units = as_dim(layer.config.get("units"))
            check_running(call, states, layer.type_name, units)


def _built_backward(backward: SubLayer, call: LayerCall) -> tuple[Doubt, ...]:
    """Keras 3 builds the backward layer, but goes by the shapes of the forward one."""
    try:
        return backward.apply(call.inputs, None).doubts
    except Broken as broken:
        if broken.problem.kind is not ProblemKind.INPUT_RANK:
            raise
        return ("the rank may not be checked",)


def _repeated(call: LayerCall) -> ShapeNest | None:
    """What the inner layer was built on; Keras 3 only asks it for shapes, which checks nothing."""
    if call.first is None or call.version in V2:
        return call.first
    return one(call).shape


def _parts(outputs: object) -> tuple[TensorSpec | None, list[object]]:
    """The output of a loop, and the states that follow it."""
    listed = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]
    main = listed[0] if listed else None
    return (main if isinstance(main, TensorSpec) else None), listed[1:]


def _merged(mode: object, main: TensorSpec, other: TensorSpec) -> list[TensorSpec]:
    if mode is None:
        return [main, other]
    if mode == "concat":
        return [_joined(main, other)]
    ahead, back = _width(main), _width(other)
    if never_equal(ahead, back) and 1 not in (ahead, back):
        detail = f"{mode} of {ahead} units forwards and {back} backwards"
        raise Broken(Problem(ProblemKind.BROADCAST, "ValueError", detail))
    return [main]


def _width(spec: TensorSpec) -> Dim:
    dims = spec.dims if spec.dims is not None else getattr(spec.shape, "tail", ())
    return dims[-1] if dims else UNKNOWN


def _joined(main: TensorSpec, other: TensorSpec) -> TensorSpec:
    shape = main.shape
    width = mul(_width(main), 2) if main == other else add(_width(main), _width(other))
    if isinstance(shape, Shape):
        return main.with_shape(Shape((*shape.dims[:-1], width)))
    return main.with_shape(OpenShape((width,), shape.min_rank))


def _bidirectional_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    return _of_both(config, lambda inner: inner.parameters(first))


def _bidirectional_trained(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    return _of_both(config, lambda inner: inner.trained(first))


def _of_both(config: Config, count: Callable[[SubLayer], int | None]) -> int | None:
    """The sum for the layers of both directions."""
    inner, backward = config.get("layer"), config.get("backward_layer")
    if backward is None:
        backward = inner
    if not isinstance(inner, SubLayer) or not isinstance(backward, SubLayer):
        return None
    counts = count(inner), count(backward)
    return None if counts[0] is None or counts[1] is None else counts[0] + counts[1]


def _check_bidirectional(config: Config, version: KerasVersion) -> None:
    _check_wrapped(config, version)
    mode, inner = config.get("merge_mode", "concat"), config.get("layer")
    if not is_unknown(mode) and mode not in ("sum", "mul", "ave", "concat", None):
        raise refused(f"`merge_mode` must be sum, mul, concat, ave or None, got {mode!r}")
    if not isinstance(inner, SubLayer):
        return
    if inner.type_name in ("Dense", "Conv1D", "Conv2D", "Embedding", "Dropout"):
        raise refused(f"{inner.type_name} has no direction")
    if inner.type_name in _LOOPS:
        _check_directions(inner, config.get("backward_layer"), version)


def _check_directions(inner: SubLayer, backward: object, version: KerasVersion) -> None:
    ahead = inner.config.get("go_backwards", False)
    if backward is None:
        if ahead is True and version in V3:
            raise refused("the wrapped layer goes backwards already")
        return
    if not isinstance(backward, SubLayer) or backward.type_name not in _LOOPS:
        return
    behind = backward.config.get("go_backwards", False)
    if not is_unknown(ahead) and not is_unknown(behind) and bool(ahead) == bool(behind):
        raise refused("the two layers must have different `go_backwards`")
    for name in ("stateful", "return_sequences", "return_state"):
        values = inner.config.get(name, False), backward.config.get(name, False)
        if not any(map(is_unknown, values)) and bool(values[0]) != bool(values[1]):
            raise refused(f"the two layers must have the same `{name}`")


# -- TimeDistributed ------------------------------------------------------------------------

# Layers whose shape formula itself refuses a rank, not only a check that is skipped here.
REFUSE_RANKS = frozenset(
    f"{kind}{n}D" for kind in ("Conv", "SeparableConv", "DepthwiseConv") for n in (1, 2, 3)
)

# A model asks its layers, and tells only what they refuse for certain.
_MAY_REFUSE = REFUSE_RANKS | {"Sequential", "Functional"}


_SHAPE_OF_OUTPUT = "compute_output_shape"


def _time_distributed(call: LayerCall) -> Outcome:
    """The inner layer on each step: of ``(B, T, ...)`` it sees ``(B, ...)``."""
    inner, spec = call.config.get("layer"), one(call)
    shape = spec.shape
    if not isinstance(inner, SubLayer) or not isinstance(shape, Shape):
        return Outcome(UNKNOWN, ("the wrapped layer or the rank of the input is not known",))
    step = spec.with_shape(Shape((shape.dims[0], *shape.dims[2:])))
    first: ShapeNest | None = None
    if isinstance(call.first, Shape):
        first = Shape((call.first.dims[0], *call.first.dims[2:]))
    if call.version in V2:
        if inner.type_name == "TimeDistributed" and first is not None and call.first != shape:
            return Outcome(UNKNOWN, ("an inner TimeDistributed compares sizes, an outer does not",))
        inside = inner.apply(step, first)
    else:
        _check_asked(inner, spec)
        try:
            inside = inner.apply(step, None if first is None else step.shape)
        except Broken as broken:
            rank = broken.problem.kind is ProblemKind.INPUT_RANK
            if rank and inner.type_name not in _MAY_REFUSE and not _lacks_steps(inner, call, step):
                return Outcome(UNKNOWN, ("Keras 3 does not check the rank of a step",))
            raise
    if not isinstance(inside.outputs, TensorSpec):
        return Outcome(UNKNOWN, ("the wrapped layer has several outputs", *inside.doubts))
    return Outcome(_with_steps(inside.outputs, shape.dims[1]), inside.doubts)


def _check_asked(inner: SubLayer, spec: TensorSpec) -> None:
    """Keras 3 asks the wrapped layer for the shape of what it gives, where it only traces."""
    if spec.kind is TensorKind.KERAS and inner.attribute(_SHAPE_OF_OUTPUT) is None:
        words = f"the wrapped layer has no `{_SHAPE_OF_OUTPUT}`, which TimeDistributed asks"
        hint = f"give the layer a `{_SHAPE_OF_OUTPUT}(self, input_shape)`"
        raise Broken(Problem(ProblemKind.LAYER_INPUTS, "NotImplementedError", words, hint=hint))


def _lacks_steps(inner: SubLayer, call: LayerCall, step: TensorSpec) -> bool:
    """Whether a recurrent layer fails on vectors, of which it takes the batch for the width.

    It makes its weights where the batch is fixed, and fails when it loops over the steps.
    """
    wrapped = inner.config.get("layer") if inner.type_name == "Bidirectional" else inner
    if not isinstance(wrapped, SubLayer) or wrapped.type_name not in STATES:
        return False
    dims = step.dims or ()
    return len(dims) == 2 and (is_data([step]) or (call.first is None and dims[0] is None))


def _with_steps(nest: object, steps: Dim) -> object:
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
    return inner.parameters(_one_step(first))


def _time_distributed_trained(
    config: Config, first: ShapeNest, version: KerasVersion
) -> int | None:
    inner = config.get("layer")
    if not isinstance(inner, SubLayer) or not isinstance(first, Shape):
        return None
    return inner.trained(_one_step(first))


def _one_step(shape: Shape) -> Shape:
    return Shape((shape.dims[0], *shape.dims[2:]))


def _check_wrapped(config: Config, version: KerasVersion) -> None:
    inner = config.get("layer")
    if inner is None or isinstance(inner, (int, float, str, list, tuple, dict, TensorSpec)):
        raise refused("wraps a layer, got something else")


# -- Pipeline -------------------------------------------------------------------------------


def _pipeline(call: LayerCall) -> Outcome:
    """The layers, one after the other."""
    layers, nest = call.config.get("layers"), call.inputs
    if layers in ([], ()):
        raise refused("a pipeline without layers")
    if not isinstance(layers, (list, tuple)):
        return Outcome(UNKNOWN, ("the layers are not known",))
    doubts: tuple[Doubt, ...] = ()
    for layer in layers:
        if not isinstance(layer, SubLayer):
            return Outcome(UNKNOWN, ("a layer is not known",))
        outcome = layer.apply(nest, None)
        nest, doubts = outcome.outputs, doubts + outcome.doubts
    return Outcome(nest, (*doubts, "Keras runs layers that are not built"))


_KEEPS_DTYPES = (Behaviour(V2, dtype=Dtype.RULE),)

LAYERS = (
    LayerType("Bidirectional", _bidirectional, check=_check_bidirectional,
              weights=_bidirectional_weights, trained=_bidirectional_trained, behaviours=_KEEPS_DTYPES),
    LayerType("TimeDistributed", _time_distributed, min_rank=3, check=_check_wrapped,
              refuses_lists=False, weights=_time_distributed_weights,
              trained=_time_distributed_trained, behaviours=_KEEPS_DTYPES),
    LayerType("Pipeline", _pipeline, weights=unknown_weights),
)  # fmt: skip

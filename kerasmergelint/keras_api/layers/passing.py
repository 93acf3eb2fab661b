"""Layers that keep the shape: activations, dropout, noise, regularisation."""

from __future__ import annotations

from math import prod
from typing import Any

from kerasmergelint.keras_api.layers.arguments import all_of, data_format, is_unknown, only
from kerasmergelint.keras_api.layers.layer_type import (
    Check,
    Dtype,
    LayerType,
    accept_any,
    given_dtype,
    is_float,
    of_floats,
    one,
    refused,
    same,
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
    TensorKind,
    TensorSpec,
)
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, Dim, Shape, format_shape
from kerasmergelint.shapes.broadcast import NonePolicy, broadcast


def _keep(call: LayerCall) -> Outcome:
    return Outcome(one(call))


def _each(call: LayerCall) -> Outcome:
    """Keras 3 maps a list of tensors; Keras 2 stacks it, where it does not fail."""
    if call.version is KerasVersion.V2 and isinstance(call.inputs, (list, tuple, dict)):
        return Outcome(UNKNOWN, ("Keras 2 may stack or refuse a list of tensors",))
    return same(call)


def _masked(call: LayerCall) -> Outcome:
    """The mask is computed at once, which a list of tensors does not bear."""
    if isinstance(call.inputs, (list, tuple, dict)):
        return Outcome(UNKNOWN, ("a list of tensors has no mask",))
    return same(call)


def _activation(call: LayerCall) -> Outcome:
    name = call.config.get("activation")
    outcome = _each(call)
    known = name.lower() if isinstance(name, str) and name.lower() in _ACTIVATIONS else None
    if isinstance(name, str) and known is None:
        doubt = f"the activation {name!r} may be registered by the program"
        outcome = Outcome(outcome.outputs, (*outcome.doubts, doubt))
    if call.version is KerasVersion.V3:
        return outcome
    return _of_integers(call, outcome, known)


def _of_integers(call: LayerCall, outcome: Outcome, name: str | None) -> Outcome:
    """What an activation of Keras 2 makes of integers: few of them take any."""
    given = given_dtype(call)
    if name == "linear" or (name in ("relu", "relu6") and given != "bool"):
        return of_floats(call, outcome, given)
    if name == "leaky_relu" and given != "bool":
        return of_floats(call, outcome, "float32")
    if name in _OF_FLOATS and given is not None and not is_float(given):
        return _refuse_integers(call, outcome)
    return of_floats(call, outcome, None)


def _refuse_integers(call: LayerCall, outcome: Outcome) -> Outcome:
    spec = call.inputs
    if isinstance(spec, TensorSpec) and spec.kind is TensorKind.KERAS:
        detail = f"computes with floats, got an input of type {spec.dtype}"
        raise Broken(Problem(ProblemKind.LAYER_INPUTS, "TypeError", detail))
    return of_floats(call, outcome, None)


def _rectified(call: LayerCall) -> Outcome:
    """``ReLU``: with a slope and nothing else, TensorFlow makes floats of integers."""
    outcome, config = _each(call), call.config
    if call.version is KerasVersion.V3:
        return outcome
    given = given_dtype(call)
    slope, most = config.get("negative_slope", 0.0), config.get("max_value")
    low = config.get("threshold", 0.0)
    if given == "bool" or any(map(is_unknown, (slope, most, low))):
        return of_floats(call, outcome, None)
    if not slope:
        return of_floats(call, outcome, given)
    if most is None and not low:
        return of_floats(call, outcome, "float32")
    return of_floats(call, outcome, None if given is None or "uint" in given else given)


def _leaky(call: LayerCall) -> Outcome:
    outcome = _each(call)
    if call.version is KerasVersion.V3:
        return outcome
    slope, given = (
        call.config.get("alpha", call.config.get("negative_slope", 0.3)),
        given_dtype(call),
    )
    if is_unknown(slope) or given == "bool":
        return of_floats(call, outcome, None)
    return of_floats(call, outcome, "float32" if slope else given)


_ACTIVATIONS = frozenset(
    {"celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu",
     "hard_swish", "hard_tanh", "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish",
     "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus", "softsign",
     "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus", "swish", "tanh", "tanh_shrink",
     "threshold"}
)  # fmt: skip


# Those of Keras 2 that have no kernel for integers.
_OF_FLOATS = frozenset(
    {"elu", "exponential", "gelu", "hard_sigmoid", "log_softmax", "mish", "selu", "sigmoid", "silu",
     "softmax", "softplus", "softsign", "swish", "tanh"}
)  # fmt: skip


# -- constructors ---------------------------------------------------------------------------


def _between(name: str, low: float, high: float | None, *, none: bool = False) -> Check:
    """A number that must lie in a range; ``none`` where None will do."""

    def check(config: Config, version: KerasVersion) -> None:
        value = config.get(name)
        if name not in config or is_unknown(value) or (none and value is None):
            return
        if not isinstance(value, (int, float)):
            raise refused(f"`{name}` must be a number, got {value!r}", "TypeError")
        if value < low or (high is not None and value > high):
            most = "" if high is None else f" and at most {high}"
            raise refused(f"`{name}` must be at least {low}{most}, got {value}")

    return check


def _check_noise_shape(config: Config, version: KerasVersion) -> None:
    shape = config.get("noise_shape")
    if shape is None or is_unknown(shape):
        return
    if not isinstance(shape, (list, tuple)):
        raise refused(f"`noise_shape` must be a tuple, got {shape!r}")
    for dim in shape:
        if dim is not None and not is_unknown(dim) and (not isinstance(dim, int) or dim <= 0):
            raise refused(f"`noise_shape` must hold positive integers or None, got {shape}")


# -- PReLU ----------------------------------------------------------------------------------


def _slopes(config: Config, first: ShapeNest) -> Shape | None:
    """The shape of the slopes: that of the input without its batch axis, 1 at shared axes."""
    shared = config.get("shared_axes")
    if not isinstance(first, Shape) or is_unknown(shared):
        return None
    axes = [] if shared is None else shared if isinstance(shared, (list, tuple)) else [shared]
    dims: list[Dim] = list(first.dims[1:])
    for axis in axes:
        if not isinstance(axis, int):
            return None
        if not -len(dims) <= axis - 1 < len(dims):
            raise Broken(
                Problem(
                    ProblemKind.INPUT_RANK,
                    "IndexError",
                    f"shares axis {axis}, which {format_shape(first)} does not have",
                    axis=axis,
                )
            )
        dims[axis - 1] = 1
    return Shape(tuple(dims))


def _prelu_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    slopes = _slopes(config, first)
    sizes = [dim for dim in slopes.dims if isinstance(dim, int)] if slopes is not None else []
    return prod(sizes) if slopes is not None and len(sizes) == slopes.rank else None


def _prelu(call: LayerCall) -> Outcome:
    """The slopes have the shape of the first input, so it must be known but for shared axes."""
    spec = one(call)
    if not isinstance(spec.shape, Shape):
        again = call.first is not None and call.version is KerasVersion.V2
        return Outcome(spec.with_shape(ANY_SHAPE) if again else spec)
    slopes = _slopes(call.config, spec.shape if call.first is None else call.first)
    if slopes is None:
        return Outcome(spec.with_shape(Shape((UNKNOWN,) * spec.shape.rank)))
    if None in slopes.dims:
        raise undefined(
            f"the slopes have the shape of the input {format_shape(spec.shape)}, which has None"
        )
    if call.first is None or call.version is KerasVersion.V3:
        return Outcome(spec)
    mixed = broadcast(spec.shape, slopes, NonePolicy.SIZE_WINS)
    if mixed.conflict is not None:
        raise Broken(
            Problem(
                ProblemKind.PINNED,
                "ValueError",
                f"was built on {format_shape(call.first)}, and is now called on {spec}",
                hint="make a new layer for this input",
            )
        )
    return Outcome(spec.with_shape(mixed.shape))


def _prelu_pins(config: Config) -> tuple[int, ...]:
    """With shared axes, the other ones are pinned."""
    shared = config.get("shared_axes")
    if not shared or is_unknown(shared):
        return ()
    axes = shared if isinstance(shared, (list, tuple)) else [shared]
    return tuple(axis for axis in range(1, 8) if axis not in axes)


# -- the table ------------------------------------------------------------------------------


def _kept(name: str, check: Check = accept_any, **more: Any) -> LayerType:
    """Any rank, and lists of tensors too."""
    return LayerType(name, more.pop("rule", _each), single=False, check=check, **more)


def _probability(name: str) -> Check:
    """Keras 2 does not look at the size, but computes with it."""
    return all_of(
        only(KerasVersion.V3, _between(name, 0, 1)),
        only(KerasVersion.V2, _between(name, float("-inf"), None)),
    )


def _check_rate(config: Config, version: KerasVersion) -> None:
    if version is KerasVersion.V3 or isinstance(config.get("rate"), (int, float)):
        _between("rate", 0, 1)(config, version)


def _softmax(call: LayerCall) -> Outcome:
    """Keras 3 looks at the axis when there is data."""
    axis, inputs = call.config.get("axis", -1), call.inputs
    axes = axis if isinstance(axis, (list, tuple)) else [axis]
    if call.version is KerasVersion.V2 and isinstance(inputs, TensorSpec):
        rank = len(inputs.dims or ())
        for each in axes:
            if inputs.dims is not None and isinstance(each, int) and not -rank <= each < rank:
                detail = f"axis {each} is out of range for {inputs}"
                raise Broken(Problem(ProblemKind.AXIS_RANGE, "InvalidArgumentError", detail))
    return _each(call)


_kept_in_v2: dict[str, Any] = {"dtype_v2": Dtype.INPUT, "v2_integers": True}
_slope = _between("negative_slope", 0, None)

LAYERS = (
    _kept("Activation", rule=_activation, refuses_tensors=False, dtype_v2=Dtype.RULE),
    _kept("ActivityRegularization", v2_refuses_integers=True),
    _kept("Identity", dtype=Dtype.INPUT, v2_integers=True),
    _kept("Masking", rule=_masked, v2_refuses_integers=True),
    _kept("Softmax", rule=_softmax, refuses_tensors=False, v2_refuses_integers=True),
    _kept("ELU", v2_refuses_integers=True),
    _kept("LeakyReLU", only(KerasVersion.V3, _slope), rule=_leaky, dtype_v2=Dtype.RULE),
    _kept("ReLU", all_of(_between("max_value", 0, None, none=True), _slope,
                         _between("threshold", 0, None)), rule=_rectified, dtype_v2=Dtype.RULE),
    _kept("ThresholdedReLU", _between("theta", 0, None), v2_refuses_integers=True),
    _kept("Dropout", all_of(_check_rate, only(KerasVersion.V3, _check_noise_shape)), **_kept_in_v2),
    _kept("GaussianDropout", _probability("rate"), **_kept_in_v2),
    _kept("AlphaDropout", _probability("rate"), **_kept_in_v2),
    _kept("GaussianNoise", all_of(
        only(KerasVersion.V3, _between("stddev", 0, 1)),
        only(KerasVersion.V2, _between("stddev", float("-inf"), None, none=True))), **_kept_in_v2),
    LayerType("PReLU", _prelu, pins=_prelu_pins, pins_rank=True, weights=_prelu_weights,
              v2_refuses_integers=True),
    *(LayerType(f"SpatialDropout{n}D", _keep, rank=n + 2, check=all_of(_check_rate, data_format),
                v2_any_rank_again=True, **_kept_in_v2) for n in (1, 2, 3)),
)  # fmt: skip

"""Layers that keep the shape: activations, dropout, noise, regularization."""

from __future__ import annotations

from math import prod

from kerasmergelint.keras_api.dtype_names import FLOATS
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.arguments import all_of, data_format, is_unknown
from kerasmergelint.keras_api.layers.dtypes import dtype_of, of_floats
from kerasmergelint.keras_api.layers.layer_type import (
    Behaviour,
    Dtype,
    Integers,
    LayerType,
    RankCheck,
    is_symbolic,
)
from kerasmergelint.keras_api.layers.rules import Check, Rule, accept_any, one, same
from kerasmergelint.keras_api.problems import (
    axis_out_of_range,
    pinned,
    refused,
    undefined,
    wrong_inputs,
    wrong_rank,
)
from kerasmergelint.keras_api.protocol import Config, LayerCall, Outcome, ShapeNest, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, Dim, Shape, format_shape
from kerasmergelint.shapes.broadcast import NonePolicy, broadcast


def _keep(call: LayerCall) -> Outcome:
    return Outcome(one(call))


def _stacked(call: LayerCall) -> Outcome:
    """Keras 3 maps a list of tensors; Keras 2 stacks it, where it does not fail."""
    if isinstance(call.inputs, (list, tuple, dict)):
        return Outcome(UNKNOWN, ("Keras 2 may stack or refuse a list of tensors",))
    return same(call)


def _masked(call: LayerCall) -> Outcome:
    """The mask is computed at once, which is impossible for a list of tensors."""
    if isinstance(call.inputs, (list, tuple, dict)):
        return Outcome(UNKNOWN, ("a list of tensors has no mask",))
    return same(call)


def _activation(call: LayerCall) -> Outcome:
    return _if_known(call, same(call))


def _if_known(call: LayerCall, outcome: Outcome) -> Outcome:
    """A program may register an activation of its own."""
    name = call.config.get("activation")
    if not isinstance(name, str) or name.lower() in _ACTIVATIONS:
        return outcome
    doubt = f"the activation {name!r} may be registered by the program"
    return Outcome(outcome.outputs, (*outcome.doubts, doubt))


def _activation_in_v2(call: LayerCall) -> Outcome:
    """Few activations of Keras 2 take integers."""
    outcome, given = _if_known(call, _stacked(call)), dtype_of(call.inputs)
    name = call.config.get("activation")
    name = name.lower() if isinstance(name, str) else None
    if name == "linear" or (name in ("relu", "relu6") and given != "bool"):
        return of_floats(call, outcome, given)
    if name == "leaky_relu" and given != "bool":
        return of_floats(call, outcome, "float32")
    if name in _OF_FLOATS and given is not None and given not in FLOATS:
        return _refuse_integers(call, outcome, given)
    return of_floats(call, outcome, None)


def _refuse_integers(call: LayerCall, outcome: Outcome, given: str) -> Outcome:
    if is_symbolic(call.inputs):
        detail = f"computes with floats, got an input of type {given}"
        raise wrong_inputs(detail, "TypeError")
    return of_floats(call, outcome, None)


def _rectified_in_v2(call: LayerCall) -> Outcome:
    """``ReLU``: with nothing but a slope, TensorFlow turns integers into floats."""
    outcome, config, given = _stacked(call), call.config, dtype_of(call.inputs)
    slope, most = config.get("negative_slope", 0.0), config.get("max_value")
    low = config.get("threshold", 0.0)
    if given == "bool" or any(map(is_unknown, (slope, most, low))):
        return of_floats(call, outcome, None)
    if not slope:
        return of_floats(call, outcome, given)
    if most is None and not low:
        return of_floats(call, outcome, "float32")
    return of_floats(call, outcome, None if given is None or "uint" in given else given)


def _leaky_in_v2(call: LayerCall) -> Outcome:
    outcome, given = _stacked(call), dtype_of(call.inputs)
    slope = call.config.get("alpha", call.config.get("negative_slope", 0.3))
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
    """A number in a range; ``none`` where None will do, too."""

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
            detail = f"shares axis {axis}, which {format_shape(first)} does not have"
            raise wrong_rank(detail, "IndexError", axis=axis)
        dims[axis - 1] = 1
    return Shape(tuple(dims))


def _prelu_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    slopes = _slopes(config, first)
    sizes = [dim for dim in slopes.dims if isinstance(dim, int)] if slopes is not None else []
    return prod(sizes) if slopes is not None and len(sizes) == slopes.rank else None


def _prelu(call: LayerCall) -> Outcome:
    """The slopes have the shape of the first input, which must be known except for shared axes."""
    spec = one(call)
    if not isinstance(spec.shape, Shape):
        again = call.first is not None and call.version in V2
        return Outcome(spec.with_shape(ANY_SHAPE) if again else spec)
    slopes = _slopes(call.config, spec.shape if call.first is None else call.first)
    if slopes is None:
        return Outcome(spec.with_shape(Shape((UNKNOWN,) * spec.shape.rank)))
    if None in slopes.dims:
        raise undefined(
            f"the slopes have the shape of the input {format_shape(spec.shape)}, which has None"
        )
    if call.first is None or call.version in V3:
        return Outcome(spec)
    mixed = broadcast(spec.shape, slopes, NonePolicy.SIZE_WINS)
    if mixed.conflict is not None:
        raise pinned(f"was built on {format_shape(call.first)}, but is called on {spec}")
    return Outcome(spec.with_shape(mixed.shape))


def _prelu_pins(config: Config) -> tuple[int, ...]:
    """With shared axes, the other ones are pinned."""
    shared = config.get("shared_axes")
    if not shared or is_unknown(shared):
        return ()
    axes = shared if isinstance(shared, (list, tuple)) else [shared]
    if any(map(is_unknown, axes)):
        return ()
    return tuple(axis for axis in range(1, 8) if axis not in axes)


# -- Softmax --------------------------------------------------------------------------------


def _softmax_in_v2(call: LayerCall) -> Outcome:
    """Keras 3 checks the axis only once there is data."""
    axis, inputs = call.config.get("axis", -1), call.inputs
    for each in axis if isinstance(axis, (list, tuple)) else [axis]:
        if not isinstance(inputs, TensorSpec) or inputs.dims is None or not isinstance(each, int):
            continue
        if not -len(inputs.dims) <= each < len(inputs.dims):
            detail = f"axis {each} is out of range for {inputs}"
            raise axis_out_of_range(detail, each, "InvalidArgumentError")
    return _stacked(call)


# -- the table ------------------------------------------------------------------------------


def _probability(config: Config, version: KerasVersion) -> None:
    _between("rate", 0, 1)(config, version)


def _check_rate_in_v2(config: Config, version: KerasVersion) -> None:
    if isinstance(config.get("rate"), (int, float)):
        _probability(config, version)


def _in_v2(
    rule: Rule = _stacked,
    check: Check = accept_any,
    dtype: Dtype = Dtype.COMPUTE,
    integers: Integers = Integers.IN_DOUBT,
) -> tuple[Behaviour, ...]:
    return (Behaviour(V2, rule, check, dtype=dtype, integers=integers),)


def _like_input(check: Check) -> tuple[Behaviour, ...]:
    """Keras 2 keeps what it gets, integers too."""
    return _in_v2(check=check, dtype=Dtype.INPUT, integers=Integers.TAKEN)


def _kept(
    name: str,
    behaviours: tuple[Behaviour, ...],
    check: Check = accept_any,
    *,
    rule: Rule = same,
    kind: Kind = Kind.PASSING,
    dtype: Dtype = Dtype.COMPUTE,
    refuses_tensors: bool = True,
) -> LayerType:
    """Any rank, and lists of tensors too."""
    return LayerType(
        name,
        rule,
        kind,
        single=False,
        check=check,
        refuses_tensors=refuses_tensors,
        dtype=dtype,
        behaviours=behaviours,
    )


def _check_alpha(config: Config, version: KerasVersion) -> None:
    """Keras 2 converts what it gets, but for None."""
    if config.get("alpha", 0.3) is None:
        raise refused("`alpha` must be a number, got None")


_any_size = _between("rate", float("-inf"), None)
_slope = _between("negative_slope", 0, None)
_rectifier = all_of(
    _between("max_value", 0, None, none=True), _slope, _between("threshold", 0, None)
)
_angle = _between("theta", 0, None)
_refuses = _in_v2(integers=Integers.REFUSED)

LAYERS = (
    _kept("Activation", _in_v2(_activation_in_v2, dtype=Dtype.RULE), rule=_activation,
          refuses_tensors=False),
    _kept("ActivityRegularization", _refuses),
    _kept("Identity", _in_v2(dtype=Dtype.INPUT, integers=Integers.TAKEN), dtype=Dtype.INPUT),
    _kept("Masking", _in_v2(_masked, integers=Integers.REFUSED), rule=_masked),
    _kept("Softmax", _in_v2(_softmax_in_v2, integers=Integers.REFUSED), refuses_tensors=False,
          kind=Kind.PASSING | Kind.SOFTMAX),
    _kept("ELU", _refuses),
    _kept("LeakyReLU", _in_v2(_leaky_in_v2, _check_alpha, Dtype.RULE),
          all_of(_slope, _between("alpha", 0, None))),
    _kept("ReLU", _in_v2(_rectified_in_v2, _rectifier, Dtype.RULE), _rectifier),
    _kept("ThresholdedReLU", _in_v2(check=_angle, integers=Integers.REFUSED), _angle),
    _kept("Dropout", _like_input(_check_rate_in_v2), all_of(_probability, _check_noise_shape)),
    _kept("GaussianDropout", _like_input(_any_size), _probability),
    _kept("AlphaDropout", _like_input(_any_size), _probability),
    _kept("GaussianNoise", _like_input(accept_any),
          _between("stddev", 0, 1)),
    LayerType("PReLU", _prelu, Kind.PASSING, pins=_prelu_pins, pins_rank=True, weights=_prelu_weights,
              behaviours=(Behaviour(V2, integers=Integers.REFUSED),)),
    *(LayerType(f"SpatialDropout{n}D", _keep, Kind.PASSING, rank=n + 2,
                check=all_of(_probability, data_format), behaviours=(
        Behaviour(V2, check=all_of(_check_rate_in_v2, data_format), rank_check=RankCheck.AT_FIRST,
                  dtype=Dtype.INPUT, integers=Integers.TAKEN),)) for n in (1, 2, 3)),
)  # fmt: skip

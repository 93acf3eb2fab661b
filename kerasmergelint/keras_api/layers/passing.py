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
    if isinstance(name, str) and name.lower() not in _ACTIVATIONS:
        doubt = f"the activation {name!r} may be registered by the program"
        return Outcome(outcome.outputs, (*outcome.doubts, doubt))
    return outcome


_ACTIVATIONS = frozenset(
    {"celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu",
     "hard_swish", "hard_tanh", "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish",
     "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus", "softsign",
     "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus", "swish", "tanh", "tanh_shrink",
     "threshold"}
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
    _kept("Activation", rule=_activation, refuses_tensors=False),
    _kept("ActivityRegularization"),
    _kept("Identity", dtype=Dtype.INPUT, v2_integers=True),
    _kept("Masking", rule=_masked),
    _kept("Softmax", rule=_softmax, refuses_tensors=False),
    _kept("ELU"),
    _kept("LeakyReLU"),
    _kept("ReLU", all_of(_between("max_value", 0, None, none=True), _slope,
                         _between("threshold", 0, None)), **_kept_in_v2),
    _kept("ThresholdedReLU", _between("theta", 0, None)),
    _kept("Dropout", all_of(_check_rate, only(KerasVersion.V3, _check_noise_shape)), **_kept_in_v2),
    _kept("GaussianDropout", _probability("rate"), **_kept_in_v2),
    _kept("AlphaDropout", _probability("rate"), **_kept_in_v2),
    _kept("GaussianNoise", _probability("stddev"), **_kept_in_v2),
    LayerType("PReLU", _prelu, pins=_prelu_pins, pins_rank=True, weights=_prelu_weights),
    *(LayerType(f"SpatialDropout{n}D", _keep, rank=n + 2, check=all_of(_check_rate, data_format),
                v2_any_rank_again=True) for n in (1, 2, 3)),
)  # fmt: skip

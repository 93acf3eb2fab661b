"""Helpers for shape rules: reading a call and its configuration, making an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kerasmergelint.keras_api.problems import misfit
from kerasmergelint.keras_api.protocol import Config, LayerCall, Outcome, ShapeNest, TensorSpec
from kerasmergelint.keras_api.versions import KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, Expr, OpenShape, Shape
from kerasmergelint.shapes.broadcast import never_equal

Rule = Callable[[LayerCall], Outcome]
# Raises where the constructor does.
Check = Callable[[Config, KerasVersion], None]
# The number of weights after a first call on these shapes; None where it is unknown.
Weights = Callable[[Config, ShapeNest, KerasVersion], "int | None"]
# The axes whose size the first call fixes.
Pins = Callable[[Config], "tuple[int, ...]"]


def accept_any(config: Config, version: KerasVersion) -> None:
    """A constructor that refuses nothing, as far as known."""


def no_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    return 0


def unknown_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    return None


def nothing_pinned(config: Config) -> tuple[int, ...]:
    return ()


def last_pinned(config: Config) -> tuple[int, ...]:
    return (-1,)


# -- the input ------------------------------------------------------------------------------


def one(call: LayerCall) -> TensorSpec:
    """The input of a layer that takes one tensor."""
    assert isinstance(call.inputs, TensorSpec)
    return call.inputs


def dims_of(call: LayerCall, rank: int) -> tuple[Dim, ...]:
    """The dimensions of an input whose rank is certain, even where only its last sizes are known."""
    shape = one(call).shape
    if isinstance(shape, Shape):
        return shape.dims
    return (*([UNKNOWN] * (rank - len(shape.tail))), *shape.tail)


# -- the configuration ----------------------------------------------------------------------


def must_agree(what: str, left: Dim, right: Dim) -> None:
    """Raises :class:`Broken` where two sizes certainly differ; None differs from nothing."""
    if never_equal(left, right):
        raise misfit(f"the {what} differ: {left} and {right}")


def as_dim(value: object) -> Dim:
    """A configuration value as a dimension: unknown unless it is an int or an expression."""
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, (int, Expr)) else UNKNOWN


def tuple_of(value: object, length: int) -> tuple[Dim, ...]:
    """``3`` or ``(3, 5)`` as one dimension per axis."""
    if isinstance(value, (list, tuple)):
        if len(value) == length:
            return tuple(_window(item) for item in value)
        if len(value) == 1:
            return (_window(value[0]),) * length
        return (UNKNOWN,) * length
    return (as_dim(value),) * length


def _window(item: object) -> Dim:
    """Keras computes with the floats that it lets through, so 2.0 is as good as 2."""
    return int(item) if isinstance(item, float) and item.is_integer() else as_dim(item)


def text_of(value: object) -> str | None:
    """A string argument in lower case; None where it is unknown."""
    return value.lower() if isinstance(value, str) else None


def channels_first(config: Config) -> bool | None:
    """Whether the channels are axis 1; None where that is unknown."""
    value = config.get("data_format")
    if value is not None and not isinstance(value, str):
        return None
    return value == "channels_first"


# -- the answer -----------------------------------------------------------------------------


def output(call: LayerCall, dims: Sequence[Dim], dtype: str | None = "float32") -> Outcome:
    """One tensor of known rank, of the same kind as the input."""
    return Outcome(TensorSpec(Shape(tuple(dims)), dtype, one(call).kind))


def with_last(call: LayerCall, last: Dim, min_rank: int = 1) -> Outcome:
    """The input's shape with another last dimension."""
    spec = one(call)
    if isinstance(spec.shape, Shape):
        return output(call, (*spec.shape.dims[:-1], last))
    return Outcome(
        TensorSpec(OpenShape((last,), max(min_rank, spec.shape.min_rank)), "float32", spec.kind)
    )


def same(call: LayerCall) -> Outcome:
    """The shape stays, that of each tensor where the input is a nest of them."""
    inputs = call.inputs
    if inputs is UNKNOWN:
        return Outcome(TensorSpec())
    return Outcome(inputs)

"""The failures that many rules report."""

from __future__ import annotations

from kerasmergelint.keras_api.causes import Cause
from kerasmergelint.keras_api.numerals import ordinal
from kerasmergelint.keras_api.protocol import Broken, Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3, KerasVersion
from kerasmergelint.shapes import Dim, Shape, format_shape

# A float in the place of an integer comes of a division, as a rule.
DIVIDE_WHOLE = "divide by `//` instead of `/`"


def refused(detail: str, exception: str = "ValueError", *, hint: str | None = None) -> Broken:
    """A constructor refuses an argument."""
    return Broken(Problem(ProblemKind.ARGUMENT, exception, detail, hint=hint))


def int_as_shape(size: int) -> Broken:
    """A shape such as 784, where Keras 3 wants (784,)."""
    return refused(f"the shape {size} is an int, not a tuple", hint=f"write ({size},)")


def wrong_rank(detail: str, exception: str = "ValueError", *, axis: int | None = None) -> Broken:
    """An input has too few axes, or too many."""
    return Broken(Problem(ProblemKind.INPUT_RANK, exception, detail, axis=axis))


def wrong_inputs(detail: str, exception: str = "ValueError", *, hint: str | None = None) -> Broken:
    """A layer gets too many inputs, too few, or something other than tensors."""
    return Broken(Problem(ProblemKind.LAYER_INPUTS, exception, detail, hint=hint))


def axis_out_of_range(detail: str, axis: int, exception: str, hint: str | None = None) -> Broken:
    return Broken(Problem(ProblemKind.AXIS_RANGE, exception, detail, axis=axis, hint=hint))


def misfit(detail: str) -> Broken:
    """Tensors do not fit together inside a layer."""
    return Broken(Problem(ProblemKind.OPERATION, "ValueError", detail))


def bad(
    detail: str,
    axis: int | None = None,
    exception: str = "ValueError",
    *,
    operand: int = 0,
    hint: str | None = None,
) -> Broken:
    """An op or operator refuses an operand."""
    return Broken(Problem(ProblemKind.OPERATION, exception, detail, (operand,), axis, hint))


def contradiction(
    detail: str,
    *,
    operands: tuple[int, int] = (0, 1),
    axis: int | None = None,
    hint: str | None = None,
    exception: str = "ValueError",
    cause: Cause | None = None,
) -> Broken:
    """Two operands of an op or operator do not fit."""
    return Broken(
        Problem(ProblemKind.OPERATION, exception, detail, operands, axis, hint, cause=cause)
    )


def pinned(detail: str, axis: int | None = None) -> Broken:
    """A layer was built for another size."""
    return Broken(Problem(ProblemKind.PINNED, "ValueError", detail, axis=axis))


def undefined(detail: str) -> Broken:
    """A size that weights need is None."""
    return Broken(Problem(ProblemKind.UNDEFINED_DIM, "ValueError", detail))


def not_positive(axis: int, length: Dim, shape: Shape) -> Broken:
    """A window does not fit."""
    detail = f"axis {axis} would get size {length}, from {format_shape(shape)}"
    return Broken(Problem(ProblemKind.NEGATIVE_DIM, "ValueError", detail, axis=axis))


def other_total(detail: str) -> Broken:
    """A reshape changes the number of elements."""
    return Broken(Problem(ProblemKind.RESHAPE, "ValueError", detail))


def layer_as_tensor(exception: str, operand: int | None = None, *, what: str = "input") -> Broken:
    """A layer or model instead of a tensor: the call was forgotten."""
    detail = "a layer or model is passed where a tensor belongs"
    if operand is not None:
        detail = f"{what} is a layer or model, not a tensor"
    places = () if operand is None else (operand,)
    hint = "call it first, or use its `.output`"
    return Broken(Problem(ProblemKind.LAYER_AS_TENSOR, exception, detail, places, hint=hint))


def layer_to_layer(version: KerasVersion, operand: int | None = None) -> Broken:
    """A layer is called on another layer."""
    exception = "ValueError" if version in V3 else "TypeError"
    what = "the input" if operand is None else f"the {ordinal(operand)} input"
    return layer_as_tensor(exception, operand, what=what)

"""Calls that NumPy refuses, over arrays of known sizes: those that the rule of the op of Keras refuses.

The two agree for the functions that are named here, and for no others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kerasmergelint.keras_api.protocol import (
    Broken,
    Nest,
    Problem,
    ProblemKind,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import Site

_OF_SIZES = (
    "add", "subtract", "multiply", "divide", "dot", "matmul", "einsum", "tensordot",
    "broadcast_to", "maximum", "minimum", "power", "where", "greater", "less", "equal", "split", "pad",
)  # fmt: skip
_OF_AXES = (
    "sum", "mean", "max", "min", "amax", "amin", "std", "var", "prod", "all", "any", "argmax", "argmin",
    "transpose", "squeeze", "expand_dims", "swapaxes", "moveaxis", "flip", "sort", "argsort",
    "average", "median",
)  # fmt: skip
_EXCEPTIONS = {**dict.fromkeys(_OF_SIZES, "ValueError"), **dict.fromkeys(_OF_AXES, "AxisError")}
# NumPy cuts at any indices, and takes one pair of widths for all axes.
_ONLY_FOR: dict[str, Callable[[object], bool]] = {
    "split": lambda parts: type(parts) is int,
    "pad": lambda widths: isinstance(widths, (list, tuple)) and len(widths) > 1,
}


def refused(
    interp: Interpreter,
    name: str,
    given: Sequence[Nest],
    options: Mapping[str, Nest],
    broken: Broken,
    site: Site,
) -> Raised | None:
    """The failure of a call that the rule of the op refuses; None if NumPy may take it."""
    exception = _EXCEPTIONS.get(name)
    if exception is None or not all(map(_is_known, (*given, *options.values()))):
        return None
    if any(map(_is_of_objects, given if name in _OF_SIZES else given[:1])):
        return None
    if name in _OF_AXES and given and not isinstance(given[0], (TensorSpec, list, tuple)):
        return None  # NumPy lets the axes 0 and -1 of a scalar pass in most functions
    if name in _ONLY_FOR and not (len(given) > 1 and _ONLY_FOR[name](given[1])):
        return None
    detail = f"numpy.{name}: {broken.problem.detail}"
    return interp.fails(Problem(ProblemKind.PYTHON, exception, detail), site)


def _is_of_objects(plain: Nest) -> bool:
    """Whether NumPy makes an array of objects of it, where Keras has no tensor."""
    if isinstance(plain, (list, tuple)):
        return any(map(_is_of_objects, plain))
    return plain is None


def _is_known(plain: Nest) -> bool:
    """Whether it is made of constants and of arrays whose sizes are numbers."""
    if isinstance(plain, TensorSpec):
        held = plain.kind in (TensorKind.ARRAY, TensorKind.EAGER) and bool(plain.dims)
        return held and all(type(size) is int for size in plain.dims or ())
    if isinstance(plain, (list, tuple)):
        return all(map(_is_known, plain))
    return plain is None or (plain is not UNKNOWN and isinstance(plain, (int, float, str)))

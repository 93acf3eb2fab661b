"""Shapes that the user declares for what the program does not tell (``--kml-shapes``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.options import DeclaredDim, declared_shape
from kerasmergelint.shapes import UNKNOWN, Dim, Shape, symbol
from kerasmergelint.tracker.values import TensorV, UnknownV, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.interpreter import Interpreter


def shapes(declared: Mapping[str, str]) -> dict[str, Shape]:
    """The shapes by the names of variables and parameters; the settings have checked them.

    >>> print(shapes({"x": "(None, n, 3)"})["x"])
    (None, n, 3)
    """
    return {name: Shape(tuple(map(_dim, declared_shape(text)))) for name, text in declared.items()}


def _dim(dim: DeclaredDim) -> Dim:
    if isinstance(dim, str):
        return UNKNOWN if dim == "?" else symbol(dim)
    return dim


def known_as(interp: Interpreter, name: str, value: Value) -> Value:
    """A tensor of the declared shape, where nothing is known of the value that a name gets."""
    if not isinstance(value, UnknownV) or name not in interp.declared:
        return value
    return TensorV(TensorSpec(interp.declared[name], kind=TensorKind.ANY))

"""Shapes that the user declares where the program does not tell.

In the settings (``--kml-shapes``), or as annotations of parameters: ``x: "(None, 8)"``, and jaxtyping's
``x: Float[Array, "batch 8"]``.
"""

from __future__ import annotations

from collections.abc import Mapping

from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.options import DeclaredDim, InvalidOption, declared_shape
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, AnyShape, Dim, OpenShape, Shape, symbol
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.value import UnknownV, Value

_JAXTYPING = frozenset({
    "Float", "Float16", "Float32", "Float64", "BFloat16", "Int", "Int8", "Int16", "Int32", "Int64",
    "UInt", "UInt8", "UInt16", "UInt32", "UInt64", "Integer", "Inexact", "Real", "Num", "Shaped",
    "Bool", "Complex", "Key",
})  # fmt: skip


def shapes(declared: Mapping[str, str]) -> dict[str, Shape]:
    """The declared shapes by name of variable or parameter, already checked by the settings.

    >>> print(shapes({"x": "(None, n, 3)"})["x"])
    (None, n, 3)
    """
    return {name: Shape(tuple(map(_dim, declared_shape(text)))) for name, text in declared.items()}


def _dim(dim: DeclaredDim) -> Dim:
    if isinstance(dim, str):
        return UNKNOWN if dim == "?" else symbol(dim)
    return dim


def known_as(
    interp: Interpreter, name: str, value: Value, annotation: ir.Expression | None = None
) -> Value:
    """A tensor of the declared shape, if the value assigned to a name is unknown, or its shape is."""
    if not isinstance(value, UnknownV) and not _is_read(value):
        return value
    shape = interp.declared.get(name) or annotated(annotation)
    return value if shape is None else TensorV(TensorSpec(shape, kind=TensorKind.ANY))


def _is_read(value: Value) -> bool:
    """Whether it is an array of which nothing tells the shape, such as that of a file."""
    return isinstance(value, TensorV) and value.node is None and value.spec.shape is ANY_SHAPE


def annotated(annotation: ir.Expression | None) -> AnyShape | None:
    """The shape that an annotation declares, if it does."""
    if isinstance(annotation, ir.Const) and isinstance(annotation.value, str):
        return _from_string(annotation.value)
    if not isinstance(annotation, ir.Subscript) or not isinstance(annotation.index, ir.TupleExpr):
        return None
    elements = annotation.index.elements
    last = elements[-1] if len(elements) == 2 else None
    if not isinstance(last, ir.Const) or not isinstance(last.value, str):
        return None
    return from_words(last.value) if _last_name(annotation.value) in _JAXTYPING else None


def _from_string(text: str) -> AnyShape | None:
    """Any other string is a type that is not evaluated."""
    if not text.strip().startswith("("):
        return None
    try:
        return Shape(tuple(map(_dim, declared_shape(text))))
    except InvalidOption:
        return None


def _last_name(node: ir.Expression) -> str | None:
    if isinstance(node, ir.Attribute):
        return node.attr
    return node.id if isinstance(node, ir.Name) else None


def from_words(text: str) -> AnyShape | None:
    """Jaxtyping's dimensions: sizes and names; ``_`` and expressions are unknown.

    >>> print(from_words("batch height=32 3"), from_words("*rest n+1 8"))
    (batch, 32, 3) (..., ?, 8)
    """
    words = text.split()
    several = [index for index, word in enumerate(words) if word == "..." or "*" in word]
    if not several:
        return Shape(tuple(map(_word, words)))
    tail = tuple(map(_word, words[several[-1] + 1 :]))
    return OpenShape(tail, len(words) - len(several))


def _word(word: str) -> Dim:
    size = word.rpartition("=")[2]
    if size.isdecimal():
        return int(size)
    return symbol(size) if size.isidentifier() and not size.startswith("_") else UNKNOWN

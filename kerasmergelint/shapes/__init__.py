"""Dimension and shape algebra.

Symbolic integers in normal form, three-valued comparison, broadcasting, concatenation, convolution
arithmetic.  Must never know Keras, TensorFlow or Python syntax.
"""

from kerasmergelint.shapes.comparison import Comparison, Relation, compare
from kerasmergelint.shapes.conditions import Divisibility, when_equal
from kerasmergelint.shapes.dim import (
    UNKNOWN,
    Dim,
    Expr,
    Unknown,
    add,
    ceildiv,
    floordiv,
    maximum,
    mul,
    product,
    sub,
    symbol,
    total,
)
from kerasmergelint.shapes.shape import (
    ANY_SHAPE,
    UNTRACED,
    AnyShape,
    OpenShape,
    Shape,
    format_shape,
    is_untraced,
    last_dim,
)

__all__ = [
    "ANY_SHAPE",
    "UNKNOWN",
    "UNTRACED",
    "AnyShape",
    "Comparison",
    "Dim",
    "Divisibility",
    "Expr",
    "OpenShape",
    "Relation",
    "Shape",
    "Unknown",
    "add",
    "ceildiv",
    "compare",
    "floordiv",
    "format_shape",
    "is_untraced",
    "last_dim",
    "maximum",
    "mul",
    "product",
    "sub",
    "symbol",
    "total",
    "when_equal",
]

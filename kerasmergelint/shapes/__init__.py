"""Dimension and shape algebra.

Knows integers that are not known yet: normal forms, three-valued comparison, broadcasting,
concatenation, convolution arithmetic.  Must never know Keras, TensorFlow or Python syntax.
"""

from kerasmergelint.shapes.dim import (
    UNKNOWN,
    Comparison,
    Dim,
    Expr,
    Relation,
    Unknown,
    add,
    ceildiv,
    compare,
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
    AnyShape,
    OpenShape,
    Shape,
    format_shape,
    last_dim,
)

__all__ = [
    "ANY_SHAPE",
    "UNKNOWN",
    "AnyShape",
    "Comparison",
    "Dim",
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
    "last_dim",
    "maximum",
    "mul",
    "product",
    "sub",
    "symbol",
    "total",
]

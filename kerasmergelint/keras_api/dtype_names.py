"""Names of data types."""

from __future__ import annotations

FLOATS = frozenset({"float16", "bfloat16", "float32", "float64"})
INTEGERS = frozenset({"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"})
NUMBERS = FLOATS | INTEGERS
COMPLEX = frozenset({"complex64", "complex128"})
# What TensorFlow calls some of them, too.
OTHER_NAMES = {"float": "float32", "double": "float64", "half": "float16"}

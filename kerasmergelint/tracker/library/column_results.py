"""What NumPy's functions make of a column of a table: another column, or an array.

It matters for training: Keras gives a column of pandas a second axis, and none to an array.  Measured with
pandas 2: NumPy's functions of numbers keep to the type that they are given, and so do those that pandas
has a method for; the others make arrays.
"""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.shapes import ANY_SHAPE
from kerasmergelint.tracker.values.graph import Role, TensorV, is_column
from kerasmergelint.tracker.values.value import Args, Keywords, Value

_COLUMNS = frozenset({
    # functions of numbers
    "abs", "absolute", "add", "arccos", "arccosh", "arcsin", "arcsinh", "arctan", "arctan2", "arctanh",
    "bitwise_not", "cbrt", "ceil", "cos", "cosh", "deg2rad", "degrees", "divide", "equal", "exp", "exp2",
    "expm1", "fabs", "floor", "floor_divide", "fmax", "fmin", "greater", "greater_equal", "invert",
    "isfinite", "isinf", "isnan", "less", "less_equal", "log", "log10", "log1p", "log2", "logical_and",
    "logical_not", "logical_or", "logical_xor", "maximum", "minimum", "mod", "multiply", "negative",
    "copysign", "fix", "fmod", "heaviside", "hypot", "ldexp", "logaddexp", "positive",
    "not_equal", "power", "rad2deg", "radians", "reciprocal", "remainder", "rint", "sign", "sin", "sinh",
    "sqrt", "square", "subtract", "tan", "tanh", "true_divide", "trunc",
    # methods of pandas
    "argsort", "around", "clip", "cumprod", "cumsum", "repeat", "round", "squeeze", "transpose",
    # others that take parts of what they are given
    "flip", "trim_zeros",
})  # fmt: skip
_ARRAYS = frozenset({
    "append", "array", "asanyarray", "asarray", "ascontiguousarray", "asfortranarray", "atleast_1d",
    "bincount", "column_stack", "concatenate", "convolve", "delete", "digitize", "dot", "empty_like",
    "expand_dims", "flatnonzero", "float16", "float32", "float64", "gradient", "hstack", "insert",
    "int16", "int32", "int64", "int8", "interp", "isin", "nan_to_num", "ones_like", "pad", "ravel",
    "reshape", "resize", "roll", "searchsorted", "sort", "stack", "tile", "uint8", "unique", "vstack",
    "where", "zeros_like",
    "angle", "argpartition", "broadcast_to", "choose", "compress", "copy", "correlate", "cross", "diag",
    "diff", "ediff1d", "einsum", "extract", "flipud", "full_like", "intersect1d", "kron", "lexsort",
    "matmul", "nancumsum", "partition", "percentile", "polyfit", "polyval", "quantile", "real", "select",
    "setdiff1d", "setxor1d", "sinc", "union1d", "unwrap",
})  # fmt: skip


def told(name: str, args: Args, keywords: Keywords, found: Value) -> Value:
    """The result of the function, as the column or array that it is; of unknown shape if that is open."""
    if not isinstance(found, TensorV) or found.spec.dims is None or len(found.spec.dims) != 1:
        return found
    given = [value for value in (*args, *keywords.values()) if isinstance(value, TensorV)]
    if name in _ARRAYS or not any(is_column(value) for value in given):
        return found
    if name in _COLUMNS:
        return TensorV(found.spec, found.node, found.index, found.data, role=Role.COLUMN)
    return TensorV(replace(found.spec, shape=ANY_SHAPE, data=None), found.node, found.index)

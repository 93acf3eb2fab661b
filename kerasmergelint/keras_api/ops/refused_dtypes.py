"""Data types that TensorFlow's functions refuse, in a graph or at once, where Keras converts nothing.

Measured on placeholders and on tensors of each type.
"""

from __future__ import annotations

from collections.abc import Mapping

from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec

_TENSORS = frozenset({TensorKind.GRAPH, TensorKind.EAGER})
_FLOATS = frozenset({"float16", "bfloat16", "float32", "float64"})
_NARROW = frozenset({"int8", "uint8"})
_WHOLE = frozenset({"int16", "int32", "int64"}) | _NARROW
_BOOL = frozenset({"bool"})

# The parameter by the rule's name, what it refuses, and what it takes.
_Refusal = tuple[str, frozenset[str], str]
_NO_PLACE = (_FLOATS | _BOOL | _NARROW, "whole numbers (int32 or int64)")
_NO_CLASS = (_FLOATS | _BOOL | {"int16"}, "whole numbers (int32 or int64)")
_NO_LABEL = (_FLOATS | _BOOL | _NARROW | {"int16"}, "whole numbers (int32 or int64)")
_NO_TRUTH = (_FLOATS | _WHOLE, "truth values")
_NO_NUMBER = (_BOOL, "numbers")
_NO_FLOAT = (_WHOLE | _BOOL, "floats")


def _each(names: str, parameter: str, refusal: tuple[frozenset[str], str]) -> dict[str, _Refusal]:
    return dict.fromkeys(names.split(), (parameter, *refusal))


_REFUSALS: Mapping[str, _Refusal] = {
    **_each("tf.gather tf.gather_nd tf.nn.embedding_lookup K.gather", "indices", _NO_PLACE),
    **_each("tf.one_hot K.one_hot", "x", _NO_CLASS),
    **_each("tf.nn.sparse_softmax_cross_entropy_with_logits", "labels", _NO_LABEL),
    **_each("tf.reduce_any tf.reduce_all tf.logical_not", "x", _NO_TRUTH),
    **_each("tf.where", "condition", _NO_TRUTH),
    **_each(
        "tf.reduce_mean tf.reduce_sum tf.reduce_max tf.reduce_min tf.reduce_prod tf.square tf.cumsum "
        "tf.nn.relu tf.round K.sum K.square",
        "x",
        _NO_NUMBER,
    ),
    **_each(
        "tf.sqrt tf.exp tf.math.log tf.tanh tf.sigmoid tf.acos tf.acosh tf.asin tf.asinh tf.atan tf.atanh "
        "tf.cos tf.cosh tf.math.expm1 tf.math.log1p tf.sin tf.sinh tf.tan tf.math.rsqrt tf.math.erf "
        "tf.math.erfc tf.math.softplus tf.math.softsign tf.nn.silu tf.math.log_sigmoid tf.nn.elu tf.nn.selu "
        "tf.nn.gelu tf.math.lgamma tf.math.digamma tf.math.log_softmax tf.math.softmax "
        "tf.math.l2_normalize tf.reduce_logsumexp tf.math.reduce_variance tf.math.reduce_std tf.norm "
        "tf.floor tf.math.ceil tf.math.rint K.cos K.sin K.exp K.log K.sqrt K.elu K.softplus K.softsign "
        "K.tanh K.sigmoid K.hard_sigmoid K.softmax K.l2_normalize",
        "x",
        _NO_FLOAT,
    ),
}  # fmt: skip


def takes_floats_alone(name: str) -> bool:
    """Whether a function of one tensor refuses ints and truth values."""
    return _REFUSALS.get(name, ())[1:] == _NO_FLOAT


# Functions of `keras.ops` that make floats of a tensor of ints or truth values.
_GIVES_FLOATS = frozenset({
    "arccos", "arccosh", "arcsin", "arcsinh", "arctan", "arctanh", "average", "cbrt", "ceil", "cos", "cosh",
    "exp", "exp2", "expm1", "floor", "log", "log10", "log1p", "log2", "mean", "median", "norm", "sin",
    "sinc", "sinh", "sqrt", "std", "tan", "tanh", "var",
})  # fmt: skip


def gives_floats(name: str) -> bool:
    """Whether a function makes floats of whatever it is given."""
    room, _, function = name.rpartition(".")
    return room == "ops" and function in _GIVES_FLOATS


def takes_numbers_alone(name: str) -> bool:
    """Whether a function of one tensor refuses truth values."""
    return _REFUSALS.get(name, ())[1:] == _NO_NUMBER


def takes_whole_numbers_alone(name: str) -> bool:
    """Whether a function refuses floats in its first argument."""
    return _REFUSALS.get(name, ()) == ("x", *_NO_CLASS)


def refuse(name: str, bound: Mapping[str, object]) -> None:
    """Raises where a tensor has a type that the function does not take; arrays are converted."""
    found = _REFUSALS.get(name)
    if found is None:
        return
    parameter, refused, taken = found
    given = bound.get(parameter)
    if isinstance(given, TensorSpec) and given.kind in _TENSORS and given.dtype in refused:
        hint = "cast it first, for example with tf.cast"
        raise bad(
            f"it takes {taken}, got a tensor of {given.dtype}", exception="TypeError", hint=hint
        )

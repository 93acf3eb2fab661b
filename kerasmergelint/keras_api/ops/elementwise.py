"""Ops that keep the shape, and binary ones that broadcast."""

from __future__ import annotations

from kerasmergelint.keras_api import operators
from kerasmergelint.keras_api.ops.op import Arguments, Op, any_tensor, as_spec, tensor, unknown
from kerasmergelint.keras_api.protocol import KerasVersion, Outcome, TensorKind, TensorSpec
from kerasmergelint.shapes import OpenShape, Shape


def _same(arguments: Arguments) -> Outcome:
    spec = tensor(arguments)
    return Outcome(spec) if spec is not None else any_tensor()


def _same_without_dtype(arguments: Arguments) -> Outcome:
    spec = tensor(arguments)
    if spec is None:
        return any_tensor()
    dtype = arguments.get("dtype")
    known = dtype if isinstance(dtype, str) else None
    return Outcome(TensorSpec(spec.shape, known, spec.kind, spec.data))


def _binary(arguments: Arguments) -> Outcome:
    left, right = arguments.get("x"), arguments.get("y")
    specs = [spec for spec in (as_spec(left), as_spec(right)) if spec is not None]
    if len(specs) == 2:
        return operators.elementwise((specs[0], specs[1]))
    kind = specs[0].kind if specs else TensorKind.ANY
    return Outcome(TensorSpec(OpenShape(), None, kind), ("an operand is not known",))


def _where(arguments: Arguments) -> Outcome:
    parts = [arguments.get(name) for name in ("condition", "x", "y")]
    specs = tuple(part for part in parts if isinstance(part, TensorSpec))
    plain = all(isinstance(part, (TensorSpec, int, float)) for part in parts)
    return operators.elementwise(specs) if specs and plain else unknown()


def _matmul(arguments: Arguments) -> Outcome:
    left, right = arguments.get("x"), arguments.get("y")
    if any(arguments.get(flag) for flag in ("adjoint_a", "adjoint_b")):
        return any_tensor()
    for side, flag in (("x", "transpose_a"), ("y", "transpose_b")):
        switch = arguments.get(flag, False)
        if switch not in (True, False):
            return any_tensor()
        value = arguments.get(side)
        if switch and isinstance(value, TensorSpec):
            swapped = _swap(value)
            left, right = (swapped, right) if side == "x" else (left, swapped)
    return operators.matmul(left, right, KerasVersion.V3)


def _swap(spec: TensorSpec) -> TensorSpec:
    dims = spec.dims
    if dims is None or len(dims) < 2:
        return spec.with_shape(OpenShape())
    return spec.with_shape(Shape((*dims[:-2], dims[-1], dims[-2])))


_UNARY = (
    "abs", "exp", "log", "sqrt", "rsqrt", "square", "sin", "cos", "tan", "tanh", "sigmoid", "relu",
    "relu6", "elu", "selu", "gelu", "silu", "swish", "softplus", "softsign", "sign", "floor", "ceil",
    "round", "negative", "reciprocal", "erf", "log1p", "expm1", "sinh", "cosh", "asin", "acos",
    "atan", "leaky_relu", "log_sigmoid", "hard_sigmoid", "hard_silu", "hard_swish", "mish",
    "stop_gradient", "identity", "zeros_like", "ones_like", "softmax", "log_softmax", "logical_not",
    "isnan", "isinf", "isfinite", "clip", "clip_by_value", "l2_normalize", "dropout", "linear",
    "exponential", "cumsum", "cumprod", "flip", "sort", "argsort", "normalize", "hard_tanh",
    "celu", "reverse", "nan_to_num", "bias_add", "dropout", "batch_normalization", "lrn", "roll",
    "local_response_normalization", "clip_by_norm", "l2_norm", "softmax_v2", "crelu6", "squareplus",
    "sparse_softmax", "tril", "triu", "flip_left_right", "flip_up_down", "layer_normalization",
    "adjust_brightness", "adjust_contrast", "per_image_standardization", "random_flip_left_right",
    "random_flip_up_down", "random_brightness", "random_contrast", "grayscale_to_grayscale",
    "in_train_phase", "set_diag", "band_part", "conj", "real", "log_sigmoid_v2", "glu_gate",
    "ensure_shape", "debugging.check_numerics", "debugging.assert_all_finite", "check_numerics",
)  # fmt: skip
_SPACES = ("ops.", "tf.", "tf.math.", "tf.nn.", "K.", "activations.", "tf.linalg.", "ops.nn.",
           "ops.numpy.", "tf.image.")  # fmt: skip
_BINARY = (
    "add", "subtract", "multiply", "divide", "true_divide", "floor_divide", "mod", "power", "pow",
    "maximum", "minimum", "logical_and", "logical_or", "greater", "greater_equal", "less",
    "less_equal", "equal", "not_equal", "squared_difference", "divide_no_nan", "floordiv",
    "floormod", "atan2", "arctan2", "xdivy", "truediv", "logical_xor",
)  # fmt: skip

OPS = (
    *(Op(tuple(space + name for space in _SPACES), ("x", "axis", "name", "a", "b"), _same,
         (("input", "x"), ("inputs", "x"), ("features", "x"), ("tensor", "x"), ("logits", "x"), ("t", "x")))
      for name in _UNARY),
    *(Op(tuple(space + name for space in _SPACES), ("x", "y", "name"), _binary,
         (("x1", "x"), ("x2", "y"), ("a", "x"), ("b", "y")))
      for name in _BINARY),
    Op(("ops.cast", "tf.cast", "K.cast", "tf.dtypes.cast", "tf.bitcast"), ("x", "dtype", "name"),
       _same_without_dtype),
    Op(("ops.where", "tf.where", "K.switch"), ("condition", "x", "y", "name"), _where,
       (("x1", "x"), ("x2", "y"))),
    Op(("ops.matmul", "tf.matmul", "tf.linalg.matmul"),
       ("x", "y", "transpose_a", "transpose_b"), _matmul,
       (("a", "x"), ("b", "y"), ("x1", "x"), ("x2", "y"))),
)  # fmt: skip

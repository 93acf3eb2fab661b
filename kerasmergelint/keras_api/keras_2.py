"""Names that Keras 2 has and no Keras 3: a program that uses one of them means Keras 2."""

from __future__ import annotations

import re
from collections.abc import Iterator

# `keras.backend` of Keras 3 is nearly empty; that of `tf.keras` kept most of it.
_BACKEND = frozenset(
    {"abs", "all", "any", "arange", "argmax", "argmin", "batch_dot", "batch_flatten", "batch_get_value",
     "batch_set_value", "bias_add", "binary_crossentropy", "cast", "categorical_crossentropy", "clip",
     "concatenate", "constant", "conv1d", "conv2d", "conv2d_transpose", "conv3d", "cos", "count_params",
     "ctc_batch_cost", "ctc_decode", "cumprod", "cumsum", "dot", "dropout", "elu", "equal", "eval", "exp",
     "expand_dims", "eye", "flatten", "foldl", "foldr", "gather", "get_value", "gradients", "greater",
     "greater_equal", "hard_sigmoid", "in_top_k", "int_shape", "is_sparse", "l2_normalize", "less",
     "less_equal", "log", "map_fn", "max", "maximum", "mean", "min", "minimum", "ndim", "not_equal",
     "one_hot",
     "ones", "ones_like", "permute_dimensions", "pool2d", "pool3d", "pow", "prod", "random_bernoulli",
     "random_normal", "random_normal_variable", "random_uniform", "random_uniform_variable", "relu",
     "repeat", "repeat_elements", "reshape", "resize_images", "resize_volumes", "reverse", "rnn", "round",
     "separable_conv2d", "set_value", "sigmoid", "sign", "sin", "softmax", "softplus", "softsign",
     "sparse_categorical_crossentropy", "spatial_2d_padding", "sqrt", "square", "squeeze", "stack", "std",
     "stop_gradient", "sum", "switch", "tanh", "temporal_padding", "tile", "transpose", "truncated_normal",
     "update", "update_add", "update_sub", "var", "variable", "zeros", "zeros_like"}
)  # fmt: skip
_BACKEND_OF_BOTH = frozenset(
    {"function", "get_session", "in_test_phase", "in_train_phase", "learning_phase",
     "learning_phase_scope", "local_conv1d", "local_conv2d", "manual_variable_initialization",
     "normalize_batch_in_training", "placeholder", "print_tensor", "random_binomial", "reset_uids",
     "set_learning_phase", "set_session"}
)  # fmt: skip

_AS = r"backend(?:\s+as\s+(\w+))?"
_IMPORTED = re.compile(
    rf"^\s*(?:from\s+(tensorflow\.)?keras\s+import\s+(?:[\w ,]*,\s*)?{_AS}"
    r"|import\s+(tensorflow\.)?keras\.backend\s+as\s+(\w+))",
    re.MULTILINE,
)
_SPELLED_OUT = re.compile(r"\b(tf\.|tensorflow\.)?keras\.backend\.(\w+)\s*\(")
_KERAS_ITSELF = re.compile(r"^\s*import\s+keras\b", re.MULTILINE)
_ASKS_FOR_THE_VERSION = re.compile(r"\b__version__\b|\bversion\.VERSION\b")


def only_name(text: str) -> str | None:
    """A name in a program that only Keras 2 has; None if there is none, or the program asks which it has.

    >>> only_name("from keras import backend as K\\ny = K.exp(x)")
    'exp'
    >>> only_name("from tensorflow.keras import backend as K\\ny = K.exp(K.cast(x))")
    >>> only_name("import tensorflow as tf\\ntf.keras.backend.placeholder((3,))")
    'placeholder'
    """
    if "backend" not in text or _ASKS_FOR_THE_VERSION.search(text):
        return None
    return next(_names(text), None)


def _names(text: str) -> Iterator[str]:
    for tf_from, as_from, tf_import, as_import in _IMPORTED.findall(text):
        known = _BACKEND_OF_BOTH if tf_from or tf_import else _BACKEND | _BACKEND_OF_BOTH
        alias = as_from or as_import or "backend"
        called = re.findall(rf"(?<![\w.]){alias}\.(\w+)\s*\(", text)
        yield from (name for name in called if name in known)
    itself = _KERAS_ITSELF.search(text) is not None
    for tensorflow, name in _SPELLED_OUT.findall(text):
        if name in _BACKEND_OF_BOTH or (itself and not tensorflow and name in _BACKEND):
            yield name

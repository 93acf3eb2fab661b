"""The part that a call of a dotted name plays in merges, for code that is read, not run."""

from __future__ import annotations

import sys
from enum import Enum, auto
from functools import lru_cache

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api import names, ops
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.merges import FUNCTIONS
from kerasmergelint.keras_api.protocol import KerasVersion

LAYERS = frozenset(FUNCTIONS.values())
# Words that are taken for modules of layers unless something else is known.
_MODULES_OF_LAYERS = frozenset({"layers", "merge", "L", "KL", "tfl", "tfkl", "kl"})


class Role(Enum):
    """The part that a call plays."""

    MERGE_LAYER = auto()  # a layer that merges what it is called on
    LAMBDA = auto()  # a layer that may
    LAYER = auto()  # any other layer
    MODEL = auto()
    MERGE = auto()  # the merge itself, whatever its arguments
    JOIN_OP = auto()  # the merge itself, of the tensors in a list
    PAIR_OP = auto()  # the merge itself, of the tensors among the arguments
    OPERATOR = auto()  # the same, and of Python
    REPEAT = auto()  # the merges of a model once more
    TENSOR = auto()  # a tensor
    ARRAY = auto()  # an array of NumPy
    PLAIN = auto()  # a number, a string, a shape ...
    OTHER = auto()  # something else of Keras: a loss, an optimizer
    OPEN = auto()  # unknown


@dataclass(frozen=True, slots=True)
class Meaning:
    """The role of a name, and what the merge is called in a table of verdicts."""

    role: Role
    label: str


@lru_cache(maxsize=4096)
def meaning(dotted: str) -> Meaning:
    """The meaning of a call of ``dotted``.

    >>> meaning("keras.layers.concatenate").label, meaning("tensorflow.math.add").label
    ('Concatenate', 'tf.math.add')
    """
    root, _, rest = dotted.partition(".")
    last = dotted.rpartition(".")[2]
    if names.inner_path(dotted) is not None or root == "tensorflow":
        return _of_keras(dotted, last)
    if root == "operator" and rest in _OPERATORS:
        return Meaning(Role.OPERATOR, _OPERATORS[rest])
    if root == "numpy":
        return Meaning(Role.ARRAY, "")
    if root in sys.stdlib_module_names or root in _NUMBERS_ONLY:
        return Meaning(Role.PLAIN, "")
    return _by_its_words(dotted, last)


def _of_keras(dotted: str, last: str) -> Meaning:
    if last in ("merge", "Merge") and names.inner_path(dotted) is not None:
        return Meaning(Role.MERGE if last == "merge" else Role.MERGE_LAYER, last)  # of Keras 1
    if last == "clone_model":
        return Meaning(Role.REPEAT, last)
    for version in (KerasVersion.V3, KerasVersion.V2):
        found = names.canonical(dotted, version)
        if found is not None and found.kind != "module":
            return _of_kind(found, dotted, version)
    return Meaning(Role.PLAIN if last in _ABOUT else Role.OTHER, "")


def _of_kind(found: names.KerasName, dotted: str, version: KerasVersion) -> Meaning:
    if found.kind == "layer":
        if found.name in LAYERS:
            return Meaning(Role.MERGE_LAYER, found.name)
        return Meaning(Role.LAMBDA if found.name == "Lambda" else Role.LAYER, found.name)
    if found.kind == "merge_function":
        return Meaning(Role.MERGE, FUNCTIONS[found.name])
    if found.kind in ("Model", "Sequential", "application"):
        return Meaning(Role.MODEL, found.name)
    if found.kind == "Input":
        return Meaning(Role.TENSOR, "Input")
    if _is_about(found):
        return Meaning(Role.PLAIN, "")
    op = ops.find(dotted, version)
    label = "" if op is None else op.name.rpartition(".")[2]
    if op is not None and Kind.MERGE in op.kind:
        role = Role.JOIN_OP if op.takes_list else Role.PAIR_OP
        return Meaning(role, spelled(dotted) or label)
    gives_tensors = _gives_tensors(found) and label not in _SIZES
    return Meaning(Role.TENSOR if gives_tensors else Role.OPEN, label)


# Functions that return numbers, shapes and names.
_ABOUT = frozenset(
    {"int_shape", "ndim", "floatx", "epsilon", "image_data_format", "backend", "TensorShape",
     "is_keras_tensor", "is_tensor", "is_symbolic_tensor", "as_dtype", "get_static_value", "learning_phase",
     "image_dim_ordering", "standardize_dtype", "result_type", "is_sparse", "issubdtype", "executing_eagerly"}
)  # fmt: skip
# Tensors that are mere sizes: computing with them is hardly ever a merge.
_SIZES = frozenset({"shape", "rank", "size"})
# Parts of TensorFlow whose functions return something else, or anything.
_OTHER_PARTS = frozenset(
    {"data", "io", "gfile", "train", "config", "distribute", "summary", "saved_model", "logging", "lite",
     "estimator", "flags", "app", "test", "compat", "python", "debugging", "profiler", "tpu", "types",
     "autograph", "version", "sysconfig", "errors", "experimental", "contrib", "lookup", "feature_column"}
)  # fmt: skip


def _is_about(found: names.KerasName) -> bool:
    """Whether it queries something instead of computing; ``tf.shape`` returns a tensor."""
    last = found.name.rpartition(".")[2]
    return last in _ABOUT or (found.kind == "op" and last == "shape")


def _gives_tensors(found: names.KerasName) -> bool:
    parts = found.name.split(".")
    if found.kind == "tf" and parts[0] in _OTHER_PARTS:
        return False
    return parts[-1] in ("Variable", "SparseTensor") or parts[-1][:1].islower()


_OPERATORS = {
    "add": "+", "iadd": "+", "mul": "*", "sub": "-", "truediv": "/", "floordiv": "//", "matmul": "@",
}  # fmt: skip
_NUMBERS_ONLY = frozenset({"absl", "tqdm", "six", "packaging", "yaml", "setuptools", "pytest"})


def _by_its_words(dotted: str, last: str) -> Meaning:
    """A name of another file or of an unknown object: taken for what it would mean in Keras."""
    if last in LAYERS:
        return Meaning(Role.MERGE_LAYER, last)
    parts = dotted.split(".")
    if last in FUNCTIONS and len(parts) > 1 and parts[-2] in _MODULES_OF_LAYERS:
        return Meaning(Role.MERGE, FUNCTIONS[last])
    return Meaning(Role.OPEN, "")


_SHORT = (
    ("tensorflow.keras.backend.", "K."), ("keras.backend.", "K."), ("tf_keras.backend.", "K."),
    ("keras.ops.", "ops."), ("tensorflow.", "tf."),
)  # fmt: skip


def spelled(dotted: str) -> str:
    """The name of an op as programs write it; empty for one that no program names.

    >>> spelled("keras.ops.concatenate"), spelled("tensorflow.math.reduce_sum")
    ('ops.concatenate', 'tf.math.reduce_sum')
    """
    for long, short in _SHORT:
        if dotted.startswith(long):
            return short + dotted.removeprefix(long)
    return ""

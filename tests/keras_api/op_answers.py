"""What an op of the installed packages gives, and what our rule gives, in the same words."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

from kerasmergelint.keras_api.ops import Op, find
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    Outcome,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, Shape
from scripts.ask_keras import shape_and_dtype
from tests.oracle import Dims, Raised, Unsure

SYMBOLIC, GRAPH, EAGER = "symbolic", "graph", "eager"
KINDS = {SYMBOLIC: TensorKind.KERAS, GRAPH: TensorKind.GRAPH, EAGER: TensorKind.EAGER}
# What can be asked of, and in which generation of Keras.
WORLDS = [(SYMBOLIC, 3), (SYMBOLIC, 2), (GRAPH, 3), (EAGER, 3)]


@dataclass(frozen=True)
class T:
    """A tensor among the drawn arguments."""

    dims: Dims
    dtype: str = "float32"

    def __repr__(self) -> str:
        return f"T({self.dims}{'' if self.dtype == 'float32' else ', ' + repr(self.dtype)})"


@dataclass(frozen=True)
class Tensor:
    """A tensor in an answer."""

    dims: Dims | None
    dtype: str | None = None


Drawn = tuple[tuple[Any, ...], dict[str, Any]]


def replaced(value: Any, tensor: Callable[[T], Any]) -> Any:
    """A nest of arguments with the tensors in it made."""
    if isinstance(value, T):
        return tensor(value)
    if isinstance(value, (list, tuple)):
        return type(value)(replaced(item, tensor) for item in value)
    if isinstance(value, dict):
        return {key: replaced(item, tensor) for key, item in value.items()}
    return value


# -- theirs ---------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def function_of(name: str, version: KerasVersion) -> Any:
    """The function of the installed packages that a name in a namespace means."""
    space, _, rest = name.partition(".")
    return _path(_root(space, rest, version), rest)


def _root(space: str, rest: str, version: KerasVersion) -> Any:
    import keras
    import tensorflow as tf
    import tf_keras

    old = version is KerasVersion.V2
    if space == "tf":
        return tf if _path(tf, rest) is not None else tf.compat.v1
    return {
        "ops": keras.ops,
        "random": keras.random,
        "K": tf_keras.backend if old else tf.keras.backend,
        "activations": (tf_keras if old else keras).activations,
    }[space]


def _path(root: Any, rest: str) -> Any:
    for part in rest.split("."):
        root = getattr(root, part, None)
        if root is None:
            return None
    return root


def real(name: str, drawn: Drawn, mode: str, version: KerasVersion = KerasVersion.V3) -> Any:
    """What the function gives: a nest of :class:`Tensor` and plain values, or Raised."""
    function = function_of(name, version)
    assert function is not None, name
    if mode == GRAPH:
        from tensorflow.python.framework.func_graph import FuncGraph

        with FuncGraph("scratch").as_default():
            return _run(function, drawn, _placeholder)
    return _run(function, drawn, {SYMBOLIC: _symbolic(version), EAGER: _zeros}[mode])


def _run(function: Any, drawn: Drawn, tensor: Callable[[T], Any]) -> Any:
    args, kwargs = replaced(drawn, tensor)
    try:
        return answer_of(function(*args, **kwargs))
    except Exception as error:
        return Raised(f"{type(error).__name__}: {str(error)[:300]}")


def _placeholder(tensor: T) -> Any:
    import tensorflow as tf

    return tf.compat.v1.placeholder(tensor.dtype, tensor.dims)


def _zeros(tensor: T) -> Any:
    """Zeros; a square matrix of floats is the identity, for that can be inverted."""
    import tensorflow as tf

    assert None not in tensor.dims
    lead, last = tensor.dims[:-2], tensor.dims[-2:]
    if tensor.dtype == "float32" and len(last) == 2 and last[0] == last[1]:
        return tf.eye(last[0], batch_shape=lead)
    return tf.zeros(tensor.dims, tensor.dtype)


def _symbolic(version: KerasVersion) -> Callable[[T], Any]:
    if version is KerasVersion.V3:
        import keras

        return lambda tensor: keras.KerasTensor(tensor.dims, tensor.dtype)
    import tf_keras

    return lambda tensor: tf_keras.Input(
        batch_size=tensor.dims[0], shape=tensor.dims[1:], dtype=tensor.dtype
    )


def answer_of(result: Any) -> Any:
    """A result as comparable words."""
    if isinstance(result, (list, tuple)) and type(result).__name__ != "TensorShape":
        return [answer_of(item) for item in result]
    if hasattr(result, "shape") and hasattr(result, "dtype"):
        dims, dtype = shape_and_dtype(result)
        return Tensor(None if dims is None else tuple(dims), dtype)
    return result


# -- ours -----------------------------------------------------------------------------------


def ours(name: str, drawn: Drawn, mode: str, version: KerasVersion = KerasVersion.V3) -> Any:
    """What our rule gives for the same."""
    op = find(_dotted(name, version), version)
    assert op is not None, name
    return ours_by(op, drawn, mode, version)


def ours_by(op: Op, drawn: Drawn, mode: str, version: KerasVersion) -> Any:
    """What an entry gives."""
    kind = KINDS[mode]
    args, kwargs = replaced(drawn, lambda t: TensorSpec(Shape(t.dims), t.dtype, kind))
    try:
        outcome = op.call(args, kwargs, version)
    except Broken as broken:
        return Raised(broken.problem.detail)
    return our_answer(outcome)


def _dotted(name: str, version: KerasVersion) -> str:
    space, _, rest = name.partition(".")
    roots = {"ops": "keras.ops", "random": "keras.random", "tf": "tensorflow",
             "K": "keras.backend", "activations": "keras.activations"}  # fmt: skip
    if version is KerasVersion.V2 and space in ("K", "activations"):
        return f"tf_keras.{roots[space].partition('.')[2]}.{rest}"
    return f"{roots[space]}.{rest}"


def our_answer(outcome: Outcome) -> Any:
    return _ours(outcome.outputs)


def _ours(outputs: Any) -> Any:
    if outputs is UNKNOWN:
        return Unsure()
    if isinstance(outputs, (list, tuple)):
        return [_ours(item) for item in outputs]
    if isinstance(outputs, TensorSpec):
        if outputs.dims is None or UNKNOWN in outputs.dims:
            return Unsure()
        return Tensor(outputs.dims, outputs.dtype)
    return outputs


def agree(mine: Any, theirs: Any) -> bool:
    """Equal, where we are sure; a data type that we do not state agrees with any."""
    if isinstance(mine, Unsure):
        return True
    if isinstance(mine, list) and isinstance(theirs, list):
        return len(mine) == len(theirs) and all(map(agree, mine, theirs))
    if isinstance(mine, Tensor) and isinstance(theirs, Tensor):
        return mine.dims == theirs.dims and mine.dtype in (None, theirs.dtype)
    return bool(mine == theirs)


def unsure(mine: Any) -> bool:
    """Whether an answer leaves a shape open."""
    return isinstance(mine, Unsure) or (isinstance(mine, list) and any(map(unsure, mine)))

"""Tensors of Keras 2 and 3: making placeholders, and shapes as plain data."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from . import kerases
from .plain import Json

_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def plain(text: str) -> str:
    """A message without the colours that Keras puts into some."""
    return _COLOURS.sub("", text).strip()


def make_input(shape: list[int | None], dtype: str | None) -> Any:
    """An ``Input`` for a shape that includes the batch axis."""
    keras = kerases.keras()
    if kerases.version() == "2":
        return keras.Input(shape=tuple(shape[1:]), batch_size=shape[0], dtype=dtype or "float32")
    return keras.Input(batch_shape=tuple(shape), dtype=dtype or "float32")


def input_layer(shape: list[int | None], dtype: str | None) -> Any:
    keras = kerases.keras()
    if kerases.version() == "2":
        return keras.layers.InputLayer(
            input_shape=tuple(shape[1:]), batch_size=shape[0], dtype=dtype or "float32"
        )
    return keras.layers.InputLayer(batch_shape=tuple(shape), dtype=dtype or "float32")


def constant(value: Json) -> Any:
    """An array with its content if that is known, else of zeros; or a tensor, which keeps its type."""
    import numpy

    if value.get("tensor"):
        numbers = numpy.asarray(value["data"], dtype=value["dtype"])
        return kerases.tensorflow().constant(numbers)
    if value.get("data") is not None:
        return numpy.asarray(value["data"], dtype=value["dtype"])
    return numpy.zeros([0 if dim is None else dim for dim in value["shape"]], value["dtype"])


def leaves(value: object) -> list[Any]:
    """The leaves of a nest, in Keras's order."""
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    if isinstance(value, (list, tuple)) and not hasattr(value, "as_list"):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]


def is_tensor(value: object) -> bool:
    return hasattr(value, "shape") and hasattr(value, "dtype")


def shape_of(value: object) -> list[int | None] | None:
    """The static shape; None for an unknown rank, or without a shape."""
    shape: Any = getattr(value, "shape", None)
    try:
        return [None if dim is None else int(dim) for dim in shape]
    except (TypeError, ValueError):
        return None


def dtype_of(value: object) -> str | None:
    dtype = getattr(value, "dtype", None)
    return None if dtype is None else str(getattr(dtype, "name", dtype))


def describe(nest: object) -> list[Json]:
    """Shape and dtype of every tensor in a nest."""
    return [
        {"shape": shape_of(leaf), "dtype": dtype_of(leaf)}
        for leaf in leaves(nest)
        if is_tensor(leaf)
    ]


class Scratch:
    """A TensorFlow graph as ``call`` and Lambdas see one: symbolic tensors become placeholders."""

    def __init__(self) -> None:
        self._graph: Any = None
        self._inside: dict[int, Any] = {}
        self._kept: list[Any] = []  # keeps identities unique

    def _enter(self) -> Any:
        if self._graph is None:
            self._graph = kerases.tensorflow().__internal__.FuncGraph("scratch")
        return self._graph.as_default()

    def placeholder(self, shape: list[int | None] | None, dtype: str | None) -> Any:
        with self._enter():
            return kerases.tensorflow().compat.v1.placeholder(dtype or "float32", shape)

    def inside(self, tensor: object) -> Any:
        """A tensor inside the graph: itself, or a placeholder for a symbolic one of Keras."""
        if not is_symbolic(tensor):
            return tensor
        if id(tensor) not in self._inside:
            self._kept.append(tensor)
            self._inside[id(tensor)] = self.placeholder(shape_of(tensor), dtype_of(tensor))
        return self._inside[id(tensor)]

    def call(self, function: Callable[..., Any], args: list[Any], keywords: dict[str, Any]) -> Any:
        with self._enter():
            if kerases.version() == "2":
                return function(*args, **keywords)
            with kerases.keras().StatelessScope():
                return function(*args, **keywords)


def is_symbolic(tensor: object) -> bool:
    """Whether this is Keras's own symbolic tensor, with no TensorFlow tensor behind it."""
    return type(tensor).__name__ in ("KerasTensor", "SparseKerasTensor", "RaggedKerasTensor")

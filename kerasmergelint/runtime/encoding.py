"""Abstract values as plain data that fits into JSON, for the child to turn into real ones."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from kerasmergelint.keras_api import names
from kerasmergelint.keras_api.protocol import Opaque, TensorKind, TensorSpec
from kerasmergelint.runtime.choices import Choices
from kerasmergelint.shapes import UNKNOWN, Expr, Shape
from kerasmergelint.tracker.keras.convert import Inner
from kerasmergelint.tracker.values.constants import as_dim
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.objects import FunctionV, is_layer
from kerasmergelint.tracker.values.value import External, SymInt, UnknownV, Value

Plain = Any  # what fits into JSON


class Unplannable(Exception):
    """The call cannot be repeated from plain data; the message says why, for the user."""


class Encoder:
    """Encodes values; layers and tensors become references that its owner supplies."""

    def __init__(
        self,
        choices: Choices,
        layer: Callable[[Value], int],
        tensor: Callable[[TensorV], Plain],
    ) -> None:
        self._choices = choices
        self._layer = layer
        self._tensor = tensor

    def encode(self, value: Value, what: str = "a value") -> Plain:
        """The plain form of a value; ``what`` names it if it has none."""
        if value is None or isinstance(value, (bool, int, str)):
            return value
        if isinstance(value, float):
            return value if math.isfinite(value) else {"$": str(value)}
        if isinstance(value, (SymInt, Expr)):
            return self._choices.value(value.expr if isinstance(value, SymInt) else value)
        if isinstance(value, TensorV):
            return self._tensor(value)
        if isinstance(value, TensorSpec):
            return array(value)
        if isinstance(value, (tuple, list, range, ListV, DictV, dict)):
            return self._container(value, what)
        if isinstance(value, slice):
            parts = [self.encode(part, what) for part in (value.start, value.stop, value.step)]
            return {"$": "slice", "parts": parts}
        if value is ...:
            return {"$": "ellipsis"}
        if isinstance(value, Inner):
            return {"$": "layer", "layer": self._layer(value.layer)}
        if is_layer(value):
            return {"$": "layer", "layer": self._layer(value)}
        if isinstance(value, External):
            return {"$": "name", "name": keras_path(value.dotted)}
        return self._unknown(value, what)

    def _container(self, value: Value, what: str) -> Plain:
        if isinstance(value, (ListV, DictV)) and value.open:
            raise Unplannable(f"{what} is not fully known")
        if isinstance(value, (DictV, dict)):
            entries = value.items.items() if isinstance(value, DictV) else value.items()
            encoded = [[self.encode(k, what), self.encode(v, what)] for k, v in entries]
            return {"$": "dict", "items": encoded}
        items = value.items if isinstance(value, ListV) else value
        assert isinstance(items, (list, tuple))
        kind = "tuple" if isinstance(value, tuple) else "list"
        return {"$": kind, "items": [self.encode(item, what) for item in items]}

    def _unknown(self, value: Value, what: str) -> Plain:
        if isinstance(value, UnknownV):
            dim = as_dim(value)
            if isinstance(dim, (int, Expr)):
                return self._choices.value(dim)
            raise Unplannable(f"{what} is unknown: {value.reason}")
        if value is UNKNOWN:
            raise Unplannable(f"{what} is unknown")
        if isinstance(value, FunctionV) or (isinstance(value, Opaque) and "unction" in str(value)):
            raise Unplannable(f"{what} is the program's own code")
        raise Unplannable(f"{what} cannot be repeated")


def keras_path(dotted: str) -> str:
    """A full name as ``keras:layers.Add`` or ``tensorflow:concat``.

    >>> keras_path("tensorflow.keras.layers.Add"), keras_path("tensorflow.concat")
    ('keras:layers.Add', 'tensorflow:concat')
    """
    inner = names.inner_path(dotted)
    if inner is not None:
        return f"keras:{inner}"
    root, _, rest = dotted.partition(".")
    if root != "tensorflow":
        raise Unplannable(f"{dotted} belongs to another library")
    return f"tensorflow:{rest}"


def spelled_path(dotted: str) -> str:
    """The same by the package that a program names: `keras` and `tf.keras` have not the same names.

    >>> spelled_path("tensorflow.keras.layers.Sum"), spelled_path("keras.src.layers.Sum")
    ('spelled:tensorflow.keras.layers.Sum', 'keras:layers.Sum')
    """
    path = keras_path(dotted)
    is_public = dotted in (f"tensorflow.keras.{path[6:]}", f"keras.{path[6:]}")
    return f"spelled:{dotted}" if is_public else path


def array(spec: TensorSpec) -> Plain:
    """An array of known shape, with its content if that is numbers."""
    if spec.kind is not TensorKind.ARRAY and spec.kind is not TensorKind.EAGER:
        raise Unplannable("only the shape of a tensor is known")
    dims = spec.shape.dims if isinstance(spec.shape, Shape) else None
    if dims is None or not all(isinstance(dim, int) for dim in dims):
        raise Unplannable("the shape of an array is unknown")
    dtype = spec.dtype if isinstance(spec.dtype, str) else "float32"
    return {"$": "array", "shape": list(dims), "dtype": dtype, "data": _numbers(spec.data)}


def folded(tensor: TensorV) -> Plain | None:
    """A tensor that TensorFlow knows the numbers of while it traces."""
    numbers = _numbers(tensor.data)
    if numbers is None or not isinstance(tensor.spec.shape, Shape):
        return None
    dtype = tensor.spec.dtype if isinstance(tensor.spec.dtype, str) else "int32"
    shape = list(tensor.spec.shape.dims)
    return {"$": "array", "shape": shape, "dtype": dtype, "data": numbers, "tensor": True}


def _numbers(data: object) -> object:
    """Nested lists of numbers; None for anything else."""
    if isinstance(data, (tuple, list)):
        items = [_numbers(item) for item in data]
        return None if any(item is None for item in items) else items
    return data if isinstance(data, (bool, int, float)) else None

"""Earlier answers of the Keras rules, which are pure functions: models repeat themselves.

A constructor with the same arguments gives the same configuration, and a layer of that
configuration gives the same outputs for inputs of the same shapes.  A key is made of everything a
rule may look at; where that cannot be told from outside (a layer within a layer, a tensor as a
size), there is none.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, TypeVar

from kerasmergelint.keras_api.protocol import Nest, Opaque, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Expr, OpenShape, Shape

Kept = TypeVar("Kept")

# Equal values of one of these types are the same to every rule; ``1``, ``1.0`` and ``True`` are
# not, though they are equal in Python.
_SELF_EVIDENT = frozenset({str, int, type(None), type(UNKNOWN), Expr, Opaque, OpenShape})


class NoKey(Exception):
    """There is no key for this."""


class Memo(dict[Hashable, Kept]):
    """A table of answers, emptied when it gets large: a file has few different calls."""

    _MOST = 20_000

    def keep(self, key: Hashable, answer: Kept) -> None:
        if len(self) >= self._MOST:
            self.clear()
        self[key] = answer


def key_of(value: Any) -> Hashable:
    """A key for a plain value or for the shapes of a first call.  Raises NoKey."""
    kind = type(value)
    if kind in _SELF_EVIDENT:
        key: Hashable = value
        return key
    if kind is bool or kind is float:
        return (kind, value)
    if kind is Shape:
        return (kind, value.dims)
    if kind is tuple or kind is list:
        return (
            kind,
            *[item if type(item) in _SELF_EVIDENT else key_of(item) for item in value],
        )
    if kind is dict:
        parts: list[Hashable] = [kind]
        for name, item in value.items():
            parts.append(key_of(name))
            parts.append(item if type(item) in _SELF_EVIDENT else key_of(item))
        return tuple(parts)
    raise NoKey


def key_of_inputs(nest: Nest) -> Hashable:
    """A key for the inputs of a call.  Raises NoKey.

    It is made of tuples, which are compared without a call of ours.
    """
    kind = type(nest)
    if kind is TensorSpec:
        if nest.data is not None:
            raise NoKey
        shape = nest.shape
        return (shape.dims if type(shape) is Shape else shape, nest.dtype, nest.kind)
    if kind is list or kind is tuple:
        return (kind, *[key_of_inputs(item) for item in nest])
    raise NoKey

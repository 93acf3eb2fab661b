"""Asking the installed Keras, and asking our rules, in the same words."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

from kerasmergelint.keras_api import operators
from kerasmergelint.keras_api.layers import find
from kerasmergelint.keras_api.protocol import Broken, KerasVersion, LayerCall, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Shape

Dims = tuple[int | None, ...]


@dataclass(frozen=True)
class Raised:
    """Keras, or we, refuse.  All refusals are equal; ``why`` is for the reader of a failed test."""

    why: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Raised)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Unsure:
    """We do not know; agrees with everything."""


def keras_of(version: KerasVersion) -> Any:
    """The package that implements a version."""
    if version is KerasVersion.V3:
        import keras

        return keras
    import tf_keras

    return tf_keras


def real_layer(
    name: str, config: dict[str, Any], inputs: Sequence[Dims], version: KerasVersion
) -> Any:
    """What the layer of Keras gives for symbolic inputs: a shape or nest of shapes, or Raised."""
    keras = keras_of(version)
    tensors = [symbolic(keras, dims) for dims in inputs]
    try:
        made = getattr(keras.layers, name)(**config)
        result = made(tensors[0] if len(tensors) == 1 else tensors)
    except Exception as error:
        return Raised(f"{type(error).__name__}: {str(error)[:300]}")
    return shapes_of(result)


def symbolic(keras: Any, dims: Dims) -> Any:
    if keras.__name__ == "keras":
        return keras.Input(batch_shape=dims)
    return keras.Input(batch_size=dims[0], shape=dims[1:])


def shapes_of(result: Any) -> Any:
    if isinstance(result, (list, tuple)):
        return [shapes_of(item) for item in result]
    return tuple(result.shape)


def our_layer(
    name: str, config: dict[str, Any], inputs: Sequence[Dims], version: KerasVersion
) -> Any:
    """What our rule gives for the same."""
    entry = find(name, version)
    assert entry is not None, name
    specs: list[Any] = [TensorSpec(Shape(dims), "float32") for dims in inputs]
    try:
        made = entry.construct([], config, version)
        outcome = entry.call(LayerCall(made, specs[0] if len(specs) == 1 else specs, version))
    except Broken as broken:
        return Raised(broken.problem.detail)
    return Unsure() if outcome.doubts else our_shapes(outcome.outputs)


def our_shapes(outputs: Any) -> Any:
    if isinstance(outputs, (list, tuple)):
        return [our_shapes(item) for item in outputs]
    if not isinstance(outputs, TensorSpec) or outputs.dims is None or UNKNOWN in outputs.dims:
        return Unsure()
    return outputs.dims


def agree(ours: Any, theirs: Any) -> bool:
    """Equal, where we are sure."""
    if isinstance(ours, Unsure):
        return True
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(agree, ours, theirs))
    return bool(ours == theirs)


def our_operator(symbol: str, left: Dims, right: Dims, version: KerasVersion) -> Any:
    specs = [TensorSpec(Shape(dims), "float32") for dims in (left, right)]
    try:
        outcome = operators.binary(symbol, specs[0], specs[1], version)
    except Broken as broken:
        return Raised(broken.problem.detail)
    return Unsure() if outcome.doubts else our_shapes(outcome.outputs)

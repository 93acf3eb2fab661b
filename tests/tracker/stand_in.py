"""A stand-in for Keras in which CPython can run the constructs: layers that hand shapes on.

It knows as much of Keras as the constructs need, and checks nothing.  ``outputs`` are the shapes that
the calls of layers gave that were not made inside of another one.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from types import ModuleType
from typing import Any, ClassVar

Shape = tuple[Any, ...]


class Tensor:
    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def __add__(self, other: Any) -> Tensor:
        return self

    __mul__ = __add__


class Layer:
    outputs: ClassVar[list[Shape]] = []
    _depth: ClassVar[int] = 0

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.built = False

    def __call__(self, inputs: Any, *args: Any, **options: Any) -> Any:
        Layer._depth += 1
        try:
            if not self.built:
                self.build(getattr(inputs, "shape", None))
                self.built = True
            result = self.call(inputs, *args, **options)
        finally:
            Layer._depth -= 1
        if not Layer._depth:
            Layer.outputs.append(result.shape)
        return result

    def build(self, input_shape: Any) -> None: ...

    def call(self, inputs: Any) -> Any:
        return inputs

    def add_weight(self, shape: Shape, name: str) -> Tensor:
        return Tensor(shape)


class Dense(Layer):
    def __init__(self, units: int, activation: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.units = units

    def call(self, inputs: Tensor) -> Tensor:
        return Tensor((*inputs.shape[:-1], self.units))


class _Window(Layer):
    """What slides over height and width."""

    def __init__(
        self, filters: Any, size: int, strides: int = 1, padding: str = "valid", **options: Any
    ) -> None:
        super().__init__(**options)
        self.filters, self.size, self.strides, self.padding = filters, size, strides, padding

    def call(self, inputs: Tensor) -> Tensor:
        batch, *sizes, channels = inputs.shape
        lost = self.size - 1 if self.padding == "valid" else 0
        return Tensor(
            (batch, *[-((lost - n) // self.strides) for n in sizes], self.filters or channels)
        )


class Conv2D(_Window):
    def __init__(self, filters: int, kernel_size: int, **options: Any) -> None:
        super().__init__(filters, kernel_size, **options)


class MaxPooling2D(_Window):
    def __init__(self) -> None:
        super().__init__(None, 2, strides=2)


class UpSampling2D(Layer):
    def call(self, inputs: Tensor) -> Tensor:
        batch, height, width, channels = inputs.shape
        return Tensor((batch, 2 * height, 2 * width, channels))


class Flatten(Layer):
    def call(self, inputs: Tensor) -> Tensor:
        return Tensor((inputs.shape[0], prod(inputs.shape[1:])))


class Reshape(Layer):
    def __init__(self, target: Shape) -> None:
        super().__init__()
        self.target = target

    def call(self, inputs: Tensor) -> Tensor:
        return Tensor((inputs.shape[0], *self.target))


class Embedding(Layer):
    def __init__(self, count: int, width: int, **options: Any) -> None:
        super().__init__(**options)
        self.embeddings = Tensor((count, width))

    def call(self, inputs: Tensor) -> Tensor:
        return Tensor((*inputs.shape, self.embeddings.shape[1]))


class Concatenate(Layer):
    def call(self, inputs: list[Tensor]) -> Tensor:
        return concatenate(inputs)


class Sequential(Layer):
    def __init__(self, layers: list[Layer]) -> None:
        super().__init__()
        self.layers = list(layers)
        self.add, self.pop = self.layers.append, self.layers.pop

    def call(self, inputs: Tensor) -> Tensor:
        for layer in self.layers:
            inputs = layer(inputs)
        return inputs


def concatenate(inputs: list[Tensor], axis: int = -1) -> Tensor:
    assert axis == -1
    return Tensor((*inputs[0].shape[:-1], sum(tensor.shape[-1] for tensor in inputs)))


def matmul(left: Tensor, right: Tensor) -> Tensor:
    return Tensor((*left.shape[:-1], right.shape[-1]))


def transpose(tensor: Tensor) -> Tensor:
    return Tensor(tensor.shape[::-1])


def shape(tensor: Tensor) -> Shape:
    return tensor.shape


def activation(name: str | None) -> Callable[[Tensor], Tensor]:
    return lambda tensor: tensor


def modules() -> dict[str, ModuleType]:
    """The modules by the names under which they are imported."""
    layers = _module(
        "keras.layers", Layer=Layer, Dense=Dense, Conv2D=Conv2D, MaxPooling2D=MaxPooling2D,
        UpSampling2D=UpSampling2D, Flatten=Flatten, Reshape=Reshape, Embedding=Embedding,
        Concatenate=Concatenate, Add=Layer,
    )  # fmt: skip
    ops = _module(
        "keras.ops", concatenate=concatenate, matmul=matmul, transpose=transpose, shape=shape
    )
    keras = _module(
        "keras",
        layers=layers,
        ops=ops,
        activations=_module("keras.activations", get=activation),
        Input=lambda shape: Tensor((None, *shape)),
        Model=Layer,
        Sequential=Sequential,
    )
    return {"keras": keras, "keras.layers": layers, "keras.ops": ops}


def _module(name: str, **content: Any) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(content)
    return made

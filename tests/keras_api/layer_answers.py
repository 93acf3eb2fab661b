"""A draw put to the installed Keras and to our rules, and what each answers."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kerasmergelint.keras_api.layers import find
from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    LayerCall,
    Outcome,
    SubLayer,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, Expr, OpenShape, Shape
from kerasmergelint.shapes.dim import FloorDiv, Symbol
from tests.keras_api.layer_draws import Call, Draw, Sub, T
from tests.oracle import Raised, Unsure, keras_of


@dataclass(frozen=True)
class Answers:
    """What a layer gives: outputs of both calls, and its number of weights after the first.

    An output is a nest of :class:`T`, with None for a dtype and :class:`Unsure` for a size, a tensor or
    a count that is not known; or :class:`Raised`.
    """

    first: Any
    second: Any = None
    weights: Any = None


def map_nest(function: Callable[[Any], Any], nest: Any) -> Any:
    """A nest of lists, tuples and dicts with each leaf replaced."""
    if isinstance(nest, (list, tuple)):
        return type(nest)(map_nest(function, item) for item in nest)
    if isinstance(nest, dict):
        return {key: map_nest(function, item) for key, item in nest.items()}
    return function(nest)


# -- Keras ----------------------------------------------------------------------------------


def ask_keras(draw: Draw, version: KerasVersion) -> Answers:
    keras = keras_of(version)

    def made(leaf: Any) -> Any:
        if isinstance(leaf, Sub):
            return getattr(keras.layers, leaf.name)(**map_nest(made, dict(leaf.config)))
        if isinstance(leaf, T):
            return _symbolic(keras, leaf)
        return leaf

    def called(layer: Any, call: Call) -> Any:
        try:
            result = layer(map_nest(made, call.inputs), **map_nest(made, dict(call.arguments)))
            return map_nest(_described, result)
        except Exception as error:
            return Raised(f"{type(error).__name__}: {str(error)[:300]}")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            layer = _class(keras, draw.name)(**map_nest(made, dict(draw.config)))
        except Exception as error:
            return Answers(Raised(f"constructor, {type(error).__name__}: {str(error)[:300]}"))
        first = called(layer, draw.first)
        if isinstance(first, Raised):
            return Answers(first)
        try:
            weights: Any = int(layer.count_params())
        except ValueError:
            weights = Unsure()
        second = None if draw.second is None else called(layer, draw.second)
        return Answers(first, second, weights)


def _class(keras: Any, name: str) -> Any:
    found = getattr(keras.layers, name, None)
    return found if found is not None else getattr(keras.layers.experimental, name)


def _symbolic(keras: Any, tensor: T) -> Any:
    if keras.__name__ == "keras":
        return keras.KerasTensor(tensor.dims, dtype=tensor.dtype)
    return keras.Input(batch_size=tensor.dims[0], shape=tensor.dims[1:], dtype=tensor.dtype)


def _described(tensor: Any) -> Any:
    shape = getattr(tensor, "shape", None)
    if shape is None:
        return tensor
    dtype = tensor.dtype if isinstance(tensor.dtype, str) else tensor.dtype.name
    return (
        Unsure()
        if shape.__class__.__name__ == "TensorShape" and shape.rank is None
        else T(tuple(shape), dtype)
    )


# -- our rules ------------------------------------------------------------------------------


class OurLayer(SubLayer):
    """A layer among the constructor's arguments, as our rules take it."""

    def __init__(self, entry: LayerType, config: Mapping[str, Any], version: KerasVersion) -> None:
        self.entry, self.given, self.version = entry, config, version

    @property
    def type_name(self) -> str:
        return self.entry.name

    @property
    def config(self) -> Mapping[str, Any]:
        return self.given

    def apply(self, inputs: Any, first: Any = None) -> Outcome:
        return self.entry.call(LayerCall(self.given, inputs, self.version, first))

    def parameters(self, first: Any) -> int | None:
        return self.entry.parameters(self.given, first, self.version)


Blur = Callable[[Any], Any]


def ask_us(draw: Draw, version: KerasVersion, blur: Blur | None = None) -> Answers:
    """``blur`` takes a leaf of the draw and may make less known of it."""

    def made(leaf: Any) -> Any:
        if blur is not None:
            leaf = blur(leaf)
        if isinstance(leaf, Sub):
            entry = find(leaf.name, version)
            assert entry is not None, leaf.name
            config = entry.construct([], map_nest(made, dict(leaf.config)), version)
            return OurLayer(entry, config, version)
        if isinstance(leaf, T):
            return TensorSpec(Shape(leaf.dims), leaf.dtype)
        return leaf

    entry = find(draw.name, version)
    assert entry is not None, draw.name
    built: Any = None

    def called(config: Any, call: Call) -> Any:
        inputs = map_nest(made, call.inputs)
        arguments = map_nest(made, dict(call.arguments))
        try:
            outcome = entry.call(LayerCall(config, inputs, version, built, arguments))
        except Broken as broken:
            return Raised(broken.problem.detail), None
        result = Unsure() if outcome.doubts else map_nest(_spec, outcome.outputs)
        return result, entry.built_on(inputs, arguments)

    try:
        config = entry.construct([], map_nest(made, dict(draw.config)), version)
    except Broken as broken:
        return Answers(Raised("constructor: " + broken.problem.detail))
    first, built = called(config, draw.first)
    if isinstance(first, Raised):
        return Answers(first)
    count = entry.parameters(config, built, version)
    second = None if draw.second is None else called(config, draw.second)[0]
    return Answers(first, second, Unsure() if count is None else count)


def _spec(leaf: Any) -> Any:
    if leaf is UNKNOWN:
        return Unsure()
    if not isinstance(leaf, TensorSpec):
        return leaf
    if isinstance(leaf.shape, OpenShape):
        return Tail(leaf.shape.tail, leaf.dtype)
    return T(leaf.shape.dims, leaf.dtype)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Tail:
    """A tensor of which the last sizes are known."""

    dims: tuple[Any, ...]
    dtype: str | None


# -- comparing ------------------------------------------------------------------------------


def differences(
    ours: Answers, theirs: Answers, values: Mapping[str, int] | None = None
) -> list[str]:
    """Where we contradict Keras; ``values`` says what our symbols stand for."""
    found = []
    if not same(ours.first, theirs.first, values):
        found.append("first")
    elif isinstance(theirs.first, Raised):
        return []
    if not isinstance(theirs.first, Raised) and not isinstance(ours.first, Raised):
        if not same(ours.weights, theirs.weights, values):
            found.append("weights")
        if not same(ours.second, theirs.second, values):
            found.append("second")
    return found


def same(ours: Any, theirs: Any, values: Mapping[str, int] | None = None) -> bool:
    """Whether what we say is true, as far as we say anything."""
    if isinstance(ours, Unsure) or ours is UNKNOWN or isinstance(theirs, Unsure):
        return True
    if values is not None and isinstance(theirs, Raised) and not isinstance(ours, Raised):
        return True  # with less known, a failure may be missed
    if isinstance(ours, Expr):
        return theirs is None or evaluate(ours, values or {}) == theirs
    if isinstance(ours, Tail):
        if not isinstance(theirs, T) or not same_dtype(ours.dtype, theirs.dtype):
            return False
        tail = theirs.dims[len(theirs.dims) - len(ours.dims) :]
        return len(tail) == len(ours.dims) and all(
            same(a, b, values) for a, b in zip(ours.dims, tail)
        )
    if isinstance(ours, T):
        return (
            isinstance(theirs, T)
            and same_dtype(ours.dtype, theirs.dtype)
            and len(ours.dims) == len(theirs.dims)
            and all(same(a, b, values) for a, b in zip(ours.dims, theirs.dims))
        )
    if isinstance(ours, (list, tuple)):
        return (
            isinstance(theirs, (list, tuple))
            and len(ours) == len(theirs)
            and all(same(a, b, values) for a, b in zip(ours, theirs))
        )
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and all(same(ours[k], theirs.get(k), values) for k in ours)
    return bool(ours == theirs)


def same_dtype(ours: str | None, theirs: str) -> bool:
    return ours is None or ours == theirs


def evaluate(expr: Expr, values: Mapping[str, int]) -> int:
    """The value of an expression."""
    total = 0
    for monomial, coefficient in expr.terms:
        for atom in monomial:
            if isinstance(atom, Symbol):
                coefficient *= values[atom.name]
            elif isinstance(atom, FloorDiv):
                coefficient *= evaluate(atom.numerator, values) // evaluate(
                    atom.denominator, values
                )
            else:
                coefficient *= max(evaluate(operand, values) for operand in atom.operands)
        total += coefficient
    return total


def in_full(*answers: Answers) -> bool:
    """Whether nothing is left open, by us or by Keras."""
    return all(is_sure((each.first, each.second, each.weights)) for each in answers)


def is_sure(answer: Any) -> bool:
    """Whether nothing is left open: every size and every dtype is known."""
    if isinstance(answer, (list, tuple)):
        return all(map(is_sure, answer))
    if isinstance(answer, dict):
        return all(map(is_sure, answer.values()))
    if isinstance(answer, T):
        return UNKNOWN not in answer.dims and answer.dtype is not None
    return not isinstance(answer, (Unsure, Tail))

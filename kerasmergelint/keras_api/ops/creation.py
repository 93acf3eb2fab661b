"""Ops that make tensors from nothing: constants, ranges, random ones, variables."""

from __future__ import annotations

from kerasmergelint.keras_api.ops.op import Arguments, Op, any_tensor, as_spec, sizes_of
from kerasmergelint.keras_api.protocol import Outcome, TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape


def _filled(arguments: Arguments) -> Outcome:
    shape = arguments.get("shape")
    if isinstance(shape, int):
        shape = (shape,)
    dims = sizes_of(shape)
    if dims is None:
        return any_tensor(TensorKind.EAGER)
    parts = shape if isinstance(shape, (list, tuple)) else (shape,)
    dynamic = any(isinstance(item, TensorSpec) for item in parts)
    dtype = arguments.get("dtype")
    known = dtype if isinstance(dtype, str) else "float32" if dtype is None else None
    kind = TensorKind.GRAPH if dynamic else TensorKind.EAGER
    return Outcome(TensorSpec(Shape(tuple(dims)), known, kind))


def _constant(arguments: Arguments) -> Outcome:
    value = arguments.get("value")
    if isinstance(value, TensorSpec):
        return Outcome(TensorSpec(value.shape, value.dtype, TensorKind.EAGER))
    if arguments.get("shape") is not None:
        return _filled(arguments)
    spec = as_spec(value)
    if spec is None:
        return any_tensor(TensorKind.EAGER)
    return Outcome(TensorSpec(spec.shape, None, TensorKind.EAGER, spec.data))


def _arange(arguments: Arguments) -> Outcome:
    numbers = [arguments.get(name) for name in ("start", "stop", "step") if name in arguments]
    if numbers and all(isinstance(number, int) for number in numbers):
        if len(numbers) < 3 or numbers[2] != 0:
            return _vector(len(range(*numbers)))
    return _vector(UNKNOWN if UNKNOWN in numbers else None)


def _vector(length: Dim) -> Outcome:
    kind = TensorKind.EAGER if isinstance(length, int) else TensorKind.GRAPH
    return Outcome(TensorSpec(Shape((length,)), None, kind))


_RANDOM = ("normal", "uniform", "truncated_normal")

OPS = (
    Op(("tf.zeros", "tf.ones", "ops.zeros", "ops.ones", "K.zeros", "K.ones", "ops.empty"),
       ("shape", "dtype", "name"), _filled),
    Op(("tf.fill", "ops.full"), ("shape", "value", "dtype"), _filled,
       (("dims", "shape"), ("fill_value", "value"))),
    *(Op((f"tf.random.{name}", f"tf.random_{name}", f"K.random_{name}", f"random.{name}"),
         ("shape", "mean", "stddev", "dtype"), _filled) for name in _RANDOM),
    Op(("tf.constant", "tf.convert_to_tensor", "ops.convert_to_tensor", "K.constant", "tf.Variable",
        "K.variable", "ops.array"), ("value", "dtype", "shape", "name"), _constant,
       (("initial_value", "value"), ("x", "value"))),
    Op(("tf.range", "ops.arange", "K.arange"), ("start", "stop", "step"), _arange,
       (("limit", "stop"), ("delta", "step"))),
)  # fmt: skip

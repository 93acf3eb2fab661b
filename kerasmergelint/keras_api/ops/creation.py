"""Ops that make tensors from nothing: constants, ranges, random tensors, variables."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.doubts import of_length
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.ops.op import (
    Op,
    OpCall,
    any_tensor,
    as_spec,
    fixed_sizes_of,
    made,
    named_dtype,
    size_of,
    some_tensor,
)
from kerasmergelint.keras_api.problems import refused
from kerasmergelint.keras_api.protocol import Outcome, TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, AnyShape, Dim, Expr, Shape


def _filled(call: OpCall) -> Outcome:
    """A tensor of the given shape."""
    shape = call.get("shape")
    if isinstance(shape, TensorSpec) and shape.dims == ():
        shape = (shape,)
    if isinstance(shape, int):  # an unknown argument may be a number or any sequence of numbers
        shape = (shape,)
    dims = fixed_sizes_of(call, shape)
    if dims is None:
        return any_tensor(TensorKind.EAGER)
    parts = shape if isinstance(shape, (list, tuple)) else (shape,)
    dynamic = any(isinstance(item, TensorSpec) for item in parts)
    lowest = -1 if call.name == "ops.full" else 0
    return _sized(parts, dims, _dtype(call), dynamic=dynamic, lowest=lowest)


def _sized(
    parts: Sequence[object],
    dims: Sequence[Dim],
    dtype: str | None,
    *,
    dynamic: bool = False,
    lowest: int = 0,
) -> Outcome:
    """A new tensor of these sizes, as the program gives them: none may be negative.

    ``lowest`` is -1 where a graph takes -1 for a size that is open.
    """
    negative = [size for size in parts if type(size) is int and size < lowest]
    if negative:
        raise refused(f"a size is negative: {negative[0]}", "InvalidArgumentError")
    sizes = [UNKNOWN if type(size) is int and size < 0 else size for size in dims]
    doubts = [doubt for size in dims for doubt in of_length(size, 0)]
    made_of = _fresh(Shape(tuple(sizes)), dtype, dynamic=dynamic)
    return replace(made_of, doubts=tuple(doubts)) if doubts else made_of


def _fresh(shape: AnyShape, dtype: str | None, *, dynamic: bool = False) -> Outcome:
    kind = TensorKind.GRAPH if dynamic else TensorKind.EAGER
    return Outcome(TensorSpec(shape, dtype, kind))


_FILL_VALUES = ("value", "fill_value", "x")


def _dtype(call: OpCall) -> str | None:
    """The given dtype, or that of a fill value, or the default float."""
    dtype = call.get("dtype")
    if dtype is not None:
        return named_dtype(dtype)
    for name in _FILL_VALUES:
        if name in call.arguments:
            value = call.get(name)
            return value.dtype if isinstance(value, TensorSpec) else None
    return "float32"


def _like(call: OpCall) -> Outcome:
    spec = call.tensor()
    return some_tensor(call) if spec is None else made(spec, spec.shape, call.dtype() or None)


def _constant(call: OpCall) -> Outcome:
    """The argument as a tensor; ``tf.constant`` may spread a number over a shape.

    The backend's functions make it of the type that ``K.set_floatx`` names, whatever it was.
    """
    value = call.get("x")
    dtype = call.dtype()
    kept = value.dtype if isinstance(value, TensorSpec) and call.space != "K" else None
    if isinstance(value, TensorSpec):
        dtype = _unchanged(call, value, dtype)
        kind = TensorKind.EAGER if value.kind is TensorKind.ARRAY else value.kind
        if call.get("shape") is not None and call.space != "ops":
            dims = fixed_sizes_of(call, call.get("shape"))
            if dims is None or kind is not TensorKind.EAGER:
                return any_tensor(kind)
            return Outcome(TensorSpec(Shape(tuple(dims)), dtype or kept, kind))
        return Outcome(TensorSpec(value.shape, dtype or kept, kind, value.data))
    if call.get("shape") is not None and call.space != "ops":
        return _filled(call.with_arguments(value=0))
    if isinstance(value, (list, tuple)) and value and all(type(item) is str for item in value):
        return Outcome(TensorSpec(Shape((len(value),)), "string", TensorKind.EAGER))
    spec = as_spec(value)
    if spec is None:
        return any_tensor(TensorKind.EAGER)
    if call.space == "tf" and call.get("dtype") is None:
        dtype = _type_of_numbers(value)
    return Outcome(TensorSpec(spec.shape, dtype, TensorKind.EAGER, spec.data))


def _type_of_numbers(value: object) -> str | None:
    """What TensorFlow makes of Python's numbers, where they are small.

    A float alone may be NumPy's, which is a longer one.
    """
    types = set(map(type, _numbers(value)))
    if types == {int} and all(abs(one) < _INT32 for one in _numbers(value) if type(one) is int):
        return "int32"
    if types == {bool}:
        return "bool"
    several = isinstance(value, (list, tuple)) and float in types
    return "float32" if several and types <= {int, float} else None


_INT32 = 2**31


def _numbers(value: object) -> Iterator[object]:
    """The items of nested lists."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _numbers(item)
    else:
        yield value


# ``tf.constant`` takes variables of any type, and Keras's own functions cast.
_NEVER_CAST = frozenset({"tf.convert_to_tensor", "K.variable"})
_OF_TENSORFLOW = frozenset({TensorKind.GRAPH, TensorKind.EAGER})


def _unchanged(call: OpCall, tensor: TensorSpec, dtype: str | None) -> str | None:
    """The type that a tensor gets: what TensorFlow has made keeps its own, or is refused."""
    if call.name not in _NEVER_CAST or tensor.kind not in _OF_TENSORFLOW:
        return dtype
    if None not in (dtype, tensor.dtype) and dtype != tensor.dtype:
        detail = f"it does not convert a tensor of {tensor.dtype} to {dtype}"
        raise refused(detail, "ValueError", hint="use tf.cast")
    return tensor.dtype


def _arange(call: OpCall) -> Outcome:
    """For ints, as many numbers as Python's ``range`` has."""
    given = [call.get("start"), call.get("stop"), call.get("step", 1)]
    if call.space == "tf":
        given = [call.get("start"), call.get("limit"), call.get("delta", 1)]
    if given[1] is None:
        given[:2] = 0, given[0]
    given[2] = 1 if given[2] is None else given[2]
    traced = any(isinstance(number, TensorSpec) for number in given)
    start, stop, step = numbers = [_content(number) for number in given]
    dtype = call.dtype_or(_of_numbers(given) if call.space == "tf" else None)
    if call.space == "K" and dtype == "int32":  # its default, for which nothing is cast
        dtype = _of_numbers(given)
    if all(isinstance(number, (int, float)) for number in numbers) and step:
        if (stop - start) * step < 0 and not (call.space == "K" and call.get("stop") is None):
            return any_tensor(TensorKind.EAGER, "TensorFlow refuses a range that runs backwards")
        return _vector(_count(start, stop, step), dtype, traced=traced)
    if start == 0 and step == 1 and isinstance(stop, Expr):
        return _vector(stop, dtype, traced=traced)
    return _vector(UNKNOWN, dtype, traced=True)  # TensorFlow follows what is computed of constants


def _of_numbers(given: Sequence[object]) -> str | None:
    """The type of what TensorFlow counts: whole numbers are of int32, unless a tensor is of another type."""
    types = {_type_of_number(number) for number in given}
    return "int32" if types == {"int32"} else None


def _type_of_number(number: object) -> str | None:
    if isinstance(number, TensorSpec):
        return number.dtype
    return "int32" if type(number) is int or isinstance(number, Expr) else None


def _content(number: object) -> Any:
    """What a scalar tensor is known to hold, None if nothing is; any other number as it is."""
    if isinstance(number, TensorSpec):
        number = number.data
    return number if number is None or isinstance(number, (int, float, Expr)) else UNKNOWN


def _count(start: float, stop: float, step: float) -> int:
    if isinstance(start, int) and isinstance(stop, int) and isinstance(step, int):
        return len(range(start, stop, step))
    return max(math.ceil((stop - start) / step), 0)


def _vector(length: Dim, dtype: str | None, *, traced: bool) -> Outcome:
    kind = TensorKind.GRAPH if traced else TensorKind.EAGER
    return Outcome(TensorSpec(Shape((length,)), dtype, kind))


def _spaced(call: OpCall) -> Outcome:
    """``num`` values from one end to the other; ends may be tensors."""
    number = size_of(call.get("num", 50))
    start, stop, axis = as_spec(call.get("start")), as_spec(call.get("stop")), call.get("axis", 0)
    if start is None or stop is None or start.shape != Shape(()) or stop.shape != Shape(()):
        return some_tensor(call)
    if call.get("retstep", False) is not False or axis not in (0, -1):
        return some_tensor(call)
    if isinstance(number, int) and number < 0:
        return some_tensor(call)
    return _fresh(Shape((number,)), call.dtype())


def _eye(call: OpCall) -> Outcome:
    """``eye(n, m)``, in TensorFlow with batch axes in front."""
    rows = size_of(call.get("repeats", call.get("N", call.get("num_rows", call.get("size")))))
    given = call.get("M", call.get("num_columns"))
    columns = rows if given is None else size_of(given)
    batch = call.get("batch_shape")
    lead = fixed_sizes_of(call, batch) if batch is not None else []
    if lead is None:
        return any_tensor(TensorKind.EAGER)
    dtype = call.dtype() or ("float32" if call.get("dtype") is None else None)
    return _sized((rows, columns), (*lead, rows, columns), dtype)


def _window(call: OpCall) -> Outcome:
    """A window function of a length."""
    length = size_of(call.get("x"))
    return _fresh(Shape((length if isinstance(length, (int, Expr)) else UNKNOWN,)), None)


def _random(call: OpCall) -> Outcome:
    dims = fixed_sizes_of(call, call.get("shape"))
    if dims is None:
        return any_tensor(TensorKind.EAGER)
    parts = call.get("shape")
    listed = parts if isinstance(parts, (list, tuple)) else (parts,)
    dynamic = any(isinstance(item, TensorSpec) for item in listed)
    ends = [call.get(name) for name in ("mean", "stddev", "minval", "maxval")]
    if any(isinstance(end, TensorSpec) and end.shape != Shape(()) for end in ends):
        return any_tensor(TensorKind.EAGER)
    return _sized(listed, dims, call.dtype(), dynamic=dynamic, lowest=-1)


def _shuffled(call: OpCall) -> Outcome:
    spec = call.tensor()
    return some_tensor(call) if spec is None else made(spec, spec.shape)


def _categorical(call: OpCall) -> Outcome:
    """One row of draws for each row of logits."""
    spec, number = call.tensor(), size_of(call.get("num_samples"))
    if spec is None or spec.dims is None or len(spec.dims) != 2:
        return some_tensor(call)
    return made(spec, (spec.dims[0], number), None)


def _padded_range(call: OpCall) -> Outcome:
    """``tri(N, M)``."""
    rows = size_of(call.get("N"))
    given = call.get("M")
    columns = rows if given is None else size_of(given)
    return _sized((rows, columns), (rows, columns), None)


OPS = (
    Op(("tf.zeros", "tf.ones", "ops.zeros", "ops.ones", "K.zeros", "K.ones", "ops.empty"), _filled,
       Kind.CREATION),
    Op(("tf.fill", "ops.full"), _filled, Kind.CREATION),
    Op(("ops.full_like",), _like, Kind.ROWWISE, (("value", "value"),)),
    Op(("tf.random.normal", "tf.random.uniform", "tf.random.truncated_normal", "tf.random.stateless_normal",
        "tf.random.stateless_uniform", "tf.random_normal", "tf.random_uniform",
        "tf.truncated_normal", "K.random_normal", "K.random_uniform", "K.truncated_normal",
        "K.random_bernoulli", "K.random_binomial", "random.normal", "random.uniform", "random.randint",
        "random.truncated_normal", "K.random_uniform_variable", "K.random_normal_variable"), _random,
       Kind.CREATION | Kind.DRAW),
    Op(("tf.random.shuffle", "random.shuffle"), _shuffled),
    Op(("tf.random.categorical", "random.categorical"), _categorical),
    Op(("tf.constant", "tf.convert_to_tensor", "ops.convert_to_tensor", "K.constant", "K.variable",
        "ops.array"), _constant),
    Op(("tf.range", "ops.arange", "K.arange"), _arange, Kind.CREATION),
    Op(("ops.linspace", "tf.linspace", "ops.logspace", "ops.geomspace"), _spaced,
       Kind.CREATION),
    Op(("ops.eye", "ops.identity", "tf.eye", "K.eye"), _eye, Kind.CREATION, aliases=(("n", "N"),)),
    Op(("ops.tri",), _padded_range, Kind.CREATION),
    Op(("ops.bartlett", "ops.blackman", "ops.hamming", "ops.hanning", "ops.kaiser"), _window,
       Kind.CREATION),
)  # fmt: skip

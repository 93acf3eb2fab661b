"""``math``, and the part of NumPy that model code uses for arithmetic on sizes."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from typing import Any

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import MOST_NUMBERS, TensorKind, TensorSpec
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, Dim, Expr, Shape, product
from kerasmergelint.tracker.keras.convert import value_to_shape
from kerasmergelint.tracker.library.array_making import (
    array_of,
    check_rectangle,
    lists_of_unequal_length,
)
from kerasmergelint.tracker.library.array_methods import dtype_name, is_object, with_dtype
from kerasmergelint.tracker.library.array_ops import through_op
from kerasmergelint.tracker.library.array_rules import as_number
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter, Method, Native
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python.arithmetic import number_of
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.constants import as_dim, from_dim, is_constant, is_number
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.numpy_numbers import NumPyInt, from_numpy
from kerasmergelint.tracker.values.value import (
    Args,
    External,
    Keywords,
    SymInt,
    UnknownV,
    Value,
    all_are,
)


def _of_both(name: str, function: Callable[..., object]) -> Native:
    """A function of two numbers that also takes arrays."""
    of_numbers, of_arrays = _pure(f"numpy.{name}", function), through_op(name)

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        arrays = any(isinstance(argument, TensorV) for argument in args)
        return from_numpy((of_arrays if arrays else of_numbers)(interp, args, keywords, site))

    return native


def _pure(name: str, function: Callable[..., object]) -> Native:
    """A function of numbers: computed on constants, unknown otherwise."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if args and all(is_constant(argument) for argument in args) and not keywords:
            if limits.function_explodes(name.rpartition(".")[2], args):
                return interp.unknown(limits.TOO_LARGE)
            try:
                result = function(*args)
            except (ValueError, OverflowError, ZeroDivisionError) as error:
                raise interp.raised(type(error).__name__) from None
            except TypeError:
                return interp.unknown(f"{name} of something that is not a number")
            return result
        if name.startswith("math.") or (all(map(is_number, args)) and not keywords):
            return number_of(interp, name, args)
        return interp.unknown(f"{name} of something unknown")

    return native


def array(interp: Interpreter, data: object) -> Value:
    """An array with known content."""
    made = arrays.make(data)
    return interp.unknown("a ragged array") if made is None else made


def _array(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    data = arrays.data_of(args[0]) if args else None
    given = args[0] if args else None
    dtype = keywords.get("dtype", args[1] if len(args) > 1 else None)
    if is_object(dtype):
        return lists_of_unequal_length(interp, given) or interp.unknown("an array of objects")
    if isinstance(dtype, (ListV, tuple, DictV)):
        return interp.unknown("an array of records")
    made = array_of(interp, given) if data is None else array(interp, data)
    # Of a type that nobody knows it may be an array of records, or of arrays.
    if isinstance(made, UnknownV) and (dtype is None or dtype_name(dtype) is not None):
        check_rectangle(interp, given, site)
    if isinstance(made, TensorV) and keywords.get("ndmin", 0) != 0:
        made = _of_least_rank(made, keywords["ndmin"])
    return (
        with_dtype(interp, made, dtype) if dtype is not None and isinstance(made, TensorV) else made
    )


def _of_least_rank(array: TensorV, least: Value) -> Value:
    """``np.array(items, ndmin=least)`` has axes of size 1 in front, up to this rank."""
    dims = array.spec.dims
    if dims is None or not isinstance(least, int):
        return TensorV(array.spec.with_shape(ANY_SHAPE))
    return TensorV(array.spec.with_shape(Shape((*(1,) * (least - len(dims)), *dims))))


def _is_scalar(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = args[0] if args else None
    if isinstance(value, UnknownV):
        return interp.unknown("whether something is a number")
    return isinstance(value, (int, float, str, SymInt))


def _filled(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.zeros(shape)`` and the like."""
    shape = args[0] if args else keywords.get("shape", keywords.get("size"))
    if isinstance(shape, (int, float)):
        shape = (shape,)
    known = value_to_shape(interp, shape)
    return TensorV(TensorSpec(known, None, TensorKind.ARRAY))


def _constant_array(place: int, default: str | None, number: float | None = None) -> Native:
    """``np.zeros(shape, dtype)``; ``place`` is that of the dtype, ``number`` what it is full of."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        made = _filled(interp, args[:1], keywords, site)
        wanted = args[place] if len(args) > place else keywords.get("dtype", default)
        if not isinstance(made, TensorV):
            return made
        if number is not None:
            made.data = _repeated(made.spec.dims, number, any_rank=False)
        return with_dtype(interp, made, wanted)

    return native


def _full(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.full(shape, number)``: a small one has known content."""
    made = _constant_array(2, None)(interp, args, keywords, site)
    number = args[1] if len(args) > 1 else keywords.get("fill_value")
    if not isinstance(made, TensorV) or not isinstance(number, (int, float)):
        return made
    data = _repeated(made.spec.dims, number, any_rank=True)
    if data is None or {"dtype", "like"} & set(keywords) or len(args) > 2:
        return made
    return arrays.make(data)


_MOST_ALIKE = 4096  # numbers of an array that has one number everywhere


def _repeated(dims: tuple[Dim, ...] | None, number: float, *, any_rank: bool) -> arrays.Data | None:
    """The content of an array that has one number everywhere; pictures would be too much to keep.

    Zeros and ones are made to be filled, unless they are a vector or a column, as labels are.
    """
    if not dims or not all_are(dims, int) or not (any_rank or dims[1:] in ((), (1,))):
        return None
    sizes = [dim for dim in dims if isinstance(dim, int)]
    if not 0 < math.prod(sizes) <= _MOST_ALIKE:
        return None
    content: Any = number
    for size in reversed(sizes):
        content = (content,) * size
    return content


def _prod(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[0], site) if len(args) == 1 and not keywords else None
    if items is None:
        return interp.unknown("a product of something unknown")
    numbers = [item for item in items if isinstance(item, (int, float))]
    if len(numbers) == len(items):
        bits = sum(item.bit_length() for item in numbers if isinstance(item, int))
        return interp.unknown(limits.TOO_LARGE) if bits > limits.MAX_BITS else math.prod(numbers)
    if any(item is None for item in items):
        raise interp.raised("TypeError")
    dims = [as_dim(item) for item in items]
    if all(isinstance(dim, (int, Expr)) for dim in dims):
        return from_dim(product(dims))
    return interp.unknown("a product of something unknown")


def _numpy_prod(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """The product of an empty list is a float; of unknown numbers only the shape is followed."""
    found = _prod(interp, args, keywords, site)
    if isinstance(found, UnknownV) and args and isinstance(args[0], TensorV):
        return through_op("prod")(interp, args, keywords, site)
    return 1.0 if args and args[0] == () else from_numpy(found)


def _reduced(name: str, function: Callable[..., object]) -> Native:
    """A reduction to one number; along an axis only the shape is followed."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        data = arrays.data_of(args[0]) if len(args) == 1 and not keywords else None
        if data is None:
            return through_op(name)(interp, args, keywords, site)
        flat = list(_flat(data))
        try:
            return from_numpy(function(flat))
        except (ValueError, TypeError, ZeroDivisionError):
            return interp.unknown("a reduction of something empty")

    return native


def _flat(data: object) -> Iterator[object]:
    if isinstance(data, tuple):
        for item in data:
            yield from _flat(item)
    else:
        yield data


def _elementwise(name: str, function: Callable[[Any], Any]) -> Native:
    """A function of a number, also of an array with known content."""

    def apply(data: object) -> object:
        return tuple(apply(item) for item in data) if isinstance(data, tuple) else function(data)

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        value = args[0] if args else None
        data = arrays.data_of(value)
        if data is None:
            if isinstance(value, TensorV) and value.spec.kind is TensorKind.ARRAY:
                return TensorV(replace(value.spec, dtype=_dtype_after(name, value.spec.dtype)))
            if is_number(value):
                return number_of(interp, name, args[:1])
            return interp.unknown(f"{name} of something unknown")
        try:
            result = apply(data)
        except (ValueError, TypeError, OverflowError):
            return interp.unknown(f"{name} fails")
        return array(interp, result) if isinstance(result, tuple) else from_numpy(result)

    return native


def _dtype_after(name: str, dtype: str | None) -> str | None:
    """Numbers that are not real, or become so, get another type."""
    if dtype is None or dtype.startswith("complex"):
        return None
    return dtype if "float" in dtype or name.rpartition(".")[2] in _KEEPS_INTEGERS else None


_KEEPS_INTEGERS = ("abs", "absolute", "square", "negative", "around", "round")


def _arange(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if args and all_are(args, int):
        numbers = range(*args)[: MOST_NUMBERS + 1]  # len() refuses huge ones
        if len(numbers) <= MOST_NUMBERS:
            return array(interp, tuple(numbers))
    if args and len(args) <= 3 and all(isinstance(number, (int, float)) for number in args):
        return _range_of_floats(interp, args)
    if args and len(args) <= 3 and not keywords:
        return _range_of_sizes(interp, args)
    return interp.unknown("an array of unknown length")


def _range_of_floats(interp: Interpreter, args: Args) -> Value:
    """As many numbers as in NumPy: the distance over the step, rounded up."""
    numbers: list[Any] = list(args)
    start, stop = (0, numbers[0]) if len(numbers) == 1 else numbers[:2]
    step = numbers[2] if len(numbers) > 2 else 1
    if not step or not all(map(math.isfinite, (start, stop, step))):
        return interp.unknown("an array of unknown length")
    count = max(math.ceil((stop - start) / step), 0)
    return TensorV(TensorSpec(Shape((count,)), None, TensorKind.ARRAY))


def _range_of_sizes(interp: Interpreter, args: Args) -> Value:
    """``np.arange(n)``: of length n, if that is a size."""
    size = as_dim(args[0]) if len(args) == 1 else UNKNOWN
    if size is None or not isinstance(size, (int, Expr)):
        size = UNKNOWN
    return TensorV(TensorSpec(Shape((size,)), None, TensorKind.ARRAY))


def _linspace(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    count = args[2] if len(args) > 2 else keywords.get("num", 50)
    start, stop = args[:2] if len(args) >= 2 else (None, None)
    if set(keywords) - {"num", "endpoint", "dtype"}:
        return interp.unknown("an array of unknown length")  # or a pair, with ``retstep``
    if (
        set(keywords) <= {"num"}
        and isinstance(start, (int, float))
        and isinstance(stop, (int, float))
        and isinstance(count, int)
        and 1 < count <= MOST_NUMBERS
    ):
        step = (stop - start) / (count - 1)
        return array(interp, tuple(float(start + step * i) for i in range(count)))
    if _is_one_number(start) and _is_one_number(stop) and len(args) <= 3:
        size = as_dim(count)
        dims = (UNKNOWN if size is None else size,)
        dtype = None if "dtype" in keywords else "float64"
        return TensorV(TensorSpec(Shape(dims), dtype, TensorKind.ARRAY))
    return interp.unknown("an array of unknown length")


def _is_one_number(value: Value) -> bool:
    """Whether a value is certainly no array of several numbers."""
    return is_number(value) or (isinstance(value, TensorV) and value.spec.dims == ())


def _cumsum(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    data = arrays.data_of(args[0]) if args else None
    if not isinstance(data, tuple) or not all(isinstance(d, (int, float)) for d in data):
        return through_op("cumsum")(interp, args, keywords, site)
    total, sums = 0, []
    for item in data:
        total += item
        sums.append(total)
    return array(interp, tuple(sums))


def _converted(interp: Interpreter, convert: Callable[[Any], object], args: Args) -> Value:
    value = args[0] if args else 0
    if isinstance(value, (int, float)):
        return convert(value)
    if is_number(value):
        return number_of(interp, "float" if convert is float else "int", args[:1])
    return interp.unknown("a number, or an array of numbers")


def _float(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return _converted(interp, float, args)


def _int(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return _converted(interp, NumPyInt, args)


def _python_int(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.int`` was another name of Python's."""
    return _converted(interp, int, args)


_MATH = ("ceil", "floor", "sqrt", "log", "log2", "log10", "exp", "pow", "trunc", "fabs", "gcd",
         "sin", "cos", "tan", "atan", "tanh", "isclose", "comb", "factorial", "isqrt", "hypot",
         "erf", "atan2", "copysign", "fmod", "degrees", "radians", "isnan", "isinf")  # fmt: skip
_NUMPY_UNARY: dict[str, Callable[[Any], Any]] = {
    "ceil": lambda x: float(math.ceil(x)), "floor": lambda x: float(math.floor(x)),
    "sqrt": math.sqrt, "log": math.log, "log2": math.log2, "log10": math.log10,
    "exp": math.exp, "abs": abs, "absolute": abs, "round": round, "around": round,
    "rint": lambda x: float(round(x)),
    "square": lambda x: x * x, "negative": operator.neg,
}  # fmt: skip

FUNCTIONS: dict[str, Native] = {
    **{f"math.{name}": _pure(f"math.{name}", getattr(math, name)) for name in _MATH},
    **{f"numpy.{name}": _elementwise(f"numpy.{name}", f) for name, f in _NUMPY_UNARY.items()},
    "math.prod": _prod, "numpy.prod": _numpy_prod, "numpy.product": _numpy_prod,
    "numpy.isscalar": _is_scalar,
    **{f"numpy.{name}": _array for name in ("array", "asarray", "asanyarray", "ascontiguousarray")},
    "numpy.empty": _constant_array(1, "float64"),
    "numpy.zeros": _constant_array(1, "float64", 0.0), "numpy.ones": _constant_array(1, "float64", 1.0),
    "numpy.full": _full,
    "numpy.sum": _reduced("sum", sum), "numpy.max": _reduced("max", max),
    "numpy.min": _reduced("min", min),
    "numpy.amax": _reduced("max", max), "numpy.amin": _reduced("min", min),
    "numpy.mean": _reduced("mean", lambda items: sum(items) / len(items)),
    "numpy.arange": _arange, "numpy.linspace": _linspace, "numpy.cumsum": _cumsum,
    **{f"numpy.{name}": as_number(name, _float) for name in ("float32", "float64", "float16")},
    **{f"numpy.{name}": as_number(name, _int) for name in ("int32", "int64", "int8", "uint8", "int16")},
    "numpy.float": _float,
    "numpy.int": _python_int,
    "numpy.maximum": _of_both("maximum", max), "numpy.minimum": _of_both("minimum", min),
    "numpy.power": _of_both("power", pow),
}  # fmt: skip
CONSTANTS: dict[str, Value] = {
    "math.pi": math.pi, "math.e": math.e, "math.inf": math.inf, "math.nan": math.nan,
    "numpy.pi": math.pi, "numpy.e": math.e, "numpy.inf": math.inf, "numpy.newaxis": None,
}  # fmt: skip


def _bit_length(
    interp: Interpreter, value: Own, args: Args, keywords: Keywords, site: Site
) -> Value:
    return value.bit_length() if isinstance(value, int) else interp.unknown("bit_length")


def _is_integer(
    interp: Interpreter, value: Own, args: Args, keywords: Keywords, site: Site
) -> Value:
    return float(value).is_integer()


def _item(interp: Interpreter, value: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    return int(value) if isinstance(value, NumPyInt) else value


def _same(interp: Interpreter, value: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    return value


def _astype(interp: Interpreter, value: Own, args: Args, keywords: Keywords, site: Site) -> Value:
    """``number.astype(int)``, since NumPy numbers count as Python's."""
    wanted = args[0] if args else None
    name = wanted.dotted.rpartition(".")[2] if isinstance(wanted, External) else wanted
    if isinstance(name, str):
        return NumPyInt(value) if "int" in name else float(value) if "float" in name else value
    return interp.unknown("astype")


NUMBER_METHODS: dict[str, Method] = {
    "bit_length": _bit_length, "is_integer": _is_integer, "item": _item, "tolist": _item, "astype": _astype,
    "conjugate": _same,
}  # fmt: skip

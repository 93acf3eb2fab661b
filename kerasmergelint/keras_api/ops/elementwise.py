"""Ops on each element: the shape stays, or shapes broadcast."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import operators
from kerasmergelint.keras_api.dtype_names import FLOATS
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.ops import dtypes
from kerasmergelint.keras_api.ops.op import (
    Op,
    OpCall,
    Rule,
    as_spec,
    kind_of,
    made,
    sizes_of,
    some_tensor,
)
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Outcome, TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Expr, Shape, is_untraced
from kerasmergelint.shapes.bounds import larger, smaller
from kerasmergelint.shapes.broadcast import never_equal

Dtype = Callable[[TensorSpec], "str | None"]


def same_shape(dtype: Dtype, name: str = "x") -> Rule:
    """The rule of an op on one tensor."""

    def rule(call: OpCall) -> Outcome:
        spec = call.tensor(name)
        if spec is None:
            return some_tensor(call)
        return Outcome(TensorSpec(spec.shape, call.dtype_or(dtype(spec)), kind_of(spec)))

    return rule


def _bool(spec: TensorSpec) -> str:
    return "bool"


def _constantly(dtype: str) -> Dtype:
    return lambda spec: dtype


# What TensorFlow 1 has beside ``tf.cast``.
_TO = {"to_float": "float32", "to_double": "float64", "to_int32": "int32", "to_int64": "int64"}


def _nothing(spec: TensorSpec) -> None:
    return None


def _cast(call: OpCall) -> Outcome:
    spec = call.tensor()
    if spec is None:
        return some_tensor(call)
    dtype, data = call.dtype(), spec.data
    if isinstance(data, float) and dtype in ("int32", "int64") and math.isfinite(data):
        data = int(data)
    return Outcome(TensorSpec(spec.shape, dtype, kind_of(spec), data))


def _ensured(call: OpCall) -> Outcome:
    """``tf.ensure_shape``: sizes that were not known are those that are promised."""
    spec, promised = call.tensor(), sizes_of(call.get("shape"))
    if spec is None or (promised is None and is_untraced(spec.shape)):
        return some_tensor(call)
    if promised is None:
        return made(spec, spec.shape)
    if spec.dims is not None and len(spec.dims) != len(promised):
        return made(spec, spec.shape)
    known = spec.dims if spec.dims is not None else (UNKNOWN,) * len(promised)
    pairs = zip(known, promised)
    return made(spec, [b if a in (None, UNKNOWN) and b is not None else a for a, b in pairs])


def _identity(call: OpCall) -> Outcome:
    """The argument unchanged, content included; an array becomes a tensor."""
    spec = call.tensor()
    if spec is None:
        return some_tensor(call)
    return Outcome(TensorSpec(spec.shape, spec.dtype, kind_of(spec), spec.data))


def _binary(call: OpCall) -> Outcome:
    return broadcast(call, dtypes.common)


def _extreme(call: OpCall) -> Outcome:
    """``maximum`` and ``minimum``, which also choose between two sizes (``tf.shape(x)[1]``)."""
    outcome = _binary(call)
    result = outcome.outputs
    held = [spec.data for side in ("x", "y") if (spec := as_spec(call.get(side))) is not None]
    if result.shape != Shape(()) or not all(isinstance(size, (int, Expr)) for size in held):
        return outcome
    choose = larger if call.last == "maximum" else smaller
    return Outcome(replace(result, data=choose(*held)), outcome.doubts)


def _divide(call: OpCall) -> Outcome:
    """Ints become floats; which ones differs."""
    return broadcast(call, dtypes.common_float)


def _compared(call: OpCall) -> Outcome:
    return broadcast(call, _always_bool)


def _always_bool(*specs: TensorSpec) -> str:
    return "bool"


def _careful(call: OpCall) -> Outcome:
    """Functions that do not broadcast as documented: only equal shapes are certain."""
    left, right = call.get("x"), call.get("y")
    both = isinstance(left, TensorSpec) and isinstance(right, TensorSpec)
    if both and left.dims == right.dims and None not in (left.dims or (None,)):
        return broadcast(call, dtypes.common)
    return some_tensor(call, "its shape is not certain")


def broadcast(call: OpCall, dtype: Callable[..., str | None]) -> Outcome:
    """Of two tensors, or of a tensor and a number; ``dtype`` takes the specs of both."""
    left, right = as_spec(call.get("x")), as_spec(call.get("y"))
    if left is None or right is None:
        return some_tensor(call, "an operand is not known")
    if call.name == "ops.add" and not call.symbolic and _is_bias(left, right):
        return some_tensor(call, "Keras adds it as a bias, and may err")
    operators.require_one_dtype((left, right), symbolic=call.promotes)
    if call.last not in _OF_TRUTHS:
        operators.require_numbers((left, right), symbolic=call.promotes)
    outcome = operators.elementwise((left, right))
    literal = any(not isinstance(call.get(side), TensorSpec) for side in ("x", "y"))
    result = outcome.outputs
    if literal and dtype is not _always_bool:
        known = _beside_a_number(call, divides=dtype is dtypes.common_float)
    else:
        known = dtype(left, right)
    kind = kind_of(left, right)
    return Outcome(TensorSpec(result.shape, known, kind), outcome.doubts)


def _beside_a_number(call: OpCall, *, divides: bool) -> str | None:
    """What TensorFlow makes of a tensor and a number, which gets its type, or of two like the first."""
    sides = [call.get("x"), call.get("y")]
    tensors = [side for side in sides if isinstance(side, TensorSpec)]
    numbers = [side for side in sides if not isinstance(side, TensorSpec)]
    typed = all(tensor.kind in _MADE or _decides(tensor, sides[0]) for tensor in tensors)
    if call.space != "tf" or not typed or not all(type(one) in _NUMBERS for one in numbers):
        return None
    dtype = tensors[0].dtype if tensors else _NUMBERS[type(sides[0])]
    if dtype in FLOATS:
        return dtype
    if dtype not in _QUOTIENTS_OF or not all(type(one) is int for one in numbers):
        return None
    return dtype if not divides else "float64" if call.last in _TRUE_QUOTIENTS else None


def _decides(array: TensorSpec, first: object) -> bool:
    """Whether the result has the type of an array: a number before it is of float32."""
    return array.kind is TensorKind.ARRAY and (array is first or array.dtype == "float32")


_MADE = frozenset({TensorKind.GRAPH, TensorKind.EAGER})
_NUMBERS: Mapping[type, str] = {int: "int32", float: "float32"}
_QUOTIENTS_OF = frozenset({"int32", "int64"})
_TRUE_QUOTIENTS = frozenset({"divide", "truediv"})


# What TensorFlow does with two truth values as well.
_OF_TRUTHS = frozenset({"equal", "not_equal", "logical_and", "logical_or", "logical_xor"})


def _is_bias(left: TensorSpec, right: TensorSpec) -> bool:
    """``keras.ops.add`` mistakes a vector, or one size among ones, for a bias of the channels.

    Where the vector belongs to the last axis and has its size, that is an addition like any other.
    """
    dims, into = right.dims or (), left.dims or ()
    if sum(dim != 1 for dim in dims) != 1 or len(into) < 2:
        return False
    return not (len(dims) == 1 and isinstance(into[-1], int) and into[-1] == dims[0])


def _where(call: OpCall) -> Outcome:
    """Three shapes broadcast; with the condition alone, the places where it holds."""
    condition = call.tensor("condition")
    if call.get("x") is None and call.get("y") is None:
        return _places(call, condition)
    specs = [as_spec(call.get(name)) for name in ("condition", "x", "y")]
    known = [spec for spec in specs if spec is not None]
    if len(known) < 3:
        return some_tensor(call, "an operand is not known")
    operators.require_one_dtype(known[1:], symbolic=call.promotes)
    outcome = operators.elementwise(tuple(known))
    result = outcome.outputs
    dtype = dtypes.common(known[1], known[2])
    if not all(isinstance(call.get(name), TensorSpec) for name in ("x", "y")):
        dtype = None
    return Outcome(TensorSpec(result.shape, dtype, kind_of(*known)), outcome.doubts)


def _places(call: OpCall, condition: TensorSpec | None) -> Outcome:
    """``where(c)``: TensorFlow lists the indices, one a row; Keras's shape functions do not know."""
    if condition is None or call.space != "tf":
        return some_tensor(call)
    rank: Dim = UNKNOWN if condition.dims is None else len(condition.dims)
    return made(condition, (None, rank), "int64")


def _clip_by_value(call: OpCall) -> Outcome:
    """The bounds broadcast against the tensor, whose shape TensorFlow lets none of them change."""
    spec = call.tensor()
    bounds = [as_spec(call.get(name)) for name in ("clip_value_min", "clip_value_max")]
    known = [bound for bound in bounds if bound is not None]
    if spec is None:
        return some_tensor(call)
    if len(known) < 2:
        left_open = "an operand is not known"
        if spec.dims is None or None in spec.dims:
            return some_tensor(call, left_open)
        return Outcome(made(spec, spec.dims).outputs, (left_open,))
    operators.require_one_dtype((spec, *known), symbolic=call.promotes)
    outcome = operators.elementwise((spec, *known))
    shape = outcome.outputs.shape
    if isinstance(shape, Shape) and _widened(spec, shape):
        raise bad(f"bounds of shape {' and '.join(map(str, known))} would widen {spec}")
    return Outcome(TensorSpec(shape, dtypes.same(spec), kind_of(spec)))


def _widened(spec: TensorSpec, shape: Shape) -> bool:
    if spec.dims is None:
        return False
    return len(spec.dims) != shape.rank or any(map(never_equal, spec.dims, shape.dims))


def _spaced(names: str, *spaces: str) -> tuple[str, ...]:
    return tuple(f"{space}{name}" for space in spaces for name in names.split())


_SAME = (
    _spaced(
        "abs negative sign square conj copy clip bitwise_invert bitwise_not nan_to_num relu relu6 absolute "
        "conjugate",
        "ops.",
    )
    + _spaced(
        "abs negative sign square math.conj bitwise.invert nn.relu nn.relu6 debugging.check_numerics "
        "debugging.assert_all_finite guarantee_const",
        "tf.",
    )
    + _spaced("abs sign square clip", "K.")
)
_FLAT = (
    _spaced("stop_gradient zeros_like ones_like", "ops.", "tf.", "K.")
    + _spaced("trunc empty_like", "ops.")
    + _spaced("floor math.ceil round math.rint", "tf.")
)
# These keep the shape, too, but not element by element.
_AT_ONCE = _spaced("tril triu", "ops.") + _spaced(
    "linalg.set_diag linalg.band_part clip_by_norm math.cumsum image.adjust_brightness "
    "image.adjust_contrast image.random_brightness image.random_contrast",
    "tf.",
)
_FLOAT = (
    _spaced(
        "arccos arccosh arcsin arcsinh arctan arctanh cbrt cos cosh deg2rad rad2deg exp exp2 expm1 i0 "
        "log log10 log1p log2 reciprocal rsqrt sin sinc sinh sqrt tan tanh erf erfc erfinv sigmoid softplus "
        "softsign silu swish log_sigmoid leaky_relu hard_sigmoid hard_silu hard_swish elu selu gelu celu "
        "hard_tanh tanh_shrink hard_shrink soft_shrink squareplus threshold sparse_plus "
        "sparse_sigmoid",
        "ops.",
    )
    + _spaced(
        "acos acosh asin asinh atan atanh cos cosh exp math.expm1 math.log math.log1p sin sinh sqrt "
        "tan tanh math.rsqrt math.reciprocal math.erf math.erfc math.erfinv math.erfcinv sigmoid "
        "math.softplus nn.softsign nn.silu math.log_sigmoid nn.leaky_relu nn.elu nn.selu nn.gelu math.lgamma "
        "math.digamma math.reciprocal_no_nan math.ndtri math.bessel_i0 math.bessel_i1",
        "tf.",
    )
    + _spaced("cos sin exp log sqrt", "K.")
)
_FLAT_FLOAT = _spaced("ceil floor", "ops.") + _spaced("round", "ops.", "K.")
_BOOL = _spaced(
    "isfinite isinf isnan isneginf isposinf logical_not signbit isreal", "ops."
) + _spaced("math.is_finite math.is_inf math.is_nan logical_not", "tf.")
_OTHER = _spaced("angle imag real fabs", "ops.") + _spaced("math.real math.imag math.angle", "tf.")
_SUMS = _spaced("add", "ops.", "tf.")
_EXTREMES = _spaced("maximum minimum", "ops.", "tf.", "K.")
_DIFFERENCES = _spaced("subtract", "ops.", "tf.")
_PRODUCTS = _spaced("multiply", "ops.", "tf.")
_ARITHMETIC = _spaced("mod power fmax fmin fmod", "ops.") + _spaced(
    "math.floormod pow math.multiply_no_nan math.divide_no_nan bitwise.bitwise_and bitwise.bitwise_or "
    "bitwise.bitwise_xor realdiv truncatediv truncatemod math.xdivy math.xlogy math.xlog1py math.igamma "
    "math.zeta atan2 math.nextafter math.mod",
    "tf.",
)
_WHOLE_QUOTIENTS = _spaced("floor_divide", "ops.") + _spaced("math.floordiv floor_div", "tf.")
_QUOTIENTS = _spaced("divide", "ops.", "tf.")
_DIVISIONS = _spaced(
    "true_divide divide_no_nan arctan2 logaddexp logaddexp2 nextafter ldexp", "ops."
) + _spaced("truediv div", "tf.")
_COMPARISONS = (
    _spaced(
        "equal not_equal greater greater_equal less less_equal logical_and logical_or logical_xor isclose",
        "ops.",
    )
    + _spaced(
        "equal not_equal greater greater_equal less less_equal logical_and logical_or math.logical_xor",
        "tf.",
    )
    + _spaced("equal not_equal greater greater_equal less less_equal", "K.")
)

_A_X = (("a", "x"), ("x", "y"))  # tf.math.igamma(a, x)
_Q = (("q", "y"),)
_CALCULATES = Kind.ELEMENTWISE | Kind.ROWWISE
_MERGES = Kind.MERGE | _CALCULATES

OPS = (
    Op(_SAME, same_shape(dtypes.same), Kind.ROWWISE),
    Op(_FLAT, same_shape(dtypes.same), Kind.ROWWISE | Kind.FLAT),
    Op(_AT_ONCE, same_shape(dtypes.same)),
    Op(_FLOAT, same_shape(dtypes.floating), Kind.ROWWISE),
    Op(_FLAT_FLOAT, same_shape(dtypes.floating), Kind.ROWWISE | Kind.FLAT),
    Op(_BOOL, same_shape(_bool), Kind.ROWWISE),
    Op(_OTHER, same_shape(dtypes.floating), Kind.ROWWISE),
    Op(_SUMS, _binary, _MERGES | Kind.ADDING, _Q),
    Op(_EXTREMES, _extreme, _MERGES | Kind.ADDING, _Q),
    Op(_DIFFERENCES, _binary, _MERGES | Kind.ADDING | Kind.DIFFERENCE, _Q),
    Op(_PRODUCTS, _binary, _MERGES | Kind.WEIGHING, _Q),
    *(Op((name,), _binary, _CALCULATES, _A_X if name.endswith("igamma") else _Q)
      for name in _ARITHMETIC),
    Op(("tf.math.squared_difference",), _binary, _CALCULATES | Kind.DIFFERENCE, _Q),
    *(Op((name,), _binary, _CALCULATES | Kind.FLAT, _Q) for name in _WHOLE_QUOTIENTS),
    Op(_COMPARISONS, _compared, Kind.ROWWISE),
    Op(_QUOTIENTS, _divide, _MERGES),
    Op(_DIVISIONS, _divide, _CALCULATES),
    Op(("K.pow",), _binary, _CALCULATES, (("a", "y"),)),
    *(Op((f"ops.{name}",), _careful, Kind.ROWWISE) for name in (
        "bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_left_shift", "bitwise_right_shift",
        "left_shift", "right_shift", "gcd", "lcm", "hypot", "heaviside")),
    Op(("ops.cast", "tf.cast", "K.cast", "ops.saturate_cast", "tf.saturate_cast"), _cast,
       Kind.ROWWISE | Kind.CAST),
    *(Op((f"tf.{name}",), same_shape(_constantly(dtype)), Kind.ROWWISE)
      for name, dtype in _TO.items()),
    Op(("K.cast_to_floatx",), same_shape(_nothing), Kind.ROWWISE),
    Op(("tf.identity", "K.print_tensor"), _identity, Kind.ROWWISE),
    Op(("tf.ensure_shape",), _ensured, Kind.ROWWISE),
    Op(("ops.where", "tf.where"), _where, Kind.ROWWISE),
    Op(("tf.clip_by_value",), _clip_by_value, Kind.ROWWISE),
)  # fmt: skip

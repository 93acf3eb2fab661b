"""``+ - * / @`` and other operators on tensors.  They broadcast the batch axis too, unlike merge layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.causes import Plain
from kerasmergelint.keras_api.doubts import Doubt, of_broadcast, of_equality, told
from kerasmergelint.keras_api.dtype_names import FLOATS, NUMBERS
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.problems import bad, contradiction, layer_as_tensor
from kerasmergelint.keras_api.protocol import (
    Broken,
    Outcome,
    SubLayer,
    TensorKind,
    TensorSpec,
    strongest,
)
from kerasmergelint.keras_api.releases import REASON
from kerasmergelint.keras_api.versions import V3, KerasVersion, before
from kerasmergelint.shapes import UNKNOWN, AnyShape, Dim, Expr, OpenShape, Shape, format_shape, sub
from kerasmergelint.shapes.broadcast import NonePolicy, broadcast, never_equal

COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
_IDENTITY = frozenset({"==", "!="})
_BITS = frozenset({"&", "|", "^"})
_SHIFTS = frozenset({"<<", ">>"})
_OF_NUMBERS = COMPARISONS - _IDENTITY | {"+", "-", "/", "//", "%", "**"}

_CALCULATES = Kind.MERGE | Kind.ELEMENTWISE | Kind.ROWWISE | Kind.OPERATOR
# The kinds of all operators, binary and unary.
KINDS: Mapping[str, Kind] = {
    "+": _CALCULATES | Kind.ADDING,
    "-": _CALCULATES | Kind.ADDING | Kind.DIFFERENCE,
    "*": _CALCULATES | Kind.WEIGHING,
    "//": _CALCULATES | Kind.FLAT,
    **dict.fromkeys(("/", "%", "**"), _CALCULATES),
    "@": Kind.MERGE | Kind.OPERATOR,
    **dict.fromkeys(COMPARISONS | _BITS | {"~", "abs"}, Kind.MERGE | Kind.ROWWISE),
    **dict.fromkeys(_SHIFTS, Kind.MERGE),
}


def binary(operator: str, left: object, right: object, version: KerasVersion) -> Outcome:
    """``left operator right``, where at least one side is a tensor."""
    sides = (left, right)
    specs = [side for side in sides if isinstance(side, TensorSpec)]
    symbolic = version in V3 and any(s.kind is TensorKind.KERAS for s in specs)
    if operator in _IDENTITY:
        same = _identity(operator, sides, symbolic=symbolic)
        if same is not None:
            return same
    if symbolic and operator in COMPARISONS and len(specs) != 2:
        loose = [side for side in sides if side is None or isinstance(side, (list, tuple))]
        if loose:  # Keras's comparisons do not check their operands
            return Outcome(TensorSpec(OpenShape(), "bool", specs[0].kind))
    for index, side in enumerate(sides):
        _refuse(side, index)
    if operator in _SHIFTS and not any(s.kind in _LOOSE for s in specs):
        raise bad(f"tensors do not have the operator {operator}", exception="TypeError")
    if symbolic:
        _refuse_symbolic(left, right)
    if operator == "@":
        if len(specs) == 2 and not symbolic:
            require_one_dtype_of_factors(specs[0], specs[1])
        if symbolic and version in VECTORS_KEEP_AXES and any(map(_may_be_vector, specs)):
            return Outcome(TensorSpec(OpenShape(), None, TensorKind.KERAS), (REASON,))
        return matmul(_literal(left), _literal(right), symbolic=symbolic)
    if len(specs) == 2:
        return _elementwise(operator, specs, symbolic=symbolic)
    spec, other = specs[0], right if isinstance(left, TensorSpec) else left
    if isinstance(other, complex) and not symbolic:
        _refuse_complex(spec)
    if isinstance(other, (int, float, complex)) or (isinstance(other, Expr) and not other.nullable):
        return Outcome(
            TensorSpec(spec.shape, _dtype(operator, spec, other, symbolic=symbolic), spec.kind)
        )
    literal = literal_spec(other)
    if literal is not None:
        pair = [literal, spec] if other is left else [spec, literal]
        if operator in _IDENTITY:
            return _unequal(pair)
        outcome = elementwise(tuple(pair), operator)
        dtype = "bool" if operator in COMPARISONS else spec.dtype
        return replace(outcome, outputs=replace(outcome.outputs, dtype=dtype))
    doubts = () if spec.dims == () else ("an operand is not known",)  # one number goes with all
    return Outcome(TensorSpec(OpenShape(), None, spec.kind), doubts)


_LOOSE = frozenset({TensorKind.ARRAY, TensorKind.ANY})


def _identity(operator: str, sides: tuple[object, object], *, symbolic: bool) -> Outcome | None:
    """``==`` and ``!=`` where they compare nothing: with None, and ``==`` on Keras 3's symbolic tensors."""
    if symbolic and operator == "==":
        return Outcome(UNKNOWN, ("`==` asks whether two Keras tensors are the same object",))
    if any(isinstance(side, SubLayer) for side in sides):
        return Outcome(UNKNOWN)
    if None in [side for side in sides if not isinstance(side, TensorSpec)]:
        return Outcome(UNKNOWN) if symbolic else Outcome(operator == "!=")
    return None


def _refuse(side: object, index: int) -> None:
    if isinstance(side, SubLayer):
        raise layer_as_tensor("TypeError", index, what="an operand")
    if side is None:
        raise bad("an operand is None", exception="TypeError", operand=index)


def _refuse_symbolic(left: object, right: object) -> None:
    """Keras 3's symbolic tensors take no lists, and may not follow an array."""
    for index, side in enumerate((left, right)):
        if isinstance(side, (list, tuple)):
            raise bad(
                f"an operand is a {type(side).__name__}, which Keras 3 does not convert",
                operand=index,
                hint="make it an array first: numpy.array([...])",
            )
    if isinstance(left, TensorSpec) and left.kind is TensorKind.ARRAY and left.dims:
        raise contradiction(
            "NumPy cannot convert a Keras tensor to the right of an array",
            hint="swap the operands, or use keras.ops",
        )


def _refuse_complex(spec: TensorSpec) -> None:
    """TensorFlow makes the number one of the tensor's type."""
    if spec.kind in _TYPED and spec.dtype in NUMBERS:
        raise bad(
            f"a complex number cannot be converted to {spec.dtype}, the type of the tensor",
            hint="cast the tensor with tf.cast",
            exception="TypeError",
        )


def literal_spec(value: object) -> TensorSpec | None:
    """The tensor that TensorFlow makes of nested lists of numbers."""
    dims = _literal_dims(value)
    return None if dims is None else TensorSpec(Shape(dims), None, TensorKind.ARRAY)


def _literal_dims(value: object) -> tuple[Dim, ...] | None:
    if isinstance(value, (int, float)):
        return ()
    if not isinstance(value, (list, tuple)):
        return None
    inner = [_literal_dims(item) for item in value]
    first = inner[0] if inner else ()
    if first is None or any(other != first for other in inner):
        return None
    return (len(value), *first)


def _literal(value: object) -> object:
    return value if isinstance(value, TensorSpec) else literal_spec(value) or value


def _dtype(operator: str, spec: TensorSpec, other: object, *, symbolic: bool) -> str | None:
    """The dtype of a tensor and a number, where it is certain."""
    if operator in COMPARISONS or (operator in _BITS and symbolic):
        return "bool"
    if spec.dtype in FLOATS:
        return spec.dtype
    whole = isinstance(other, (int, Expr)) and not isinstance(other, bool)
    if operator == "/":
        return _quotient(spec.dtype) if whole and spec.kind in _TYPED and not symbolic else None
    return spec.dtype if whole and spec.dtype != "bool" else None


def _quotient(dtype: str | None) -> str | None:
    """What TensorFlow makes of whole numbers that are divided."""
    return "float64" if dtype in ("int32", "int64") else None


def _elementwise(operator: str, specs: list[TensorSpec], *, symbolic: bool) -> Outcome:
    if operator != "==" and not _casts_to_bool(operator, specs):
        require_one_dtype(specs, symbolic=symbolic)
    if operator in _OF_NUMBERS:
        require_numbers(specs, symbolic=symbolic)
    if operator in _IDENTITY and not symbolic:
        return _unequal(specs)
    outcome = elementwise(tuple(specs), operator)
    dtype = outcome.outputs.dtype
    if operator in _BITS and symbolic:
        dtype = "bool"
    elif operator == "/" and dtype not in FLOATS:
        dtype = _quotient(dtype) if not symbolic else None
    return replace(outcome, outputs=replace(outcome.outputs, dtype=dtype))


def _casts_to_bool(operator: str, specs: list[TensorSpec]) -> bool:
    """Whether this is TensorFlow's ``*`` with a truth value, which makes one of the other side, too."""
    of_keras = any(spec.kind is TensorKind.KERAS for spec in specs)
    return operator == "*" and not of_keras and any(spec.dtype == "bool" for spec in specs)


def _unequal(specs: list[TensorSpec]) -> Outcome:
    """TensorFlow's ``==`` and ``!=``: shapes that do not fit are unequal, and no error."""
    kind = _kind_of(*specs)
    try:
        shape = elementwise(tuple(specs), "==").outputs.shape
    except Broken:
        shape = OpenShape()
    if any(not isinstance(dim, int) for spec in specs for dim in spec.dims or (None,)):
        shape = OpenShape()
    return Outcome(TensorSpec(shape, "bool", kind))


_TYPED = frozenset({TensorKind.KERAS, TensorKind.GRAPH, TensorKind.EAGER})


def require_one_dtype(specs: Sequence[TensorSpec], *, symbolic: bool) -> None:
    """Neither TensorFlow nor Keras 2 converts anything; Keras 3 promotes.

    An array becomes a tensor of the other's type.
    """
    kinds = {spec.kind for spec in specs}
    if symbolic or not kinds <= _TYPED:
        return
    found = list(dict.fromkeys(spec.dtype for spec in specs))
    if len(found) > 1 and None not in found:
        raise contradiction(
            f"tensors of the types {' and '.join(map(str, found))} cannot be combined",
            hint="cast one of them with tf.cast",
            exception="TypeError",
            cause=Plain.MIXED_TYPES,
        )


def require_numbers(specs: Sequence[TensorSpec], *, symbolic: bool) -> None:
    """TensorFlow calculates with no truth values, and does not order them; Keras 3 converts them."""
    if symbolic or not {spec.kind for spec in specs} <= _TYPED:
        return
    if all(spec.dtype == "bool" for spec in specs):
        raise contradiction(
            "it takes numbers, got tensors of bool",
            hint="cast them with tf.cast, or use tf.logical_and, tf.logical_or or tf.logical_xor",
            exception="TypeError",
            cause=Plain.MIXED_TYPES,
        )


def require_one_dtype_of_factors(left: TensorSpec, right: TensorSpec) -> None:
    """A product of two matrices may also mix one pair of types."""
    matrices = len(left.dims or (0, 0)) == len(right.dims or (0, 0)) == 2
    if not matrices or {left.dtype, right.dtype} != {"float32", "bfloat16"}:
        require_one_dtype((left, right), symbolic=False)


def _kind_of(*specs: TensorSpec) -> TensorKind:
    return strongest({spec.kind for spec in specs})


def elementwise(specs: tuple[TensorSpec, ...], operator: str = "") -> Outcome:
    """NumPy's broadcasting, from left to right, batch axis included."""
    shape: AnyShape = specs[0].shape
    doubts: list[Doubt] = []
    for index, spec in enumerate(specs[1:], 1):
        step = broadcast(shape, spec.shape, NonePolicy.SIZE_WINS)
        if step.conflict is not None:
            raise _conflict(specs, index, shape, step.conflict.axis)
        shape = step.shape
        doubts += of_broadcast(step)
    dtypes = {spec.dtype for spec in specs}
    dtype = "bool" if operator in COMPARISONS else dtypes.pop() if len(dtypes) == 1 else None
    return Outcome(TensorSpec(shape, dtype, _kind_of(*specs)), told(doubts))


def _conflict(specs: tuple[TensorSpec, ...], index: int, running: AnyShape, axis: int) -> Broken:
    return contradiction(
        f"{format_shape(running)} and {specs[index]} cannot be broadcast",
        operands=(index - 1, index),
        axis=axis,
    )


# For these, products of symbolic vectors have axes of size 1.
VECTORS_KEEP_AXES = V3 & before("3.15")


def _may_be_vector(spec: TensorSpec) -> bool:
    return spec.dims is None or len(spec.dims) == 1


def matmul(left: object, right: object, *, symbolic: bool | None = None) -> Outcome:
    """The last axis of the left against the last but one of the right; the rest broadcasts.

    ``symbolic`` says whether Keras 3's shape function answers, which takes vectors; None leaves that to
    the kinds of the operands, and vectors undecided.
    """
    if not isinstance(left, TensorSpec) or not isinstance(right, TensorSpec):
        return Outcome(UNKNOWN, ("an operand is not known",))
    kind = _kind_of(left, right)
    a, b = left.dims, right.dims
    if a is None or b is None or not a or not b:
        return _open_matmul(left, right, kind)
    knows_vectors = kind is TensorKind.KERAS and symbolic is not False
    if (len(a) < 2 or len(b) < 2) and not knows_vectors and kind is not TensorKind.ARRAY:
        if symbolic is None or kind is TensorKind.ANY:
            return Outcome(TensorSpec(OpenShape(), None, kind), ("vectors in a matmul",))
        raise _vector(left, right)
    rows = (1, *a) if len(a) == 1 else a
    columns = (*b, 1) if len(b) == 1 else b
    if never_equal(rows[-1], columns[-2]):
        raise _inner(left, right, rows[-1], columns[-2])
    step = broadcast(Shape(rows[:-2]), Shape(columns[:-2]), NonePolicy.SIZE_WINS)
    if step.conflict is not None:
        raise _conflict((left, right), 1, left.shape, step.conflict.axis - 2)
    lead = step.shape.dims if isinstance(step.shape, Shape) else ()
    dims: list[Dim] = list(lead)
    if len(a) > 1:
        dims.append(rows[-2])
    if len(b) > 1:
        dims.append(columns[-1])
    doubts = of_broadcast(step) + of_equality([(rows[-1], columns[-2])])
    dtype = left.dtype if left.dtype == right.dtype else None
    return Outcome(TensorSpec(Shape(tuple(dims)), dtype, kind), told(doubts))


def _vector(left: TensorSpec, right: TensorSpec) -> Broken:
    return contradiction(
        f"matrix product of {left} and {right}: TensorFlow wants at least 2 axes",
    )


def _open_matmul(left: TensorSpec, right: TensorSpec, kind: TensorKind) -> Outcome:
    doubts = ("a rank is not known",)
    if right.dims is not None and len(right.dims) >= 2:
        return Outcome(TensorSpec(OpenShape((right.dims[-1],)), left.dtype, kind), doubts)
    return Outcome(TensorSpec(OpenShape(), left.dtype, kind), doubts)


def _inner(left: TensorSpec, right: TensorSpec, have: Dim, want: Dim) -> Broken:
    return contradiction(
        f"matrix product of {left} and {right}: the inner sizes {have} and {want} differ",
        axis=-1,
    )


def unary(operator: str, operand: TensorSpec, version: KerasVersion) -> Outcome:
    """``-x``, ``~x``, ``abs(x)``; there is no ``+x``."""
    if operator == "+" and operand.kind not in _LOOSE:
        raise bad("tensors do not have a unary +", exception="TypeError")
    symbolic = operand.kind is TensorKind.KERAS and version in V3
    if operator == "~" and symbolic:
        return Outcome(replace(operand, dtype="bool", data=None))
    if operator == "-" and isinstance(operand.data, (int, Expr)):
        return Outcome(replace(operand, data=sub(0, operand.data)))
    return Outcome(operand if operator == "+" else replace(operand, data=None))

"""Products: matrix products, dot, tensordot, einsum, outer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kerasmergelint.dataclass import dataclass, field, replace
from kerasmergelint.keras_api import operators
from kerasmergelint.keras_api.doubts import of_equality, told
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.ops import dtypes
from kerasmergelint.keras_api.ops.op import Op, OpCall, kind_of, some_tensor, tensor_of
from kerasmergelint.keras_api.problems import bad, contradiction
from kerasmergelint.keras_api.protocol import Broken, Outcome, TensorKind, TensorSpec
from kerasmergelint.keras_api.releases import REASON
from kerasmergelint.shapes import UNKNOWN, Dim, Expr, OpenShape, Shape, product
from kerasmergelint.shapes.broadcast import NonePolicy, broadcast, never_equal


def _pair(call: OpCall) -> tuple[TensorSpec, TensorSpec] | None:
    left, right = call.tensor("x"), call.tensor("y")
    return None if left is None or right is None else (left, right)


def _combined(left: TensorSpec, right: TensorSpec, dims: Iterable[Dim]) -> Outcome:
    return Outcome(TensorSpec(Shape(tuple(dims)), dtypes.common(left, right), kind_of(left, right)))


def _differ(left: TensorSpec, right: TensorSpec, a: Dim, b: Dim) -> Broken:
    return contradiction(
        f"{left} and {right}: the contracted sizes {a} and {b} differ",
    )


def _require_one_dtype(call: OpCall, specs: Sequence[TensorSpec]) -> None:
    """TensorFlow flattens both to matrices for some products, which may then mix one pair of types."""
    flattens = call.last in ("dot", "tensordot")
    if not flattens or {spec.dtype for spec in specs} != {"float32", "bfloat16"}:
        operators.require_one_dtype(specs, symbolic=call.promotes)


def _matmul(call: OpCall) -> Outcome:
    sides = _pair(call)
    if sides is None:
        return some_tensor(call)
    if (
        call.symbolic
        and call.version in operators.VECTORS_KEEP_AXES
        and any(map(_is_vector, sides))
    ):
        return some_tensor(call, REASON)
    turned: list[TensorSpec] = []
    for spec, flags in zip(sides, (("transpose_a", "adjoint_a"), ("transpose_b", "adjoint_b"))):
        switches = [call.get(flag, False) for flag in flags]
        if not all(switch in (True, False) for switch in switches):
            return some_tensor(call)
        turned.append(_swapped(spec) if any(switches) else spec)
    if call.space == "tf":
        if not call.promotes:
            operators.require_one_dtype_of_factors(*turned)
        for spec in turned:
            if spec.dims is not None and len(spec.dims) < 2:
                raise bad(f"{spec} has fewer than 2 axes")
    elif not call.symbolic and kind_of(*turned) is not TensorKind.KERAS:
        contracted = _by_tensordot(*turned)
        if contracted is not None:
            return contracted
    return operators.matmul(turned[0], turned[1])


def _by_tensordot(left: TensorSpec, right: TensorSpec) -> Outcome | None:
    """Products that Keras leaves to ``tf.tensordot``: vectors, and many rows times one matrix; else None.

    TensorFlow flattens both for it, which hides the contracted sizes until the program runs if any
    other size is open.
    """
    a, b = left.dims, right.dims
    if not a or not b or (1 not in (len(a), len(b)) and not (len(b) == 2 < len(a))):
        return None
    inner = -1 if len(b) == 1 else -2
    doubts: tuple[str, ...] = ()
    if never_equal(a[-1], b[inner]):
        if all(_has_size(dim) for dim in (*a, *b)):
            raise _differ(left, right, a[-1], b[inner])
        doubts = ("TensorFlow compares the contracted sizes at run time",)
    outcome = _combined(left, right, (*a[:-1], *b[:inner], *(b[-1:] if inner == -2 else ())))
    return replace(outcome, doubts=doubts)


def _has_size(dim: Dim) -> bool:
    """Whether TensorFlow knows the size when it builds, though we may not."""
    return isinstance(dim, int) or (isinstance(dim, Expr) and not dim.nullable)


def _is_vector(spec: TensorSpec) -> bool:
    return spec.dims is None or len(spec.dims) == 1


def _swapped(spec: TensorSpec) -> TensorSpec:
    dims = spec.dims
    if dims is None or len(dims) < 2:
        return spec.with_shape(OpenShape())
    return spec.with_shape(Shape((*dims[:-2], dims[-1], dims[-2])))


def _matvec(call: OpCall) -> Outcome:
    """A matrix and a vector, after batch axes."""
    sides = _pair(call)
    if sides is None or sides[0].dims is None or sides[1].dims is None:
        return some_tensor(call)
    left, right = sides
    if any(call.get(flag) for flag in ("transpose_a", "adjoint_a")):
        left = _swapped(left)
    a, b = left.dims, right.dims
    if a is None or b is None or len(a) < 2 or not b:
        return some_tensor(call)
    if never_equal(a[-1], b[-1]):
        raise _differ(left, right, a[-1], b[-1])
    step = broadcast(Shape(a[:-2]), Shape(b[:-1]), NonePolicy.SIZE_WINS)
    if step.conflict is not None:
        raise bad(f"the leading axes of {left} and {right} cannot be broadcast")
    lead = step.shape.dims if isinstance(step.shape, Shape) else ()
    return _combined(left, right, (*lead, a[-2]))


def _dot(call: OpCall) -> Outcome:
    """``K.dot``, ``ops.dot``: the last axis against the last but one."""
    sides = _pair(call)
    if sides is None:
        return some_tensor(call)
    _require_one_dtype(call, sides)
    left, right = sides
    a, b = left.dims, right.dims
    if a is None and b is not None and len(b) > 1:
        shape = OpenShape((*b[:-2], b[-1]))
        return Outcome(TensorSpec(shape, dtypes.common(left, right), kind_of(left, right)))
    if a is None or b is None:
        return some_tensor(call)
    if call.space == "ops" and (not a or not b):
        return _combined(left, right, (*a, *b))
    if call.space == "K" and (len(a) < 2 or len(b) < 2):
        return some_tensor(call)
    inner = b[-2] if len(b) > 1 else b[-1]
    if call.symbolic and len(b) == 1 and a[-1] != inner and None in (a[-1], inner):
        return some_tensor(call, "Keras takes None for a size of its own here")
    if never_equal(a[-1], inner):
        if call.space == "ops" and not call.symbolic and None in (*a, *b):
            return some_tensor(call, "TensorFlow compares at run time")
        raise _differ(left, right, a[-1], inner)
    found = _combined(left, right, (*a[:-1], *b[:-2], *b[-1:]) if len(b) > 1 else a[:-1])
    return replace(found, doubts=told(of_equality([(a[-1], inner)])))


def _batch_dot(call: OpCall) -> Outcome:
    """``K.batch_dot(x, y, axes)``: one axis of each, the batch kept."""
    sides, axes = _pair(call), call.get("axis")
    if sides is not None:
        _require_one_dtype(call, sides)
    if sides is None or sides[0].dims is None or sides[1].dims is None:
        return some_tensor(call)
    left, right = sides
    a, b = left.dims or (), right.dims or ()
    if len(a) < 2 or len(b) < 2:
        raise bad("both need a batch axis and one more")
    pair = (axes, axes) if type(axes) is int else axes
    if pair is None:
        pair = (len(a) - 1, len(b) - 1 if len(b) == 2 else len(b) - 2)
    if not isinstance(pair, (list, tuple)) or len(pair) != 2:
        return some_tensor(call)
    if not all(type(axis) is int for axis in pair):
        return some_tensor(call)
    places = []
    for axis, dims in zip(pair, (a, b)):
        if not -len(dims) <= axis < len(dims) or axis % len(dims) == 0:
            return some_tensor(call)
        places.append(axis % len(dims))
    if never_equal(a[0], b[0]):
        raise bad(f"the batches of {left} and {right} differ", 0)
    if never_equal(a[places[0]], b[places[1]]):
        raise _differ(left, right, a[places[0]], b[places[1]])
    first = [dim for axis, dim in enumerate(a) if axis not in (0, places[0])]
    second = [dim for axis, dim in enumerate(b) if axis not in (0, places[1])]
    result = [*first, *second] or [1]
    found = _combined(left, right, (a[0] if a[0] == b[0] else UNKNOWN, *result))
    return replace(found, doubts=told(of_equality([(a[0], b[0]), (a[places[0]], b[places[1]])])))


def _tensordot(call: OpCall) -> Outcome:
    sides, axes = _pair(call), call.get("axis", 2)
    if sides is not None:
        _require_one_dtype(call, sides)
    if sides is None or sides[0].dims is None or sides[1].dims is None:
        return some_tensor(call)
    left, right = sides
    a, b = left.dims or (), right.dims or ()
    pairs = _contracted(axes, len(a), len(b))
    if pairs is None:
        return some_tensor(call)
    for one, other in zip(*pairs):
        if never_equal(a[one], b[other]):
            if None in (*a, *b) or (call.symbolic and type(axes) is int):
                return some_tensor(call, "the sizes are compared at run time")
            raise _differ(left, right, a[one], b[other])
    first = [dim for axis, dim in enumerate(a) if axis not in pairs[0]]
    second = [dim for axis, dim in enumerate(b) if axis not in pairs[1]]
    return _combined(left, right, (*first, *second))


def _contracted(axes: object, left: int, right: int) -> tuple[list[int], list[int]] | None:
    if type(axes) is int:
        if not 0 <= axes <= min(left, right):
            return None
        return list(range(left - axes, left)), list(range(axes))
    if not isinstance(axes, (list, tuple)) or len(axes) != 2:
        return None
    sides = [list(side) if isinstance(side, (list, tuple)) else [side] for side in axes]
    if not all(type(axis) is int for side in sides for axis in side):
        return None
    if len(sides[0]) != len(sides[1]):
        return None
    ranks = (left, right)
    if any(not -rank <= axis < rank for side, rank in zip(sides, ranks) for axis in side):
        return None
    return [axis % left for axis in sides[0]], [axis % right for axis in sides[1]]


# -- einsum ---------------------------------------------------------------------------------


def _einsum(call: OpCall) -> Outcome:
    """Sizes of labels.  Keras's shape function does not compare them, TensorFlow does."""
    equation = call.get("equation", call.get("subscripts"))
    operands = list(call.get("operands", call.get("inputs", call.get("x", ()))) or ())
    specs = [spec for spec in map(tensor_of, operands) if spec is not None]
    if not isinstance(equation, str) or len(specs) != len(operands) or not specs:
        return some_tensor(call)
    _require_one_dtype(call, specs)
    terms, result = _labels(equation)
    if len(terms) != len(specs):
        raise bad(f"`{equation}` takes {len(terms)} tensors, {len(specs)} are given")
    specs = [_of_rank(spec, term) for spec, term in zip(specs, terms)]
    if any(spec.dims is None for spec in specs):
        return some_tensor(call)
    labels = _Labels(result if result is not None else _implied(terms))
    lead: tuple[Dim, ...] = ()
    for term, spec in zip(terms, specs):
        before, dots, after = term.partition("...")
        count = len(before) + len(after)
        dims = spec.dims or ()
        if (len(dims) < count) if dots else (len(dims) != count):
            if call.space == "ops" and not call.symbolic:
                return some_tensor(call, "Keras has kernels of its own for some equations")
            raise bad(f"`{term}` does not fit the rank of {spec}")
        middle = dims[len(before) : len(dims) - len(after)] if dots else ()
        lead = _ellipsis(lead, middle, call)
        named = [*zip(before, dims), *zip(after, dims[len(dims) - len(after) :])]
        if call.symbolic:
            labels.keep(named)
        else:
            labels.compare(named, specs)
    if labels.stretched:
        return some_tensor(call, "a label has the size 1 and another")
    return _combined_all(specs, labels.placed(lead, symbolic=call.symbolic))


def _of_rank(spec: TensorSpec, term: str) -> TensorSpec:
    """An operand of unknown rank, which has an axis for each letter."""
    if spec.dims is not None or "..." in term:
        return spec
    return spec.with_shape(Shape((UNKNOWN,) * len(term)))


def _labels(equation: str) -> tuple[list[str], str | None]:
    left, arrow, right = equation.replace(" ", "").partition("->")
    return left.split(","), right if arrow else None


def _implied(terms: list[str]) -> str:
    """Without an arrow: labels that occur once, in order of the alphabet."""
    letters = "".join(terms).replace("...", "")
    once = sorted(letter for letter in set(letters) if letters.count(letter) == 1)
    dots = "..." if any("..." in term for term in terms) else ""
    return dots + "".join(once)


@dataclass(slots=True)
class _Labels:
    """The sizes of the labels of an equation; ``stretched`` once a 1 has met another size."""

    result: str
    sizes: dict[str, Dim] = field(default_factory=dict)
    stretched: bool = False

    def keep(self, named: list[tuple[str, Dim]]) -> None:
        """Keras broadcasts what an operand shares with the result, and compares nothing else.

        A label that occurs twice in an operand has its first size.
        """
        for label, dim in dict(reversed(named)).items():
            have = self.sizes.setdefault(label, dim)
            if label in self.result:
                step = broadcast(Shape((have,)), Shape((dim,)), NonePolicy.SIZE_WINS)
                if step.conflict is not None:
                    raise bad(f"`{label}` is {have} and {dim}")
                joint = step.shape
                self.sizes[label] = joint.dims[0] if isinstance(joint, Shape) else UNKNOWN

    def compare(self, named: list[tuple[str, Dim]], specs: list[TensorSpec]) -> None:
        """TensorFlow compares all sizes of a label."""
        for label, dim in named:
            have = self.sizes.get(label)
            if have is not UNKNOWN and never_equal(have, dim):
                if 1 not in (have, dim):
                    raise bad(f"`{label}` is {have} and {dim} in {' and '.join(map(str, specs))}")
                self.sizes[label], self.stretched = UNKNOWN, True
            elif have is None:
                self.sizes[label] = dim

    def placed(self, lead: tuple[Dim, ...], *, symbolic: bool) -> list[Dim]:
        """The shape of the result."""
        before, dots, after = self.result.partition("...")
        if symbolic and dots:
            lead = (UNKNOWN,) * len(lead)
        new: Dim = 1 if symbolic else UNKNOWN
        return [
            *(self.sizes.get(label, new) for label in before),
            *(lead if dots else ()),
            *(self.sizes.get(label, new) for label in after),
        ]


def _ellipsis(have: tuple[Dim, ...], new: tuple[Dim, ...], call: OpCall) -> tuple[Dim, ...]:
    step = broadcast(Shape(have), Shape(new), NonePolicy.SIZE_WINS)
    if step.conflict is not None:
        if call.symbolic:
            return (UNKNOWN,) * max(len(have), len(new))
        raise bad(f"the axes of `...` do not broadcast: {Shape(have)} and {Shape(new)}")
    return step.shape.dims if isinstance(step.shape, Shape) else ()


def _combined_all(specs: list[TensorSpec], dims: list[Dim]) -> Outcome:
    return Outcome(TensorSpec(Shape(tuple(dims)), dtypes.common(*specs), kind_of(*specs)))


# -- the rest -------------------------------------------------------------------------------


def _outer(call: OpCall) -> Outcome:
    """Both flattened."""
    sides = _pair(call)
    if sides is None or sides[0].dims is None or sides[1].dims is None:
        return some_tensor(call)
    return _combined(*sides, (product(sides[0].dims), product(sides[1].dims)))


def _inner(call: OpCall) -> Outcome:
    """The last axes are contracted."""
    sides = _pair(call)
    if sides is None or sides[0].dims is None or sides[1].dims is None:
        return some_tensor(call)
    if not call.symbolic:
        return some_tensor(call, "TensorFlow does not infer it")
    left, right = sides
    a, b = left.dims or (), right.dims or ()
    if not a or not b:
        return _combined(left, right, (*a, *b))
    if never_equal(a[-1], b[-1]):
        raise _differ(left, right, a[-1], b[-1])
    return _combined(left, right, (*a[:-1], *b[:-1]))


def _vdot(call: OpCall) -> Outcome:
    sides = _pair(call)
    return some_tensor(call) if sides is None else _combined(*sides, ())


def _kron(call: OpCall) -> Outcome:
    sides = _pair(call)
    if sides is None or sides[0].dims is None or sides[1].dims is None:
        return some_tensor(call)
    left, right = sides
    a, b = left.dims or (), right.dims or ()
    if not call.symbolic or len(a) != len(b):
        return some_tensor(call, "its shape is not certain")
    return _combined(left, right, [product(pair) for pair in zip(a, b)])


def _cross(call: OpCall) -> Outcome:
    """``tf.linalg.cross``: vectors of three."""
    sides = _pair(call)
    if sides is None or call.space != "tf":
        return some_tensor(call)
    left, right = sides
    for spec in sides:
        if spec.dims is not None and (not spec.dims or never_equal(spec.dims[-1], 3)):
            raise bad(f"the last axis of {spec} is not 3")
    if left.dims is None or right.dims is None:
        return some_tensor(call)
    if len(left.dims) != len(right.dims):
        raise bad(f"{left} and {right} differ")
    for a, b in zip(left.dims, right.dims):
        if never_equal(a, b):
            raise bad(f"{left} and {right} differ")
    return _combined(left, right, [b if a is None else a for a, b in zip(left.dims, right.dims)])


OPS = (
    Op(("ops.matmul", "tf.matmul"), _matmul, Kind.MERGE),
    Op(("tf.linalg.matvec",), _matvec),
    Op(("K.dot", "ops.dot"), _dot, Kind.MERGE | Kind.BY_MATRIX),
    Op(("K.batch_dot",), _batch_dot, Kind.MERGE),
    Op(("tf.tensordot", "ops.tensordot"), _tensordot),
    Op(("tf.einsum", "ops.einsum"), _einsum),
    Op(("ops.outer",), _outer),
    Op(("ops.inner",), _inner),
    Op(("ops.vdot",), _vdot),
    Op(("ops.kron",), _kron),
    Op(("tf.linalg.cross",), _cross),
)  # fmt: skip

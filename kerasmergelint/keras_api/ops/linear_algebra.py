"""Matrices: determinants, inverses, decompositions, solving."""

from __future__ import annotations

from kerasmergelint.keras_api.ops.op import Op, OpCall, kind_of, made, some_tensor, unknown
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Outcome, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.shapes.broadcast import never_equal


def _matrix(call: OpCall, *, square: bool) -> TensorSpec | None:
    """The argument as a matrix; raises where it has fewer than 2 axes, or is not square.

    To Keras, None by a number is not square; TensorFlow takes the number for both.
    """
    spec = call.tensor()
    if spec is None or spec.dims is None:
        return None
    if len(spec.dims) < 2:
        raise bad(f"{spec} has fewer than 2 axes")
    if square and never_equal(spec.dims[-1], spec.dims[-2]):
        raise bad(f"{spec} is not square")
    rows, columns = spec.dims[-2:]
    if square and rows != columns and None in (rows, columns):
        if call.space == "ops":
            if all(size is None or isinstance(size, int) for size in (rows, columns)):
                raise bad(f"{spec} is not square")
            return None
        size = columns if rows is None else rows
        return spec.with_shape(Shape((*spec.dims[:-2], size, size)))
    return spec


def _same(call: OpCall) -> Outcome:
    spec = _matrix(call, square=True)
    return some_tensor(call) if spec is None else made(spec, spec.shape, None)


def _determinant(call: OpCall) -> Outcome:
    spec = _matrix(call, square=True)
    return (
        some_tensor(call) if spec is None or spec.dims is None else made(spec, spec.dims[:-2], None)
    )


def _log_determinant(call: OpCall) -> Outcome:
    """Keras's shape function does not check the matrix."""
    spec = call.tensor()
    dims = spec.dims if spec is not None else None
    if call.space == "ops" and (dims is None or len(dims) < 2 or dims[-1] != dims[-2]):
        return some_tensor(call)
    return _determinant(call)


def _sign_and_logarithm(call: OpCall) -> Outcome:
    """Keras's shape function does not check the matrix, and takes the sign for one number."""
    spec = call.tensor()
    square = spec is not None and len(spec.dims or ()) == 2 and None not in (spec.dims or ())
    square = square and spec is not None and len(set(spec.dims or ())) == 1
    if call.space == "ops" and not square:
        return unknown("what Keras says of it is not certain")
    outcome = _determinant(call)
    return Outcome((outcome.outputs, outcome.outputs), outcome.doubts)


def _eigen(call: OpCall) -> Outcome:
    """Values and vectors."""
    spec = _matrix(call, square=True)
    if spec is None or spec.dims is None:
        return Outcome((UNKNOWN, UNKNOWN), ("an input is not known",))
    kind = kind_of(spec)
    values = TensorSpec(Shape(spec.dims[:-1]), None, kind)
    return Outcome((values, TensorSpec(spec.shape, None, kind)))


def _least(a: Dim, b: Dim) -> Dim:
    if isinstance(a, int) and isinstance(b, int):
        return min(a, b)
    return a if a == b else UNKNOWN


def _qr(call: OpCall) -> Outcome:
    """An orthogonal and a triangular matrix."""
    spec = _matrix(call, square=False)
    if spec is None or spec.dims is None or call.get("mode", "reduced") != "reduced":
        return Outcome((UNKNOWN, UNKNOWN), ("an input is not known",))
    if call.get("full_matrices", False) is not False:
        return Outcome((UNKNOWN, UNKNOWN), ("an argument is not known",))
    *lead, rows, columns = spec.dims
    if call.symbolic and None in (rows, columns):
        raise bad(f"the last axes of {spec} must be known")
    inner = _least(rows, columns)
    kind = kind_of(spec)
    return Outcome(
        (
            TensorSpec(Shape((*lead, rows, inner)), None, kind),
            TensorSpec(Shape((*lead, inner, columns)), None, kind),
        )
    )


def _pseudo_inverse(call: OpCall) -> Outcome:
    spec = _matrix(call, square=False)
    if spec is None or spec.dims is None:
        return some_tensor(call)
    return made(spec, (*spec.dims[:-2], spec.dims[-1], spec.dims[-2]), None)


def _solve(call: OpCall) -> Outcome:
    """``a x = b``: the shape of ``b``."""
    right = call.tensor("y") or call.tensor("rhs")
    return some_tensor(call) if right is None or right.dims is None else _solved(call, right)


def _solved(call: OpCall, right: TensorSpec) -> Outcome:
    left = _matrix(call, square=call.last != "lstsq")
    if left is None or left.dims is None or right.dims is None:
        return some_tensor(call)
    if call.space != "ops":
        return some_tensor(call)
    if call.last == "lstsq":
        return some_tensor(call)
    return Outcome(TensorSpec(right.shape, None, kind_of(left, right)))


def _rank(call: OpCall) -> Outcome:
    spec = _matrix(call, square=False)
    return (
        some_tensor(call) if spec is None or spec.dims is None else made(spec, spec.dims[:-2], None)
    )


OPS = (
    Op(("ops.cholesky", "ops.inv", "tf.linalg.cholesky", "tf.linalg.inv"), _same),
    Op(("ops.det", "tf.linalg.det"), _determinant),
    Op(("tf.linalg.logdet", "ops.logdet"), _log_determinant),
    Op(("ops.slogdet", "tf.linalg.slogdet"), _sign_and_logarithm),
    Op(("ops.eig", "ops.eigh", "tf.linalg.eigh"), _eigen),
    Op(("ops.qr", "tf.linalg.qr"), _qr),
    Op(("ops.pinv", "tf.linalg.pinv"), _pseudo_inverse),
    Op(("ops.solve", "ops.solve_triangular"), _solve),
    Op(("ops.matrix_rank", "tf.linalg.matrix_rank"), _rank),
)  # fmt: skip

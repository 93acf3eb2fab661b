"""Ops that take a diagonal, or make a matrix of one."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.keras_api.ops.op import Op, OpCall, axis_in, made, some_tensor
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Outcome, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, add, product


def _diagonal(call: OpCall) -> Outcome:
    """``diagonal(x, offset, axis1, axis2)``: two axes vanish, their diagonal comes last."""
    spec, offset = call.tensor(), call.get("offset", 0)
    a, b = call.get("axis1", 0), call.get("axis2", 1)
    if spec is None or spec.dims is None or not all(type(i) is int for i in (offset, a, b)):
        return some_tensor(call)
    rank = len(spec.dims)
    if rank < 2:
        raise bad(f"{spec} has fewer than 2 axes")
    a, b = axis_in(a, rank, spec), axis_in(b, rank, spec)
    if a == b:
        raise bad("the two axes are the same")
    rest = [dim for place, dim in enumerate(spec.dims) if place not in (a, b)]
    length = _diagonal_length(spec.dims[a], spec.dims[b], offset)
    if length == 0 and not call.symbolic:
        return some_tensor(call, "TensorFlow may refuse a diagonal outside the matrix")
    return made(spec, [*rest, length])


def _diagonal_length(rows: Dim, columns: Dim, offset: int) -> Dim:
    if rows is None or columns is None:
        return None
    if not isinstance(rows, int) or not isinstance(columns, int):
        return rows if rows == columns and offset == 0 else UNKNOWN
    if offset >= 0:
        return max(min(rows, columns - offset), 0)
    return max(min(rows + offset, columns), 0)


def _trace(call: OpCall) -> Outcome:
    spec = call.tensor()
    a, b = call.get("axis1", 0), call.get("axis2", 1)
    if call.space == "tf":
        a, b = -2, -1
    if spec is None or spec.dims is None or type(a) is not int or type(b) is not int:
        return some_tensor(call)
    rank = len(spec.dims)
    if rank < 2:
        raise bad(f"{spec} has fewer than 2 axes")
    a, b = axis_in(a, rank, spec), axis_in(b, rank, spec)
    if a == b:
        return some_tensor(call, "the two axes are the same")
    if not call.symbolic and call.get("offset", 0) != 0:
        return some_tensor(call, "TensorFlow may refuse a diagonal outside the matrix")
    return made(spec, [dim for place, dim in enumerate(spec.dims) if place not in (a, b)], None)


_Rule = Callable[[OpCall, TensorSpec, int], Outcome]


def _where_inferred(rule: _Rule) -> Callable[[OpCall], Outcome]:
    """A rule for an input and the offset of its diagonal, where TensorFlow infers a shape at all."""

    def applied(call: OpCall) -> Outcome:
        spec, offset = call.tensor(), call.get("k", 0)
        if spec is None or spec.dims is None or type(offset) is not int:
            return some_tensor(call)
        if None in spec.dims and not call.symbolic:
            return some_tensor(call, "TensorFlow does not infer it")
        return rule(call, spec, offset)

    return applied


@_where_inferred
def _diag(call: OpCall, spec: TensorSpec, offset: int) -> Outcome:
    """``ops.diag``: a vector becomes a matrix, a matrix its diagonal."""
    assert spec.dims is not None
    if len(spec.dims) == 1:
        size = add(spec.dims[0], abs(offset))
        return made(spec, (size, size))
    if len(spec.dims) == 2:
        length = _diagonal_length(spec.dims[0], spec.dims[1], offset)
        if length == 0 and not call.symbolic:
            return some_tensor(call, "TensorFlow may refuse a diagonal outside the matrix")
        return made(spec, (length,))
    raise bad(f"{spec} has neither 1 nor 2 axes")


@_where_inferred
def _diagflat(call: OpCall, spec: TensorSpec, offset: int) -> Outcome:
    assert spec.dims is not None
    size = add(product(spec.dims), abs(offset))
    return made(spec, (size, size))


def _matrix_diag(call: OpCall) -> Outcome:
    """``tf.linalg.diag``: the last axis becomes two."""
    spec = call.tensor("diagonal")
    if spec is None or not spec.dims or call.get("k", 0) != 0:
        return some_tensor(call)
    if call.get("num_rows", -1) != -1 or call.get("num_cols", -1) != -1:
        return some_tensor(call)
    return made(spec, (*spec.dims, spec.dims[-1]))


def _diag_part(call: OpCall) -> Outcome:
    """``tf.linalg.diag_part``: the last two axes become one."""
    spec = call.tensor()
    if spec is None or spec.dims is None or call.get("k", 0) != 0:
        return some_tensor(call)
    if len(spec.dims) < 2:
        raise bad(f"{spec} has fewer than 2 axes")
    return made(spec, (*spec.dims[:-2], _diagonal_length(spec.dims[-2], spec.dims[-1], 0)))


OPS = (
    Op(("ops.diagonal",), _diagonal),
    Op(("ops.trace", "tf.linalg.trace"), _trace),
    Op(("ops.diag",), _diag),
    Op(("ops.diagflat",), _diagflat),
    Op(("tf.linalg.diag",), _matrix_diag),
    Op(("tf.linalg.diag_part",), _diag_part),
)

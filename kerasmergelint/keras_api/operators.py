"""``+ - * / @`` and the rest on tensors.  They broadcast the batch axis too, unlike merge layers."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    Outcome,
    Problem,
    ProblemKind,
    SubLayer,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, AnyShape, Dim, OpenShape, Shape, format_shape
from kerasmergelint.shapes.broadcast import NonePolicy, broadcast, never_equal

COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
_ORDER = (TensorKind.KERAS, TensorKind.GRAPH, TensorKind.ANY, TensorKind.EAGER, TensorKind.ARRAY)


def binary(operator: str, left: Any, right: Any, version: KerasVersion) -> Outcome:
    """``left operator right``, where one side at least is a tensor."""
    for index, side in enumerate((left, right)):
        _refuse(side, index)
    if operator == "@":
        return matmul(left, right, version)
    if isinstance(left, TensorSpec) and isinstance(right, TensorSpec):
        return elementwise((left, right), operator)
    spec, other = (left, right) if isinstance(left, TensorSpec) else (right, left)
    if isinstance(other, (int, float, complex)):
        return Outcome(TensorSpec(spec.shape, _dtype(operator, spec), spec.kind))
    return Outcome(TensorSpec(OpenShape(), None, spec.kind), ("an operand is not known",))


def _refuse(side: Any, index: int) -> None:
    if isinstance(side, SubLayer):
        raise Broken(
            Problem(
                ProblemKind.LAYER_AS_TENSOR,
                "TypeError",
                "an operand is a layer or model, not a tensor",
                (index,),
                hint="call it first, or use its `.output`",
            )
        )
    if side is None:
        raise Broken(Problem(ProblemKind.OPERATION, "TypeError", "an operand is None", (index,)))


def _dtype(operator: str, spec: TensorSpec) -> str | None:
    return "bool" if operator in COMPARISONS else spec.dtype


def kind_of(*specs: TensorSpec) -> TensorKind:
    """Where the result of an operation on these tensors lives."""
    kinds = {spec.kind for spec in specs}
    return next(kind for kind in _ORDER if kind in kinds)


def elementwise(specs: tuple[TensorSpec, ...], operator: str = "") -> Outcome:
    """NumPy's broadcasting, from left to right, batch axis included."""
    shape: AnyShape = specs[0].shape
    undecided = False
    for index, spec in enumerate(specs[1:], 1):
        step = broadcast(shape, spec.shape, NonePolicy.SIZE_WINS)
        if step.conflict is not None:
            raise _conflict(specs, index, shape, step.conflict.axis)
        shape, undecided = step.shape, undecided or step.undecided
    dtypes = {spec.dtype for spec in specs}
    dtype = "bool" if operator in COMPARISONS else dtypes.pop() if len(dtypes) == 1 else None
    doubts = ("sizes that are not known are compared",) if undecided else ()
    return Outcome(TensorSpec(shape, dtype, kind_of(*specs)), doubts)


def _conflict(specs: tuple[TensorSpec, ...], index: int, running: AnyShape, axis: int) -> Broken:
    return Broken(
        Problem(
            ProblemKind.OPERATION,
            "ValueError",
            f"{format_shape(running)} and {specs[index]} can not be broadcast",
            (index - 1, index),
            axis,
            "make the sizes agree, or insert an axis of size 1 with expand_dims",
        )
    )


def matmul(left: Any, right: Any, version: KerasVersion) -> Outcome:
    """The last axis of the left against the last but one of the right; the rest broadcasts."""
    if not isinstance(left, TensorSpec) or not isinstance(right, TensorSpec):
        return Outcome(UNKNOWN, ("an operand is not known",))
    kind = kind_of(left, right)
    a, b = left.dims, right.dims
    if a is None or b is None or not a or not b:
        return _open_matmul(left, right, kind)
    if (len(a) < 2 or len(b) < 2) and kind is not TensorKind.KERAS:
        return Outcome(TensorSpec(OpenShape(), None, kind), ("vectors in a matmul",))
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
    unsure = step.undecided or UNKNOWN in (rows[-1], columns[-2])
    return Outcome(
        TensorSpec(Shape(tuple(dims)), left.dtype, kind), ("sizes are not known",) if unsure else ()
    )


def _open_matmul(left: TensorSpec, right: TensorSpec, kind: TensorKind) -> Outcome:
    doubts = ("a rank is not known",)
    if right.dims is not None and len(right.dims) >= 2:
        return Outcome(TensorSpec(OpenShape((right.dims[-1],)), left.dtype, kind), doubts)
    return Outcome(TensorSpec(OpenShape(), left.dtype, kind), doubts)


def _inner(left: TensorSpec, right: TensorSpec, have: Dim, want: Dim) -> Broken:
    return Broken(
        Problem(
            ProblemKind.OPERATION,
            "ValueError",
            f"matrix product of {left} and {right}: the inner sizes {have} and {want} differ",
            (0, 1),
            -1,
            "transpose one of them, or project it to the other's size",
        )
    )


def unary(operator: str, operand: TensorSpec, version: KerasVersion) -> Outcome:
    """``-x``, ``~x``, ``abs(x)``."""
    return Outcome(operand)

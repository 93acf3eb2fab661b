"""Dot, as it behaves in Keras 2 and Keras 3.

It validates in ``build``, so Keras 3 checks most of it only at the first use of an instance, and again
where it computes.
"""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.doubts import of_batches, of_equality
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.layers.merge_inputs import (
    Operands,
    dtype_of,
    is_data,
    kind_of,
    operands_of,
    unknown_operands,
    word_for,
    wrong_operands,
)
from kerasmergelint.keras_api.problems import refused
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    LayerCall,
    Outcome,
    Problem,
    ProblemKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.shapes import Dim, Relation, Shape, compare, format_shape
from kerasmergelint.shapes.broadcast import never_equal


def _check_dot(config: Config, version: KerasVersion) -> None:
    axes = config.get("axes")
    if isinstance(axes, (list, tuple)):
        if len(axes) != 2:
            raise refused(f"`axes` must be an int or two ints, got {len(axes)}")
        if any(isinstance(axis, (float, str)) or axis is None for axis in axes):
            raise refused(f"`axes` must be an int or two ints, got {axes}")
    elif axes is None or isinstance(axes, (float, str)):
        raise refused(f"`axes` must be an int or two ints, got {axes!r}", "TypeError")


def _dot(call: LayerCall) -> Outcome:
    specs = operands_of(call)
    if specs is None:
        return unknown_operands()
    computes = is_data(specs)
    fresh = call.first is None or call.version in V2 or computes
    if len(specs) != 2:
        if fresh:
            raise wrong_operands(f"needs exactly 2 inputs, got {len(specs)}", "ValueError")
        return Outcome(TensorSpec(), ("a reused Dot",))
    left, right = specs
    axes = call.config.get("axes", -1)
    if left is None or right is None or left.dims is None or right.dims is None:
        return Outcome(TensorSpec(kind=kind_of(specs)), ("an input is not known",))
    pair = _dot_axes(axes, len(left.dims), len(right.dims))
    if pair is None:
        return Outcome(TensorSpec(kind=left.kind), ("the axes are not known",))
    outcome = _contracted(call, specs, (left.dims, right.dims), pair, fresh=fresh)
    if computes and never_equal(left.dims[0], right.dims[0]):
        raise _other_batches()
    batches = of_batches((left.dims[0], right.dims[0]))
    return replace(outcome, doubts=(*outcome.doubts, *batches)) if batches else outcome


def _dot_axes(axes: object, left: int, right: int) -> tuple[int, int] | None:
    if isinstance(axes, int):
        if axes < 0:
            return (axes % left if left else axes, axes % right if right else axes)
        return axes, axes
    if isinstance(axes, (list, tuple)) and len(axes) == 2 and all(isinstance(a, int) for a in axes):
        return axes[0], axes[1]
    return None


def _contracted(
    call: LayerCall,
    specs: Operands,
    dims: tuple[tuple[Dim, ...], tuple[Dim, ...]],
    axes: tuple[int, int],
    *,
    fresh: bool,
) -> Outcome:
    for index in (0, 1):
        if not -len(dims[index]) <= axes[index] < len(dims[index]):
            detail = f"axis {axes[index]} is out of range for {format_shape(Shape(dims[index]))}"
            hint = f"the axes go from 0 (batch) to {len(dims[index]) - 1}"
            raise _bad_axes(detail, (index,), axes[index], hint, exception="IndexError")
    sizes = dims[0][axes[0]], dims[1][axes[1]]
    if fresh and compare(*sizes).relation is Relation.NEVER:
        raise _dot_conflict(axes, sizes)
    if call.version in V2:
        _check_dot_v2(dims, axes)
    first, second = list(dims[0]), list(dims[1])
    first.pop(axes[0])
    second.pop(axes[1])
    if not second and call.version in V3:
        raise _bad_axes("vectors have no axis besides the batch", exception="IndexError")
    if second:
        second.pop(0)
    result = [*first, *second]
    if call.version in V2 and result and result[0] is None:
        result[0] = dims[1][0]
    if len(result) == 1:
        result.append(1)
    doubts = of_equality([sizes], "the contracted sizes are not known") if fresh else ()
    return Outcome(TensorSpec(Shape(tuple(result)), dtype_of(specs), kind_of(specs)), doubts)


def _bad_axes(
    detail: str,
    operands: tuple[int, ...] = (),
    axis: int | None = None,
    hint: str | None = None,
    *,
    exception: str = "ValueError",
) -> Broken:
    return Broken(Problem(ProblemKind.DOT_AXES, exception, detail, operands, axis, hint))


def _dot_conflict(axes: tuple[int, int], sizes: tuple[Dim, Dim]) -> Broken:
    return _bad_axes(
        f"size {word_for(sizes[0])} at axis {axes[0]} is contracted with size {word_for(sizes[1])}"
        f" at axis {axes[1]}",
        (0, 1),
        axes[0],
        "give both the same size there, or choose other axes",
    )


def _check_dot_v2(dims: tuple[tuple[Dim, ...], tuple[Dim, ...]], axes: tuple[int, int]) -> None:
    if any(axis % len(shape) == 0 for axis, shape in zip(axes, dims)):
        raise _bad_axes("the batch axis cannot be contracted", hint="choose other axes")
    if never_equal(dims[0][0], dims[1][0]):
        raise _other_batches()


def _other_batches() -> Broken:
    return _bad_axes("the batch sizes differ", (0, 1), 0, "both need the same batch size")


LAYERS = (
    LayerType(
        "Dot",
        _dot,
        Kind.MERGE | Kind.DOT | Kind.WEIGHING,
        single=False,
        check=_check_dot,
        refuses_tensors=False,
    ),
)

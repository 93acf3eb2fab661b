"""Concatenate, as it behaves in Keras 2 and Keras 3.

It validates in ``build``, so Keras 3 checks most of it only at the first use of an instance.
"""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.doubts import Doubt, of_equality, told
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.layer_type import Behaviour, Dtype, Integers, LayerType
from kerasmergelint.keras_api.layers.merge_inputs import (
    Operands,
    doubt_dtypes,
    dtype_of,
    is_data,
    kind_of,
    operands_of,
    unequal,
    unknown_operands,
)
from kerasmergelint.keras_api.problems import axis_out_of_range
from kerasmergelint.keras_api.protocol import (
    Broken,
    LayerCall,
    Outcome,
    Problem,
    ProblemKind,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.shapes import (
    UNKNOWN,
    Dim,
    OpenShape,
    Shape,
    add,
    format_shape,
    total,
)
from kerasmergelint.shapes.broadcast import never_equal


def _concatenate(call: LayerCall) -> Outcome:
    specs = operands_of(call)
    axis = call.config.get("axis", -1)
    if isinstance(axis, bool):
        axis = int(axis)
    if specs is None:
        return unknown_operands()
    _check_axis_type(axis)
    if call.first is None or call.version not in V3 or is_data(specs):
        return _checked(call, specs, axis)
    unchecked = _joined_unchecked(specs, axis)
    if any(spec is not None and spec.kind is TensorKind.KERAS for spec in specs):
        return unchecked
    doubts = dict.fromkeys((*unchecked.doubts, *_doubts_about_data(call, specs, axis)))
    return replace(unchecked, doubts=tuple(doubts))


def _doubts_about_data(call: LayerCall, specs: Operands, axis: object) -> tuple[Doubt, ...]:
    """What must hold of tensors that may be data, which are compared at every call."""
    try:
        return _checked(call, specs, axis).doubts
    except Broken:
        return ("the inputs differ, which only symbolic ones may",)


def _checked(call: LayerCall, specs: Operands, axis: object) -> Outcome:
    """As at the first use, and as TensorFlow does for data."""
    rank = _common_rank(specs)
    if rank is None:
        return _joined_open(specs, axis)
    if not isinstance(axis, int):
        _two_conflicts(specs)
        return Outcome(
            TensorSpec(Shape((UNKNOWN,) * rank), None, kind_of(specs)), ("the axis is not known",)
        )
    if call.first is not None and axis < 0:
        axis %= rank  # Keras 2 wraps it, and only once
    if not -rank <= axis < rank:
        if len(specs) == 1 and axis > 0 and call.version in V3:
            return Outcome(specs[0])
        raise _axis_range(axis, rank)
    doubts = _compare_columns(specs, axis % rank, rank) + doubt_dtypes(specs, call.version)
    return Outcome(_joined(specs, axis % rank, rank, call.version), doubts)


def _check_axis_type(axis: object) -> None:
    if axis is None or isinstance(axis, (str, float, list, tuple, TensorSpec)):
        what = "a tensor" if isinstance(axis, TensorSpec) else repr(axis)
        if isinstance(axis, (list, tuple)):
            what = f"a {type(axis).__name__}"
        detail = f"`axis` must be an integer, got {what}"
        raise Broken(Problem(ProblemKind.AXIS_RANGE, "TypeError", detail))


def _common_rank(specs: Operands) -> int | None:
    """The rank of all inputs, where it is known of one; raises where two certainly differ."""
    known = [(i, len(s.dims)) for i, s in enumerate(specs) if s is not None and s.dims is not None]
    for index, rank in known[1:]:
        if rank != known[0][1]:
            raise _ranks_differ(specs, (known[0][0], index))
    for index, spec in enumerate(specs):
        least = spec.shape.min_rank if spec is not None and isinstance(spec.shape, OpenShape) else 0
        if known and least > known[0][1]:
            raise _ranks_differ(specs, (known[0][0], index))
    return known[0][1] if known else None


def _ranks_differ(specs: Operands, pair: tuple[int, int]) -> Broken:
    shapes = [
        format_shape(spec.shape) for spec in (specs[pair[0]], specs[pair[1]]) if spec is not None
    ]
    return Broken(
        Problem(
            ProblemKind.CONCAT_RANKS,
            "ValueError",
            f"ranks differ: {' and '.join(shapes)}",
            pair,
        )
    )


def _axis_range(axis: int, rank: int) -> Broken:
    detail = f"axis {axis} is out of range for rank {rank}"
    return axis_out_of_range(
        detail, axis, "IndexError", f"the axes go from 0 (batch) to {rank - 1}"
    )


def _differ(specs: Operands, pair: tuple[int, int], axis: int, sizes: tuple[Dim, Dim]) -> Broken:
    return unequal(ProblemKind.CONCAT_SIZES, specs, pair, axis, sizes)


def _columns(specs: Operands, rank: int) -> list[list[tuple[int, Dim]]]:
    """The known sizes at each axis, with the index of their input."""
    columns: list[list[tuple[int, Dim]]] = [[] for _ in range(rank)]
    for index, spec in enumerate(specs):
        if spec is None:
            continue
        dims = spec.shape.dims if isinstance(spec.shape, Shape) else spec.shape.tail
        for offset, dim in enumerate(dims):
            columns[rank - len(dims) + offset].append((index, dim))
    return columns


def _conflict(column: list[tuple[int, Dim]]) -> tuple[tuple[int, Dim], tuple[int, Dim]] | None:
    """Two inputs that certainly differ in a column."""
    for place, (index, dim) in enumerate(column):
        for other, size in column[place + 1 :]:
            if never_equal(dim, size):
                return (index, dim), (other, size)
    return None


def _compare_columns(specs: Operands, axis: int, rank: int) -> tuple[Doubt, ...]:
    """The sizes at every other axis must agree; what cannot be decided is a doubt."""
    columns = _columns(specs, rank)
    conflicts = {place: _conflict(column) for place, column in enumerate(columns)}
    for place, found in conflicts.items():
        if place != axis and found is not None:
            (left, size), (right, other) = found
            raise _differ(specs, (left, right), place, (size, other))
    if any(spec is None or spec.dims is None for spec in specs):
        return ("an input is not known",)
    return told(
        doubt
        for place, column in enumerate(columns)
        if place != axis
        for doubt in _agreement(column, place)
    )


def _agreement(column: list[tuple[int, Dim]], place: int) -> tuple[Doubt, ...]:
    sizes = [dim for _, dim in column if dim is not None]
    words = f"the sizes at axis {place} are not known"
    return of_equality([(sizes[0], dim) for dim in sizes[1:]], words)


def _two_conflicts(specs: Operands) -> None:
    """Two differing axes, which are one too many for any ``axis``."""
    rank = _common_rank(specs)
    if rank is None:
        return
    found = [(p, _conflict(c)) for p, c in enumerate(_columns(specs, rank))]
    bad = [(place, pair) for place, pair in found if pair is not None]
    if len(bad) > 1:
        place, ((left, size), (right, other)) = bad[0]
        raise _differ(specs, (left, right), place, (size, other))


def _joined(specs: Operands, axis: int, rank: int, version: KerasVersion) -> TensorSpec:
    """The first input's shape with the sizes at the axis added up.

    In the graph of a call TensorFlow knows more than Keras: a size that one input has, all have.
    """
    columns = [[dim for _, dim in column] for column in _columns(specs, rank)]
    first = specs[0]
    dims: list[Dim] = list(first.dims) if first is not None and first.dims else [UNKNOWN] * rank
    if first is not None and isinstance(first.shape, OpenShape):
        dims[rank - len(first.shape.tail) :] = first.shape.tail
    if version in V2 or kind_of(specs) is TensorKind.GRAPH:
        dims = [next((d for d in column if d is not None), None) for column in columns]
        if any(len(column) < len(specs) for column in columns):
            dims = [d if d is not None else UNKNOWN for d in dims]
    complete = len(columns[axis]) == len(specs)
    dims[axis] = total(columns[axis]) if complete else (None if None in columns[axis] else UNKNOWN)
    return TensorSpec(Shape(tuple(dims)), dtype_of(specs), kind_of(specs))


def _joined_open(specs: Operands, axis: object) -> Outcome:
    """No rank is known: tails can still be compared, and the last axis added up."""
    doubts = ("the ranks of the inputs are not known",)
    tails = [
        spec.shape.tail if spec is not None and isinstance(spec.shape, OpenShape) else ()
        for spec in specs
    ]
    shortest = min(len(tail) for tail in tails)
    if isinstance(axis, int) and axis < 0:
        longest = max(len(tail) for tail in tails)
        for place in range(1, longest + 1):
            column = [(i, tail[-place]) for i, tail in enumerate(tails) if len(tail) >= place]
            found = _conflict(column)
            if -place != axis and found is not None:
                (left, size), (right, other) = found
                raise _differ(specs, (left, right), -place, (size, other))
    if axis == -1 and shortest >= 1:
        last = total([tail[-1] for tail in tails])
        return Outcome(TensorSpec(OpenShape((last,)), dtype_of(specs), kind_of(specs)), doubts)
    return Outcome(TensorSpec(OpenShape((), 1), None, kind_of(specs)), doubts)


def _joined_unchecked(specs: Operands, axis: object) -> Outcome:
    """At a second use Keras 3 no longer compares anything."""
    first = specs[0]
    if first is None or first.dims is None or not isinstance(axis, int):
        return Outcome(TensorSpec(kind=kind_of(specs)), ("an input is not known",))
    dims: list[Dim] = list(first.dims)
    try:
        for spec in specs[1:]:
            size = UNKNOWN if spec is None or spec.dims is None else spec.dims[axis]
            dims[axis] = add(dims[axis], size)
    except IndexError:
        raise _axis_range(axis, len(dims)) from None
    return Outcome(TensorSpec(Shape(tuple(dims)), dtype_of(specs), first.kind))


LAYERS = (
    LayerType(
        "Concatenate",
        _concatenate,
        Kind.MERGE | Kind.JOIN,
        single=False,
        refuses_tensors=False,
        behaviours=(Behaviour(V2, dtype=Dtype.INPUT, integers=Integers.TAKEN),),
    ),
)

"""The eight merge layers and their functional forms, as Keras 2 and Keras 3 really behave.

Merges validate in ``build``, so Keras 3 checks most of it only at the first use of an instance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kerasmergelint.keras_api.layers.layer_type import Dtype, LayerType, refused
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    KerasVersion,
    LayerCall,
    Opaque,
    Outcome,
    Problem,
    ProblemKind,
    SubLayer,
    TensorSpec,
)
from kerasmergelint.shapes import (
    UNKNOWN,
    AnyShape,
    Dim,
    OpenShape,
    Relation,
    Shape,
    add,
    compare,
    format_shape,
    total,
)
from kerasmergelint.shapes.broadcast import NonePolicy, broadcast, never_equal

# -- inputs ---------------------------------------------------------------------------------


def _operands(call: LayerCall, name: str) -> list[TensorSpec | None] | None:
    """The inputs as a list, None for an unknown one; None if the list itself is not known."""
    inputs = call.inputs
    if inputs is UNKNOWN:
        return None
    if isinstance(inputs, SubLayer):
        raise _layer_passed(call.version)
    if isinstance(inputs, TensorSpec):
        raise _inputs("must be called on a list of tensors, got a single tensor", "ValueError",
                      "put the tensors into one list")  # fmt: skip
    if isinstance(inputs, dict):
        raise _inputs("must be called on a list of tensors, got a dict", "KeyError")
    if isinstance(inputs, Opaque):
        if inputs.description in ("set", "iterator", "GeneratorV"):
            raise _inputs(
                f"must be called on a list of tensors, got a {inputs.description}", "ValueError"
            )
        return None
    if not isinstance(inputs, (list, tuple)):
        raise _inputs(f"must be called on a list of tensors, got {inputs!r}", "ValueError")
    if not inputs:
        raise _inputs("is called on an empty list", "TypeError")
    return [_operand(item, index, call.version) for index, item in enumerate(inputs)]


def _operand(item: Any, index: int, version: KerasVersion) -> TensorSpec | None:
    if isinstance(item, TensorSpec):
        return item
    if item is UNKNOWN or isinstance(item, Opaque):
        return None
    if isinstance(item, SubLayer):
        raise _layer_passed(version, index)
    what = "None" if item is None else f"a {type(item).__name__}"
    raise Broken(
        Problem(
            ProblemKind.MERGE_INPUTS,
            "AttributeError" if item is None and version is KerasVersion.V3 else "ValueError",
            f"input {index} is {what}, not a tensor",
            (index,),
            hint="a function without a return gives None" if item is None else None,
        )
    )


def _layer_passed(version: KerasVersion, index: int = 0) -> Broken:
    return Broken(
        Problem(
            ProblemKind.LAYER_AS_TENSOR,
            "ValueError" if version is KerasVersion.V3 else "TypeError",
            f"input {index} is a layer or model, not a tensor",
            (index,),
            hint="call it first, or use its `.output`",
        )
    )


def _inputs(detail: str, exception: str, hint: str | None = None) -> Broken:
    return Broken(Problem(ProblemKind.MERGE_INPUTS, exception, detail, hint=hint))


def _kind(specs: Sequence[TensorSpec | None]) -> Any:
    return next((spec.kind for spec in specs if spec is not None), TensorSpec().kind)


# -- element-wise ---------------------------------------------------------------------------


def _elementwise(name: str) -> Callable[[LayerCall], Outcome]:
    def rule(call: LayerCall) -> Outcome:
        specs = _operands(call, name)
        if specs is None:
            return Outcome(TensorSpec(), ("the list of inputs is not known",))
        fresh = call.first is None or call.version is KerasVersion.V2
        if fresh:
            _check_batches(specs)
        outcome = _fold(specs, call.version)
        if name == "Subtract" and fresh and len(specs) != 2:
            raise _inputs(f"needs exactly 2 inputs, got {len(specs)}", "ValueError")
        return outcome

    return rule


def _check_batches(specs: Sequence[TensorSpec | None]) -> None:
    """Known batch sizes must agree; 1 is not stretched."""
    known = [
        (index, spec.dims[0]) for index, spec in enumerate(specs) if spec is not None and spec.dims
    ]
    for index, size in known[1:]:
        if never_equal(known[0][1], size):
            raise _unequal(ProblemKind.BROADCAST, specs, (known[0][0], index), 0, known[0][1], size)


def _fold(specs: Sequence[TensorSpec | None], version: KerasVersion) -> Outcome:
    """From left to right over the shapes without their batch axis."""
    doubts = [] if all(spec is not None for spec in specs) else ["an input is not known"]
    running = _body(specs[0])
    strict = running
    for index, spec in enumerate(specs[1:], 1):
        step = broadcast(running, _body(spec), NonePolicy.NONE_WINS)
        if step.conflict is not None:
            raise _does_not_broadcast(specs, index, step.conflict.axis)
        running = step.shape
        if step.undecided:
            doubts.append("sizes that are not known are compared")
        if version is KerasVersion.V2:
            again = broadcast(strict, _body(spec), NonePolicy.SIZE_WINS)
            if again.conflict is not None:
                raise _does_not_broadcast(specs, index, again.conflict.axis)
            strict = again.shape
    body = strict if version is KerasVersion.V2 and len(specs) > 1 else running
    doubts += _doubt_dtypes(specs, version)
    return Outcome(
        TensorSpec(_with_batch(body, specs), _dtype(specs), _kind(specs)), tuple(doubts[:1])
    )


def _body(spec: TensorSpec | None) -> AnyShape:
    """A shape without its batch axis."""
    if spec is None:
        return OpenShape()
    if isinstance(spec.shape, Shape):
        return Shape(spec.shape.dims[1:])
    certain = min(len(spec.shape.tail), spec.shape.min_rank - 1)
    tail = spec.shape.tail[len(spec.shape.tail) - certain :] if certain > 0 else ()
    return OpenShape(tail, max(spec.shape.min_rank - 1, 0))


def _with_batch(body: AnyShape, specs: Sequence[TensorSpec | None]) -> AnyShape:
    if isinstance(body, OpenShape):
        return OpenShape(body.tail, body.min_rank + 1)
    batches = [spec.dims[0] if spec is not None and spec.dims else UNKNOWN for spec in specs]
    known: Dim = next((size for size in batches if isinstance(size, int)), None)
    if known is None and UNKNOWN in batches:
        return Shape((UNKNOWN, *body.dims))
    if known is None:
        known = next((size for size in batches if size is not None), None)
    return Shape((known, *body.dims))


def _dtype(specs: Sequence[TensorSpec | None]) -> str | None:
    names = {spec.dtype if spec is not None else None for spec in specs}
    return names.pop() if len(names) == 1 else None


def _doubt_dtypes(specs: Sequence[TensorSpec | None], version: KerasVersion) -> tuple[str, ...]:
    """Keras 2 hands integers and floats to TensorFlow as they are, which refuses to mix them."""
    if version is KerasVersion.V3:
        return ()
    names = {spec.dtype for spec in specs if spec is not None and spec.dtype is not None}
    kinds = {"float" if "float" in name else name for name in names}
    return ("integers and floats are mixed",) if len(kinds) > 1 else ()


def _does_not_broadcast(specs: Sequence[TensorSpec | None], index: int, axis: int) -> Broken:
    """Blame the first earlier input whose size at that axis really is in the way."""
    size = _at(specs[index], axis)
    for earlier in range(index):
        other = _at(specs[earlier], axis)
        if never_equal(other, size) and other != 1:
            return _unequal(ProblemKind.BROADCAST, specs, (earlier, index), axis, other, size)
    return _unequal(ProblemKind.BROADCAST, specs, (0, index), axis, _at(specs[0], axis), size)


def _at(spec: TensorSpec | None, axis: int) -> Dim:
    if spec is None:
        return UNKNOWN
    dims = spec.shape.dims if isinstance(spec.shape, Shape) else spec.shape.tail
    try:
        return dims[axis]
    except IndexError:
        return UNKNOWN


def _unequal(
    kind: ProblemKind,
    specs: Sequence[TensorSpec | None],
    pair: tuple[int, int],
    axis: int,
    left: Dim,
    right: Dim,
    hint: str | None = None,
) -> Broken:
    place = _positive_axis(specs, pair, axis)
    return Broken(
        Problem(
            kind,
            "ValueError",
            f"axis {place} differs: {_word(left)} and {_word(right)}",
            pair,
            place,
            hint or _repair(kind, specs, pair, axis, left, right),
        )
    )


def _word(dim: Dim) -> str:
    return "?" if dim is UNKNOWN else str(dim)


def _positive_axis(specs: Sequence[TensorSpec | None], pair: tuple[int, int], axis: int) -> int:
    """An axis counted from the left, if both shapes have the same known rank."""
    ranks = {len(spec.dims) if spec is not None and spec.dims is not None else None
             for spec in (specs[pair[0]], specs[pair[1]])}  # fmt: skip
    rank = ranks.pop() if len(ranks) == 1 else None
    return axis + rank if rank is not None and axis < 0 else axis


def _repair(
    kind: ProblemKind,
    specs: Sequence[TensorSpec | None],
    pair: tuple[int, int],
    axis: int,
    left: Dim,
    right: Dim,
) -> str | None:
    """The likeliest repair of an element-wise merge."""
    ranks = [len(spec.dims) if spec is not None and spec.dims is not None else 0
             for spec in (specs[pair[0]], specs[pair[1]])]  # fmt: skip
    if ranks[0] != ranks[1]:
        return "bring both to the same rank, with Reshape, Flatten or a global pooling"
    last = axis in (-1, ranks[0] - 1)
    if last and ranks[0] >= 4:
        return f"project one of them with a 1x1 convolution to {_word(left)} channels"
    if last:
        return f"give both the same size, for example Dense({_word(left)})"
    return "make the strides and paddings of both branches agree, or crop one of them"


# -- Concatenate ----------------------------------------------------------------------------


def _concatenate(call: LayerCall) -> Outcome:
    specs = _operands(call, "Concatenate")
    axis = call.config.get("axis", -1)
    if isinstance(axis, bool):
        axis = int(axis)
    if specs is None:
        return Outcome(TensorSpec(), ("the list of inputs is not known",))
    _check_axis_type(axis)
    if call.first is not None and call.version is KerasVersion.V3:
        return _joined_unchecked(specs, axis)
    rank = _common_rank(specs)
    if rank is None:
        return _joined_open(specs, axis)
    if not isinstance(axis, int):
        _two_conflicts(specs)
        return Outcome(
            TensorSpec(Shape((UNKNOWN,) * rank), None, _kind(specs)), ("the axis is not known",)
        )
    if call.first is not None and axis < 0:
        axis %= rank  # Keras 2 wraps it, and looks at it only once
    if not -rank <= axis < rank:
        if len(specs) == 1 and axis > 0 and call.version is KerasVersion.V3:
            return Outcome(specs[0])
        raise _axis_range(axis, rank)
    doubts = _compare_columns(specs, axis % rank, rank) + _doubt_dtypes(specs, call.version)
    return Outcome(_joined(specs, axis % rank, rank, call.version), doubts)


def _check_axis_type(axis: Any) -> None:
    if axis is None or isinstance(axis, (str, float, list, tuple, TensorSpec)):
        what = "a tensor" if isinstance(axis, TensorSpec) else repr(axis)
        if isinstance(axis, (list, tuple)):
            what = f"a {type(axis).__name__}"
        raise Broken(
            Problem(ProblemKind.AXIS_RANGE, "TypeError", f"`axis` must be an integer, got {what}")
        )


def _common_rank(specs: Sequence[TensorSpec | None]) -> int | None:
    """The rank of all inputs, as far as it is known of any; raises if two certainly differ."""
    known = [(i, len(s.dims)) for i, s in enumerate(specs) if s is not None and s.dims is not None]
    for index, rank in known[1:]:
        if rank != known[0][1]:
            raise _ranks_differ(specs, (known[0][0], index))
    for index, spec in enumerate(specs):
        least = spec.shape.min_rank if spec is not None and isinstance(spec.shape, OpenShape) else 0
        if known and least > known[0][1]:
            raise _ranks_differ(specs, (known[0][0], index))
    return known[0][1] if known else None


def _ranks_differ(specs: Sequence[TensorSpec | None], pair: tuple[int, int]) -> Broken:
    shapes = [
        format_shape(spec.shape) for spec in (specs[pair[0]], specs[pair[1]]) if spec is not None
    ]
    return Broken(
        Problem(
            ProblemKind.CONCAT_RANKS,
            "ValueError",
            f"ranks differ: {' and '.join(shapes)}",
            pair,
            hint="bring both to the same rank, with Reshape, Flatten or a global pooling",
        )
    )


def _axis_range(axis: int, rank: int) -> Broken:
    return Broken(
        Problem(
            ProblemKind.AXIS_RANGE,
            "IndexError",
            f"axis {axis} is out of range for rank {rank}",
            axis=axis,
            hint=f"the axes go from 0 (batch) to {rank - 1}",
        )
    )


def _columns(specs: Sequence[TensorSpec | None], rank: int) -> list[list[tuple[int, Dim]]]:
    """For each axis the sizes that are known there, with the index of their input."""
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


def _compare_columns(specs: Sequence[TensorSpec | None], axis: int, rank: int) -> tuple[str, ...]:
    """Every size off the axis must agree; what could not be decided is a doubt."""
    columns = _columns(specs, rank)
    conflicts = {place: _conflict(column) for place, column in enumerate(columns)}
    for place, found in conflicts.items():
        if place != axis and found is not None:
            (left, size), (right, other) = found
            hint = _other_axis(conflicts, axis, place)
            raise _unequal(ProblemKind.CONCAT_SIZES, specs, (left, right), place, size, other, hint)
    if any(spec is None or spec.dims is None for spec in specs):
        return ("an input is not known",)
    for place, column in enumerate(columns):
        if place != axis and not _agrees(column):
            return (f"the sizes at axis {place} are not known",)
    return ()


def _agrees(column: list[tuple[int, Dim]]) -> bool:
    sizes = [dim for _, dim in column if dim is not None]
    return all(compare(sizes[0], dim).relation is Relation.EQUAL for dim in sizes[1:])


def _other_axis(conflicts: Mapping[int, Any], axis: int, place: int) -> str:
    """If one axis alone differs, concatenating along it would work."""
    differing = [index for index, found in conflicts.items() if found is not None]
    if differing == [place] and place > 0:
        return f"concatenate along axis {place}, or make the sizes there agree"
    if place == 0:
        return "the batch sizes must agree"
    return "make the sizes agree, with the same strides and paddings, or Cropping/ZeroPadding"


def _two_conflicts(specs: Sequence[TensorSpec | None]) -> None:
    """Whatever the axis is, two differing axes are one too many."""
    rank = _common_rank(specs)
    if rank is None:
        return
    found = [(p, _conflict(c)) for p, c in enumerate(_columns(specs, rank))]
    bad = [(place, pair) for place, pair in found if pair is not None]
    if len(bad) > 1:
        place, ((left, size), (right, other)) = bad[0]
        raise _unequal(ProblemKind.CONCAT_SIZES, specs, (left, right), place, size, other,
                       "two axes differ, so no axis fits")  # fmt: skip


def _joined(
    specs: Sequence[TensorSpec | None], axis: int, rank: int, version: KerasVersion
) -> TensorSpec:
    """The first input's shape with the sizes at the axis added up."""
    columns = [[dim for _, dim in column] for column in _columns(specs, rank)]
    first = specs[0]
    dims: list[Dim] = list(first.dims) if first is not None and first.dims else [UNKNOWN] * rank
    if first is not None and isinstance(first.shape, OpenShape):
        dims[rank - len(first.shape.tail) :] = first.shape.tail
    if version is KerasVersion.V2:
        dims = [next((d for d in column if d is not None), None) for column in columns]
        if any(len(column) < len(specs) for column in columns):
            dims = [d if d is not None else UNKNOWN for d in dims]
    complete = len(columns[axis]) == len(specs)
    dims[axis] = total(columns[axis]) if complete else (None if None in columns[axis] else UNKNOWN)
    return TensorSpec(Shape(tuple(dims)), _dtype(specs), _kind(specs))


def _joined_open(specs: Sequence[TensorSpec | None], axis: Any) -> Outcome:
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
                raise _unequal(ProblemKind.CONCAT_SIZES, specs, (left, right), -place, size, other,
                               "make the sizes agree")  # fmt: skip
    if axis == -1 and shortest >= 1:
        last = total([tail[-1] for tail in tails])
        return Outcome(TensorSpec(OpenShape((last,)), _dtype(specs), _kind(specs)), doubts)
    return Outcome(TensorSpec(OpenShape((), 1), None, _kind(specs)), doubts)


def _joined_unchecked(specs: Sequence[TensorSpec | None], axis: Any) -> Outcome:
    """A second use in Keras 3: nothing is compared any more."""
    first = specs[0]
    if first is None or first.dims is None or not isinstance(axis, int):
        return Outcome(TensorSpec(kind=_kind(specs)), ("an input is not known",))
    dims: list[Dim] = list(first.dims)
    try:
        for spec in specs[1:]:
            size = UNKNOWN if spec is None or spec.dims is None else spec.dims[axis]
            dims[axis] = add(dims[axis], size)
    except IndexError:
        raise _axis_range(axis, len(dims)) from None
    return Outcome(TensorSpec(Shape(tuple(dims)), _dtype(specs), first.kind))


# -- Dot ------------------------------------------------------------------------------------


def _check_dot(config: Config, version: KerasVersion) -> None:
    axes = config.get("axes")
    if isinstance(axes, (list, tuple)):
        if len(axes) != 2:
            raise refused(f"`axes` must be an int or two ints, got {len(axes)} entries")
        if any(isinstance(axis, (float, str)) or axis is None for axis in axes):
            raise refused(f"`axes` must be an int or two ints, got {axes}")
    elif axes is None or isinstance(axes, (float, str)):
        raise refused(f"`axes` must be an int or two ints, got {axes!r}", "TypeError")


def _dot(call: LayerCall) -> Outcome:
    specs = _operands(call, "Dot")
    if specs is None:
        return Outcome(TensorSpec(), ("the list of inputs is not known",))
    fresh = call.first is None or call.version is KerasVersion.V2
    if len(specs) != 2:
        if fresh:
            raise _inputs(f"needs exactly 2 inputs, got {len(specs)}", "ValueError")
        return Outcome(TensorSpec(), ("a reused Dot",))
    left, right = specs
    axes = call.config.get("axes", -1)
    if left is None or right is None or left.dims is None or right.dims is None:
        return Outcome(TensorSpec(kind=_kind(specs)), ("an input is not known",))
    pair = _dot_axes(axes, len(left.dims), len(right.dims))
    if pair is None:
        return Outcome(TensorSpec(kind=left.kind), ("the axes are not known",))
    return _contracted(call, specs, (left.dims, right.dims), pair, fresh=fresh)


def _dot_axes(axes: Any, left: int, right: int) -> tuple[int, int] | None:
    if isinstance(axes, int):
        if axes < 0:
            return (axes % left if left else axes, axes % right if right else axes)
        return axes, axes
    if isinstance(axes, (list, tuple)) and len(axes) == 2 and all(isinstance(a, int) for a in axes):
        return axes[0], axes[1]
    return None


def _contracted(
    call: LayerCall,
    specs: Sequence[TensorSpec | None],
    dims: tuple[tuple[Dim, ...], tuple[Dim, ...]],
    axes: tuple[int, int],
    *,
    fresh: bool,
) -> Outcome:
    for index in (0, 1):
        if not -len(dims[index]) <= axes[index] < len(dims[index]):
            raise Broken(
                Problem(
                    ProblemKind.DOT_AXES,
                    "IndexError",
                    f"axis {axes[index]} is out of range for {format_shape(Shape(dims[index]))}",
                    (index,),
                    axes[index],
                )
            )
    sizes = dims[0][axes[0]], dims[1][axes[1]]
    if fresh and compare(*sizes).relation is Relation.NEVER:
        raise _dot_conflict(axes, sizes)
    if call.version is KerasVersion.V2:
        _check_dot_v2(dims, axes)
    first, second = list(dims[0]), list(dims[1])
    first.pop(axes[0])
    second.pop(axes[1])
    if not second and call.version is KerasVersion.V3:
        raise Broken(
            Problem(ProblemKind.DOT_AXES, "IndexError", "vectors have no axis but the batch")
        )
    if second:
        second.pop(0)
    result = [*first, *second]
    if call.version is KerasVersion.V2 and result and result[0] is None:
        result[0] = dims[1][0]
    if len(result) == 1:
        result.append(1)
    decided = compare(*sizes).relation is Relation.EQUAL
    doubts = () if decided or not fresh else ("the sizes that are contracted are not known",)
    return Outcome(TensorSpec(Shape(tuple(result)), _dtype(specs), _kind(specs)), doubts)


def _dot_conflict(axes: tuple[int, int], sizes: tuple[Dim, Dim]) -> Broken:
    return Broken(
        Problem(
            ProblemKind.DOT_AXES,
            "ValueError",
            f"size {_word(sizes[0])} at axis {axes[0]} is contracted with size {_word(sizes[1])}"
            f" at axis {axes[1]}",
            (0, 1),
            axes[0],
            "give both the same size there, or choose other axes",
        )
    )


def _check_dot_v2(dims: tuple[tuple[Dim, ...], tuple[Dim, ...]], axes: tuple[int, int]) -> None:
    if any(axis % len(shape) == 0 for axis, shape in zip(axes, dims)):
        raise Broken(
            Problem(ProblemKind.DOT_AXES, "ValueError", "the batch axis can not be contracted")
        )
    if never_equal(dims[0][0], dims[1][0]):
        raise Broken(
            Problem(ProblemKind.DOT_AXES, "ValueError", "the batch sizes differ", (0, 1), 0)
        )


# -- functional forms -----------------------------------------------------------------------

FUNCTIONS = {
    "add": "Add", "subtract": "Subtract", "multiply": "Multiply", "average": "Average",
    "maximum": "Maximum", "minimum": "Minimum", "concatenate": "Concatenate", "dot": "Dot",
}  # fmt: skip


def bind_function(
    name: str, args: Sequence[Any], kwargs: Mapping[str, Any], version: KerasVersion
) -> tuple[Any, dict[str, Any]]:
    """The inputs and the configuration of ``concatenate(inputs, axis=-1)`` and the others."""
    extra = {"concatenate": ("axis",), "dot": ("axes", "normalize")}.get(name, ())
    names = ("inputs", *extra)
    if len(args) > len(names):
        raise _inputs(f"takes one list of tensors, got {len(args)} arguments", "TypeError",
                      "put the tensors into one list")  # fmt: skip
    bound = {**dict(zip(names, args)), **kwargs}
    if "inputs" not in bound:
        raise _inputs("is called without inputs", "TypeError")
    inputs = bound.pop("inputs")
    if name == "dot":
        bound.setdefault("axes", -1)
    return inputs, bound


LAYERS = (
    *(LayerType(name, _elementwise(name), single=False, dtype_v2=Dtype.INPUT,
                v2_integers=name != "Average") for name in
      ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")),
    LayerType("Concatenate", _concatenate, single=False, refuses_tensors=False,
              dtype_v2=Dtype.INPUT, v2_integers=True),
    LayerType("Dot", _dot, single=False, check=_check_dot, refuses_tensors=False),
)  # fmt: skip

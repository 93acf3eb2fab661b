"""Ops that join and split: concatenate, stack, split, unstack, meshgrid."""

from __future__ import annotations

from typing import Any

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import operators
from kerasmergelint.keras_api.doubts import Doubt, of_equality, told
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.numerals import ordinal
from kerasmergelint.keras_api.ops import dtypes
from kerasmergelint.keras_api.ops.op import (
    Op,
    OpCall,
    as_spec,
    axis_in,
    dim_of,
    is_axes,
    kind_of,
    some_tensor,
    unknown,
)
from kerasmergelint.keras_api.problems import bad, contradiction
from kerasmergelint.keras_api.protocol import MOST_NUMBERS, Outcome, TensorSpec, strongest
from kerasmergelint.shapes import (
    UNKNOWN,
    Dim,
    Expr,
    OpenShape,
    Shape,
    floordiv,
    last_dim,
    mul,
    product,
    sub,
    total,
)
from kerasmergelint.shapes.broadcast import never_equal

# More parts than anyone would unpack by name; listing them would only cost time.
_MOST_PARTS = 4096


def specs_of(values: object) -> list[TensorSpec] | None:
    """A list of tensors; None where it is not fully known."""
    if not isinstance(values, (list, tuple)) or not values:
        return None
    specs = [as_spec(value) for value in values]
    if not any(isinstance(value, TensorSpec) for value in values):
        return None
    return None if None in specs else [spec for spec in specs if spec is not None]


def _refuse_none(values: object) -> None:
    if isinstance(values, (list, tuple)):
        for index, value in enumerate(values):
            if value is None:
                hint = "a function without a return gives None"
                raise bad(
                    f"the {ordinal(index)} input is None, not a tensor", operand=index, hint=hint
                )


def _concatenate(call: OpCall) -> Outcome:
    """Ranks equal, sizes equal off the axis."""
    values, axis = call.get("xs"), call.get("axis", 0)
    _refuse_none(values)
    if isinstance(axis, (list, tuple)) and any(isinstance(part, TensorSpec) for part in axis):
        raise bad("the axis is a list of tensors: tensors come first, then the axis")
    if isinstance(values, TensorSpec):
        return some_tensor(call)
    specs = specs_of(values)
    if specs is None:
        return _partly_known(call, values, axis)
    rank = len(specs[0].dims or ())
    if call.space == "K" and type(axis) is int and axis < 0 and rank:
        axis %= rank  # the old backend wraps it as often as it takes
    return joined(specs, axis, call)


def joined(specs: list[TensorSpec], axis: object, call: OpCall) -> Outcome:
    """Tensors put together along an axis."""
    operators.require_one_dtype(specs, symbolic=call.promotes)
    ranks = {len(spec.dims) for spec in specs if spec.dims is not None}
    if len(ranks) > 1:
        raise bad(f"ranks differ: {', '.join(map(str, specs[:4]))}")
    if not ranks or any(spec.dims is None for spec in specs) or type(axis) is not int:
        return _joined_open(specs, axis)
    rank = ranks.pop()
    if len(specs) == 1 and not call.symbolic:
        return Outcome(TensorSpec(specs[0].shape, specs[0].dtype, kind_of(*specs), specs[0].data))
    if not -rank <= axis < rank:
        raise bad(f"axis {axis} is out of range for rank {rank}", axis)
    place = axis % rank
    doubts = _compare(specs, place, first_only=call.symbolic)
    dims = list(specs[0].dims or ()) if call.symbolic else _merged(specs, rank)
    dims[place] = total([spec.dims[place] for spec in specs if spec.dims is not None])
    result = TensorSpec(Shape(tuple(dims)), dtypes.common(*specs), kind_of(*specs), _data(specs))
    return Outcome(result, doubts)


def _partly_known(call: OpCall, values: object, axis: object) -> Outcome:
    """Some operands are not known at all: each has the axes of the others."""
    found = some_tensor(call)
    given = values if isinstance(values, (list, tuple)) else ()
    specs = [spec for spec in map(as_spec, given) if spec is not None and spec.dims is not None]
    ranks = {len(spec.dims or ()) for spec in specs}
    if len(ranks) != 1 or type(axis) is not int or not -min(ranks) <= axis < min(ranks):
        return found
    dims = [UNKNOWN if dim is None else dim for dim in _merged(specs, min(ranks))]
    dims[axis] = UNKNOWN
    return replace(found, outputs=found.outputs.with_shape(Shape(tuple(dims))))


def _data(specs: list[TensorSpec]) -> object:
    """The content of joined vectors of sizes."""
    parts = [spec.data for spec in specs]
    if not all(isinstance(part, tuple) for part in parts) or len(specs[0].dims or ()) != 1:
        return None
    if sum(len(part) for part in parts) > MOST_NUMBERS:
        return None
    return tuple(size for part in parts for size in part)


def _compare(
    specs: list[TensorSpec], place: int | None, *, first_only: bool = False
) -> tuple[Doubt, ...]:
    """Every axis but ``place`` must have the same size in all; Keras compares with the first alone.

    Returns what is needed where that is undecided.
    """
    pairs: list[tuple[Dim, Dim]] = []
    for index, spec in enumerate(specs):
        for earlier, other in enumerate(specs[: min(index, 1) if first_only else index]):
            for axis, (a, b) in enumerate(zip(other.dims or (), spec.dims or ())):
                if axis != place and never_equal(a, b):
                    raise contradiction(
                        f"axis {axis} differs: {a} and {b}",
                        operands=(earlier, index),
                        axis=axis,
                    )
                if axis != place:
                    pairs.append((a, b))
    return told(of_equality(pairs))


def _merged(specs: list[TensorSpec], rank: int) -> list[Dim]:
    """The first known size of each axis."""
    dims: list[Dim] = []
    for axis in range(rank):
        sizes = [spec.dims[axis] for spec in specs if spec.dims is not None]
        numbers = [size for size in sizes if isinstance(size, int)]
        known = [size for size in sizes if size is not None]
        dims.append(next(iter((*numbers, *known)), None))
    return dims


def _joined_open(specs: list[TensorSpec], axis: object) -> Outcome:
    doubts = ("a rank is not known",)
    kind = kind_of(*specs)
    if axis == -1 and type(axis) is int:
        lasts = [last_dim(spec.shape) for spec in specs]
        shape = OpenShape((total(lasts),))
        return Outcome(TensorSpec(shape, dtypes.common(*specs), kind), doubts)
    return Outcome(TensorSpec(OpenShape(), dtypes.common(*specs), kind), doubts)


def packed(specs: list[TensorSpec], axis: int, *, first_only: bool = False) -> TensorSpec:
    """The result of :func:`stacked`."""
    found = stacked(specs, axis, first_only=first_only).outputs
    assert isinstance(found, TensorSpec)
    return found


def stacked(specs: list[TensorSpec], axis: int, *, first_only: bool = False) -> Outcome:
    """``stack``: equal shapes, and a new axis as long as the list."""
    ranks = {len(spec.dims) for spec in specs if spec.dims is not None}
    if len(ranks) > 1:
        raise bad(f"shapes must be equal to be stacked, got {', '.join(map(str, specs[:4]))}")
    if not ranks or any(spec.dims is None for spec in specs):
        spec = TensorSpec(OpenShape(), None, strongest({spec.kind for spec in specs}))
        return Outcome(spec, ("a rank is not known",))
    rank = ranks.pop()
    doubts = _compare(specs, None, first_only=first_only)
    if not -rank - 1 <= axis <= rank:
        raise bad(f"axis {axis} is out of range for rank {rank + 1}", axis)
    dims = list(specs[0].dims or ()) if first_only else _merged(specs, rank)
    dims.insert(axis % (rank + 1), len(specs))
    data = tuple(spec.data for spec in specs) if rank == 0 else None
    spec = TensorSpec(Shape(tuple(dims)), dtypes.common(*specs), kind_of(*specs), data)
    return Outcome(spec, doubts)


def _stack(call: OpCall) -> Outcome:
    values, axis = call.get("xs"), call.get("axis", 0)
    _refuse_none(values)
    specs = specs_of(values)
    if specs is None or type(axis) is not int:
        return some_tensor(call)
    if call.last == "parallel_stack" and any(None in (spec.dims or (None,)) for spec in specs):
        return some_tensor(call, "parallel_stack wants sizes that are known")
    operators.require_one_dtype(specs, symbolic=call.promotes)
    return stacked(specs, axis, first_only=call.symbolic)


def _add_n(call: OpCall) -> Outcome:
    """All shapes must be the same."""
    values = call.get("xs")
    if isinstance(values, TensorSpec):
        return Outcome(values)
    specs = specs_of(values)
    if specs is None:
        return some_tensor(call)
    operators.require_one_dtype(specs, symbolic=call.promotes)
    outcome = stacked(specs, 0)
    spec = outcome.outputs
    assert isinstance(spec, TensorSpec)
    if spec.dims is None:
        return outcome
    return replace(outcome, outputs=spec.with_shape(Shape(spec.dims[1:])))


def _deepened(spec: TensorSpec) -> TensorSpec:
    """At least three axes, as ``dstack`` makes of its inputs."""
    dims = spec.dims
    if dims is None or len(dims) >= 3:
        return spec
    lifted = {0: (1, 1, 1), 1: (1, *dims, 1), 2: (*dims, 1)}[len(dims)]
    return spec.with_shape(Shape(lifted))


def _stacked_along(call: OpCall) -> Outcome:
    """``hstack``, ``vstack``, ``dstack``."""
    specs = specs_of(call.get("xs") if "xs" in call.arguments else call.get("x"))
    if specs is None or any(not spec.dims for spec in specs):
        return some_tensor(call)
    if call.last == "vstack":
        return joined(specs, 0, call)
    if call.last == "dstack":
        return joined([_deepened(spec) for spec in specs], 2, call)
    vectors = any(len(spec.dims or ()) == 1 for spec in specs)
    if vectors and call.symbolic:
        return some_tensor(call, "Keras's shape function does not know vectors")
    return joined(specs, 0 if vectors else 1, call)


def _append(call: OpCall) -> Outcome:
    """Flattened without an axis."""
    left, right, axis = call.tensor("x"), call.tensor("y"), call.get("axis")
    if left is None or right is None or left.dims is None or right.dims is None:
        return some_tensor(call)
    if axis is None:
        size = total([product(left.dims), product(right.dims)])
        return Outcome(TensorSpec(Shape((size,)), None, kind_of(left, right)))
    outcome = joined([left, right], axis, call)
    if call.symbolic and type(axis) is int and None in (left.dims[axis], right.dims[axis]):
        raise bad("Keras adds the sizes, of which one is None", axis, "TypeError")
    return Outcome(TensorSpec(outcome.outputs.shape, None, outcome.outputs.kind), outcome.doubts)


# -- splitting ------------------------------------------------------------------------------


def _parts(
    spec: TensorSpec, axis: int, sizes: list[Dim], doubts: tuple[Doubt, ...] = ()
) -> Outcome:
    """The tensor cut along an axis."""
    found = []
    for size in sizes:
        dims = list(spec.dims or ())
        dims[axis] = size
        found.append(TensorSpec(Shape(tuple(dims)), spec.dtype, kind_of(spec)))
    return Outcome(found, doubts)


def _split(call: OpCall) -> Outcome:
    """Into equal parts, or at indices (``keras.ops``), or into sizes (``tf``)."""
    spec, axis = call.tensor(), call.get("axis", 0)
    cuts = call.get("indices_or_sections", call.get("num_or_size_splits"))
    if spec is None:
        return unknown()
    if spec.dims is None or type(axis) is not int:
        return _open_parts(call, spec, cuts)
    place = axis_in(axis, len(spec.dims), spec)
    size = spec.dims[place]
    if type(cuts) is int:
        return _equal_parts(spec, axis, place, cuts)
    if not is_axes(cuts) and not (
        isinstance(cuts, (list, tuple)) and all(isinstance(cut, (int, Expr)) for cut in cuts)
    ):
        return unknown()
    if call.space == "ops" and size is None and not call.symbolic:
        return unknown("the last part of an axis of unknown size")
    if call.space == "tf":
        sizes = _given(spec, axis, size, list(cuts))
        return _parts(spec, place, sizes, _whole(size, total(sizes)))
    return _parts(spec, place, _between(spec, axis, size, list(cuts), call))


def _open_parts(call: OpCall, spec: TensorSpec, cuts: object) -> Outcome:
    """Of a tensor of unknown rank, or along an unknown axis: how many there are."""
    if isinstance(cuts, (list, tuple)):
        count = len(cuts) + (call.space == "ops")
    elif type(cuts) is int and 0 < cuts <= _MOST_PARTS:
        count = cuts
    else:
        return unknown()
    shape = OpenShape() if spec.dims is None else Shape((UNKNOWN,) * len(spec.dims))
    return Outcome([TensorSpec(shape, spec.dtype, kind_of(spec))] * count)


def _equal_parts(spec: TensorSpec, axis: int, place: int, count: int) -> Outcome:
    size = (spec.dims or ())[place]
    if count < 1 or count > _MOST_PARTS:
        return unknown()
    if isinstance(size, int) and size % count:
        raise bad(f"size {size} at axis {axis} cannot be split into {count} equal parts", axis)
    if isinstance(size, Expr):
        part = floordiv(size, count)
        return _parts(spec, place, [part] * count, _whole(size, mul(part, count)))
    equal = size // count if isinstance(size, int) else size
    return _parts(spec, place, [equal] * count)


def _whole(size: Dim, parts: Dim) -> tuple[Doubt, ...]:
    """The parts of an axis make up the whole, as far as something is known of both."""
    return () if UNKNOWN in (size, parts) else of_equality([(size, parts)])


def _given(spec: TensorSpec, axis: int, size: Dim, cuts: list[Any]) -> list[Dim]:
    """The given sizes; one of them may be -1, for the rest."""
    if cuts.count(-1) > 1:
        raise bad("more than one -1 among the sizes")
    known = total([cut for cut in cuts if cut != -1])
    if -1 in cuts:
        rest = sub(size, known) if size is not None else None
        if isinstance(rest, int) and rest < 0:
            raise bad(f"the parts of axis {axis} of {spec} add up to more than {size}", axis)
        return [rest if cut == -1 else cut for cut in cuts]
    if never_equal(size, known):
        raise bad(f"the parts of axis {axis} of {spec} add up to {known}, not {size}", axis)
    return [dim_of(cut) for cut in cuts]


def _between(spec: TensorSpec, axis: int, size: Dim, cuts: list[Any], call: OpCall) -> list[Dim]:
    """The sizes between indices; the last part goes to the end."""
    if not is_axes(cuts):
        return [UNKNOWN] * (len(cuts) + 1)
    starts = [0, *cuts]
    found: list[Dim] = [sub(end, start) for start, end in zip(starts, cuts)]
    found.append(sub(size, starts[-1]) if size is not None else None)
    if any(isinstance(part, int) and part < 0 for part in found):
        if isinstance(size, int):
            raise bad(f"the indices {cuts} do not fit axis {axis} of {spec}", axis)
        return [UNKNOWN] * len(found)
    return found


def _array_split(call: OpCall) -> Outcome:
    """Into parts of nearly equal size."""
    spec, axis, cuts = call.tensor(), call.get("axis", 0), call.get("indices_or_sections")
    if spec is None or spec.dims is None or type(axis) is not int or type(cuts) is not int:
        return unknown()
    if not 1 <= cuts <= _MOST_PARTS or not -len(spec.dims) <= axis < len(spec.dims):
        return unknown()
    place = axis_in(axis, len(spec.dims), spec)
    size = spec.dims[place]
    if not isinstance(size, int):
        if not call.symbolic:
            return unknown("an axis of unknown size")
        return _parts(spec, place, [None if size is None else UNKNOWN] * cuts)
    return _parts(spec, place, [size // cuts + (i < size % cuts) for i in range(cuts)])


def _split_along(call: OpCall) -> Outcome:
    """``hsplit``, ``vsplit``, ``dsplit``."""
    spec = call.tensor()
    if spec is None or spec.dims is None:
        return unknown()
    least = {"vsplit": 2, "hsplit": 1, "dsplit": 3}[call.last]
    if len(spec.dims) < least:
        if call.last == "vsplit" and spec.dims:
            return unknown()
        raise bad(f"{spec} has fewer than {least} axes")
    axis = {"vsplit": 0, "hsplit": 1, "dsplit": 2}[call.last]
    if call.last == "hsplit" and len(spec.dims) == 1:
        axis = 0
    return _split(call.with_arguments(axis=axis))


def _unstack(call: OpCall) -> Outcome:
    spec, axis, number = call.tensor(), call.get("axis", 0), call.get("num")
    if spec is None or spec.dims is None or type(axis) is not int:
        return unknown()
    place = axis_in(axis, len(spec.dims), spec)
    size = spec.dims[place]
    if size is None and number is None:
        raise bad(f"axis {axis} of {spec} has no known size", axis)
    if isinstance(size, int) and type(number) is int and size != number:
        if call.space == "tf":
            raise bad(f"axis {axis} of {spec} has size {size}, not {number}", axis)
        return unknown()
    count = size if isinstance(size, int) else number
    if type(count) is not int or count > _MOST_PARTS:
        return unknown()
    dims = [dim for axis_, dim in enumerate(spec.dims) if axis_ != place]
    part = TensorSpec(Shape(tuple(dims)), spec.dtype, kind_of(spec))
    if isinstance(spec.data, tuple) and place == 0 and len(spec.data) == count:
        return Outcome([replace(part, data=item) for item in spec.data])
    return Outcome([part] * count)


def _meshgrid(call: OpCall) -> Outcome:
    """Every input along an axis of its own, all of its numbers; the first two are swapped for ``xy``."""
    values = call.get("x", call.get("args", ()))
    specs = specs_of(values)
    indexing = call.get("indexing", call.get("kwargs", "xy"))
    if specs is None or len(specs) < 2 or indexing not in ("xy", "ij"):
        return unknown()
    sizes: list[Dim] = []
    for spec in specs:
        if spec.dims is None:
            return unknown()
        sizes.append(product(spec.dims))
    if indexing == "xy" and len(sizes) > 1:
        sizes[0], sizes[1] = sizes[1], sizes[0]
    shape = Shape(tuple(sizes))
    return Outcome([TensorSpec(shape, spec.dtype, kind_of(*specs)) for spec in specs])


def _each(call: OpCall) -> Outcome:
    """``tf.tuple``, ``tf.identity_n``: the arguments unchanged."""
    specs = specs_of(call.get("xs", call.get("x")))
    return unknown() if specs is None else Outcome(specs)


_XS = (("x", "xs"), ("inputs", "xs"), ("input", "xs"))

OPS = (
    Op(("ops.concatenate", "tf.concat", "K.concatenate"), _concatenate,
       Kind.MERGE | Kind.JOIN | Kind.ALONG, _XS),
    Op(("ops.stack", "tf.stack", "K.stack"), _stack, Kind.MERGE | Kind.STACK | Kind.ALONG, _XS),
    Op(("tf.parallel_stack",), _stack, aliases=_XS),
    Op(("ops.hstack", "ops.vstack", "ops.dstack"), _stacked_along, Kind.MERGE, _XS),
    Op(("ops.append",), _append, Kind.MERGE),
    Op(("tf.add_n",), _add_n, Kind.MERGE, _XS),
    Op(("tf.math.accumulate_n",), _add_n, aliases=_XS),
    Op(("tf.split", "ops.split"), _split),
    Op(("ops.array_split",), _array_split),
    Op(("ops.hsplit", "ops.vsplit", "ops.dsplit"), _split_along),
    Op(("tf.unstack", "ops.unstack"), _unstack),
    Op(("ops.meshgrid", "tf.meshgrid"), _meshgrid),
    Op(("tf.identity_n", "tf.tuple"), _each, aliases=_XS),
)  # fmt: skip

"""Ops that rearrange: reshape, transpose, expand, squeeze, tile, pad, move axes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.doubts import of_length
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.ops.op import (
    Op,
    OpCall,
    axis_in,
    channels_first,
    fixed_sizes_of,
    is_axes,
    made,
    size_of,
    some_tensor,
)
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Outcome, TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import since
from kerasmergelint.shapes import (
    UNKNOWN,
    Dim,
    Expr,
    OpenShape,
    Relation,
    Shape,
    add,
    compare,
    floordiv,
    mul,
    product,
)
from kerasmergelint.shapes.broadcast import NonePolicy, broadcast
from kerasmergelint.shapes.needs import Need, equal, is_sayable
from kerasmergelint.shapes.rounding import same_but_for_rounding

_LOOSE = "an argument is not known"


def _reshape(call: OpCall) -> Outcome:
    """The whole shape, batch included; a None in the input keeps Keras from checking anything."""
    spec, target = call.tensor(), call.get("shape")
    if spec is None:
        return some_tensor(call)
    # An unknown argument may be a number or any sequence of numbers.
    wanted = fixed_sizes_of(call, (target,) if isinstance(target, int) else target)
    if wanted is None:
        rank = _length_of(target)
        return some_tensor(call, _LOOSE) if rank is None else made(spec, [UNKNOWN] * rank)
    if wanted.count(-1) > 1:
        if not call.symbolic:
            return some_tensor(call, "more than one -1 in the new shape")
        raise bad("more than one -1 in the new shape")
    if any(isinstance(size, int) and size < -1 for size in wanted) and not call.symbolic:
        raise bad("a size of the new shape is negative")
    dims = _keras_reshape(spec, wanted) if call.symbolic else _tensorflow_reshape(spec, wanted)
    left, needs = _beside_samples(spec, wanted)
    if isinstance(left, Expr):  # TensorFlow leaves it open while it traces, whatever is known
        dims = [left if size == -1 else dim for size, dim in zip(wanted, dims)]
    return replace(made(spec, dims), supposed=(*needs, *_of_whole_samples(spec, wanted)))


def _beside_samples(spec: TensorSpec, wanted: list[Dim]) -> tuple[Dim, tuple[Need, ...]]:
    """What -1 stands for beside the samples, ``(tf.shape(x)[0], -1, heads*depth)``; None if that is open.

    It is one of the sizes that there are, perhaps only if divisions leave no remainder.
    """
    sizes, others = list((spec.dims or ())[1:]), wanted[1:]
    if (spec.dims or ())[:1] != (None,) or wanted[:1] != [None] or others.count(-1) != 1:
        return None, ()
    if not is_sayable(*sizes, *others) or None in sizes or None in others:
        return None, ()
    fixed = product([size for size in others if size != -1])
    for place, size in enumerate(sizes):
        rest = product(sizes[:place] + sizes[place + 1 :])
        if compare(rest, fixed).relation is Relation.EQUAL:
            return size, ()
        if same_but_for_rounding(rest, fixed):
            need = equal(rest, fixed)
            return size, () if need.always else (need,)
    return None, ()


def _of_whole_samples(spec: TensorSpec, wanted: list[Dim]) -> tuple[Need, ...]:
    """That -1 stands for the samples, where it does so unless a division in the sizes leaves a remainder.

    Or unless one size is replaced by another: ``reshape(Dense(n)(x), (-1, m))``.
    """
    dims = spec.dims or ()
    if dims[:1] != (None,) or None in dims[1:] or wanted.count(-1) != 1 or None in wanted:
        return ()
    rest, fixed = product(dims[1:]), product([size for size in wanted if size != -1])
    if not is_sayable(rest, fixed):
        return ()
    left, right = _without_common(
        list(_factors(dims[1:])), list(_factors(size for size in wanted if size != -1))
    )
    replaced = wanted[0] == -1 and len(left) == len(right)
    if not replaced and not same_but_for_rounding(rest, fixed):
        return ()
    need = equal(product(left), product(right))
    return () if need.always or need.never else (need,)


def _factors(sizes: Iterable[Dim]) -> Iterator[Dim]:
    """The sizes, a product of several by its parts: ``height*width`` is two."""
    for size in sizes:
        if isinstance(size, Expr) and len(size.terms) == 1:
            ((monomial, factor),) = size.terms
            yield from (Expr((((atom,), 1),)) for atom in monomial)
            if factor != 1:
                yield factor
        else:
            yield size


def _without_common(sizes: list[Dim], others: list[Dim]) -> tuple[list[Dim], list[Dim]]:
    """The factors of two products that are not in both."""
    for size in list(others):
        if size in sizes:
            sizes.remove(size)
            others.remove(size)
    return sizes, others


def _length_of(value: object) -> int | None:
    """How many sizes a tensor of sizes has."""
    if isinstance(value, TensorSpec) and value.dims is not None and len(value.dims) == 1:
        size = value.dims[0]
        return size if isinstance(size, int) and size <= 16 else None
    return None


def _keras_reshape(spec: TensorSpec, wanted: list[Dim]) -> list[Dim]:
    dims = spec.dims
    if dims is None or UNKNOWN in dims or UNKNOWN in wanted:
        return [UNKNOWN if size == -1 else size for size in wanted]
    if None in dims or None in wanted:
        return _with_open(spec, dims, wanted)
    return _filled(spec, dims, wanted)


def _tensorflow_reshape(spec: TensorSpec, wanted: list[Dim]) -> list[Dim]:
    """A None among the new sizes is known at run time only."""
    dims = spec.dims
    if dims is None or UNKNOWN in dims or UNKNOWN in wanted:
        return [UNKNOWN if size == -1 else size for size in wanted]
    if None in wanted or None in dims:
        return _partly(spec, dims, wanted)
    return _filled(spec, dims, wanted)


def _partly(spec: TensorSpec, dims: tuple[Dim, ...], wanted: list[Dim]) -> list[Dim]:
    """Sizes are open on one side or both; where each has at most one, TensorFlow still compares."""
    have, want = (
        product([d for d in dims if d is not None]),
        product([size for size in wanted if size not in (None, -1)]),
    )
    holes = len(wanted) - len([size for size in wanted if size not in (None, -1)])
    missing = dims.count(None)
    if isinstance(have, int) and isinstance(want, int):
        if (holes, missing) == (0, 1) and have and want % have:
            raise bad(f"{want} elements cannot be made of {spec}")
        if (holes, missing) == (1, 0) and want:
            if have % want:
                raise bad(f"{spec} has {have} elements, which cannot be divided by {want}")
            return [have // want if size in (None, -1) else size for size in wanted]
    return _with_open(spec, dims, wanted)


def _with_open(spec: TensorSpec, dims: tuple[Dim, ...], wanted: list[Dim]) -> list[Dim]:
    """The new sizes where some are None: what -1 stands for is one of these, too.

    But a tensor that may hold data has sizes, and keeps its batch only if that is all that is open.
    """
    kept: Dim = None
    if spec.kind is TensorKind.ANY:
        rest = product([dim for dim in dims if dim is not None])
        fixed = product([size for size in wanted if size not in (None, -1)])
        same = compare(rest, fixed).relation is Relation.EQUAL
        kept = None if same and dims.count(None) == 1 and None not in wanted else UNKNOWN
    return [kept if size == -1 else size for size in wanted]


def _filled(spec: TensorSpec, dims: tuple[Dim, ...], wanted: list[Dim]) -> list[Dim]:
    have, known = product(dims), product([size for size in wanted if size != -1])
    if -1 not in wanted:
        if compare(have, known).relation is Relation.NEVER:
            raise bad(f"{spec} has {have} elements, the new shape has {known}")
        return wanted
    if isinstance(have, int) and isinstance(known, int) and (not known or have % known):
        raise bad(f"{spec} has {have} elements, which cannot be divided by {known}")
    quotient = floordiv(have, known)
    exact = compare(mul(quotient, known), have).relation is Relation.EQUAL
    return [(quotient if exact else UNKNOWN) if size == -1 else size for size in wanted]


def _transpose(call: OpCall) -> Outcome:
    spec, order = call.tensor(), call.get("axis")
    if spec is None:
        return some_tensor(call)
    if order is None:
        return (
            made(spec, reversed(spec.dims)) if spec.dims is not None else some_tensor(call, _LOOSE)
        )
    if not is_axes(order):
        return some_tensor(call, _LOOSE)
    if spec.dims is None:
        return made(spec, [UNKNOWN] * len(order))
    rank = len(spec.dims)
    places = [axis % rank if -rank <= axis < rank else -99 for axis in order] if rank else []
    if len(order) != rank or sorted(places) != list(range(rank)):
        if not call.symbolic and len(order) == rank and (min(order) < 0 or -99 not in places):
            return some_tensor(call, "TensorFlow compares the axes at run time")
        raise bad(f"{tuple(order)} is not a permutation of the axes of {spec}")
    return made(spec, [spec.dims[axis] for axis in order])


def _expand(call: OpCall) -> Outcome:
    spec, axis = call.tensor(), call.get("axis", -1)
    if spec is None:
        return some_tensor(call)
    if spec.dims is None:
        if axis == -1 and isinstance(spec.shape, OpenShape):
            return made(spec, OpenShape((*spec.shape.tail, 1), spec.shape.min_rank + 1))
        return some_tensor(call, _LOOSE)
    axes = [axis] if type(axis) is int else list(axis) if is_axes(axis) else None
    if axes is None:
        return some_tensor(call, _LOOSE)
    rank = len(spec.dims) + len(axes)
    places = sorted({axis_in(item, rank, spec) for item in axes})
    if len(places) < len(axes):
        return some_tensor(call, "an axis is repeated")
    dims = list(spec.dims)
    for place in places:
        dims.insert(place, 1)
    return made(spec, dims)


def _squeeze(call: OpCall) -> Outcome:
    """Keras does not squeeze a None; TensorFlow trusts that it is 1."""
    spec, axis = call.tensor(), call.get("axis")
    if spec is None or spec.dims is None:
        return some_tensor(call)
    if axis is None or axis == [] or axis == ():
        if call.symbolic:
            keep = [dim for dim in spec.dims if dim != 1]
            return made(spec, keep) if _all_plain(keep) else some_tensor(call, _LOOSE)
        if not all(isinstance(dim, int) for dim in spec.dims):
            return some_tensor(call, "it is not known which sizes are 1")
        return made(spec, [dim for dim in spec.dims if dim != 1])
    axes = [axis] if type(axis) is int else list(axis) if is_axes(axis) else None
    if axes is None:
        return some_tensor(call, _LOOSE)
    rank = len(spec.dims)
    places = {axis_in(item, rank, spec) for item in axes}
    for place in places:
        size = spec.dims[place]
        strict = call.space == "ops"
        if (isinstance(size, int) and size != 1) or (size is None and strict):
            raise bad(f"axis {place} of {spec} has size {size}, and cannot be squeezed", place)
    if call.space == "ops" and call.symbolic and len(places) < len(axes):
        return some_tensor(call, "an axis is named twice, and Keras takes another one too")
    return made(spec, [dim for place, dim in enumerate(spec.dims) if place not in places])


def _all_plain(dims: list[Dim]) -> bool:
    return all(dim is None or isinstance(dim, int) for dim in dims)


_ITERATES_OVER_COUNTS = since("3.13")


def _is_of_graph(value: object) -> bool:
    return isinstance(value, TensorSpec) and value.kind is TensorKind.GRAPH


def _tile(call: OpCall) -> Outcome:
    spec, times = call.tensor(), call.get("repeats")
    if spec is None or spec.dims is None:
        return some_tensor(call)
    if _is_of_graph(times) and call.space == "ops" and call.version in _ITERATES_OVER_COUNTS:
        hint = "pass a tuple of the counts, of which one may be a tensor"
        raise bad(
            "it iterates over its counts, and a tensor in a graph refuses that",
            exception="OperatorNotAllowedInGraphError",
            operand=1,
            hint=hint,
        )
    if isinstance(times, int) and call.space != "tf":
        times = [times] if call.space == "ops" else [times] * len(spec.dims)
    counts = fixed_sizes_of(call, times)
    if counts is None:
        return made(spec, [UNKNOWN] * len(spec.dims)) if call.space != "ops" else some_tensor(call)
    dims: list[Dim] = list(spec.dims)
    if call.space == "ops":
        width = max(len(dims), len(counts))
        dims = [*[1] * (width - len(dims)), *dims]
        counts = [*[1] * (width - len(counts)), *counts]
    elif len(counts) != len(dims):
        raise bad(f"{spec} has {len(dims)} axes, {len(counts)} counts are given")
    sizes = [_repeated(dim, count) for dim, count in zip(dims, counts)]
    return _with_counts(made(spec, sizes), counts)


def _repeated(size: Dim, times: Dim) -> Dim:
    """A size so many times; a negative number of times may be refused, or lead to an open size."""
    return UNKNOWN if isinstance(times, int) and times < 0 else mul(size, times)


def _with_counts(outcome: Outcome, counts: Sequence[Dim]) -> Outcome:
    """What the result needs of the counts: none may be negative."""
    negative = any(isinstance(count, int) and count < 0 for count in counts)
    doubts = [doubt for count in counts for doubt in of_length(count, 0)]
    found = ("a count is negative",) if negative else tuple(doubts)
    return replace(outcome, doubts=(*outcome.doubts, *found)) if found else outcome


def _pad(call: OpCall) -> Outcome:
    spec, widths = call.tensor(), call.get("paddings")
    if spec is None or not spec.dims:
        return some_tensor(call)
    pairs = _pairs(widths, len(spec.dims), short=call.symbolic)
    if pairs is None:
        return (
            some_tensor(call, _LOOSE)
            if call.space == "ops"
            else made(spec, [UNKNOWN] * len(spec.dims))
        )
    if len(pairs) != len(spec.dims):
        raise bad(f"{spec} has {len(spec.dims)} axes, widths for {len(pairs)} are given")
    negative = [n for pair in pairs for n in pair if isinstance(n, int) and n < 0]
    if negative and call.space == "tf":
        raise bad(f"the paddings must not be negative, got {negative[0]}")
    return made(spec, [add(dim, add(a, b)) for dim, (a, b) in zip(spec.dims, pairs)])


def _pairs(widths: object, rank: int, *, short: bool) -> list[tuple[Dim, Dim]] | None:
    """How much each axis grows at its two ends; Keras also takes one number or pair for all axes."""
    if isinstance(widths, TensorSpec):
        return None
    if short and type(widths) is int:
        return [(widths, widths)] * rank
    if not isinstance(widths, (list, tuple)):
        return None
    if short and len(widths) == 2 and all(type(width) is int for width in widths):
        return [(widths[0], widths[1])] * rank
    if short and len(widths) == 1 and isinstance(widths[0], (list, tuple)):
        widths = list(widths) * rank
    if not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in widths):
        return None
    sizes = [(size_of(pair[0]), size_of(pair[1])) for pair in widths]
    if not any(None in pair for pair in sizes):
        return sizes
    return [(_beside_open(a, x), _beside_open(b, y)) for (a, b), (x, y) in zip(sizes, widths)]


def _beside_open(size: Dim, width: object) -> Dim:
    """A width where another is open: what is computed of sizes, TensorFlow may not know any more."""
    return UNKNOWN if size is not None and isinstance(width, TensorSpec) else size


def _backend_padding(call: OpCall) -> Outcome:
    """``K.temporal_padding`` and similar ops: pads the axes between batch and channels."""
    spec, padding = call.tensor(), call.get("padding")
    if spec is None or spec.dims is None:
        return some_tensor(call)
    space = {"temporal_padding": 1, "spatial_2d_padding": 2, "spatial_3d_padding": 3}[call.last]
    if len(spec.dims) != space + 2 or not isinstance(padding, (list, tuple)):
        return some_tensor(call)
    pairs = _pairs([padding] if space == 1 else padding, space, short=False)
    if pairs is None or len(pairs) != space:
        return some_tensor(call)
    first = channels_first(call)
    if first is None:
        return some_tensor(call, "which axis has the channels")
    edge: list[tuple[Dim, Dim]] = [(0, 0)]
    whole = [*edge, *edge, *pairs] if first else [*edge, *pairs, *edge]
    return made(spec, [add(dim, add(a, b)) for dim, (a, b) in zip(spec.dims, whole)])


def _repeat(call: OpCall) -> Outcome:
    """``repeat`` the elements of an axis; without one, those of the flattened tensor."""
    spec, times, axis = call.tensor(), call.get("repeats"), call.get("axis")
    if spec is None or spec.dims is None:
        return some_tensor(call)
    if axis is None:
        whole = product(spec.dims)
        if call.last == "repeat_elements" or type(times) is not int:
            return made(spec, (UNKNOWN,))
        return made(spec, (mul(whole, times),))
    if type(axis) is not int:
        return some_tensor(call, _LOOSE)
    dims: list[Dim] = list(spec.dims)
    place = axis_in(axis, len(dims), spec)
    count = times[0] if is_axes(times) and len(times) == 1 else times
    if isinstance(count, TensorSpec) and count.dims == ():
        count = count.data
    if isinstance(count, (int, Expr)):
        dims[place] = _repeated(dims[place], count)
        return _with_counts(made(spec, dims), (count,))
    size = dims[place]
    if is_axes(times) and (call.space == "ops" or size == len(times)):
        if isinstance(size, int) and size != len(times):
            raise bad(f"axis {axis} of {spec} has size {size}, {len(times)} counts are given", axis)
        dims[place] = sum(times)
    else:
        dims[place] = UNKNOWN
    return made(spec, dims)


def _repeat_vector(call: OpCall) -> Outcome:
    spec, times = call.tensor(), size_of(call.get("repeats"))
    if spec is None or spec.dims is None:
        return some_tensor(call)
    if len(spec.dims) != 2:
        raise bad(f"{spec} should have 2 axes")
    return made(spec, (spec.dims[0], times, spec.dims[1]))


def _broadcast_to(call: OpCall) -> Outcome:
    spec, target = call.tensor(), call.get("shape")
    sizes = fixed_sizes_of(call, target)
    if spec is None or sizes is None:
        return some_tensor(call)
    if spec.dims is not None:
        step = broadcast(Shape(spec.dims), Shape(tuple(sizes)), NonePolicy.SIZE_WINS)
        if step.conflict is not None or len(spec.dims) > len(sizes):
            raise bad(f"{spec} cannot be broadcast to {Shape(tuple(sizes))}")
        if isinstance(step.shape, Shape) and len(spec.dims) <= len(sizes):
            # A target of 1 does not shrink a greater size.
            for have, want in zip(reversed(spec.dims), reversed(sizes)):
                if want == 1 and isinstance(have, int) and have != 1:
                    if call.symbolic:
                        return some_tensor(call, "Keras and TensorFlow see it differently")
                    raise bad(f"{spec} cannot be broadcast to {Shape(tuple(sizes))}")
    return made(spec, sizes)


def _swapaxes(call: OpCall) -> Outcome:
    spec, a, b = call.tensor(), call.get("axis1"), call.get("axis2")
    if spec is None or spec.dims is None or type(a) is not int or type(b) is not int:
        return some_tensor(call)
    dims = list(spec.dims)
    a, b = axis_in(a, len(dims), spec), axis_in(b, len(dims), spec)
    dims[a], dims[b] = dims[b], dims[a]
    return made(spec, dims)


def _moveaxis(call: OpCall) -> Outcome:
    spec = call.tensor()
    source, target = call.get("source"), call.get("destination")
    if spec is None or spec.dims is None:
        return some_tensor(call)
    sides = [[side] if type(side) is int else side for side in (source, target)]
    if not all(is_axes(side) for side in sides):
        return some_tensor(call, _LOOSE)
    rank = len(spec.dims)
    froms, tos = ([axis_in(axis, rank, spec) for axis in side] for side in sides)
    if len(froms) != len(tos):
        raise bad("source and destination do not match")
    if len(set(froms)) < len(froms) or len(set(tos)) < len(tos):
        return some_tensor(call, "an axis is moved twice")
    order = [axis for axis in range(rank) if axis not in froms]
    for to, come in sorted(zip(tos, froms)):
        order.insert(to, come)
    return made(spec, [spec.dims[axis] for axis in order])


def _rot90(call: OpCall) -> Outcome:
    spec, times, axes = call.tensor(), call.get("k", 1), call.get("axis", (0, 1))
    if spec is None or spec.dims is None or type(times) is not int or not is_axes(axes):
        return some_tensor(call)
    dims = list(spec.dims)
    if len(dims) < 2 or len(axes) != 2:
        raise bad(f"{spec} has too few axes to turn")
    if axes[0] == axes[1]:
        raise bad("the two axes are the same")
    if times % 4 == 0 and not call.symbolic:
        return made(spec, dims)  # Keras looks at the axes only if it turns
    a, b = (axis_in(axis, len(dims), spec) for axis in axes)
    if a == b and not call.symbolic:
        raise bad("the two axes are the same")
    if times % 2:
        dims[a], dims[b] = dims[b], dims[a]
    elif call.symbolic:
        return some_tensor(call, "Keras's shape function turns once too often")
    return made(spec, dims)


def _flatten(call: OpCall) -> Outcome:
    spec = call.tensor()
    if spec is None:
        return some_tensor(call)
    if spec.dims is None or UNKNOWN in spec.dims:
        return made(spec, (UNKNOWN,))
    total = _with_open(spec, spec.dims, [-1]) if None in spec.dims else (product(spec.dims),)
    return made(spec, total)


def _batch_flatten(call: OpCall) -> Outcome:
    """``K.batch_flatten``: a matrix; one unknown size hides both of its own."""
    spec = call.tensor()
    if spec is None:
        return some_tensor(call)
    if spec.dims is None or len(spec.dims) < 2:
        return made(spec, (UNKNOWN, UNKNOWN))
    if None in spec.dims:
        return made(spec, (None, None))
    return made(spec, (spec.dims[0], product(spec.dims[1:])))


def _matrix_transpose(call: OpCall) -> Outcome:
    spec = call.tensor()
    if spec is None or spec.dims is None:
        return some_tensor(call)
    if len(spec.dims) < 2:
        raise bad(f"{spec} has fewer than 2 axes")
    return made(spec, (*spec.dims[:-2], spec.dims[-1], spec.dims[-2]))


def _backend_transpose(call: OpCall) -> Outcome:
    return _transpose(call.with_arguments(axis=None))


def _view_as_complex(call: OpCall) -> Outcome:
    spec = call.tensor()
    if spec is None or not spec.dims:
        return some_tensor(call)
    return made(spec, spec.dims[:-1], None)


def _view_as_real(call: OpCall) -> Outcome:
    spec = call.tensor()
    if spec is None or spec.dims is None:
        return some_tensor(call)
    return made(spec, (*spec.dims, 2), None)


def _vander(call: OpCall) -> Outcome:
    spec, columns = call.tensor(), call.get("N")
    if spec is None or spec.dims is None or len(spec.dims) != 1:
        return some_tensor(call)
    return made(spec, (spec.dims[0], spec.dims[0] if columns is None else size_of(columns)), None)


_MOVES = Kind.EXPLICIT | Kind.RESHAPING

OPS = (
    Op(("ops.reshape", "tf.reshape", "K.reshape"), _reshape, _MOVES),
    Op(("ops.transpose", "tf.transpose", "K.permute_dimensions"), _transpose, _MOVES),
    Op(("K.transpose",), _backend_transpose, _MOVES),
    Op(("tf.linalg.matrix_transpose", "tf.linalg.adjoint"), _matrix_transpose, _MOVES),
    Op(("ops.expand_dims", "tf.expand_dims", "K.expand_dims"), _expand, _MOVES | Kind.LIFTING | Kind.ALONG),
    Op(("ops.squeeze", "tf.squeeze", "K.squeeze"), _squeeze, Kind.RESHAPING | Kind.ALONG),
    Op(("ops.tile", "tf.tile", "K.tile"), _tile, _MOVES),
    Op(("ops.pad", "tf.pad"), _pad),
    Op(("K.temporal_padding", "K.spatial_2d_padding", "K.spatial_3d_padding"), _backend_padding),
    Op(("K.flatten", "ops.ravel"), _flatten, Kind.RESHAPING),
    Op(("K.batch_flatten",), _batch_flatten, Kind.RESHAPING),
    Op(("ops.repeat", "tf.repeat", "K.repeat_elements"), _repeat, _MOVES),
    Op(("K.repeat",), _repeat_vector, _MOVES),
    Op(("ops.broadcast_to", "tf.broadcast_to"), _broadcast_to, _MOVES),
    Op(("ops.swapaxes",), _swapaxes, _MOVES),
    Op(("ops.moveaxis",), _moveaxis, _MOVES),
    Op(("ops.rot90",), _rot90),
    Op(("ops.view_as_complex",), _view_as_complex),
    Op(("ops.view_as_real",), _view_as_real),
    Op(("ops.vander",), _vander),
)  # fmt: skip

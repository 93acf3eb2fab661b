"""Flatten, Reshape, Permute, RepeatVector, Cropping, ZeroPadding, UpSampling."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.layers.layer_type import (
    LayerType,
    as_dim,
    channels_first,
    dims_of,
    not_positive,
    one,
    output,
    refused,
    tuple_of,
)
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    KerasVersion,
    LayerCall,
    Outcome,
    Problem,
    ProblemKind,
    TensorSpec,
)
from kerasmergelint.shapes import (
    UNKNOWN,
    Dim,
    OpenShape,
    Relation,
    Shape,
    add,
    compare,
    format_shape,
    mul,
    product,
    sub,
)
from kerasmergelint.shapes.arithmetic import certainly_not_positive


def _flatten(call: LayerCall) -> Outcome:
    spec = one(call)
    if not isinstance(spec.shape, Shape):
        return output(call, (UNKNOWN, UNKNOWN), spec.dtype)
    if spec.shape.rank == 0:
        return Outcome(UNKNOWN)
    body = spec.shape.dims[1:]
    if None in body:
        return output(call, (spec.shape.dims[0], None), spec.dtype)
    return output(call, (spec.shape.dims[0], product(body)), spec.dtype)


def _reshape(call: LayerCall) -> Outcome:
    spec, target = one(call), call.config.get("target_shape")
    batch: Dim = (
        spec.shape.dims[0] if isinstance(spec.shape, Shape) and spec.shape.dims else UNKNOWN
    )
    if not isinstance(target, (list, tuple)):
        return Outcome(TensorSpec(OpenShape((), 1), spec.dtype, spec.kind))
    wanted: list[Dim] = [None if item is None else as_dim(item) for item in target]
    if sum(_is_minus_one(item) for item in wanted) > 1:
        raise refused("more than one -1 in the target shape")
    if not isinstance(spec.shape, Shape):
        return output(call, (batch, *[UNKNOWN if d == -1 else d for d in wanted]), spec.dtype)
    solved = _solve(spec.shape, wanted)
    return output(call, (batch, *solved), spec.dtype)


def _solve(shape: Shape, wanted: list[Dim]) -> list[Dim]:
    """Fill in -1 and compare the totals; with a None on either side Keras checks nothing."""
    body = shape.dims[1:]
    if None in body or None in wanted:
        return [None if dim == -1 else dim for dim in wanted]
    have = product(body)
    known = product([dim for dim in wanted if not _is_minus_one(dim)])
    unsure = UNKNOWN in wanted or any(getattr(dim, "nullable", False) for dim in (*body, *wanted))
    if not any(_is_minus_one(dim) for dim in wanted):
        if not unsure and compare(have, known).relation is Relation.NEVER:
            raise _total(shape, wanted, have, known)
        return wanted
    filled: Dim = UNKNOWN
    if isinstance(have, int) and isinstance(known, int) and not unsure:
        if known == 0 or have % known:
            raise _total(shape, wanted, have, known)
        filled = have // known
    elif not unsure:
        filled = _quotient(have, known)
    return [filled if _is_minus_one(dim) else dim for dim in wanted]


def _is_minus_one(dim: Dim) -> bool:
    return isinstance(dim, int) and dim == -1


def _quotient(have: Dim, known: Dim) -> Dim:
    """An exact division of symbolic sizes, if it visibly comes out even."""
    from kerasmergelint.shapes import floordiv

    guess = floordiv(have, known)
    return guess if compare(mul(guess, known), have).relation is Relation.EQUAL else UNKNOWN


def _total(shape: Shape, wanted: list[Dim], have: Dim, known: Dim) -> Broken:
    target = format_shape(Shape(tuple(wanted)))
    body = format_shape(Shape(shape.dims[1:]))
    if any(_is_minus_one(dim) for dim in wanted):
        detail = f"{body} has {have} elements, which {target} can not divide"
    else:
        detail = f"{body} has {have} elements, {target} has {known}"
    return Broken(Problem(ProblemKind.RESHAPE, "ValueError", detail, hint="the totals must agree"))


def _check_reshape(config: Config, version: KerasVersion) -> None:
    target = config.get("target_shape")
    if isinstance(target, int):
        raise refused(f"`target_shape` must be a tuple, got {target}", "TypeError")


def _permute(call: LayerCall) -> Outcome:
    spec, order = one(call), call.config.get("dims")
    if not isinstance(order, (list, tuple)) or not all(isinstance(i, int) for i in order):
        return Outcome(TensorSpec(OpenShape((), 1), spec.dtype, spec.kind))
    if isinstance(spec.shape, Shape):
        if spec.shape.rank != len(order) + 1:
            raise Broken(
                Problem(
                    ProblemKind.INPUT_RANK,
                    "ValueError",
                    f"expects an input of rank {len(order) + 1}, got {spec}",
                )
            )
        dims = spec.shape.dims
        return output(call, (dims[0], *[dims[i] for i in order]), spec.dtype)
    return output(call, [UNKNOWN] * (len(order) + 1), spec.dtype)


def _check_permute(config: Config, version: KerasVersion) -> None:
    order = config.get("dims")
    known = isinstance(order, (list, tuple)) and all(isinstance(i, int) for i in order)
    if known and sorted(order) != list(range(1, len(order) + 1)):
        raise refused(f"`dims` must be a permutation of 1 to {len(order)}, got {tuple(order)}")


def _repeat(call: LayerCall) -> Outcome:
    dims = dims_of(call, 2)
    return output(call, (dims[0], as_dim(call.config.get("n")), dims[1]), one(call).dtype)


def _margins(value: Any, spatial: int) -> list[tuple[Dim, Dim]]:
    """``1``, ``(1, 2)`` or ``((1, 1), (2, 2))`` as a pair for each axis."""
    if spatial == 1:
        if isinstance(value, (list, tuple)) and len(value) == 2:
            return [(as_dim(value[0]), as_dim(value[1]))]
        return [(as_dim(value), as_dim(value))]
    if isinstance(value, (list, tuple)):
        if len(value) != spatial:
            return [(UNKNOWN, UNKNOWN)] * spatial
        return [_pair(item) for item in value]
    return [(as_dim(value), as_dim(value))] * spatial


def _pair(item: Any) -> tuple[Dim, Dim]:
    if isinstance(item, (list, tuple)):
        return (as_dim(item[0]), as_dim(item[1])) if len(item) == 2 else (UNKNOWN, UNKNOWN)
    return as_dim(item), as_dim(item)


def _resized(spatial: int, change: Any) -> Any:
    """A rule that changes each spatial length on its own."""

    def rule(call: LayerCall) -> Outcome:
        first, dims = channels_first(call.config), dims_of(call, spatial + 2)
        if first is None:
            return output(call, [UNKNOWN] * (spatial + 2), one(call).dtype)
        start = 2 if first and spatial > 1 else 1
        result = list(dims)
        for offset, length in enumerate(change(call, dims[start : start + spatial])):
            if certainly_not_positive(length):
                raise not_positive(start + offset, length, Shape(dims))
            result[start + offset] = length
        return output(call, result, one(call).dtype)

    return rule


def _padded(spatial: int) -> Any:
    def change(call: LayerCall, lengths: tuple[Dim, ...]) -> list[Dim]:
        margins = _margins(call.config.get("padding"), spatial)
        return [add(add(n, a), b) for n, (a, b) in zip(lengths, margins)]

    return _resized(spatial, change)


def _cropped(spatial: int) -> Any:
    def change(call: LayerCall, lengths: tuple[Dim, ...]) -> list[Dim]:
        margins = _margins(call.config.get("cropping"), spatial)
        result = [sub(sub(n, a), b) for n, (a, b) in zip(lengths, margins)]
        if call.version is KerasVersion.V2 and spatial == 3:
            return [UNKNOWN if certainly_not_positive(n) else n for n in result]
        return result

    return _resized(spatial, change)


def _volume(call: LayerCall) -> Outcome:
    """Keras 2 repeats along axes 1 to 3 of whatever has them; Keras 3 wants rank 5."""
    shape = one(call).shape
    if call.version is KerasVersion.V2 and not (isinstance(shape, Shape) and shape.rank == 5):
        return Outcome(UNKNOWN, ("Keras 2 does not check the rank",))
    if isinstance(shape, Shape) and shape.rank != 5:
        raise Broken(
            Problem(
                ProblemKind.INPUT_RANK,
                "ValueError",
                f"expects an input of rank 5, got rank {shape.rank} {format_shape(shape)}",
            )
        )
    return _upsampled(3)(call)  # type: ignore[no-any-return]


def _upsampled(spatial: int) -> Any:
    def change(call: LayerCall, lengths: tuple[Dim, ...]) -> list[Dim]:
        sizes = tuple_of(call.config.get("size"), spatial)
        return [mul(n, size) for n, size in zip(lengths, sizes)]

    return _resized(spatial, change)


LAYERS = (
    LayerType("Flatten", _flatten),
    LayerType("Reshape", _reshape, check=_check_reshape),
    LayerType("Permute", _permute, check=_check_permute),
    LayerType("RepeatVector", _repeat, rank=2),
    *(LayerType(f"ZeroPadding{n}D", _padded(n), rank=n + 2) for n in (1, 2, 3)),
    *(LayerType(f"Cropping{n}D", _cropped(n), rank=n + 2) for n in (1, 2, 3)),
    *(LayerType(f"UpSampling{n}D", _upsampled(n), rank=n + 2) for n in (1, 2)),
    LayerType("UpSampling3D", _volume),
)

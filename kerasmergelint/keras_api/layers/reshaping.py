"""Flatten, Reshape, Permute, RepeatVector, Cropping, ZeroPadding, UpSampling."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.doubts import Doubt, of_equality, of_length
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.arguments import (
    all_of,
    data_format,
    is_unknown,
    one_of,
    positive_int,
    sizes,
)
from kerasmergelint.keras_api.layers.dtypes import dtype_of, of_floats
from kerasmergelint.keras_api.layers.layer_type import (
    Behaviour,
    Dtype,
    Integers,
    LayerType,
    RankCheck,
)
from kerasmergelint.keras_api.layers.rules import (
    Check,
    Rule,
    as_dim,
    channels_first,
    dims_of,
    one,
    output,
    tuple_of,
)
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.problems import not_positive, other_total, refused, wrong_rank
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    LayerCall,
    Outcome,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
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
    format_shape,
    maximum,
    mul,
    product,
    sub,
)
from kerasmergelint.shapes.arithmetic import certainly_not_positive


def _flatten(call: LayerCall) -> Outcome:
    spec = one(call)
    if not isinstance(spec.shape, Shape):
        return output(call, (UNKNOWN, UNKNOWN))
    if spec.shape.rank == 0:
        raise wrong_rank("expects an input of rank 1 or more, got ()")
    body = spec.shape.dims[1:]
    if None in body:
        return output(call, (spec.shape.dims[0], None))
    return output(call, (spec.shape.dims[0], product(body)))


def _reshape(call: LayerCall) -> Outcome:
    spec, target = one(call), call.config.get("target_shape")
    batch: Dim = (
        spec.shape.dims[0] if isinstance(spec.shape, Shape) and spec.shape.dims else UNKNOWN
    )
    if not isinstance(target, (list, tuple)):
        return Outcome(TensorSpec(OpenShape((), 1), kind=spec.kind))
    if call.version in V3 and spec.kind is not TensorKind.KERAS:
        _check_open_sizes(target)
    wanted = [_target_dim(item) for item in target]
    if not isinstance(spec.shape, Shape):
        return output(
            call, (batch, *[UNKNOWN if isinstance(d, int) and d < 0 else d for d in wanted])
        )
    if call.version in V2:
        wanted = _target_in_v2(spec.shape, wanted)
    found = _solve(spec.shape, wanted)
    return replace(output(call, (batch, *found)), doubts=_totals(spec.shape, found))


def _check_open_sizes(target: Sequence[object]) -> None:
    """Two sizes that are left open are no mistake for Keras 3 before the layer runs."""
    left_open = [item for item in target if item is None or (isinstance(item, int) and item < 0)]
    if len(left_open) > 1:
        words = ", ".join(map(str, target))
        raise refused(f"only one size may be left open, and ({words}) leaves {len(left_open)}")


def _totals(shape: Shape, found: list[Dim]) -> tuple[Doubt, ...]:
    """The numbers of elements that must agree; nothing if one is unknown."""
    body = shape.dims[1:]
    if any(dim is None or dim is UNKNOWN for dim in (*body, *found)):
        return ()
    return of_equality([(product(body), product(found))])


def _target_dim(item: object) -> Dim:
    """Keras 3 takes anything but an int for a size that is known only at run time."""
    return None if item is None or isinstance(item, (float, str)) else as_dim(item)


def _target_in_v2(shape: Shape, wanted: list[Dim]) -> list[Dim]:
    """Keras 2 fills in any one negative size, where it knows the input's sizes."""
    if None in shape.dims[1:]:
        if any(isinstance(dim, int) and dim < -1 for dim in wanted):
            raise refused(
                f"a negative size in the target shape {format_shape(Shape(tuple(wanted)))}"
            )
        _check_known_totals(shape, wanted)
        return wanted
    open_sizes = any(d is UNKNOWN or getattr(d, "nullable", False) for d in shape.dims[1:])
    if open_sizes:  # which may be None
        return [UNKNOWN if isinstance(dim, int) and dim < 0 else dim for dim in wanted]
    if sum(isinstance(dim, int) and dim < 0 for dim in wanted) > 1:
        raise refused("more than one -1 in the target shape")
    return [-1 if isinstance(dim, int) and dim < 0 else dim for dim in wanted]


def _check_known_totals(shape: Shape, wanted: list[Dim]) -> None:
    """With one size left open, TensorFlow sees whether the rest can divide evenly."""
    batch, *body = shape.dims
    known = [dim for dim in body if isinstance(dim, int)]
    if not isinstance(batch, int) or len(known) != len(body) - 1:
        return
    if not all(isinstance(dim, int) and dim >= 0 for dim in wanted):
        return
    have, want = product(known), product(wanted)
    if isinstance(have, int) and isinstance(want, int) and have > 0 and want % have:
        raise _total(shape, wanted, have, want)


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
        filled = floordiv(have, known)  # anything else is refused
    return [filled if _is_minus_one(dim) else dim for dim in wanted]


def _is_minus_one(dim: Dim) -> bool:
    return isinstance(dim, int) and dim == -1


def _total(shape: Shape, wanted: list[Dim], have: Dim, known: Dim) -> Broken:
    target = format_shape(Shape(tuple(wanted)))
    body = format_shape(Shape(shape.dims[1:]))
    if any(_is_minus_one(dim) for dim in wanted):
        detail = f"{body} has {have} elements, which {target} cannot divide"
    else:
        detail = f"{body} has {have} elements, {target} has {known}"
    return other_total(detail)


def _check_reshape(config: Config, version: KerasVersion) -> None:
    target = config.get("target_shape")
    if target is None or isinstance(target, (int, float)):
        raise refused(f"`target_shape` must be a tuple, got {target}", "TypeError")
    if not isinstance(target, (list, tuple)):
        return
    known = [item for item in target if isinstance(item, int)]
    if version in V3 and any(item < -1 for item in known):
        raise refused("a negative size in the target shape")
    if version in V3 and sum(item < 0 for item in known) > 1:
        raise refused("more than one -1 in the target shape")
    strange = [item for item in target if item is None or isinstance(item, (float, str))]
    if strange and version in V2:
        raise refused(f"the target shape must hold integers, got {strange[0]!r}", "TypeError")


def _permute(call: LayerCall) -> Outcome:
    spec, order = one(call), call.config.get("dims")
    if not isinstance(order, (list, tuple)) or not all(isinstance(i, int) for i in order):
        return Outcome(TensorSpec(OpenShape((), 1), spec.dtype, spec.kind))
    if isinstance(spec.shape, Shape):
        if spec.shape.rank != len(order) + 1:
            raise wrong_rank(f"expects an input of rank {len(order) + 1}, got {spec}")
        dims = spec.shape.dims
        return output(call, (dims[0], *[dims[i] for i in order]), spec.dtype)
    return output(call, [UNKNOWN] * (len(order) + 1), spec.dtype)


def _check_permute(config: Config, version: KerasVersion) -> None:
    order = config.get("dims")
    if is_unknown(order):
        return
    if not isinstance(order, (list, tuple)):
        raise refused(f"`dims` must be a tuple, got {order!r}", "TypeError")
    if any(is_unknown(item) for item in order):
        return
    numbers = [item for item in order if isinstance(item, int)]
    if len(numbers) < len(order) or sorted(numbers) != list(range(1, len(order) + 1)):
        raise refused(f"`dims` must be a permutation of 1 to {len(order)}, got {tuple(order)}")


def _repeat(call: LayerCall) -> Outcome:
    dims = dims_of(call, 2)
    times = as_dim(call.config.get("n"))
    if isinstance(times, int) and times < 0:
        times = None  # Keras 2 lets it pass, and to TensorFlow it means unknown
    return output(call, (dims[0], times, dims[1]))


def _margins(value: object, spatial: int) -> list[tuple[Dim, Dim]]:
    """``1``, ``(1, 2)`` or ``((1, 1), (2, 2))`` as one pair per axis."""
    if spatial == 1:
        return [_pair(value)]
    if isinstance(value, (list, tuple)):
        return [_pair(item) for item in value]
    return [(as_dim(value), as_dim(value))] * spatial


def _pair(item: object) -> tuple[Dim, Dim]:
    if isinstance(item, (list, tuple)):
        return (as_dim(item[0]), as_dim(item[1])) if len(item) == 2 else (UNKNOWN, UNKNOWN)
    return as_dim(item), as_dim(item)


def _check_margins(name: str, spatial: int) -> Check:
    """One int, or an int or a pair per axis."""
    pair = sizes(name, 2, zero=True)  # floats fail later, when they are added to a size

    def check(config: Config, version: KerasVersion) -> None:
        value = config.get(name)
        if is_unknown(value):
            return
        if spatial == 1:
            pair(config, version)
        elif isinstance(value, (list, tuple)):
            if len(value) != spatial:
                raise refused(
                    f"`{name}` must have {counted(spatial, 'entry', 'entries')}, got {len(value)}"
                )
            for item in value:
                pair({name: item}, version)
        elif not isinstance(value, int):
            raise refused(f"`{name}` must be an integer or {spatial} pairs, got {value!r}")
        elif value < 0 and name == "cropping" and version in V3:
            raise refused(f"`{name}` cannot be negative, got {value}")

    return check


def _holds_floats(value: object) -> bool:
    if isinstance(value, (list, tuple)):
        return any(map(_holds_floats, value))
    return isinstance(value, float)


Change = Callable[[LayerCall, "tuple[Dim, ...]"], "list[Dim]"]


def _resized(spatial: int, change: Change) -> Rule:
    """A rule that changes the spatial lengths."""

    def rule(call: LayerCall) -> Outcome:
        first, dims = channels_first(call.config), dims_of(call, spatial + 2)
        if first is None:
            return output(call, [UNKNOWN] * (spatial + 2))
        margins = call.config.get("padding", call.config.get("cropping"))
        start = 2 if first and spatial > 1 else 1
        if _holds_floats(margins):
            pairs = [margins] if spatial == 1 else margins
            touched = [n for n, pair in zip(dims[start:], pairs) if _holds_floats(pair)]
            if call.version in V2 or any(isinstance(n, int) for n in touched):
                raise refused(f"the margins must be integers, got {margins}", "TypeError")
            if any(n is not None for n in touched):  # None stays None
                return Outcome(UNKNOWN, ("a float is added to a size that is not known",))
        result, doubts = list(dims), list[Doubt]()
        empty = call.version in V2 and spatial == 3  # which Keras 2 allows there
        for offset, length in enumerate(change(call, dims[start : start + spatial])):
            if certainly_not_positive(length) and not empty:
                raise not_positive(start + offset, length, Shape(dims))
            doubts += () if empty else of_length(length)
            result[start + offset] = length
        return replace(output(call, result), doubts=tuple(doubts))

    return rule


def _padded(spatial: int) -> Rule:
    def change(call: LayerCall, lengths: tuple[Dim, ...]) -> list[Dim]:
        margins = _margins(call.config.get("padding"), spatial)
        return [add(add(n, a), b) for n, (a, b) in zip(lengths, margins)]

    return _resized(spatial, change)


def _cropped(spatial: int) -> Rule:
    def change(call: LayerCall, lengths: tuple[Dim, ...]) -> list[Dim]:
        margins = _margins(call.config.get("cropping"), spatial)
        result = [sub(sub(n, a), b) for n, (a, b) in zip(lengths, margins)]
        if call.version in V2 and spatial == 3:
            return [n if n is None else maximum(n, 0) for n in result]
        return result

    return _resized(spatial, change)


def _volume_in_v2(call: LayerCall) -> Outcome:
    """Keras 2 forgets to check the rank, and repeats along three axes of anything that has them."""
    shape = one(call).shape
    if not isinstance(shape, Shape):
        return Outcome(UNKNOWN, ("Keras 2 does not check the rank",))
    if shape.rank == 5:
        return _upsampled(3)(call)
    first = channels_first(call.config)
    if first is None:
        return Outcome(UNKNOWN, ("the data format is not known",))
    start = 2 if first else 1
    if shape.rank < start + 3:
        raise wrong_rank(
            f"expects an input of rank 5, got rank {shape.rank} {format_shape(shape)}", "IndexError"
        )
    times = tuple_of(call.config.get("size"), 3)
    dims = list(shape.dims)
    for axis, size in enumerate(times, start):
        dims[axis] = mul(dims[axis], size)
    return output(call, dims)


def _upsampled(spatial: int) -> Rule:
    def change(call: LayerCall, lengths: tuple[Dim, ...]) -> list[Dim]:
        size = call.config.get("size")
        times = tuple_of([size] if spatial == 1 else size, spatial)  # Keras 2 takes 2.0, too
        if call.version in V2 and spatial == 2:
            if None in lengths:
                return [None, None]  # both are then computed at run time
            if UNKNOWN in lengths:
                return [UNKNOWN, UNKNOWN]
            if any(_may_be_none(n) for n in lengths):  # and with one of them the other
                pairs = zip(lengths, times)
                return [mul(n, size) if _may_be_none(n) else UNKNOWN for n, size in pairs]
        return [mul(n, size) for n, size in zip(lengths, times)]

    return _resized(spatial, change)


def _may_be_none(dim: Dim) -> bool:
    return isinstance(dim, Expr) and dim.nullable


def _check_repeats(name: str) -> Check:
    """``RepeatVector`` and ``UpSampling1D`` want an int, which to Keras 3 a bool is not."""

    def check(config: Config, version: KerasVersion) -> None:
        value = config.get(name)
        if is_unknown(value):
            return
        if not isinstance(value, int) or (isinstance(value, bool) and version in V3):
            raise refused(f"`{name}` must be an integer, got {value!r}", "TypeError")
        if value <= 0 and version in V3:
            raise refused(f"`{name}` must be a positive integer, got {value}")

    return check


_METHODS = ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area")
_METHODS_V2 = (*_METHODS, "gaussian", "mitchellcubic")


def _interpolated_in_v2(call: LayerCall) -> Outcome:
    """Only the nearest pixels keep integers."""
    outcome, given = _upsampled(2)(call), dtype_of(call.inputs)
    method = call.config.get("interpolation")
    if is_unknown(method) or given == "bool":
        return of_floats(call, outcome, None)
    nearest = isinstance(method, str) and method.lower() == "nearest"
    return of_floats(call, outcome, given if nearest else "float32")


def _like_input(rank_check: RankCheck = RankCheck.ALWAYS) -> tuple[Behaviour, ...]:
    """Keras 2 keeps the dtype of the input, integers too."""
    return (Behaviour(V2, rank_check=rank_check, dtype=Dtype.INPUT, integers=Integers.TAKEN),)


_MOVES = Kind.EXPLICIT | Kind.RESHAPING

LAYERS = (
    LayerType("Flatten", _flatten, Kind.RESHAPING, min_rank=1, check=data_format, dtype=Dtype.INPUT,
              behaviours=_like_input(RankCheck.AT_FIRST)),
    LayerType("Reshape", _reshape, _MOVES, check=_check_reshape, dtype=Dtype.INPUT,
              behaviours=_like_input()),
    LayerType("Permute", _permute, _MOVES, check=_check_permute, dtype=Dtype.INPUT,
              behaviours=_like_input()),
    LayerType("RepeatVector", _repeat, _MOVES, rank=2, check=_check_repeats("n"),
              behaviours=_like_input()),
    *(LayerType(f"ZeroPadding{n}D", _padded(n), rank=n + 2, behaviours=_like_input(),
                check=all_of(_check_margins("padding", n), data_format)) for n in (1, 2, 3)),
    *(LayerType(f"Cropping{n}D", _cropped(n), rank=n + 2, behaviours=_like_input(RankCheck.AT_FIRST),
                check=all_of(_check_margins("cropping", n), data_format)) for n in (1, 2, 3)),
    LayerType("UpSampling1D", _upsampled(1), rank=3, check=all_of(_check_repeats("size"), data_format),
              behaviours=(
        Behaviour(V2, check=all_of(positive_int("size"), data_format), rank_check=RankCheck.AT_FIRST,
                  dtype=Dtype.INPUT, integers=Integers.TAKEN),)),
    LayerType("UpSampling2D", _upsampled(2), rank=4, check=all_of(
        sizes("size", 2, floats=False), one_of("interpolation", _METHODS, fold=True), data_format),
              behaviours=(
        Behaviour(V2, _interpolated_in_v2, all_of(
            sizes("size", 2), one_of("interpolation", _METHODS_V2, fold=True), data_format),
            rank_check=RankCheck.AT_FIRST, dtype=Dtype.RULE, integers=Integers.TAKEN),)),
    LayerType("UpSampling3D", _upsampled(3), rank=5, behaviours=(
        Behaviour(V2, _volume_in_v2, rank_check=RankCheck.NEVER, dtype=Dtype.INPUT,
                  integers=Integers.TAKEN),),
              check=all_of(sizes("size", 3, floats=False), data_format)),
)  # fmt: skip

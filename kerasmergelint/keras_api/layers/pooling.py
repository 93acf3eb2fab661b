"""Pooling: windows, global, adaptive."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.doubts import Doubt, of_window
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.arguments import all_of, data_format, is_unknown, one_of, sizes
from kerasmergelint.keras_api.layers.dtypes import compute_dtype
from kerasmergelint.keras_api.layers.layer_type import (
    Behaviour,
    Dtype,
    Integers,
    LayerType,
    RankCheck,
)
from kerasmergelint.keras_api.layers.merge_inputs import is_eager
from kerasmergelint.keras_api.layers.rules import (
    Check,
    Rule,
    channels_first,
    dims_of,
    one,
    output,
    text_of,
    tuple_of,
)
from kerasmergelint.keras_api.problems import not_positive, refused, wrong_inputs
from kerasmergelint.keras_api.protocol import Config, LayerCall, Outcome, TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion, before
from kerasmergelint.shapes import UNKNOWN, OpenShape, Shape, sub
from kerasmergelint.shapes.arithmetic import certainly_not_positive, pool_length

# These let a window be larger than the input where the result is empty.
_EMPTY = V3 & before("3.15")


_PADDINGS = ("valid", "same")


def _check_spelling(call: LayerCall) -> None:
    """Keras 3 compares the padding where it computes shapes; TensorFlow, on data, takes it in any case."""
    padding = call.config.get("padding", "valid")
    symbolic = one(call).kind is TensorKind.KERAS
    if symbolic and call.version in V3 and isinstance(padding, str) and padding not in _PADDINGS:
        raise refused(f"`padding` must be one of 'valid', 'same', got {padding!r}")


def _windowed(spatial: int) -> Rule:
    def rule(call: LayerCall) -> Outcome:
        _check_spelling(call)
        first, dims = channels_first(call.config), dims_of(call, spatial + 2)
        if first is None:
            return output(call, (dims[0], *[UNKNOWN] * (spatial + 1)))
        start = 2 if first else 1
        size = call.config.get("pool_size", 2)
        strides = call.config.get("strides")
        windows = tuple_of(size, spatial)
        steps = windows if strides is None else tuple_of(strides, spatial)
        padding = text_of(call.config.get("padding", "valid"))
        result, doubts = list(dims), list[Doubt]()
        at_once = is_eager(one(call))  # nobody asks for the shape of the result
        passes_empty = at_once or call.version in _EMPTY
        for offset, (window, step) in enumerate(zip(windows, steps)):
            axis = start + offset
            length = pool_length(dims[axis], window, step, padding)
            if certainly_not_positive(length) and not (length == 0 and passes_empty):
                raise not_positive(axis, length, Shape(dims))
            if not passes_empty:
                doubts += of_window(sub(dims[axis], window), padding)
            if at_once and length == 0:
                doubts.append("TensorFlow may fail to pool nothing")
            result[axis] = length
        return replace(output(call, result), doubts=tuple(doubts))

    return rule


def _global(spatial: int) -> Rule:
    def rule(call: LayerCall) -> Outcome:
        first, dims = channels_first(call.config), dims_of(call, spatial + 2)
        keep = call.config.get("keepdims", False)
        if keep is UNKNOWN:
            return Outcome(TensorSpec(OpenShape((), 2), kind=one(call).kind))
        if first is None:
            rest = spatial + 1 if keep else 1
            return output(call, (dims[0], *[UNKNOWN] * rest))
        channels = dims[1] if first else dims[-1]
        if not keep:
            return output(call, (dims[0], channels))
        ones = (1,) * spatial
        kept = (dims[0], channels, *ones) if first else (dims[0], *ones, channels)
        return output(call, kept)

    return rule


def _adaptive(spatial: int) -> Rule:
    """The rank is not checked: any input gets the spatial axes that are asked for."""

    def rule(call: LayerCall) -> Outcome:
        spec, first = one(call), channels_first(call.config)
        size = tuple_of(call.config.get("output_size"), spatial)
        if not isinstance(spec.shape, Shape) or first is None or spec.shape.rank < 2:
            return output(call, [UNKNOWN] * (spatial + 2))
        batch = spec.shape.dims[0]
        if first:
            return output(call, (batch, spec.shape.dims[1], *size))
        return output(call, (batch, *size, spec.shape.dims[-1]))

    return rule


def _check_window(spatial: int) -> Check:
    return all_of(
        sizes("pool_size", spatial),
        sizes("strides", spatial, optional=True),
        one_of("padding", _PADDINGS, fold=True),
        data_format,
    )


def _check_adaptive(spatial: int) -> Check:
    """Only the type and the length are checked, but a negative size makes no shape."""

    def check(config: Config, version: KerasVersion) -> None:
        size = config.get("output_size")
        if is_unknown(size):
            return
        items = list(size) if isinstance(size, (list, tuple)) else [size]
        wrong = isinstance(size, (list, tuple)) and len(items) != spatial
        for item in items:
            wrong = wrong or not (is_unknown(item) or (isinstance(item, int) and item >= 0))
        if wrong:
            raise refused(f"`output_size` must be an int or {spatial} ints, got {size!r}")

    return check


def _greatest_of_volumes(call: LayerCall) -> Outcome:
    """TensorFlow has no kernel for the maximum of doubles in a volume; Keras 2 needs one."""
    if compute_dtype(call.config) == "float64":
        raise wrong_inputs("does not compute with float64", "TypeError")
    return _windowed(3)(call)


_GLOBAL_IN_KERAS_2 = Behaviour(
    V2, rank_check=RankCheck.AT_FIRST, dtype=Dtype.INPUT, integers=Integers.EXCEPT_BOOLS
)


def _entries(n: int) -> tuple[LayerType, ...]:
    window = _check_window(n)
    greatest = Behaviour(V2, check=window, dtype=Dtype.INPUT, integers=Integers.EXCEPT_BOOLS)
    if n == 3:
        greatest = Behaviour(
            V2,
            rule=_greatest_of_volumes,
            check=window,
            dtype=Dtype.INPUT,
            integers=Integers.REFUSED,
        )
    average = Behaviour(V2, check=window, integers=Integers.REFUSED)
    adaptive = all_of(_check_adaptive(n), data_format)
    return (
        *(
            LayerType(
                f"{name}Pooling{n}D",
                _windowed(n),
                Kind.EXPLICIT,
                rank=n + 2,
                check=window,
                behaviours=(older,),
            )
            for name, older in (("Max", greatest), ("Average", average))
        ),
        *(
            LayerType(
                f"Global{name}Pooling{n}D",
                _global(n),
                Kind.EXPLICIT,
                rank=n + 2,
                check=data_format,
                behaviours=(_GLOBAL_IN_KERAS_2,),
            )
            for name in ("Max", "Average")
        ),
        *(
            LayerType(f"Adaptive{name}Pooling{n}D", _adaptive(n), Kind.EXPLICIT, check=adaptive)
            for name in ("Max", "Average")
        ),
    )


LAYERS = tuple(entry for n in (1, 2, 3) for entry in _entries(n))

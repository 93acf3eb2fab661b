"""Normalization layers: the shape stays, but a size that weights need must be known."""

from __future__ import annotations

from math import prod

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers import einsum
from kerasmergelint.keras_api.layers.arguments import all_of, is_flag_set, is_unknown
from kerasmergelint.keras_api.layers.dtypes import compute_dtype
from kerasmergelint.keras_api.layers.layer_type import (
    Behaviour,
    Dtype,
    Integers,
    LayerType,
    PinCheck,
)
from kerasmergelint.keras_api.layers.rules import Weights, as_dim, last_pinned, no_weights, one
from kerasmergelint.keras_api.problems import refused, undefined, wrong_rank
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    LayerCall,
    Outcome,
    ProblemKind,
    ShapeNest,
    SubLayer,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, Shape, format_shape, last_dim
from kerasmergelint.shapes.broadcast import never_equal

# -- axes -----------------------------------------------------------------------------------


def _axes(config: Config) -> list[int] | None:
    """The normalized axes; None where they are unknown."""
    axis = config.get("axis", -1)
    if isinstance(axis, (float, str)):
        return [int(axis)]
    items = axis if isinstance(axis, (list, tuple)) else [axis]
    return list(items) if all(isinstance(item, int) for item in items) else None


def _sizes(config: Config, shape: ShapeNest) -> list[Dim] | None:
    """The sizes of those axes in a shape."""
    axes = _axes(config)
    if axes is None or not isinstance(shape, Shape):
        return [last_dim(shape)] if axes == [-1] and shape is not UNKNOWN else None
    if any(not -shape.rank <= axis < shape.rank for axis in axes):
        return None
    return [shape.dims[axis] for axis in axes]


def _check_range(call: LayerCall, exception: str) -> None:
    """Every axis must be one that the input has; Keras 2 counts from the end of its first input."""
    spec, axes = one(call), _axes(call.config)
    if call.version in V2 and call.first is not None and axes is not None:
        if not isinstance(call.first, Shape):
            return
        axes = [axis % call.first.rank for axis in axes]
    if axes is None or not isinstance(spec.shape, Shape):
        return
    for axis in axes:
        if not -spec.shape.rank <= axis < spec.shape.rank:
            detail = f"normalizes axis {axis}, which {spec} does not have"
            raise wrong_rank(detail, exception, axis=axis)


def _check_twice(call: LayerCall) -> None:
    """Keras 2 refuses an axis given twice, also as -1 and 3."""
    shape, axes = one(call).shape, _axes(call.config)
    if axes is None or not isinstance(shape, Shape):
        return
    if len({axis % shape.rank for axis in axes}) < len(axes):
        raise refused(f"an axis is given twice: {axes}")


def _check_defined(call: LayerCall) -> list[Dim] | None:
    sizes = _sizes(call.config, one(call).shape)
    if sizes is not None and None in sizes:
        raise undefined(f"the normalized dimension is None: {one(call)}")
    return sizes


def _int_or_list(config: Config, version: KerasVersion) -> None:
    """The axis is an int, or several."""
    axis = config.get("axis", -1)
    if is_unknown(axis):
        return
    items = axis if isinstance(axis, (list, tuple)) else [axis]
    if any(not isinstance(item, int) and not is_unknown(item) for item in items):
        raise refused(f"`axis` must be an int or a list of ints, got {axis!r}", "TypeError")


def _one_int(config: Config, version: KerasVersion) -> None:
    """The axis is a single int."""
    axis = config.get("axis", -1)
    if not is_unknown(axis) and not isinstance(axis, int):
        raise refused(f"`axis` must be an int, got {axis!r}", "TypeError")


def _one_number(config: Config, version: KerasVersion) -> None:
    """The axis is converted to an int, texts such as "-1" too."""
    axis = config.get("axis")
    if isinstance(axis, str):
        digits = axis.strip().removeprefix("-")
        if not digits.isdecimal():
            raise refused(f"`axis` must be an int, got {axis!r}")
    elif not isinstance(axis, float):
        _one_int(config, version)


# -- rules ----------------------------------------------------------------------------------


def _batch(call: LayerCall) -> Outcome:
    if call.version in V2:
        _check_range(call, "ValueError")
        _check_twice(call)
        _check_fused(call)
    else:
        _check_range(call, "IndexError")
    if call.first is None:
        _check_defined(call)
    elif call.version in V2 and _built_otherwise(call):
        return Outcome(one(call), ("Keras 2 does not check the sizes again",))
    return Outcome(one(call))


def _check_fused(call: LayerCall) -> None:
    """Keras 2 normalizes images by a fused op if it can, which takes only some axes."""
    shape, axes = one(call).shape, _axes(call.config)
    if axes is None or len(axes) != 1 or not isinstance(shape, Shape) or shape.rank != 4:
        return
    fused = axes[0] in (-4, -3, -1, 1, 3, 4) and compute_dtype(call.config) != "float64"
    for name in ("renorm", "virtual_batch_size", "adjustment", "fused", "synchronized"):
        fused = fused and not call.config.get(name)
    if fused and "synchronized" in call.config and axes[0] % 4 not in (1, 3):
        raise refused(f"normalizes axis {axes[0]} of rank 4; Keras 2 takes axis 1 or 3 there")


def _layer(call: LayerCall) -> Outcome:
    if call.version in V2:
        _check_range(call, "ValueError")
        if call.first is None:
            _check_twice(call)
    else:
        _check_range(call, "IndexError")
    weights = [is_flag_set(call.config, name, True) for name in _ON if name in call.config]
    if call.first is None and (True in weights or not weights):
        _check_defined(call)
    if call.version in V2 and _built_otherwise(call):
        return Outcome(one(call), ("Keras 2 broadcasts the weights of the first call",))
    return Outcome(one(call))


def _built_otherwise(call: LayerCall) -> bool:
    """Whether the first call may have had another rank, or other normalized sizes."""
    first, shape = call.first, one(call).shape
    if first is None:
        return False
    if not isinstance(first, Shape) or not isinstance(shape, Shape) or first.rank != shape.rank:
        return True
    return _sizes(call.config, first) != _sizes(call.config, shape)


def _unit(call: LayerCall) -> Outcome:
    _check_range(call, "ValueError")
    if call.version in V2 and call.first is None:
        _check_twice(call)
    return Outcome(one(call))


def _group(call: LayerCall) -> Outcome:
    spec = one(call)
    _check_range(call, "ValueError" if call.version in V2 else "IndexError")
    if call.first is not None:
        return Outcome(spec)
    sizes = _check_defined(call)
    groups = call.config.get("groups")
    size = sizes[0] if sizes else UNKNOWN
    if isinstance(groups, int) and isinstance(size, int) and not _divides(groups, size):
        raise refused(f"{size} channels cannot be divided into {groups} groups")
    return Outcome(spec)


def _divides(groups: int, size: int) -> bool:
    return groups == -1 or (groups != 0 and groups <= size and size % groups == 0)


def _check_groups(config: Config, version: KerasVersion) -> None:
    groups = config.get("groups", 32)
    if is_unknown(groups):
        return
    strict = version in V3 and isinstance(groups, int) and groups <= 0 and groups != -1
    if strict or not isinstance(groups, int):
        raise refused(f"`groups` must be a positive integer or -1, got {groups!r}")


# -- weights --------------------------------------------------------------------------------


def _counted(each: int, switches: tuple[str, ...]) -> Weights:
    """Weights of the normalized sizes: one per switch that is on, and ``each`` more."""

    def count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        sizes = _sizes(config, first)
        known = [size for size in sizes or () if isinstance(size, int)]
        if sizes is None or len(known) < len(sizes):
            return None
        on = [is_flag_set(config, switch, True) for switch in switches]
        if None in on:
            return None
        return prod(known) * (each + sum(map(bool, on)))

    return count


def _batch_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    again = is_flag_set(config, "renorm")
    if again is None or config.get("virtual_batch_size") is not None:
        return None
    return _counted(5 if again else 2, ("center", "scale"))(config, first, version)


# -- Normalization, with statistics of the data -----------------------------------------------


def _standard_axes(config: Config) -> list[int] | None:
    return [] if config.get("axis", -1) is None else _axes(config)


def _standardized(call: LayerCall) -> Outcome:
    spec, axes = one(call), _standard_axes(call.config)
    if call.first is not None:
        _check_kept_statistics(call)
        again = call.version in V2 and _built_otherwise(call)
        return Outcome(spec, ("Keras 2 broadcasts the first statistics",) if again else ())
    if axes is None or not isinstance(spec.shape, Shape):
        return Outcome(spec)
    rank = spec.shape.rank
    _check_range(call, "ValueError")
    kept = sorted(axis % rank for axis in axes)
    sizes = [spec.shape.dims[axis] for axis in kept]
    if None in sizes:
        raise undefined(f"the normalized dimension is None: {spec}")
    adapted = call.config.get("mean") is None or call.version in V2
    for axis, size in zip(kept, sizes):
        if adapted and kept.count(axis) > 1 and isinstance(size, int) and size > 1:
            raise refused(f"axis {axis} is given twice")
    _check_mean_fits(call, sizes)
    return Outcome(spec)


def _check_kept_statistics(call: LayerCall) -> None:
    """The statistics of the first data are broadcast against what comes later; in Keras 3 when it runs."""
    first, axes, spec = call.first, _standard_axes(call.config), one(call)
    if axes is None or not isinstance(first, Shape) or not isinstance(spec.shape, Shape):
        return
    if call.version in V3 and spec.kind in (TensorKind.KERAS, TensorKind.ANY):
        return
    kept = {axis % first.rank for axis in axes if -first.rank <= axis < first.rank}
    statistics = [size if axis in kept else 1 for axis, size in enumerate(first.dims)]
    for size, now in zip(reversed(statistics), reversed(spec.shape.dims)):
        if never_equal(size, 1) and never_equal(now, 1) and never_equal(size, now):
            raise refused(
                f"its statistics are of {format_shape(first)}, but it is called on {spec}"
            )


def _check_mean_fits(call: LayerCall, sizes: list[Dim]) -> None:
    for name in ("mean", "variance"):
        values = call.config.get(name)
        if not isinstance(values, (list, tuple)) or any(
            isinstance(v, (list, tuple)) for v in values
        ):
            continue
        if not sizes and len(values) > 1 and call.version in V2:
            raise refused(f"`{name}` has {len(values)} values, and no axis is normalized")
        if sizes and len(values) != 1 and never_equal(sizes[-1], len(values)):
            raise refused(f"`{name}` has {len(values)} values, the normalized axis {sizes[-1]}")


def _check_statistics(config: Config, version: KerasVersion) -> None:
    axis, mean, variance = config.get("axis", -1), config.get("mean"), config.get("variance")
    if axis is not None:
        _int_or_list(config, version)
    if is_unknown(mean) or is_unknown(variance):
        return
    if (mean is None) != (variance is None):
        raise refused("`mean` and `variance` must be given together")
    if mean is None or version in V2:
        return
    shapes = [
        len(value) if isinstance(value, (list, tuple)) else None for value in (mean, variance)
    ]
    if shapes[0] != shapes[1]:
        raise refused("`mean` and `variance` must have the same shape")
    axes = _standard_axes(config)
    if shapes[0] is not None and axes == []:
        raise refused("`mean` has more axes than are normalized")


def _standard_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    mean, axes = config.get("mean"), _standard_axes(config)
    if mean is UNKNOWN or axes is None or not isinstance(first, Shape):
        return None
    if mean is not None:
        return 0
    sizes = [first.dims[axis] for axis in axes]
    known = [size for size in sizes if isinstance(size, int)]
    return 2 * prod(known) + 1 if len(known) == len(sizes) else None


# -- SpectralNormalization --------------------------------------------------------------------

# Layers with a kernel to normalize, and the argument that is its last size.
_KERNELS = {
    "Dense": "units", "Conv1D": "filters", "Conv2D": "filters", "Conv3D": "filters",
    "Embedding": "output_dim", "Conv1DTranspose": None, "Conv2DTranspose": None,
    "Conv3DTranspose": None, "EinsumDense": None,
}  # fmt: skip
_KERNELS_V3 = {"DepthwiseConv1D": "depth_multiplier", "DepthwiseConv2D": "depth_multiplier"}
_NO_KERNEL = frozenset(
    {"SeparableConv1D", "SeparableConv2D", "LSTM", "GRU", "SimpleRNN", "LayerNormalization",
     "BatchNormalization", "ReLU", "Flatten", "Dropout", "Activation", "MaxPooling2D"}
)  # fmt: skip


def _spectral(call: LayerCall) -> Outcome:
    inner = call.config.get("layer")
    if not isinstance(inner, SubLayer):
        return Outcome(UNKNOWN, ("the wrapped layer is not known",))
    name = inner.type_name
    try:
        outcome = inner.apply(call.inputs, call.first)
    except Broken as broken:
        if broken.problem.kind is not ProblemKind.INPUT_RANK or call.version in V2:
            raise
        if name in ("Conv1D", "Conv2D", "Conv3D"):
            raise
        doubt = "Keras 3 only asks for the shape of the result, which the wrapped layer may tell"
        return Outcome(UNKNOWN, (doubt,))
    if name in _KERNELS or (name in _KERNELS_V3 and call.version in V3):
        return outcome
    if name in _NO_KERNEL or name in _KERNELS_V3:
        raise refused(f"{name} has no kernel that could be normalized")
    return Outcome(outcome.outputs, (*outcome.doubts, "the wrapped layer may have no kernel"))


def _spectral_weights(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    inner = config.get("layer")
    count = inner.parameters(first) if isinstance(inner, SubLayer) else None
    size = _kernel_size(inner, first, version) if isinstance(inner, SubLayer) else None
    return count + size if count is not None and isinstance(size, int) else None


def _spectral_trained(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    inner = config.get("layer")
    return inner.trained(first) if isinstance(inner, SubLayer) else None


def _kernel_size(inner: SubLayer, first: ShapeNest, version: KerasVersion) -> Dim:
    """The last size of the wrapped layer's kernel."""
    name = inner.type_name
    if name == "EinsumDense":
        weight = einsum.weight_shape(inner.config, first, version)
        return weight[-1] if weight else UNKNOWN
    argument = {**_KERNELS, **_KERNELS_V3}.get(name)
    if argument is not None:
        return as_dim(inner.config.get(argument, 1))
    if not isinstance(first, Shape):
        return UNKNOWN
    return first.dims[1 if inner.config.get("data_format") == "channels_first" else -1]


def _check_spectral(config: Config, version: KerasVersion) -> None:
    power = config.get("power_iterations", 1)
    if is_unknown(power):
        return
    if not isinstance(power, (int, float)) or power <= 0:
        raise refused(f"`power_iterations` must be positive, got {power!r}")
    if isinstance(config.get("layer"), (int, str, TensorSpec)):
        raise refused("wraps a layer, got something else")


def _pinned(config: Config) -> tuple[int, ...]:
    return tuple(_axes(config) or ())


_ON = ("center", "scale")
_KEEPS = Kind.FLOATING | Kind.PASSING
_TAKES_INTEGERS = (Behaviour(V2, integers=Integers.TAKEN),)
_SEVERAL_AXES = (
    Behaviour(V2, check=_int_or_list, integers=Integers.TAKEN, pin_check=PinCheck.LAYER),
)

LAYERS = (
    *(LayerType(name, _batch, _KEEPS, pins=_pinned, pins_rank=True, check=_one_number,
                weights=_batch_weights, trained=_counted(0, _ON), behaviours=_SEVERAL_AXES)
      for name in ("BatchNormalization", "SyncBatchNormalization")),
    LayerType("LayerNormalization", _layer, _KEEPS, check=_int_or_list, weights=_counted(0, _ON),
              behaviours=_TAKES_INTEGERS),
    LayerType("RMSNormalization", _layer, _KEEPS, check=_int_or_list, weights=_counted(1, ())),
    LayerType("UnitNormalization", _unit, _KEEPS, check=_int_or_list, refuses_lists=False,
              behaviours=_TAKES_INTEGERS),
    LayerType("GroupNormalization", _group, _KEEPS, pins=_pinned, pins_rank=True,
              check=all_of(_one_int, _check_groups), weights=_counted(0, _ON)),
    LayerType("Normalization", _standardized, _KEEPS, check=_check_statistics,
              weights=_standard_weights, trained=no_weights, behaviours=_TAKES_INTEGERS),
    LayerType("SpectralNormalization", _spectral, min_rank=1, pins=last_pinned, check=_check_spectral,
              weights=_spectral_weights, trained=_spectral_trained,
              behaviours=(Behaviour(V2, dtype=Dtype.RULE),)),
)  # fmt: skip

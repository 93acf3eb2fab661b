"""Normalization layers: the shape stays, but a size that weights need must be known."""

from __future__ import annotations

from math import prod
from typing import Any

from kerasmergelint.keras_api.layers.layer_type import LayerType, one, undefined
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    KerasVersion,
    LayerCall,
    Outcome,
    Problem,
    ProblemKind,
    ShapeNest,
    SubLayer,
)
from kerasmergelint.shapes import UNKNOWN, Dim, Shape, last_dim


def _axes(config: Config) -> list[int] | None:
    """The axes that are normalized; None if they are not known."""
    axis = config.get("axis", -1)
    items = axis if isinstance(axis, (list, tuple)) else [axis]
    return list(items) if all(isinstance(item, int) for item in items) else None


def _sizes(config: Config, shape: Any) -> list[Dim] | None:
    """The sizes of those axes in a shape."""
    axes = _axes(config)
    if axes is None or not isinstance(shape, Shape):
        return [last_dim(shape)] if axes == [-1] and shape is not UNKNOWN else None
    if any(not -shape.rank <= axis < shape.rank for axis in axes):
        return None
    return [shape.dims[axis] for axis in axes]


def _normalized(call: LayerCall) -> Outcome:
    spec = one(call)
    axes = _axes(call.config)
    if axes is not None and isinstance(spec.shape, Shape):
        for axis in axes:
            if not -spec.shape.rank <= axis < spec.shape.rank:
                raise Broken(
                    Problem(
                        ProblemKind.INPUT_RANK,
                        "ValueError" if call.version is KerasVersion.V2 else "IndexError",
                        f"normalizes axis {axis}, which {spec} does not have",
                        axis=axis,
                    )
                )
    sizes = _sizes(call.config, spec.shape)
    if sizes is not None and None in sizes:
        raise undefined(f"the normalized dimension is None: {spec}")
    return Outcome(spec)


def _group(call: LayerCall) -> Outcome:
    spec = one(call)
    sizes = _sizes(call.config, spec.shape)
    if sizes is not None and None in sizes:
        raise undefined(f"the normalized dimension is None: {spec}")
    groups = call.config.get("groups")
    size = sizes[0] if sizes else UNKNOWN
    both = isinstance(groups, int) and isinstance(size, int)
    if both and groups != -1 and (groups > size or size % groups):
        raise Broken(
            Problem(
                ProblemKind.ARGUMENT,
                "ValueError",
                f"{size} channels can not be divided into {groups} groups",
            )
        )
    return Outcome(spec)


def _counted(each: int, switches: tuple[str, ...]) -> Any:
    """A weight of the normalized sizes for each switch that is on, and ``each`` more."""

    def count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
        sizes = _sizes(config, first)
        if sizes is None or not all(isinstance(size, int) for size in sizes):
            return None
        on = sum(1 for switch in switches if config.get(switch, True))
        return prod(size for size in sizes if isinstance(size, int)) * (each + on)

    return count


def _data_normalization(call: LayerCall) -> Outcome:
    return Outcome(one(call))


def _spectral(call: LayerCall) -> Outcome:
    inner = call.config.get("layer")
    if isinstance(inner, SubLayer):
        return inner.apply(call.inputs, call.first)
    return Outcome(UNKNOWN)


def _pinned(config: Config) -> tuple[int, ...]:
    return tuple(_axes(config) or ())


LAYERS = (
    LayerType("BatchNormalization", _normalized, pins=_pinned, pins_rank=True,
              weights=_counted(2, ("center", "scale"))),
    LayerType("LayerNormalization", _normalized, weights=_counted(0, ("center", "scale"))),
    LayerType("RMSNormalization", _normalized, weights=_counted(1, ())),
    LayerType("GroupNormalization", _group, weights=_counted(0, ("center", "scale"))),
    LayerType("Normalization", _data_normalization, weights=lambda *_: None),
    LayerType("SpectralNormalization", _spectral, weights=lambda *_: None),
)  # fmt: skip

"""What a layer asks of its inputs, in words: for whoever is about to call it."""

from __future__ import annotations

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.protocol import Config, ShapeNest
from kerasmergelint.keras_api.versions import KerasVersion
from kerasmergelint.shapes import UNKNOWN, Shape


def requirement(
    entry: LayerType, config: Config, first: ShapeNest, version: KerasVersion
) -> str | None:
    """What a call must bring, given the shapes of the first call, if any; None where nothing is known.

    >>> from kerasmergelint.keras_api.layers import find
    >>> requirement(find("Conv2D", KerasVersion.V3), {}, Shape((None, 8, 8, 3)), KerasVersion.V3)
    'a tensor of rank 4; size 3 on axis -1, as in its first call'
    """
    entry = entry.in_version(version)
    if entry.single:
        wanted = [*_rank(entry), *_pinned(entry, config, first)]
        return "; ".join(wanted) or None
    return _merged(entry, config)


def _merged(entry: LayerType, config: Config) -> str | None:
    kind = entry.kind
    if kind.is_any(Kind.JOIN):
        axis = config.get("axis", -1)
        words = "the one that it joins" if axis is UNKNOWN else f"axis {axis}"
        return f"tensors of one rank that agree on every axis but {words}"
    if kind.is_any(Kind.DOT):
        return "two tensors of the same size along the axes that it contracts"
    if kind.is_any(Kind.ELEMENTWISE):
        return "tensors that broadcast"
    return None


def _rank(entry: LayerType) -> list[str]:
    if entry.rank is None and entry.min_rank is None:
        return []
    exact = entry.rank is not None and not entry.more_axes
    rank = entry.min_rank if entry.rank is None else entry.rank
    return [f"a tensor of rank {rank}" + ("" if exact else " or more")]


def _pinned(entry: LayerType, config: Config, first: ShapeNest) -> list[str]:
    """The sizes that the first call has fixed."""
    if not isinstance(first, Shape):
        return []
    fixed = []
    for axis in entry.pins(config):
        size = first.dims[axis] if -first.rank <= axis < first.rank else None
        if size is not None and size is not UNKNOWN:
            fixed.append(f"size {size} on axis {axis}, as in its first call")
    return fixed

"""The catalogue of layers.  Each family has a module with a table; this one finds an entry."""

from __future__ import annotations

from functools import lru_cache

from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.keras_api.signatures import table

__all__ = ["LayerType", "find", "names"]


@lru_cache(maxsize=1)
def _entries() -> dict[str, LayerType]:
    from kerasmergelint.keras_api import merges
    from kerasmergelint.keras_api.layers import (
        attention,
        augmentation,
        convolution,
        core,
        einsum,
        images,
        normalization,
        passing,
        pooling,
        preprocessing,
        recurrent,
        reshaping,
        wrappers,
    )

    families = (
        core, einsum, convolution, pooling, reshaping, recurrent, attention, normalization, passing,
        preprocessing, images, augmentation, wrappers, merges,
    )  # fmt: skip
    return {entry.name: entry for family in families for entry in family.LAYERS}


@lru_cache(maxsize=512)
def find(name: str, version: KerasVersion) -> LayerType | None:
    """The entry of a public class name (aliases included); None for a layer that is not known."""
    name = _FORMER.get(name, name)
    described = table(version).get(name)
    entry = _entries().get(described["class"]) if described is not None else None
    return entry or _entries().get(name)


# Layers that only older versions have, and the ones that do the same.
_FORMER = {"CuDNNLSTM": "LSTM", "CuDNNGRU": "GRU"}


@lru_cache(maxsize=2)
def names(version: KerasVersion) -> frozenset[str]:
    """All public layer names of a version, and of the other one."""
    return (
        frozenset(table(KerasVersion.V2)) | frozenset(table(KerasVersion.V3)) | frozenset(_FORMER)
    )

"""The catalogue of layers.  Each family has a module with a table; this one finds an entry."""

from __future__ import annotations

from functools import lru_cache

from kerasmergelint.keras_api.layers import (
    attention,
    augmentation,
    cells,
    concatenate,
    convolution,
    core,
    dot,
    einsum,
    elementwise_merges,
    encoding,
    images,
    multi_head,
    normalization,
    passing,
    pooling,
    recurrent,
    reshaping,
    spectrograms,
    vocabularies,
    wrappers,
)
from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.signatures import table
from kerasmergelint.keras_api.versions import KerasVersion

__all__ = ["LayerType", "find", "names"]

_FAMILIES = (
    core, einsum, convolution, pooling, reshaping, recurrent, cells, attention, multi_head,
    normalization, passing, encoding, vocabularies, spectrograms, images, augmentation, wrappers,
    elementwise_merges, concatenate, dot,
)  # fmt: skip
_ENTRIES = {entry.name: entry for family in _FAMILIES for entry in family.LAYERS}
# Layers that only older versions have, and their present counterparts.
_FORMER = {"CuDNNLSTM": "LSTM", "CuDNNGRU": "GRU"}


@lru_cache(maxsize=512)
def find(name: str, version: KerasVersion) -> LayerType | None:
    """The entry of a public class name, aliases included; None for an unknown layer."""
    name = _FORMER.get(name, name)
    described = table(version).get(name)
    entry = _ENTRIES.get(described["class"]) if described is not None else None
    return entry or _ENTRIES.get(name)


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """All public layer names, of any version: a program may well be written for several."""
    return frozenset(_FORMER).union(*map(table, KerasVersion))

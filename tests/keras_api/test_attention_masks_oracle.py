"""The mask of MultiHeadAttention against the scores that it weighs, with data and as symbols."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from kerasmergelint.keras_api.layers import find
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    LayerCall,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.shapes import Shape
from tests.oracle import Dims, keras_of, symbolic
from tests.some import some

pytestmark = pytest.mark.oracle
Grid = tuple[int, ...]
INSTALLED = (KerasVersion.V2, KerasVersion.V3)
BATCH, HEADS, QUERY, KEY = 2, 4, 5, 7
SIZES = (1, BATCH, HEADS, QUERY, KEY)
MASKS: list[Dims] = [
    mask
    for rank in (1, 2, 3, 4)
    for mask in random.Random(rank).sample(
        list(itertools.product(SIZES, repeat=rank)), min(60, len(SIZES) ** rank)
    )
] + [
    (QUERY, KEY),
    (BATCH, 1, KEY),
    (BATCH, QUERY, 1),
    (BATCH, HEADS, QUERY, KEY),
    (BATCH, 1, 1, KEY),
]


ROWS = 3
MASKS_OF_GRIDS: list[Dims] = [
    mask
    for rank in (2, 3, 4, 5)
    for mask in random.Random(rank).sample(
        list(itertools.product((1, BATCH, ROWS, HEADS, QUERY, KEY), repeat=rank)), 36
    )
] + [
    (BATCH, ROWS, QUERY, KEY),
    (BATCH, 1, QUERY, KEY),
    (BATCH, ROWS, 1, KEY),
    (BATCH, ROWS, HEADS, QUERY, KEY),
    (ROWS, QUERY, ROWS, KEY),
    (BATCH, ROWS, QUERY, ROWS, KEY),
    (BATCH, 1, 1, ROWS, KEY),
]


def refused_by_rule(mask: Dims, kind: TensorKind, version: KerasVersion, grid: Grid = ()) -> bool:
    """``grid``: what stands between the batch and the length of query and value."""
    entry = find("MultiHeadAttention", version)
    assert entry is not None
    query, value, masks = (
        TensorSpec(Shape(dims), kind=kind)
        for dims in ((BATCH, *grid, QUERY, 8), (BATCH, *grid, KEY, 8), mask)
    )
    arguments = {"value": value, "attention_mask": masks}
    config = {"num_heads": HEADS, "key_dim": 3, **({"attention_axes": (2,)} if grid else {})}
    try:
        entry.call(LayerCall(config, query, version, None, arguments))
    except Broken:
        return True
    return False


def refused_by_keras(mask: Dims, version: KerasVersion, make: Any, grid: Grid = ()) -> bool:
    keras = keras_of(version)
    layer = keras.layers.MultiHeadAttention(HEADS, 3, attention_axes=(2,) if grid else None)
    try:
        layer(
            make(keras, (BATCH, *grid, QUERY, 8)),
            make(keras, (BATCH, *grid, KEY, 8)),
            attention_mask=make(keras, mask),
        )
    except Exception:
        return True
    return False


def with_data(keras: Any, dims: Dims) -> Any:
    import tensorflow as tf

    return tf.ones(dims)


@pytest.mark.parametrize("version", INSTALLED)
def test_masks_of_data(version: KerasVersion) -> None:
    for mask in some(MASKS):
        ours = refused_by_rule(mask, TensorKind.EAGER, version)
        assert ours is refused_by_keras(mask, version, with_data), mask


@pytest.mark.parametrize("version", INSTALLED)
def test_masks_of_symbols(version: KerasVersion) -> None:
    for mask in some(MASKS):
        ours = refused_by_rule(mask, TensorKind.KERAS, version)
        assert ours is refused_by_keras(mask, version, symbolic), mask


@pytest.mark.parametrize("version", INSTALLED)
def test_masks_of_rows_in_a_grid(version: KerasVersion) -> None:
    for mask in some(MASKS_OF_GRIDS):
        ours = refused_by_rule(mask, TensorKind.EAGER, version, (ROWS,))
        assert ours is refused_by_keras(mask, version, with_data, (ROWS,)), mask

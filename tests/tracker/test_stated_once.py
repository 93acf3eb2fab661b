"""What a merge needs of operands without names is worked out once, though many runs meet it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from kerasmergelint.keras_api.protocol import TensorSpec
from kerasmergelint.options import Settings
from kerasmergelint.shapes import Shape, mul, symbol
from kerasmergelint.tracker.keras import stated
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

PROGRAM = """
import random
import numpy as np
import tensorflow as tf

def sample(picture, boxes):
    for attempt in range(50):
        start = random.uniform(0, 1) * picture.shape[0]
        patch = np.array([start, start + 1], dtype="float32")
        overlaps = tf.cast(boxes, "float32") * patch
        if not tf.reduce_any(overlaps > 1):
            continue
        boxes = tf.stack([boxes[:, 0] - patch[0], boxes[:, 1] - patch[1]])
        centers = (boxes[:, :2] + overlaps[:, 2:]) / 2
        break
    return boxes
"""


def test_many_runs_share_what_is_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    found: Counter[tuple[str, ...]] = Counter()
    for_ranks = stated._for_ranks

    def counted(names: Any, *others: Any) -> Any:
        found[tuple(names)] += 1
        return for_ranks(names, *others)

    monkeypatch.setattr(stated, "_for_ranks", counted)
    analyse(PROGRAM, "sampling.py", Settings(), watch=Watch.MERGES)
    assert found["boxes[:, :2]", "overlaps[:, 2:]"] == 1, found


def test_sizes_without_names_are_told_apart_by_their_places_alone() -> None:
    def key(*sizes: Any) -> Any:
        return stated._key_of([TensorSpec(Shape(sizes))])

    one, other, named = symbol("?1"), symbol("?2"), symbol("n")
    assert key(one, other) == key(symbol("?7"), symbol("?5"))
    assert key(one, other) != key(one, one)
    assert key(one, other) != key(one, mul(other, 2))
    assert key(named) != key(symbol("m"))
    assert key(one) != key(symbol("?1", positive=True))

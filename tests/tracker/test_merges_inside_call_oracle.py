"""Merge layers that a layer of the program's own calls: TensorFlow's shapes, which know more than Keras's."""

from __future__ import annotations

import itertools
import os
import random

import pytest

from tests.some import some
from tests.tracker.result_shapes import by_keras, by_tracker

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

pytestmark = pytest.mark.oracle

PROGRAM = """
import keras
from keras import layers, Input

class Merging(layers.Layer):
    def __init__(self):
        super().__init__()
        self.merge = layers.{merge}

    def call(self, a, b):
        return self.merge([a, b])

result = Merging()(Input({left}), Input({right}))
"""
MERGES = ["Add()", "Subtract()", "Multiply()", "Average()", "Maximum()", "Concatenate()",
          "Concatenate(axis=1)"]  # fmt: skip
SHAPES = list(itertools.product([None, 1, 3, 4], repeat=2))
PAIRS = random.Random(4).sample(list(itertools.product(SHAPES, SHAPES)), 60)


@pytest.mark.parametrize("merge", MERGES)
def test_pairs_of_shapes(merge: str) -> None:
    for left, right in some(PAIRS):
        program = PROGRAM.format(merge=merge, left=left, right=right)
        assert by_tracker(program) == by_keras(program), (left, right)

"""How many rows a mask leaves is not the number of samples: what is merged with others must have as many."""

from __future__ import annotations

import os
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

LAYER = """
import tensorflow as tf
from tensorflow.keras import Input, layers

class Part(layers.Layer):
    def call(self, x):
        {body}

part = Part()
"""
SYMBOLIC = "part(Input((4,)))\n"
OPEN = {
    "two masks": """
        some = tf.boolean_mask(x, x[:, 0] > 0)
        return some - tf.boolean_mask(x, x[:, 0] < 0)
""",
    "a mask as an index": """
        some = tf.nn.relu(x[x[:, 0] > 0])
        return some - x
""",
    "repeats of each row": """
        some = tf.repeat(x, tf.cast(x[:, 0] + 2, tf.int32), axis=0)
        return some - x
""",
    "two numbers": """
        most, least = tf.reduce_max(tf.cast(x, tf.int32)), tf.reduce_min(tf.cast(x, tf.int32))
        some = tf.ones((most + 2, 3))
        return tf.stack([some, tf.ones((least + 2, 3))])
""",
}
AGREE = {
    "one mask": """
        mask = x[:, 0] > 0
        return tf.boolean_mask(x, mask) - tf.boolean_mask(x + 1, mask)
""",
    "zeros for each sample": """
        return x - tf.zeros((tf.shape(x)[0], 4))
""",
    "places of one mask": """
        places = tf.where(x[:, 0] > 0)
        return tf.gather_nd(x, places) - tf.gather_nd(x + 1, places)
""",
}


def verdict(body: str) -> Verdict:
    text = LAYER.format(body=body.strip()) + SYMBOLIC
    report = analyse(text, "program.py", Settings(keras_version="3"), watch=Watch.MERGES)
    assert not report.errors
    return list(report.merges.values())[-1].verdict


@pytest.mark.parametrize("body", OPEN.values(), ids=OPEN)
def test_rows_that_a_run_decides_on_are_compared(body: str) -> None:
    assert verdict(body) is Verdict.CONDITIONAL


@pytest.mark.parametrize("body", AGREE.values(), ids=AGREE)
def test_what_has_the_same_rows_needs_nothing(body: str) -> None:
    assert verdict(body) is Verdict.SAFE


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("body", "works"),
    [(body, False) for body in OPEN.values()] + [(body, True) for body in AGREE.values()],
    ids=[*OPEN, *AGREE],
)
def test_tensorflow_compares_them_when_it_runs(body: str, works: bool) -> None:
    tf = pytest.importorskip("tensorflow")
    scope: dict[str, Any] = {}
    exec(LAYER.format(body=body.strip()), scope)
    rows = tf.constant([[1.0, 1, 1, 1], [2, 2, 2, 2], [-1, 1, 1, 1], [-1, 2, 2, 2], [3, 3, 3, 3]])
    try:
        scope["part"].call(rows)
    except tf.errors.InvalidArgumentError:
        assert not works
    else:
        assert works

"""A batch that meets a size of the program must be as large; Keras says so, too, where it has a size."""

from __future__ import annotations

import os
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Merge, Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

START = """
import tensorflow as tf
from tensorflow.keras import layers
"""

# The program, what its last merge needs, and the batches that are as large or 1.
PROGRAMS: dict[str, tuple[str, str, set[int]]] = {
    "pools the rows of a graph": (
        """
def build(x, clusters=4):
    weights = layers.Dense(clusters)(layers.Flatten()(x))
    return weights + tf.matmul(weights, weights, transpose_a=True)
""",
        "weights[0] = 4 or 1",
        {1, 4},
    ),
    "adds a constant": (
        """
def build(x):
    return layers.Dense(7)(layers.Flatten()(x)) + tf.ones((5, 7))
""",
        "left_operand[0] = 5 or 1",
        {1, 5},
    ),
    "joins a state of a batch": (
        """
def build(x, batch=3):
    rows = layers.Flatten()(x)
    return tf.concat([tf.zeros((batch, 7)), rows], axis=-1)
""",
        "rows[0] = 3",
        {3},
    ),
    "multiplies rows by rows": (
        """
def build(x, count=2):
    rows = layers.Flatten()(x)
    return tf.matmul(rows, tf.ones((count, 7)), transpose_a=True)
""",
        "rows[0] = 2",
        {2},
    ),
    "adds its transpose": (
        """
def build(x):
    rows = layers.Dense(6)(layers.Flatten()(x))
    return rows + tf.transpose(rows)
""",
        "rows[0] = 6 or 1",
        {1, 6},
    ),
}


def last_merge(program: str) -> Merge:
    report = analyse(START + program, "program.py", Settings(), watch=Watch.MERGES)
    report.add_unreached()
    assert not report.errors
    return list(report.merges.values())[-1]


@pytest.mark.parametrize("name", PROGRAMS)
def test_its_condition_names_the_batch(name: str) -> None:
    program, condition, _ = PROGRAMS[name]
    merge = last_merge(program)
    assert merge.verdict is Verdict.CONDITIONAL
    assert merge.reason == condition


@pytest.mark.oracle
@pytest.mark.parametrize("name", PROGRAMS)
def test_these_batches_build_and_others_raise(name: str) -> None:
    tf = pytest.importorskip("tensorflow")
    program, _, batches = PROGRAMS[name]
    scope: dict[str, Any] = {}
    exec(START + program, scope)
    built = set()
    for batch in range(1, 8):
        try:
            scope["build"](tf.ones((batch, 3)))
        except (ValueError, tf.errors.InvalidArgumentError):
            continue
        built.add(batch)
    assert built == batches


@pytest.mark.parametrize(
    "program",
    [
        """
def build(size):
    x = tf.keras.Input((size,))
    return tf.keras.Model(x, layers.Dense(7)(x) + tf.ones((5, 7)))
""",
        """
def build(x):
    rows = layers.Flatten()(x)
    return layers.Dense(7)(rows) + tf.zeros((tf.shape(rows)[0], 7))
""",
        """
def build(x, y):
    return layers.Dense(7)(layers.Flatten()(x)) + layers.Dense(7)(layers.Flatten()(y))
""",
    ],
    ids=["of an Input", "its own size", "another batch"],
)
def test_where_batches_have_no_size_or_agree_it_is_safe(program: str) -> None:
    assert last_merge(program).verdict is Verdict.SAFE

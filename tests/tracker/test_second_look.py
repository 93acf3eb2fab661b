"""Merges that only other arguments, or callers of what a function returns, lead to."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

_START = """\
import keras
import tensorflow as tf
from keras import Input, layers, ops
from tensorflow.keras import backend as K
"""

SAFE, CONDITIONAL, UNKNOWN = Verdict.SAFE, Verdict.CONDITIONAL, Verdict.UNKNOWN


def verdicts(program: str) -> list[tuple[str, Verdict, str]]:
    report = analyse(_START + program, "program.py", Settings(), watch=Watch.MERGES)
    report.add_unreached()
    assert not report.errors
    return [(m.callee, m.verdict, m.reason) for m in report.merges.values()]


PROGRAMS = {
    "a function that is returned": (
        """
def identity(filters):
    def block(x):
        y = layers.Conv2D(filters, 3, padding="same")(x)
        return layers.Add()([x, y])
    return block
""",
        [("Add", CONDITIONAL, "x[-1] = filters, or one of them is 1")],
    ),
    "both have a parameter of that name": (
        """
def make(x):
    y = layers.Dense(4)(x)
    def block(x):
        return layers.Concatenate(axis=1)([layers.Dense(4)(x), y])
    return block
""",
        [("Concatenate", CONDITIONAL, "x and block.x have 4 axes: block.x[2] = x[2]")],
    ),
    "behind a flag that is off": (
        """
def block(x, shortcut=False):
    y = layers.Dense(8)(x)
    if shortcut:
        y = layers.Add()([layers.Dense(8)(x), y])
    return y
""",
        [("Add", SAFE, "")],
    ),
    "behind what is computed from a flag": (
        """
def block(x, filters, stride=2):
    y = layers.Dense(filters)(x)
    same = stride == 1 and filters > 0
    if same:
        y = layers.Add()([x, y])
    return y
""",
        [("Add", CONDITIONAL, "x[-1] = filters, or one of them is 1")],
    ),
    "behind an attribute that the constructor sets": (
        """
class Gate(layers.Layer):
    def __init__(self, weigh=False):
        super().__init__()
        self.weigh = weigh

    def call(self, x):
        if self.weigh:
            return x * ops.mean(x, axis=-1, keepdims=True)
        return x
""",
        [("*", CONDITIONAL, "x is of float32")],
    ),
    "the mask of a layer": (
        """
class Pool(layers.Layer):
    def call(self, x, mask=None):
        if mask is not None:
            x = ops.tanh(x) * ops.expand_dims(mask, -1)
        return ops.sum(x, axis=1)
""",
        None,
    ),
    "a branch of tf.cond": (
        """
def either(x, y):
    z = tf.nn.relu(x)
    return tf.cond(tf.reduce_sum(y) > 0, lambda: z + tf.zeros_like(x), lambda: z)
""",
        [("+", SAFE, "")],
    ),
    "a branch of the backend's switch": (
        "def either(x):\n    z = K.relu(x)\n    return K.switch(K.sum(x) > 0, lambda: z + z * z, z)\n",
        [("*", SAFE, ""), ("+", SAFE, "")],
    ),
    "an attribute that the constructor sets by another name": (
        """
class Joined(layers.Layer):
    def __init__(self, wide=False, **others):
        super().__init__(**others)
        self._is_wide = wide
    def call(self, x, y):
        if self._is_wide:
            return tf.concat([tf.nn.relu(x), y], axis=0)
        return x
""",
        None,
    ),
    "a function that an unknown decorator takes": (
        """
import house
def build():
    @house.register("step")
    def step(x):
        y = layers.Dense(4)(x)
        return layers.Add()([y, y])
""",
        [("Add", SAFE, "")],
    ),
    "rows of tf.map_fn": (
        """
def rows(x):
    x = tf.reshape(x, (-1, 5, 3))
    return tf.map_fn(lambda row: tf.matmul(row, tf.ones((3, 7))), x) + tf.zeros((5, 7))
""",
        [("tf.matmul", CONDITIONAL, "is of float32"), ("+", CONDITIONAL, "is of float32")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_only_others_lead_to_has_a_verdict(name: str) -> None:
    program, wanted = PROGRAMS[name]
    found = verdicts(program)
    if wanted is None:
        assert [verdict for _, verdict, _ in found] == [CONDITIONAL]
        return
    assert [one[:2] for one in found] == [one[:2] for one in wanted]
    for (_, _, reason), (_, _, part) in zip(found, wanted):
        assert part in reason


def test_a_second_look_finds_no_failure() -> None:
    program = """
def block(shortcut=False):
    x = Input((4,))
    if shortcut:
        x = layers.Add()([layers.Dense(8)(x), layers.Dense(9)(x)])
    return x
"""
    report = analyse(_START + program, "program.py", Settings(), watch=Watch.MERGES)
    assert not report.events
    assert [merge.verdict for merge in report.merges.values()] == [UNKNOWN]


def test_losses_are_judged_by_products_that_go_into_functions() -> None:
    program = """
def overlap(y_true, y_pred):
    both = tf.reduce_sum(y_true * y_pred, axis=-1)
    return both / (tf.reduce_sum(y_true + y_pred, axis=-1) - both)
"""
    assert {callee: verdict for callee, verdict, _ in verdicts(program)} == {
        "*": CONDITIONAL, "+": SAFE, "-": SAFE, "/": SAFE,
    }  # fmt: skip

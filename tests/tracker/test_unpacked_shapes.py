"""Who unpacks a shape says how many axes there are, whatever the tensor is merged with."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

UNPACKED = (
    "_, h, w, c = x.shape",
    "_, h, w, c = tf.shape(x)",
    "_, h, w, c = tf.unstack(tf.shape(x))",
    "_, h, w, c = keras.backend.int_shape(x)",
    "_, h, w, c = keras.ops.shape(x)",
    "_, h, w, c = x.get_shape().as_list()",
    "h, w, c = x.shape[1:]",
    "n, h, w = x.shape[:-1]",
)


def condition(statement: str, merge: str) -> str:
    program = f"""
import tensorflow as tf
from tensorflow import keras

def merged(x):
    {statement}
    return {merge}
"""
    report = analyse(program, "program.py", Settings(), watch=Watch.MERGES)
    assert not report.errors
    (found,) = report.merges.values()
    assert found.verdict is Verdict.CONDITIONAL
    return found.reason


@pytest.mark.parametrize("statement", UNPACKED)
def test_an_unpacked_shape_tells_the_number_of_axes(statement: str) -> None:
    assert condition(statement, "x + tf.ones((4, 1, 1))") == "(x[1] = 4 or 1) and x is of float32"


@pytest.mark.parametrize("statement", ["pass", "n, *rest = x.shape", "h, w = x.shape[1:3]"])
def test_otherwise_it_has_that_of_what_it_is_merged_with(statement: str) -> None:
    assert (
        condition(statement, "x + tf.ones((4, 1, 1))")
        == "x has 3 axes and (x[0] = 4 or 1) and x is of float32"
    )


def test_two_sizes_are_those_of_rows() -> None:
    merge = "keras.layers.Dense(3)(x) + tf.ones((4, 3, 3))"
    assert condition("_, c = tf.shape(x)", merge) == "left_operand[0] = 3 or 1"

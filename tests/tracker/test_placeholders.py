"""Placeholders of TensorFlow 1."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAM = """
import tensorflow as tf

x = tf.compat.v1.placeholder("{dtype}", [None, 4])
y = tf.matmul(x, tf.Variable(tf.zeros([{size}, 3])))
"""


@pytest.mark.parametrize(
    ("dtype", "size", "lines"),
    [("float", 4, []), ("float32", 4, []), ("double", 4, [5]), ("float", 5, [5])],
)
def test_types_have_short_names(dtype: str, size: int, lines: list[int]) -> None:
    program = PROGRAM.format(dtype=dtype, size=size)
    assert [found.line for found in check_source(program, "net.py", Settings())] == lines

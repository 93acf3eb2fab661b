"""Functions that are called with arguments that they do not have, and programs that are right."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_HEAD = """\
import numpy as np
import tensorflow as tf
from keras import Input, layers, ops
a, b = Input((4, 5)), Input((4, 5))
x, y = tf.zeros((4, 5)), tf.zeros((4, 5))
"""


def _codes(program: str, version: str = "3") -> list[str]:
    found = check_source(f"{_HEAD}{program}\n", "net.py", Settings(keras_version=version))
    return [one.code for one in found]


REFUSED = [
    "ops.concatenate([a, b], dim=1)",
    "ops.matmul(a, b, transpose_b=True)",
    "ops.maximum(a)",
    "ops.stack([a, b], 1, 2)",
    "tf.concat([x, y])",
    "tf.concat([x, y], dim=1)",
    "tf.reduce_sum(x, reduction_indices=[1])",
    "tf.add(x, y, alpha=2)",
]


@pytest.mark.parametrize("call", REFUSED)
def test_arguments_that_a_function_does_not_have(call: str) -> None:
    assert _codes(call) == ["KML306"]


@pytest.mark.parametrize("call", [call for call in REFUSED if call.startswith("tf.")])
def test_nothing_is_said_of_what_may_be_tensorflow_1(call: str) -> None:
    assert _codes(call, "2") == []


IS_TAKEN = [
    "ops.stack(x=[a, b], axis=1)",
    "ops.concatenate(*[[a, b]], **{'axis': 1})",
    "tf.concat(values=[x, y], axis=1, name='joined')",
    "tf.compat.v1.reduce_sum(x, reduction_indices=[1], keep_dims=True)",
    "np.concatenate([np.zeros(3), np.zeros(3)], dtype='float64', casting='unsafe')",
    "np.sum(np.zeros((3, 4)), axis=0, where=True)",
    "ops.image.resize(image=tf.zeros((1, 4, 4, 3)), size=(8, 8))",
]


@pytest.mark.parametrize("call", IS_TAKEN)
def test_arguments_that_a_function_has(call: str) -> None:
    assert _codes(call) == []


def test_a_program_that_is_prepared() -> None:
    program = """
try:
    joined = ops.concatenate([a, b], dim=1)
except TypeError:
    joined = ops.concatenate([a, b], axis=1)
"""
    assert _codes(program) == []

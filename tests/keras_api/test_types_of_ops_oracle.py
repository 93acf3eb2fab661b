"""The type that an op gives, where the call asks for one or counts, and the types that it refuses to mix."""

from __future__ import annotations

import os
import re

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import analyse

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

HEAD = """
import tensorflow as tf
K = tf.keras.backend
ops = tf.keras.ops
f = tf.ones((3, 3))
d = tf.ones((3, 3), tf.float64)
i = tf.ones((3, 3), tf.int32)
c = tf.ones((3, 3), tf.complex64)
h = tf.ones((3, 3), tf.bfloat16)
g = tf.ones((2, 3, 3))
"""
REFUSED = [
    "f / tf.shape(f)[0]",
    "f * tf.size(f)",
    "f + tf.range(3)",
    "f + tf.range(tf.shape(f)[0])",
    "f + tf.zeros_like(f, tf.int32)",
    "f + tf.ones_like(f, dtype='float64')",
    "f + tf.cast(f, tf.double)",
    "f + tf.cast(f, tf.complex128)",
    "tf.einsum('ij,jk->ik', f, d)",
    "tf.tensordot(f, d, 1)",
    "K.dot(g, d)",
    "K.batch_dot(g, tf.cast(g, tf.float64))",
    "tf.add_n([f, d])",
    "tf.clip_by_value(f, d, d)",
    "f * 1j",
    "2j - d",
    "i / 1j",
    "tf.multiply(tf.divide(1, 2), f)",
    "tf.truediv(i, 2) * f",
    "tf.add(2, 3) * f",
    "(f > 0) - (f < 0)",
    "(f > 0) + (f < 0)",
    "(f > 0) / (f < 0)",
    "(f > 0) <= (f < 0)",
    "tf.maximum(f > 0, f < 0)",
    "tf.cos(i)",
    "tf.nn.softmax(i)",
]
TAKEN = [
    "tf.multiply(tf.divide(1.0, 2), f)",
    "tf.truediv(i, 2) * d",
    "tf.divide(f, 2) * f",
    "tf.add(2, 3) * i",
    "(f > 0) * (f < 0)",
    "(f > 0) & (f < 0)",
    "(f > 0) == (f < 0)",
    "tf.logical_and(f > 0, f < 0)",
    "tf.zeros_like(f, tf.int32) + i",
    "tf.ones_like(i, dtype=tf.float32) + f",
    "K.zeros_like(f, 'int32') + i",
    "ops.zeros_like(f, 'int32') + i",
    "ops.empty_like(f, 'int32') + i",
    "ops.cumsum(f, 1, dtype='float64') + d",
    "tf.range(3, dtype=tf.float32) + f",
    "tf.range(3.0) + f",
    "tf.range(0, 3, 1.0) + f",
    "tf.range(tf.constant(3.0)) + f",
    "tf.size(f, tf.float32) + f",
    "tf.shape(f, tf.int64)[0] + tf.constant(1, tf.int64)",
    "tf.shape(f)[0] / 2 * d",
    "tf.shape(f)[0] // 2 * i",
    "f * tf.cast(tf.shape(f)[0], tf.float32)",
    "f * f.shape[0]",
    "f * ops.shape(f)[0]",
    "tf.tensordot(f, h, 1)",
    "K.dot(f, h)",
    "ops.einsum('ij,jk->ik', f, d)",
    "ops.tensordot(f, d, 1)",
    "tf.clip_by_value(f, 0, 1)",
    "tf.image.convert_image_dtype(tf.cast(g[..., None], tf.uint8), tf.float32) * tf.ones(())",
    "c * 1j",
    "c / 2j",
]


def codes(text: str) -> list[str]:
    report = analyse(f"{HEAD}made = {text}\n", "program.py", Settings(keras_version="3"))
    return [str(event.problem.kind) for event in report.events]


@pytest.mark.parametrize("text", REFUSED)
def test_mixed_types_are_found(text: str) -> None:
    assert codes(text)


@pytest.mark.parametrize("text", TAKEN)
def test_equal_types_are_not(text: str) -> None:
    assert not codes(text)


@pytest.mark.oracle
@pytest.mark.parametrize("text", TAKEN)
def test_tensorflow_takes_them(text: str) -> None:
    pytest.importorskip("tensorflow")
    names: dict[str, object] = {}
    exec(HEAD, names)
    assert eval(text, names) is not None


@pytest.mark.oracle
@pytest.mark.parametrize("text", REFUSED)
def test_tensorflow_refuses_them(text: str) -> None:
    tf = pytest.importorskip("tensorflow")
    names: dict[str, object] = {}
    exec(HEAD, names)
    wrong = re.compile("type|expected to be|convert")
    with pytest.raises((TypeError, tf.errors.InvalidArgumentError), match=wrong):
        eval(text, names)

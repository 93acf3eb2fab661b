"""What functions give of something that is not known at all: as much as all their results have in common."""

from __future__ import annotations

import os
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.shapes import UNKNOWN, OpenShape
from kerasmergelint.tracker.program.analysis import evaluate
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import TensorV

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

pytestmark = pytest.mark.oracle

BEFORE = """
import numpy as np
import tensorflow as tf
from keras import ops
from tensorflow.keras import backend as K

rows, picture = tf.ones((2, 6)), tf.ones((2, 8, 8, 3))
"""
FLOATS = ("tf.ones((6,))", "tf.ones((2, 6))", "tf.ones((2, 3, 6))", "tf.ones((2, 4, 4, 6))")
WHOLE = ("0", "[0, 1]", "tf.zeros((2, 1), 'int32')", "tf.zeros((2, 3, 1), 'int32')")
MATRICES = ("tf.ones((6, 6))",)

# For each expression: values of x with which it works, and what is known of its shape without them.
CASES: list[tuple[str, tuple[str, ...], str]] = [
    ("tf.reshape(x, [-1, 3, 2])", FLOATS, "(?, 3, 2)"),
    ("ops.reshape(x, (-1, 3, 2))", FLOATS, "(?, 3, 2)"),
    ("tf.broadcast_to(x, (2, 4, 4, 6))", (FLOATS[0], FLOATS[3]), "(2, 4, 4, 6)"),
    ("tf.cast(x, 'int32')", FLOATS, "(...)"),
    ("tf.one_hot(x, 10)", WHOLE, "(..., 10)"),
    ("ops.one_hot(x, 10)", WHOLE[1:], "(..., 10)"),
    ("tf.sequence_mask(x, 5)", WHOLE, "(..., 5)"),
    ("tf.gather(rows, x)", WHOLE, "(..., 6)"),
    ("tf.gather(picture, x, axis=1)", WHOLE, "(..., 8, 3)"),
    ("tf.gather(picture, x, axis=-1)", WHOLE, "(...)"),
    ("ops.take(picture, x, axis=2)", WHOLE, "(..., 3)"),
    ("tf.nn.embedding_lookup(rows, x)", WHOLE, "(..., 6)"),
    ("tf.where(x)", FLOATS, "(None, ?)"),
    ("tf.matmul(x, tf.ones((6, 5)))", FLOATS[1:], "(..., 5)"),
    ("K.dot(x, tf.ones((6, 5)))", FLOATS[1:], "(..., 5)"),
    ("K.flatten(x)", FLOATS, "(?,)"),
    ("K.batch_flatten(x)", FLOATS[1:], "(?, ?)"),
    ("tf.image.resize(x, (5, 7))", ("tf.ones((2, 4, 4, 6))", "tf.ones((4, 4, 6))"), "(..., 5, 7, ?)"),
    ("tf.nn.conv2d(x, tf.ones((3, 3, 6, 8)), 1, 'SAME')", (FLOATS[3],), "(..., 8)"),
    ("tf.concat([rows, x], axis=0)", (FLOATS[1],), "(?, 6)"),
    ("tf.concat([rows, x], axis=-1)", (FLOATS[1],), "(2, ?)"),
    ("ops.concatenate([x, picture], axis=1)", ("tf.ones((2, 5, 8, 3))",), "(2, ?, 8, 3)"),
    ("tf.split(x, 3, axis=-1)[1]", FLOATS, "(...)"),
    ("tf.split(x, [2, 4], axis=-1)[1]", FLOATS, "(...)"),
    ("ops.split(x, [2, 4], axis=-1)[2]", FLOATS, "(...)"),
    ("tf.split(rows, 2, axis=x)[0]", ("0", "1", "-1"), "(?, ?)"),
    ("tf.einsum('bij,bjk->bik', x, tf.ones((2, 6, 4)))", (FLOATS[2],), "(?, ?, 4)"),
    ("tf.reduce_sum(x)", FLOATS, "()"),
    ("tf.nn.l2_loss(x)", FLOATS, "()"),
    ("tf.argmax(x, axis=-1)", FLOATS, "(...)"),
    ("tf.transpose(x, [0, 2, 1])", (FLOATS[2],), "(?, ?, ?)"),
    ("tf.shape(x)", FLOATS, "(?,)"),
    ("tf.shape(x)[0]", FLOATS, "()"),
    ("K.shape(x)[1:3] * 32", FLOATS[2:], "(?,)"),
    ("tf.rank(x)", FLOATS, "()"),
    ("rows - tf.reduce_min(x)", FLOATS, "(2, 6)"),
    ("tf.clip_by_value(rows, 0.0, x)", ("1.0", "tf.ones((6,))", "tf.ones((2, 6))"), "(2, 6)"),
    ("tf.concat([tf.shape(rows)[:1], tf.shape(x)[1:]], 0)", FLOATS, "(?,)"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "values", "known"), CASES, ids=[case[0] for case in CASES])
def test_what_is_known_of_the_result(expression: str, values: tuple[str, ...], known: str) -> None:
    found = tracked(f"import other\nx = other.something()\nresult = {expression}\n")
    assert str(found.spec.shape) == known
    for value in values:
        scope = executed(f"x = {value}\nresult = {expression}\n")
        assert agrees(found, scope["result"]), value


def tracked(program: str) -> TensorV:
    report = evaluate(BEFORE + program, "program.py", Settings(keras_version="3"))
    assert report.module is not None
    assert not report.events
    found = report.module.scope.variables["result"]
    assert isinstance(found, TensorV), found
    return found


def executed(program: str) -> dict[str, Any]:
    scope: dict[str, Any] = {}
    exec(compile(BEFORE + program, "program.py", "exec"), scope)
    return scope


def agrees(found: TensorV, real: Any) -> bool:
    """Each size that is known is the real one, counted from the end where the rank is not known."""
    shape, dims = found.spec.shape, tuple(real.shape)
    if found.spec.dtype not in (None, real.dtype.name):
        return False
    if isinstance(shape, OpenShape):
        known, fits = shape.tail, shape.min_rank <= len(dims)
        dims = dims[len(dims) - len(known) :]
    else:
        known, fits = shape.dims, len(shape.dims) == len(dims)
    return fits and all(size in (None, UNKNOWN, dim) for size, dim in zip(known, dims))


def test_parts_of_something_unknown_are_as_many_as_asked_for() -> None:
    program = f"{BEFORE}import other\nresult = tf.split(other.something(), 3, axis=-1)\n"
    report = evaluate(program, "program.py", Settings(keras_version="3"))
    assert report.module is not None
    found = report.module.scope.variables["result"]
    assert isinstance(found, ListV)
    assert len(found.items) == 3


# Of a TensorArray, how many elements it has is never known.
FILLED = [
    ("x = tf.TensorArray(tf.float32, size=3).write(0, rows)\nresult = x.stack()", "(?, 2, 6)"),
    (
        "x = tf.TensorArray(tf.float32, size=0, dynamic_size=True)\n"
        "for k in tf.range(5):\n    x = x.write(k, rows * 2)\n"
        "result = x.stack()",
        "(?, 2, 6)",
    ),
    (
        "x = tf.TensorArray(tf.float32, size=0, dynamic_size=True, infer_shape=False)\n"
        "for k in range(5):\n    x = x.write(k, rows[:, :k] if k else rows[:, :1])\n"
        "result = x.read(3)",
        "(2, ?)",
    ),
    ("result = tf.TensorArray(tf.float32, size=2).unstack(picture).read(0)", "(8, 8, 3)"),
    ("result = tf.TensorArray(tf.float32, size=2).unstack(rows).concat()", "(?,)"),
    ("x = tf.TensorArray('float32', 1, element_shape=(6,))\nresult = x.write(0, rows[0]).read(0)", "(6,)"),
    (
        "x = tf.TensorArray(tf.float32, size=1, dynamic_size=True)\n"
        "body = lambda k, a: (k + 1, a.write(k, rows))\n"
        "result = tf.while_loop(lambda k, a: k < 2, body, [0, x])[1].stack()",
        "(?, 2, 6)",
    ),
    ("result = tf.TensorArray(tf.float32, size=3).write(0, 1.0).gather([0])", "(?,)"),
]  # fmt: skip


@pytest.mark.parametrize(("program", "known"), FILLED)
def test_what_tensor_arrays_give(program: str, known: str) -> None:
    found = tracked(f"{program}\n")
    assert str(found.spec.shape) == known
    assert agrees(found, executed(f"{program}\n")["result"])

"""A verdict may hold for some ranks of the tensors that a function is given; it names them then."""

from __future__ import annotations

import itertools
import os
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Merge, Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.contracts import entering
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

_START = "import keras\nfrom keras.layers import *\n"


def verdict_on(program: str) -> Merge:
    report = analyse(_START + program, "program.py", Settings(), watch=Watch.MERGES)
    assert not report.errors
    (merge,) = report.merges.values()
    return merge


FLATTENED = """
def joined(x, y, flat):
    if flat:
        x = Flatten()(x)
    return Concatenate()([x, y])
"""


def test_what_fails_on_a_path_for_other_ranks_works_for_those_it_names() -> None:
    merge = verdict_on(FLATTENED)
    assert merge.verdict is Verdict.CONDITIONAL
    assert merge.reason == "x and y have 2 axes"


@pytest.mark.oracle
def test_keras_takes_the_ranks_that_are_named_on_every_path() -> None:
    keras = pytest.importorskip("keras")
    scope: dict[str, Any] = {}
    exec(_START + FLATTENED, scope)
    for flat, width, other in itertools.product((False, True), (1, 3, 4), (2, 4)):
        scope["joined"](keras.Input((width,)), keras.Input((other,)), flat)
    scope["joined"](keras.Input((5, 3)), keras.Input((5, 4)), False)
    with pytest.raises(ValueError):
        scope["joined"](keras.Input((5, 3)), keras.Input((5, 4)), True)


JOINED_WITH_A_MATRIX = {
    "a parameter": ("def entry(a, b):\n    return {join}([a, Flatten()(b)])\n", "a has 2 axes"),
    "after a layer that takes any rank": (
        "def entry(a, b):\n    return {join}([Dense(4)(a), Flatten()(b)])\n",
        "a and b have 2 axes",
    ),
}
JOINS = ("Concatenate()", "Concatenate(axis=1)", "concatenate")


@pytest.mark.parametrize("join", JOINS)
@pytest.mark.parametrize("place", JOINED_WITH_A_MATRIX)
def test_a_join_that_alone_tells_how_many_axes_something_has_says_so(place: str, join: str) -> None:
    program, condition = JOINED_WITH_A_MATRIX[place]
    merge = verdict_on(program.format(join=join))
    assert (merge.verdict, merge.reason) == (Verdict.CONDITIONAL, condition)


@pytest.mark.oracle
@pytest.mark.parametrize("join", JOINS)
@pytest.mark.parametrize("place", JOINED_WITH_A_MATRIX)
def test_keras_joins_a_matrix_with_a_matrix_only(place: str, join: str) -> None:
    keras = pytest.importorskip("keras")
    scope: dict[str, Any] = {}
    exec(_START + JOINED_WITH_A_MATRIX[place][0].format(join=join), scope)
    for width, other in itertools.product((1, 3), (2, 5)):
        scope["entry"](keras.Input((width,)), keras.Input((other,)))
    for shape in ((4, 3), (4, 4, 3)):
        with pytest.raises(ValueError):
            scope["entry"](keras.Input(shape), keras.Input((5,)))


# What is merged with a matrix, the sizes with which it works, and others that the conditions rule out.
MATRICES = {
    "a product with itself": (
        "backend.dot(backend.transpose(x), x)",
        "x has 2 axes",
        (3, 4),
        (2, 3, 4),
    ),
    "a product": (
        "tf.matmul(tf.ones((3, 4)), x)",
        "x has 2 axes and x[0] = 4 and x is of float32",
        (4, 5),
        (4, 3, 5),
    ),
    "an operator": (
        "tf.ones((3, 4)) @ x",
        "x has 2 axes and x[0] = 4 and x is of float32",
        (4, 5),
        (4, 3, 5),
    ),
    "a product of batches": (
        "backend.batch_dot(tf.ones((2, 3, 4)), x)",
        "x has 3 axes and x[0] = 2 and x[1] = 4 and x is of float32",
        (2, 4, 5),
        (2, 4, 3, 5),
    ),
    "a sum": (
        "tf.ones((3, 4)) + x",
        "x has 2 axes and (x[-1] = 4 or 1) and (x[0] = 3 or 1) and x is of float32",
        (1, 4),
        (3, 2, 4),
    ),
    "a function": (
        "tf.maximum(tf.ones((3, 4)), x)",
        "x has 2 axes and (x[-1] = 4 or 1) and (x[0] = 3 or 1) and x is of float32",
        (3, 1),
        (3, 2, 4),
    ),
    "a quotient by a column": (
        "x / tf.reshape(tf.reduce_sum(x, axis=1), (-1, 1))",
        "x has 2 axes",
        (3, 4),
        (3, 3, 4),
    ),
    "a sum with rows": (
        "tf.ones((4,)) + tf.ones((1, 4)) + x",
        "(x[-1] = 4 or 1) and x is of float32",
        (5, 4),
        (5, 3),
    ),
}
_BEFORE = "import tensorflow as tf\nfrom tf_keras import backend\ndef entry(x):\n    return "


@pytest.mark.parametrize("name", MATRICES)
def test_a_merge_that_alone_tells_of_a_matrix_says_so(name: str) -> None:
    merge, condition, _, _ = MATRICES[name]
    report = analyse(_BEFORE + merge, "program.py", Settings(), watch=Watch.MERGES)
    found = list(report.merges.values())[-1]
    assert (found.verdict, found.reason) == (Verdict.CONDITIONAL, condition)


@pytest.mark.oracle
@pytest.mark.parametrize("name", MATRICES)
def test_tensorflow_refuses_other_ranks_than_those_named(name: str) -> None:
    tf = pytest.importorskip("tensorflow")
    merge, _, fits, differs = MATRICES[name]
    scope: dict[str, Any] = {}
    exec(_BEFORE + merge, scope)
    scope["entry"](tf.ones(fits))
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
        scope["entry"](tf.ones(differs))


def test_sizes_of_rows_and_columns_say_how_many_axes_there_are() -> None:
    merge = verdict_on(
        "def up(x, skip):\n    return Concatenate()([UpSampling2D()(x), skip])\n",
    )
    assert merge.reason == "rows and columns of skip are twice those of x"
    merge = verdict_on(
        "def steps(a, b):\n    return Concatenate()([a, LSTM(4, return_sequences=True)(b)])\n",
    )
    assert merge.reason == "a has 3 axes and a[1] = b[1]"


def test_axes_that_another_layer_asks_for_are_no_condition_of_the_join() -> None:
    merge = verdict_on("""
def beside(a, b):
    y = Concatenate()([a, LSTM(4, return_sequences=True)(b)])
    return LSTM(3)(a), y
""")
    assert merge.reason == "a[1] = b[1]"


def test_ranks_for_which_there_are_no_means_are_not_claimed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = """
def deep(x, skip):
    for _ in range(30):
        x = Activation("relu")(x)
    return Concatenate()([x, skip])
"""
    assert verdict_on(program).reason == "inner sizes of skip are those of x"
    monkeypatch.setattr(entering, "STEPS_FOR_CONTRACTS", 7_000)
    assert verdict_on(program).reason == (
        "x and skip have 4 axes: rows and columns of skip are those of x"
    )


SHIFTED = """
def shifted(x):
    return Conv1D(8, 3)(x) + Conv1D(8, 1)(x)[:, 1:-1]
"""


def test_convolutions_of_keras_2_take_more_axes() -> None:
    start = "from tf_keras.layers import *\n"
    report = analyse(start + SHIFTED, "program.py", Settings(), watch=Watch.MERGES)
    (merge,) = report.merges.values()
    assert merge.verdict is Verdict.CONDITIONAL
    assert "x has 3 axes: always" in merge.reason
    assert "x has 4 axes: rows and columns of x are 3, or 1" in merge.reason


@pytest.mark.oracle
def test_keras_2_takes_the_axes_on_the_conditions_that_are_named() -> None:
    keras = pytest.importorskip("tf_keras")
    scope: dict[str, Any] = {}
    exec("from tf_keras.layers import *\n" + SHIFTED, scope)
    for shape in ((7, 2), (3, 3, 2)):
        scope["shifted"](keras.Input(shape))
    with pytest.raises(ValueError):
        scope["shifted"](keras.Input((5, 6, 2)))


AFTERWARDS = """
def entry(x, y):
    z = tf.ones((3, 4)) @ x
    return z * tf.expand_dims(x[0], 0), tf.nn.relu(y) + y
"""


def test_what_is_made_of_a_matrix_says_so_too_and_nothing_else_does() -> None:
    program = f"import tensorflow as tf\n{AFTERWARDS}"
    report = analyse(program, "program.py", Settings(), watch=Watch.MERGES)
    found = sorted(merge.reason for merge in report.merges.values())
    assert found == ["", "x has 2 axes", "x has 2 axes and x[0] = 4 and x is of float32"]


@pytest.mark.oracle
def test_tensorflow_multiplies_other_ranks_and_fails_afterwards() -> None:
    tf = pytest.importorskip("tensorflow")
    scope: dict[str, Any] = {"tf": tf}
    exec(AFTERWARDS, scope)
    scope["entry"](tf.ones((4, 5)), tf.ones((2,)))
    assert (tf.ones((3, 4)) @ tf.ones((2, 4, 5))).shape == (2, 3, 5)
    with pytest.raises(tf.errors.InvalidArgumentError):
        scope["entry"](tf.ones((2, 4, 5)), tf.ones((2,)))


BEFORE_A_FAILURE = """
import tensorflow as tf

def weighted(rows, weights):
    loss = tf.reduce_sum(rows[:, :, :4], -1)
    loss = loss * weights[:, :, -1]
    return tf.concat([tf.reduce_sum(loss, axis=1), [0.0]], axis=0)
"""


def test_a_merge_that_fails_before_another_does_names_the_ranks_for_which_both_work() -> None:
    report = analyse(BEFORE_A_FAILURE, "program.py", Settings(), watch=Watch.MERGES)
    merges = list(report.merges.values())
    assert {merge.verdict for merge in merges} == {Verdict.CONDITIONAL}
    assert [merge for merge in merges if "rows and weights have 3 axes" not in merge.reason] == []


@pytest.mark.oracle
def test_tensorflow_fails_at_the_first_of_them() -> None:
    tf = pytest.importorskip("tensorflow")
    scope: dict[str, Any] = {}
    exec(BEFORE_A_FAILURE, scope)
    scope["weighted"](tf.ones((2, 7, 9)), tf.ones((2, 7, 9)))
    with pytest.raises(tf.errors.InvalidArgumentError, match="Mul"):
        scope["weighted"](tf.ones((2, 7, 9, 3)), tf.ones((2, 7, 9, 3)))

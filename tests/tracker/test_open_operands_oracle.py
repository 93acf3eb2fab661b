"""Operands of which nothing is known: a merge works for certain shapes of them, and TensorFlow agrees."""

from __future__ import annotations

import itertools
import os
import random
import types
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Merge, Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

IMPORTS = "import numpy as np\nimport tensorflow as tf\nfrom tensorflow import keras\n"
THROWN = "import dice\n"

Sizes = tuple[int, ...]


def _fits(size: int, other: int) -> bool:
    return size == other or 1 in (size, other)


# The program up to the merge, the merge, what it is said to need, and the same in Python.
ONE: dict[str, tuple[str, str, str, Callable[[Sizes], bool]]] = {
    "a sum of layers": (
        "x = keras.Input((4, 3))\ny = dice.throw()",
        "keras.layers.Add()([x, y])",
        "y has 3 axes and (y[-1] = 3 or 1) and (y[1] = 4 or 1)",
        lambda y: _fits(y[1], 4) and _fits(y[2], 3),
    ),
    "a concatenation": (
        "x = keras.Input((4, 3))\ny = dice.throw()",
        "keras.layers.Concatenate(axis=1)([x, y])",
        "y has 3 axes and y[-1] = 3",
        lambda y: y[2] == 3,
    ),
    "an operator": (
        "x = tf.ones((2, 4))\ny = dice.throw()",
        "x - y",
        "y has 2 axes and (y[-1] = 4 or 1) and (y[0] = 2 or 1)",
        lambda y: _fits(y[1], 4) and _fits(y[0], 2),
    ),
    "a function": (
        "x = tf.ones((2, 4))\ny = dice.throw()",
        "tf.maximum(y, x)",
        "y has 2 axes and (y[-1] = 4 or 1) and (y[0] = 2 or 1)",
        lambda y: _fits(y[1], 4) and _fits(y[0], 2),
    ),
    "a join": (
        "x = tf.ones((2, 4))\ny = dice.throw()",
        "tf.concat([x, y], axis=0)",
        "y has 2 axes and y[-1] = 4",
        lambda y: y[1] == 4,
    ),
    "a vector": (
        "x = tf.ones((4,))\ny = dice.throw()",
        "x * y",
        "y[-1] = 4 or 1",
        lambda y: _fits(y[-1], 4),
    ),
    "a join of vectors": (
        "x = tf.ones((4,))\ny = dice.throw()",
        "tf.stack([x, y])",
        "y has 1 axis and y[0] = 4",
        lambda y: y == (4,),
    ),
    "an operand of many words": (
        "x = tf.ones((2, 4))",
        "(dice.throw(\n)) - x",
        "left_operand has 2 axes and (left_operand[-1] = 4 or 1) and (left_operand[0] = 2 or 1)",
        lambda y: _fits(y[1], 4) and _fits(y[0], 2),
    ),
    "what Keras gives a last size": (
        "x = keras.Input((4, 3))\ny = keras.layers.Dense(3)(dice.throw())",
        "keras.layers.Add()([x, y])",
        "y has 3 axes and (y[1] = 4 or 1)",
        lambda y: _fits(y[1], 4),
    ),
}
TWO: dict[str, tuple[str, str, Callable[[Sizes, Sizes], bool]]] = {
    "a function": (
        "tf.minimum(a, b)",
        "a and b have as many axes as each other and (a[-1] = b[-1], or one of them is 1) and "
        "(inner sizes of a are those of b, or one of both is 1) and (a[0] = b[0], or one of them is 1)",
        lambda a, b: all(map(_fits, a, b)),
    ),
    "a stack": (
        "tf.stack([a, b])",
        "a and b have as many axes as each other and a[0] = b[0] and inner sizes of a are those of b "
        "and a[-1] = b[-1]",
        lambda a, b: a == b,
    ),
    "a join along the last axis": (
        "tf.concat([a, b], axis=-1)",
        "a and b have as many axes as each other and a[0] = b[0] and inner sizes of a are those of b",
        lambda a, b: a[:-1] == b[:-1],
    ),
    "a join along another axis": (
        "tf.concat([a, b], axis=1)",
        "a and b have 4 axes: a[0] = b[0] and a[2] = b[2] and a[-1] = b[-1]; "
        "a and b have 3 axes: a[0] = b[0] and a[-1] = b[-1]; a and b have 2 axes: a[0] = b[0]; "
        "a and b have 5 axes: a[0] = b[0] and a[2] = b[2] and a[3] = b[3] and a[-1] = b[-1]",
        lambda a, b: (a[0], a[2:]) == (b[0], b[2:]),
    ),
    "a product": (
        "tf.matmul(a, b)",
        "a and b have 4 axes: (a[1] = b[1], or one of them is 1) and "
        "(a[0] = b[0], or one of them is 1) and a[-1] = b[2]; "
        "a and b have 3 axes: (a[0] = b[0], or one of them is 1) and a[-1] = b[1]; "
        "a and b have 2 axes: a[-1] = b[0]; "
        "a and b have 5 axes: (rows and columns of a are those of b, or one of both is 1) and "
        "(a[0] = b[0], or one of them is 1) and a[-1] = b[3]",
        lambda a, b: a[-1] == b[-2] and all(map(_fits, a[:-2], b[:-2])),
    ),
}


# The merge of a list, what it is said to need of that, and the same in Python.
LISTS: dict[str, tuple[str, str, Callable[[list[Sizes]], bool]]] = {
    "a sum": (
        "keras.layers.Add()(outs)",
        "outs has 2 items or more, all of one shape",
        lambda outs: len(set(outs)) == 1,
    ),
    "a concatenation": (
        "keras.layers.Concatenate()(outs)",
        "outs has 2 items or more, all of one shape but for the last axis",
        lambda outs: len({out[:-1] for out in outs}) == 1,
    ),
    "one along another axis": (
        "keras.layers.Concatenate(axis=2)(outs)",
        "outs has 2 items or more, all of one shape but for axis 2, with 3, 4 or 5 axes",
        lambda outs: len({(out[1], out[3:]) for out in outs}) == 1,
    ),
    "a stack": (
        "tf.stack(outs)",
        "outs has 2 items or more, all of one shape",
        lambda outs: len(set(outs)) == 1,
    ),
    "a join": (
        "tf.concat(outs, 0)",
        "outs has 2 items or more, all of one shape but for axis 0",
        lambda outs: len({out[1:] for out in outs}) == 1,
    ),
}


def verdict_on(before: str, merge: str) -> Merge:
    program = f"{IMPORTS}{THROWN}{before}\nresult = {merge}\n"
    report = analyse(program, "program.py", Settings(keras_version="3"), watch=Watch.MERGES)
    (found,) = report.merges.values()
    return found


@pytest.mark.parametrize("name", ONE)
def test_one_operand_is_said_to_need_this(name: str) -> None:
    before, merge, condition, _ = ONE[name]
    found = verdict_on(before, merge)
    assert (found.verdict, found.reason) == (Verdict.CONDITIONAL, condition)


@pytest.mark.parametrize("name", TWO)
def test_two_operands_are_said_to_need_this(name: str) -> None:
    merge, condition, _ = TWO[name]
    found = verdict_on("a, b = dice.throw(), dice.throw()", merge)
    assert (found.verdict, found.reason) == (Verdict.CONDITIONAL, condition)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_said_to_need_this(name: str) -> None:
    merge, condition, _ = LISTS[name]
    found = verdict_on("outs = dice.throw()", merge)
    assert (found.verdict, found.reason) == (Verdict.CONDITIONAL, condition)


def test_what_a_list_has_already_must_fit() -> None:
    grown = "outs = [tf.ones((2, 3)), tf.ones((4, 5))]\nouts.extend(dice.throw())"
    assert verdict_on(grown, "tf.stack(outs)").verdict is not Verdict.CONDITIONAL
    assert verdict_on(grown.replace("4, 5", "2, 3"), "tf.stack(outs)").reason == (
        "outs has 2 items or more, all of one shape"
    )


@pytest.mark.oracle
@pytest.mark.parametrize("name", LISTS)
def test_lists_that_satisfy_it_work(name: str) -> None:
    merge, _, holds = LISTS[name]
    before = f"{'keras.Input' if 'keras' in merge else ''}; outs = dice.throw()"
    answers = []
    for one, other in drawn():
        shapes = [one, other, one] if len(one) > 2 else []
        if shapes and "keras" in merge:
            shapes = [(1, *shape[1:]) for shape in shapes]
        if shapes:
            answers.append((holds(shapes), works(before.lstrip("; "), merge, shapes, as_list=True)))
    assert all(real for expected, real in answers if expected)
    assert {expected for expected, _ in answers} == {True, False}


@pytest.mark.oracle
@pytest.mark.parametrize("name", ONE)
def test_shapes_that_satisfy_it_work_and_others_do_not(name: str) -> None:
    before, merge, condition, holds = ONE[name]
    rank = int((condition.partition(" has ")[2] or "3")[0])
    shapes = list(itertools.product((1, 2, 3, 4), repeat=rank))
    answers = [
        (holds(shape), works(before, merge, [shape]))
        for shape in random.Random(0).sample(shapes, min(len(shapes), 16))
    ]
    assert all(expected is real for expected, real in answers)
    assert {expected for expected, _ in answers} == {True, False}


@pytest.mark.oracle
@pytest.mark.parametrize("name", TWO)
def test_two_shapes_that_satisfy_it_work_and_others_do_not(name: str) -> None:
    merge, _, holds = TWO[name]
    answers = [
        (holds(*shapes), works("a, b = dice.throw(), dice.throw()", merge, list(shapes)))
        for shapes in drawn()
    ]
    assert all(expected is real for expected, real in answers)
    assert {expected for expected, _ in answers} == {True, False}


def drawn() -> Iterator[tuple[Sizes, Sizes]]:
    """Pairs of shapes of the same rank; few, and always the same."""
    chance = random.Random(0)
    for rank in (2, 3, 4):
        for _ in range(12):
            one = tuple(chance.choice((1, 2, 3)) for _ in range(rank))
            other = tuple(chance.choice((size, size, size, 1, 2)) for size in one)
            yield one, other


def works(before: str, merge: str, shapes: list[Sizes], *, as_list: bool = False) -> bool:
    scope: dict[str, Any] = {}
    exec(IMPORTS, scope)
    of_keras = "keras.Input" in before
    make = scope["keras"].Input if of_keras else scope["tf"].ones
    made = [make(shape[1:] if of_keras else shape) for shape in shapes]
    tensors = iter([made] if as_list else made)
    scope["dice"] = types.SimpleNamespace(throw=lambda: next(tensors))
    exec(before, scope)
    try:
        exec(f"result = {merge}", scope)
    except Exception:  # whatever the kind: TensorFlow refuses it
        return False
    return True


def test_a_number_beside_something_unknown_is_no_merge() -> None:
    program = """
import dice

def corners(image):
    left, top = dice.throw()
    return left + len(image), 2 * top
"""
    report = analyse(IMPORTS + program, "program.py", Settings(), watch=Watch.MERGES)
    report.add_unreached()
    assert not report.merges


def test_an_operand_may_have_more_axes_than_the_others() -> None:
    before = "x = tf.ones((2, 4))\ny = tf.nn.conv2d(dice.throw(), tf.ones((1, 1, 3, 4)), 1, 'SAME')"
    needed = "y has 4 axes: y[2] = 2 or 1; y has 5 axes: y[3] = 2 or 1"
    assert verdict_on(before, "x * y").reason == needed


def test_ranks_of_several_paths_do_not_add_up_and_both_are_told_in_general() -> None:
    before = "y = dice.throw()\nx = tf.ones((2, 4)) if dice.throw() else tf.ones((2, 4, 4))"
    found = verdict_on(before, "x - y")
    assert found.verdict is Verdict.CONDITIONAL
    assert found.reason.startswith("x and y have as many axes as each other and (x[-1] = y[-1], or")


def test_the_likeliest_rank_of_a_parameter_is_named() -> None:
    program = """
import dice

def loss(y_true, y_pred):
    return tf.reduce_mean(tf.square(y_true - keras.layers.Dense(3)(y_pred) - dice.throw(y_pred)))
"""
    report = analyse(IMPORTS + program, "program.py", Settings(), watch=Watch.MERGES)
    report.add_unreached()
    merges = {
        merge.reason for merge in report.merges.values() if merge.verdict is Verdict.CONDITIONAL
    }
    assert len(merges) == len(report.merges) == 2
    assert any(reason.startswith("y_pred and y_true have 4 axes and ") for reason in merges), merges


def test_what_follows_a_failure_waits_for_its_repair() -> None:
    before = "x = keras.Input((8, 8, 3))\ny = keras.layers.Conv2D(3, 3)(keras.Input((3,)))"
    found = verdict_on(before, "keras.layers.Add()([x, y])")
    assert found.verdict is Verdict.CONDITIONAL
    assert found.reason.startswith("line 6 is mended")

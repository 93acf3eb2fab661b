"""What a merge needs of sizes without names is stated by its operands, and TensorFlow agrees."""

from __future__ import annotations

import itertools
import os
import random
import types
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.shapes.needs import leaves_of, met
from kerasmergelint.tracker.machine.events import Merge, Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

IMPORTS = "import numpy as np\nimport tensorflow as tf\nfrom tensorflow import keras\n"
SIZES = """
import dice
n, m, k = dice.throw(), dice.throw(), dice.throw()
"""
# Programs up to a merge, and the merge; `n`, `m` and `k` come from a module that nobody can read.
PROGRAMS = {
    "an operator": ("a, b = tf.ones((n, 4)), tf.ones((m, k))", "a - b"),
    "one size twice": ("a, b = tf.ones((n, 2 * n)), tf.ones((n, m))", "a * b"),
    "a comparison": ("a, b = tf.ones((n, m, 3)), tf.ones((m, k))", "a < b"),
    "a product": ("a, b = tf.ones((n, m)), tf.ones((k, 3))", "tf.matmul(a, b)"),
    "an item": ("x = [tf.ones((n, 3)), tf.ones((m, k))]", "x[0] + x[1]"),
    "a join": ("a, b = tf.ones((n, m, 3)), tf.ones((n, 2, k))", "tf.concat([a, b], axis=1)"),
    "a stack": ("a, b = tf.ones((n, 2)), tf.ones((m, k))", "tf.stack([a, b])"),
    "a layer": (
        "a, b = keras.Input((n, 4)), keras.Input((m, k))",
        "keras.layers.Concatenate(axis=1)([a, b])",
    ),
    "a sum": ("a, b = keras.Input((n, 4)), keras.Input((m, k))", "keras.layers.Add()([a, b])"),
}


@pytest.mark.oracle
@pytest.mark.parametrize("name", PROGRAMS)
def test_sizes_that_satisfy_it_build_and_others_raise(name: str) -> None:
    before, merge = PROGRAMS[name]
    stated = verdict_on(before, merge)
    assert stated.verdict is Verdict.CONDITIONAL, stated.words
    answers = [built(stated, before, merge, sizes) for sizes in drawn()]
    assert all(expected is real for expected, real in answers), stated.words
    assert {expected for expected, _ in answers} == {True, False}


def verdict_on(before: str, merge: str) -> Merge:
    program = f"{IMPORTS}{SIZES}{before}\nresult = {merge}\n"
    report = analyse(program, "program.py", Settings(keras_version="3"), watch=Watch.MERGES)
    (found,) = report.merges.values()
    return found


def drawn() -> Iterator[tuple[int, int, int]]:
    """Sizes that are equal, one, or neither; few, and always the same."""
    every = list(itertools.product((1, 2, 3, 4), repeat=3))
    yield from random.Random(0).sample(every, 24)
    yield from ((4, 4, 4), (2, 2, 4), (1, 2, 2), (2, 4, 2), (3, 3, 2), (2, 3, 3))


def built(stated: Merge, before: str, merge: str, sizes: tuple[int, int, int]) -> tuple[bool, bool]:
    """Whether the condition holds for these sizes, and whether TensorFlow takes them."""
    scope: dict[str, Any] = {}
    throws = iter(sizes)
    names = SIZES.replace("import dice", "")
    exec(IMPORTS, scope)
    scope["dice"] = types.SimpleNamespace(throw=lambda: next(throws))
    exec(f"{names}{before}", scope)
    try:
        exec(f"result = {merge}", scope)
        works = True
    except Exception:
        works = False
    return all(met(need, sizes_in(stated, scope)) for need in stated.needs), works


def sizes_in(stated: Merge, scope: Mapping[str, Any]) -> dict[str, int]:
    """The sizes that the condition is about: ``a[1]`` and ``x[0][-1]`` of the program's own tensors."""
    found: dict[str, int] = {}
    for leaf in (leaf for need in stated.needs for leaf in leaves_of(need)):
        operand, _, axis = leaf.name.rpartition("[")
        if operand:
            shape = eval(operand, dict(scope)).shape
            found[leaf.name] = int(shape[int(axis.rstrip("]"))])
        else:
            found[leaf.name] = int(scope[leaf.name])
    return found


def test_names_that_would_mean_two_tensors_say_nothing() -> None:
    merge = verdict_on("f = lambda: tf.ones((dice.throw(), 3))", "f() + f()")
    assert merge.verdict is Verdict.UNKNOWN


def test_what_another_run_decides_needs_no_statement() -> None:
    program = f"{IMPORTS}def scaled(x, y):\n    return tf.square(x) * tf.square(x)\n"
    report = analyse(program, "program.py", Settings(keras_version="3"), watch=Watch.MERGES)
    assert {merge.verdict for merge in report.merges.values()} == {Verdict.SAFE}

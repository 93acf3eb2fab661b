"""A model or layer that is called on data of which nothing is known: what its merges need of the sizes."""

from __future__ import annotations

import itertools
import os
import types
from collections.abc import Callable
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

IMPORTS = "from keras import Input, Model, layers\nimport pictures\n"
HALVED = """
a = Input((None, None, 3))
x = layers.Conv2D(3, 3, strides=2, padding="same")(a)
x = layers.Conv2DTranspose(3, 3, strides=2, padding="same")(x)
"""
PAIR = """
a, b = Input((None, None, 3)), Input((None, None, 3))
x = layers.Concatenate()([a, b])
y = layers.MaxPooling2D()(x)
model = Model([a, b], layers.Concatenate()([layers.UpSampling2D()(y), x]))
"""
Rows = list[int]

# A model, its call on what comes from a module that nobody can read, and the condition on that.
PROGRAMS: dict[str, tuple[str, str, str, Callable[[Rows], bool]]] = {
    "a concatenation, which compares only data at its second use": (
        HALVED + "model = Model(a, layers.Concatenate()([a, x]))\n",
        "image = pictures.read()\nmodel(image)\n",
        "rows and columns of image are even",
        lambda rows: rows[0] % 2 == 0,
    ),
    "a sum": (
        HALVED + "model = Model(a, layers.Add()([a, x]))\n",
        "image = pictures.read()\nmodel(image)\n",
        "(image[-1] = 3 or 1) and (image[2] is even or image[2] = 1) and "
        "(image[1] is even or image[1] = 1)",
        lambda rows: rows[0] % 2 == 0 or rows[0] == 1,
    ),
    "a layer in a variable, used a second time": (
        "join = layers.Concatenate()\njoin([Input((4, 4, 3)), Input((4, 4, 2))])\n",
        "a, b = pictures.read(), pictures.read()\njoin([a, b])\n",
        "a and b have as many axes as each other and inner sizes of a are those of b",
        lambda rows: rows[0] == rows[1],
    ),
    "a layer in an attribute": (
        """
class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.plus = layers.Add()

    def call(self, x, y):
        return self.plus([x, y])
""",
        "Block()(pictures.read(), pictures.read())\n",
        "x and y have as many axes as each other and (x[-1] = y[-1], or one of them is 1) and "
        "(inner sizes of x are those of y, or one of both is 1)",
        lambda rows: rows[0] == rows[1] or 1 in rows,
    ),
    "two inputs, within a function that the program calls": (
        PAIR,
        "def step(image, target):\n    return model([image, target])\n"
        "step(pictures.read(), pictures.read())\n",
        "rows and columns of image are those of target and rows and columns of image are even",
        lambda rows: rows[0] == rows[1] and rows[0] % 2 == 0,
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_call_has_a_condition(name: str) -> None:
    model, call, condition, _ = PROGRAMS[name]
    program = IMPORTS + model + call
    report = analyse(program, "program.py", Settings(keras_version="3"), watch=Watch.MERGES)
    *_, merge = report.merges.values()
    assert (merge.verdict, merge.words) == (Verdict.CONDITIONAL, condition)


@pytest.mark.oracle
@pytest.mark.parametrize("name", PROGRAMS)
def test_keras_takes_the_sizes_that_satisfy_it(name: str) -> None:
    np, _ = pytest.importorskip("numpy"), pytest.importorskip("keras")
    model, call, _, holds = PROGRAMS[name]
    scope: dict[str, Any] = {}
    exec(IMPORTS.replace("import pictures", "") + model, scope)
    answers = []
    for rows in itertools.product((1, 2, 3, 4, 7), repeat=2):
        thrown = iter(rows)
        read = lambda: np.ones((2, (n := next(thrown)), n, 3), "float32")  # noqa: B023, E731
        scope["pictures"] = types.SimpleNamespace(read=read)
        answers.append((holds(list(rows)), works(call, scope)))
    assert all(real for expected, real in answers if expected)
    assert {real for expected, real in answers if not expected} == {False}


def works(call: str, scope: dict[str, Any]) -> bool:
    try:
        exec(call, scope)
    except Exception:
        return False
    return True

"""Operators of which the names tell that they combine tensors have verdicts; Keras agrees."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Merge, Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

START = "import keras\n"
WIDTHS = (1, 2, 3)

PROGRAMS: dict[str, tuple[str, str, Callable[[Any, Any], Any]]] = {
    "items of what a layer is called on": (
        """
class Sum(keras.layers.Layer):
    def call(self, inputs):
        x, y = inputs
        return x + y
""",
        "inputs[0][-1] = inputs[1][-1], or one of them is 1",
        lambda layer, shapes: layer()(list(shapes)),
    ),
    "items by number": (
        """
class Difference(keras.layers.Layer):
    def call(self, inputs):
        return inputs[0] - inputs[1]
""",
        "inputs[0][-1] = inputs[1][-1], or one of them is 1",
        lambda layer, shapes: layer()(list(shapes)),
    ),
    "and what its constructor is given": (
        """
class Scale(keras.layers.Layer):
    def __init__(self, scale):
        super().__init__()
        self.scale = scale

    def call(self, inputs):
        return inputs * self.scale
""",
        "inputs[-1] = scale[-1], or one of them is 1",
        lambda layer, shapes: layer(shapes[1])(shapes[0]),
    ),
}


def merges_of(program: str) -> list[Merge]:
    report = analyse(START + program, "program.py", Settings(), watch=Watch.MERGES)
    report.add_unreached()
    assert not report.errors
    return list(report.merges.values())


@pytest.mark.parametrize("name", PROGRAMS)
def test_their_operands_are_tensors(name: str) -> None:
    program, condition, _ = PROGRAMS[name]
    (merge,) = merges_of(program)
    assert merge.verdict is Verdict.CONDITIONAL
    assert merge.reason.startswith(f"({condition}) and (inner sizes of ")


def test_operators_of_which_no_name_tells_are_not_listed() -> None:
    assert merges_of("def area(width, height):\n    return width * height - 1\n") == []


@pytest.mark.oracle
@pytest.mark.parametrize("name", PROGRAMS)
def test_sizes_that_satisfy_it_build_and_others_raise(name: str) -> None:
    keras = pytest.importorskip("keras")
    program, _, call = PROGRAMS[name]
    scope: dict[str, Any] = {}
    exec(START + program, scope)
    layer = next(value for key, value in scope.items() if isinstance(value, type))
    answers = set()
    for rows, columns in itertools.product(itertools.product(WIDTHS, repeat=2), repeat=2):
        tensors = [keras.Input((*size, size[0])) for size in zip(rows, columns, strict=True)]
        fits = all(one == other or 1 in (one, other) for one, other in (rows, columns))
        try:
            call(layer, tensors)
            works = True
        except ValueError:
            works = False
        assert works is fits, (rows, columns)
        answers.add(works)
    assert answers == {True, False}

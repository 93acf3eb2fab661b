"""Arrays that NumPy joins, or puts into a part of another one, and arrays for which it refuses that."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api.protocol import Problem
from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import evaluate
from tests.tracker.result_shapes import by_tracker

np = pytest.importorskip("numpy")

_JOINS = (
    "np.concatenate((a, a[..., None]))",
    "np.concatenate([b, b[:, 1:]])",
    "np.concatenate([b, b[:, 1:]], axis=1)",
    "np.concatenate([b, b[:, 1:]], -1)",
    "np.concatenate([b[1:], b])",
    "np.vstack((b, np.zeros(28)))",
    "np.vstack((b, np.zeros(27)))",
    "np.vstack((np.empty((0, 28)), b))",
    "np.hstack([np.zeros(3), np.zeros(5)])",
    "np.hstack([b, b[1:]])",
    "np.hstack([b, b[:, 1:]])",
    "np.stack([b, b], axis=1)",
    "np.stack([b, b[:, 1:]], axis=1)",
    "np.column_stack([np.zeros(5), b])",
    "np.column_stack([np.zeros(4), b])",
)
_PUTS = (
    "m[3] = np.zeros(300)",
    "m[3] = np.zeros(100)",
    "m[3] = np.zeros((1, 100))",
    "m[3] = np.zeros((2, 100))",
    "m[2:4] = np.zeros(100)",
    "m[2:4] = np.zeros((3, 100))",
    "m[:, 0] = np.arange(9)",
    "m[:, 0] = np.zeros((9, 1))",
    "m[:, 0:1] = np.zeros((9, 1))",
    "m[[1, 2]] = np.zeros((3, 100))",
    "m[[1, 2]] = [[1.0] * 100] * 2",
    "m[m > 0] = 0",
    "m[...] = 1",
    "m[0, 0] = 4",
    "objects[0] = np.zeros(3)",
    "m[9] = 1",
    "m[-9] = 1",
    "m[-10] = 1",
    "m[0, 100] = 1",
    "m[0, 0, 0] = 1",
    "m[9:] = 1",
    "for k in range(10): m[k] = k",
    "for k in range(9): m[k] = k",
)
_LOOKS = (
    "np.eye(4)[[0, 3]]",
    "np.eye(4)[[0, 4]]",
    "np.eye(4)[np.arange(10) % 5]",
    "np.eye(5)[np.arange(10) % 5]",
    "np.eye(4)[np.array([True, False, True, True])]",
    "np.arange(5)[[-5, 4]]",
    "np.arange(5)[[-6]]",
    "np.eye(2)[np.zeros(7, dtype=int)]",
    "np.eye(2)[np.full(7, 2)]",
    "np.eye(3)[np.hstack([np.zeros(3, int), np.full(3, 3)])]",
    "np.eye(3)[np.where(np.arange(6) > 2, 3, 0)]",
    "np.eye(3)[np.clip(np.arange(6), 0, 2)]",
    "np.eye(3)[np.resize(np.arange(4), 9)]",
)
_GIVEN = """
import keras
import numpy as np
a, b = np.zeros((4, 28, 28)), np.zeros((5, 28))
m, objects = np.zeros((9, 100)), np.empty(9, dtype=object)
"""


def _refused_by_numpy(program: str) -> bool:
    try:
        exec(program.replace("import keras", ""), {})
    except (ValueError, IndexError):
        return True
    return False


def _reported(program: str) -> bool:
    events = evaluate(program, "program.py", Settings()).events
    return any(isinstance(event.problem, Problem) for event in events)


@pytest.mark.parametrize("statement", [*_JOINS, *_PUTS, *_LOOKS])
def test_what_numpy_refuses_is_reported(statement: str) -> None:
    program = f"{_GIVEN}{statement}\n"
    assert _reported(program) == _refused_by_numpy(program)


def test_assigned_content_is_another_one() -> None:
    labels = "labels = np.array([0, 1, 2])\nlabels[2] = 4\n"
    encoded = f"{labels}result = keras.utils.to_categorical(labels)\n"
    assert by_tracker(f"{_GIVEN}{encoded}") != (3, 3)

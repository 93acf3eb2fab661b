"""What a merge needs on some paths only is told with the decisions that lead there, and with no others."""

from __future__ import annotations

import itertools
import os
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Report, Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

PROGRAM = """
from keras.layers import *

def residual(x, filters, kernel, project, final):
    if isinstance(kernel, int):
        kernel = (kernel, kernel)
    y = Conv2D(filters, kernel, padding="same")(x)
    if project:
        x = Conv2D(8, 1)(x)
    y = Add()([x, y])
    if final:
        y = ReLU()(y)
    return y
"""
CONDITION = (
    "(filters = 8 or 1 where project) and (x[-1] = filters, or one of them is 1 where not project)"
)


def report_on(program: str) -> Report:
    report = analyse(program, "program.py", Settings(), watch=Watch.CONTRACTS)
    assert not report.errors
    return report


def test_a_verdict_says_on_which_path_a_merge_needs_what() -> None:
    (merge,) = report_on(PROGRAM).merges.values()
    assert merge.reason == CONDITION


def test_a_contract_leaves_out_decisions_that_change_no_need() -> None:
    (contract,) = report_on(PROGRAM).contracts
    assert contract.condition == f"x has 4 axes and {CONDITION}"


@pytest.mark.oracle
@pytest.mark.parametrize("project", (True, False))
def test_keras_refuses_what_the_path_does_not_allow(project: bool) -> None:
    keras = pytest.importorskip("keras")
    scope: dict[str, Any] = {}
    exec(PROGRAM, scope)
    answers = set()
    for channels, filters, final in itertools.product((1, 3, 8), (1, 3, 8), (True, False)):
        needed = 8 if project else channels
        works = filters == needed or 1 in (filters, needed)
        answers.add(works)
        x = keras.Input((6, 7, channels))
        if works:
            scope["residual"](x, filters, 3, project, final)
        else:
            with pytest.raises(ValueError):
                scope["residual"](x, filters, (3, 1), project, final)
    assert answers == {True, False}


def test_paths_that_need_the_same_are_not_told_apart() -> None:
    (merge,) = report_on("""
from keras.layers import *

def either(x, y, wide):
    if wide:
        y = Conv2D(4, 3, padding="same")(y)
    else:
        y = Conv2D(8, 3, padding="same")(y)
    return Concatenate()([Conv2D(2, 1)(x), y])
""").merges.values()
    assert merge.reason == "rows and columns of x are those of y"

"""A parameter that is unpacked on one path and used as a tensor on others: verdicts are about the latter."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

START = "from tensorflow.keras import backend as K, layers\n"
MASKED = """
class Mask(layers.Layer):
    def call(self, inputs):
        if {test}:
            inputs, mask = inputs
        else:
            mask = K.max(inputs, 1, True)
        return layers.Multiply()([inputs, mask])
"""


def verdict(program: str) -> tuple[Verdict, str]:
    report = analyse(START + program, "program.py", Settings(), watch=Watch.MERGES)
    assert not report.errors
    merge = list(report.merges.values())[-1]
    return merge.verdict, merge.reason


@pytest.mark.parametrize(
    "test", ["type(inputs) is list", "isinstance(inputs, (list, tuple))", "len(inputs) == 2"]
)
def test_of_a_list_it_says_nothing(test: str) -> None:
    """The mask that comes with the inputs may have any size: TensorFlow refuses some."""
    found = verdict(MASKED.format(test=test))
    assert found == (Verdict.CONDITIONAL, "inputs is one tensor")


INDEXED = """
class Attention(layers.Layer):
    def call(self, inputs):
        query = value = inputs
        if {test}:
            query, value = inputs[0], inputs[1]
        return layers.Multiply()([query, value])
"""


@pytest.mark.parametrize("test", ["type(inputs) == list", "isinstance(inputs, (list, tuple))"])
def test_nor_of_its_items(test: str) -> None:
    found = verdict(INDEXED.format(test=test))
    assert found == (Verdict.CONDITIONAL, "inputs is one tensor")


def test_a_list_that_is_refused_needs_no_word() -> None:
    program = """
def doubled(x):
    if isinstance(x, list):
        raise ValueError("one tensor, please")
    return layers.Add()([x, x])
"""
    assert verdict(program) == (Verdict.SAFE, "")


def test_what_is_always_a_tensor_needs_nothing() -> None:
    program = """
class Mask(layers.Layer):
    def call(self, inputs):
        return layers.Multiply()([inputs, K.max(inputs, 1, True)])
"""
    assert verdict(program) == (Verdict.SAFE, "")

"""Chains of operators as long as a file can have are paid for."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Report

_START = "import b\nimport keras\nfrom keras import layers\nx = keras.Input((8,))\n"


def followed(text: str) -> Report:
    report = analyse(_START + text, "chain.py", Settings())
    assert report.errors == []
    return report


def test_the_rest_of_a_chain_is_followed() -> None:
    text = "layers.Add()([layers.Dense(0 or b.c and 0 or 5)(x), layers.Dense(7 and 6)(x)])\n"
    assert [m.verdict for m in followed(text).merges.values()] == [Verdict.BROKEN]


@pytest.mark.parametrize("operator", ["or", "and"])
def test_a_chain_of_unknown_operands_is_not_deep(operator: str) -> None:
    chain = f" {operator} ".join(f"k.a{i}" for i in range(20_000))
    report = followed(f"def f(k):\n    return {chain}\nlayers.Add()([x, layers.Dense(5)(x)])\n")
    assert [m.verdict for m in report.merges.values()] == [Verdict.BROKEN]


@pytest.mark.parametrize("line", ["y = y + x * y - x\n", "y = keras.ops.add(y, x)\n", "y = -y\n"])
def test_operations_on_tensors_are_paid_for(line: str) -> None:
    report = followed("y = x\n" + line * 100)
    assert report.interpreter is not None
    assert report.complete and report.interpreter.budget.used > 600

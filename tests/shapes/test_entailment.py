"""Reducing needs ends soon, however many sizes are compared."""

from __future__ import annotations

from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.shapes import entailment
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

OVERLAP = """
import tensorflow as tf
def overlap(a, b, c, d, e, f, g, h):
    width = tf.minimum(tf.nn.relu(c), g) - tf.maximum(tf.nn.relu(a), e)
    height = tf.minimum(tf.nn.relu(d), h) - tf.maximum(tf.nn.relu(b), f)
    both = (c - a) * (d - b) + (g - e) * (h - f) - width * height
    return width * height / (both + 1e-9)
"""


def test_eight_tensors_that_are_all_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = 0
    together = entailment._together

    def counted(facts: Any) -> Any:
        nonlocal tried
        tried += 1
        return together(facts)

    monkeypatch.setattr(entailment, "_together", counted)
    report = analyse(OVERLAP, "overlap.py", Settings(), watch=Watch.MERGES)
    assert tried < 10_000
    verdicts = {merge.verdict for merge in report.merges.values()}
    assert verdicts == {Verdict.SAFE, Verdict.CONDITIONAL}

"""Walking back through a program's calls ends, whatever they were given, and meets no call twice."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.hazards.weights import single_weight
from kerasmergelint.tracker.values.graph import Node, TensorV
from kerasmergelint.tracker.values.value import UnknownV


@pytest.mark.timeout(60)
def test_a_reshape_of_no_tensor_ends_the_walk() -> None:
    spec = TensorSpec(Shape((2, 3, 8)), "float32", TensorKind.GRAPH)
    given = (UnknownV("a parameter", None), (2, 3, 8))
    reshape = Node("reshape", None, given, None, None, Kind.RESHAPING)  # type: ignore[arg-type]
    operands = (TensorV(spec, reshape), TensorV(spec))
    product = Node("*", None, operands, None, None, Kind.WEIGHING)  # type: ignore[arg-type]
    assert list(single_weight(product)) == []


# Each tensor is used twice by the next one: 2 ** 60 ways lead back from the last to the first.
DOUBLED = """
import keras
import tensorflow as tf

y = tf.ones((4, 8))
for _ in range(60):
    y = y + y
END
"""
ENDS = {
    "keras.layers.Concatenate()([keras.Input((8,)), y])": ["KML206"],
    "tf.concat([y, y], axis=1)": [],
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("end", ENDS)
def test_no_call_is_met_twice(end: str) -> None:
    found = check_source(DOUBLED.replace("END", end), "doubled.py", Settings(enabled=("KML2",)))
    assert [finding.code for finding in found] == ENDS[end]

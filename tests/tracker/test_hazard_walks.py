"""Walking back through a program's calls ends, whatever they were given."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
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

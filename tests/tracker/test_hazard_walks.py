"""Walking back through a program's calls ends, whatever they were given."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.hazards import merges as hazards
from kerasmergelint.tracker.values.graph import Node, TensorV
from kerasmergelint.tracker.values.value import UnknownV


@pytest.mark.timeout(60)
def test_a_reshape_of_no_tensor_ends_the_walk() -> None:
    spec = TensorSpec(Shape((2, 3, 8)), "float32", TensorKind.GRAPH)
    reshape = Node("reshape", None, (UnknownV("a parameter", None), (2, 3, 8)), None)  # type: ignore[arg-type]
    product = Node("*", None, (TensorV(spec, reshape), TensorV(spec)), None)  # type: ignore[arg-type]
    assert list(hazards._single_weight(product)) == []

"""The merge rules against the real layers: we report exactly where Keras raises."""

from __future__ import annotations

import operator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerasmergelint.keras_api.protocol import KerasVersion
from tests.oracle import (
    Dims,
    Raised,
    Unsure,
    agree,
    keras_of,
    our_layer,
    our_operator,
    real_layer,
    shapes_of,
    symbolic,
)

pytestmark = pytest.mark.oracle
VERSIONS = [KerasVersion.V3, KerasVersion.V2]
sizes = st.sampled_from([None, 1, 2, 3, 3, 3])


@st.composite
def shapes(draw: st.DrawFn, most: int = 3) -> list[Dims]:
    """Shapes that are often compatible: variations of a common one."""
    base = draw(st.lists(sizes, min_size=1, max_size=4))
    batch = draw(st.sampled_from([None, None, None, 2]))
    found: list[Dims] = []
    for _ in range(draw(st.integers(2, most))):
        dims = list(base)
        if draw(st.booleans()):
            dims[draw(st.integers(0, len(dims) - 1))] = draw(sizes)
        if draw(st.integers(0, 9)) == 0:
            dims = dims[1:] or [2]
        found.append((draw(st.sampled_from([batch, batch, batch, None])), *dims))
    return found


def check(name: str, config: dict[str, object], inputs: list[Dims], version: KerasVersion) -> None:
    ours = our_layer(name, config, inputs, version)
    theirs = real_layer(name, config, inputs, version)
    assert agree(ours, theirs), (name, config, inputs, version.name, ours, theirs)


many = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"])
@many
@given(inputs=shapes())
def test_elementwise(name: str, version: KerasVersion, inputs: list[Dims]) -> None:
    check(name, {}, inputs[:2] if name == "Subtract" else inputs, version)


@pytest.mark.parametrize("version", VERSIONS)
@many
@given(inputs=shapes(), axis=st.integers(-7, 7))
def test_concatenate(version: KerasVersion, inputs: list[Dims], axis: int) -> None:
    check("Concatenate", {"axis": axis}, inputs, version)


axes = st.one_of(st.integers(-5, 5), st.tuples(st.integers(-4, 4), st.integers(-4, 4)))


@pytest.mark.parametrize("version", VERSIONS)
@many
@given(inputs=shapes(most=2), axes=axes)
def test_dot(version: KerasVersion, inputs: list[Dims], axes: object) -> None:
    check("Dot", {"axes": axes}, inputs, version)


OPERATORS = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "@": operator.matmul,
}  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("symbol", OPERATORS)
@many
@given(inputs=shapes(most=2))
def test_operators(symbol: str, version: KerasVersion, inputs: list[Dims]) -> None:
    keras = keras_of(version)
    try:
        left, right = (symbolic(keras, dims) for dims in inputs)
        theirs = shapes_of(OPERATORS[symbol](left, right))
    except Exception as error:
        theirs = Raised(str(error))
    ours = our_operator(symbol, inputs[0], inputs[1], version)
    assert isinstance(ours, Unsure) or agree(ours, theirs), (symbol, inputs, ours, theirs)

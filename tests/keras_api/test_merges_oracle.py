"""The merge rules against the real layers: we report exactly where Keras raises."""

from __future__ import annotations

import operator
import os
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import strategies as st

from kerasmergelint.keras_api.protocol import KerasVersion
from tests.draws import each_draw
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
from tests.silence import Tally

pytestmark = pytest.mark.oracle
DRAWS = int(os.environ.get("KML_DRAWS", "60"))
Drawn = TypeVar("Drawn")
Call = tuple[dict[str, Any], list[Dims]]
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


OPERATORS = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "@": operator.matmul,
}  # fmt: skip
axes = st.one_of(st.integers(-5, 5), st.tuples(st.integers(-4, 4), st.integers(-4, 4)))


def compare(
    title: str,
    strategy: st.SearchStrategy[Drawn],
    ours: Callable[[Drawn], Any],
    theirs: Callable[[Drawn], Any],
) -> None:
    """Puts draws to both sides; few of our answers may be open."""
    tally = Tally(title)

    def once(drawn: Drawn) -> None:
        mine, real = ours(drawn), theirs(drawn)
        assert agree(mine, real), (title, drawn, mine, real)
        tally.note(drawn, silent=isinstance(mine, Unsure))

    each_draw(strategy, DRAWS, title, once)
    tally.hold()


def compare_layer(name: str, strategy: st.SearchStrategy[Call], version: KerasVersion) -> None:
    """``strategy`` draws a layer's arguments, and its inputs."""
    compare(
        f"{name}, Keras {int(version)}",
        strategy,
        lambda drawn: our_layer(name, *drawn, version),
        lambda drawn: real_layer(name, *drawn, version),
    )


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"])
def test_elementwise(name: str, version: KerasVersion) -> None:
    inputs = shapes(most=2 if name == "Subtract" else 3)
    compare_layer(name, st.tuples(st.just({}), inputs), version)


@pytest.mark.parametrize("version", VERSIONS)
def test_concatenate(version: KerasVersion) -> None:
    config = st.fixed_dictionaries({"axis": st.integers(-7, 7)})
    compare_layer("Concatenate", st.tuples(config, shapes()), version)


@pytest.mark.parametrize("version", VERSIONS)
def test_dot(version: KerasVersion) -> None:
    config = st.fixed_dictionaries({"axes": axes})
    compare_layer("Dot", st.tuples(config, shapes(most=2)), version)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("symbol", OPERATORS)
def test_operators(symbol: str, version: KerasVersion) -> None:
    keras = keras_of(version)

    def theirs(inputs: list[Dims]) -> Any:
        try:
            left, right = (symbolic(keras, dims) for dims in inputs)
            return shapes_of(OPERATORS[symbol](left, right))
        except Exception as error:
            return Raised(str(error))

    compare(
        f"{symbol}, Keras {int(version)}",
        shapes(most=2),
        lambda inputs: our_operator(symbol, inputs[0], inputs[1], version),
        theirs,
    )

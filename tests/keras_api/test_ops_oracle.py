"""The op rules against the real functions: on Keras tensors, in a TensorFlow graph, and with data.

``KML_DRAWS`` is the number of draws for each function and kind of tensor; the full run takes 200.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings

from kerasmergelint.keras_api.ops import modelled
from kerasmergelint.keras_api.protocol import KerasVersion
from tests.keras_api import op_draws
from tests.keras_api.op_answers import (
    EAGER,
    GRAPH,
    SYMBOLIC,
    Drawn,
    T,
    agree,
    ours,
    real,
    replaced,
    unsure,
)
from tests.keras_api.op_examples import EXAMPLES, Example
from tests.oracle import Raised

pytestmark = pytest.mark.oracle
DRAWS = int(os.environ.get("KML_DRAWS", "3"))
TABLE = op_draws.table()
V2, V3 = KerasVersion.V2, KerasVersion.V3

# These make variables, or ask a tensor for its value: they work outside of a graph only.
EAGER_ONLY = frozenset(
    {"K.random_uniform_variable", "K.random_normal_variable", "K.eye", "K.variable", "K.zeros",
     "K.ones", "K.constant", "ops.bartlett", "ops.blackman", "ops.hamming", "ops.hanning", "ops.kaiser"}
)  # fmt: skip


def worlds(name: str) -> list[tuple[str, KerasVersion]]:
    """The kinds of tensors on which a function is asked, and the Keras that is meant."""
    if name in EAGER_ONLY:
        return [(EAGER, V2)]
    space = name.partition(".")[0]
    if space == "tf":
        return [(GRAPH, V2), (EAGER, V2)]
    if space == "K":
        return [(GRAPH, V2), (EAGER, V2), (SYMBOLIC, V2)]
    if space == "random":
        return [(GRAPH, V3), (EAGER, V3)]
    return [(SYMBOLIC, V3), (GRAPH, V3), (EAGER, V3)]


def fitting(drawn: Drawn, mode: str, version: KerasVersion) -> Drawn | None:
    """A draw as this world takes it: data has sizes, Keras 2 has no symbolic scalars."""
    if mode == EAGER:
        return replaced(drawn, lambda t: T(tuple(2 if d is None else d for d in t.dims), t.dtype))
    scalars: list[T] = []
    replaced(drawn, lambda t: scalars.append(t) if t.dims == () else None)
    return None if scalars and (mode, version) == (SYMBOLIC, V2) else drawn


def check(name: str, drawn: Drawn, mode: str, version: KerasVersion) -> bool:
    """Whether our answer is the real one; asserts it, and says whether it was a full one."""
    mine = ours(name, drawn, mode, version)
    if unsure(mine) and not isinstance(mine, list):
        return False
    theirs = real(name, drawn, mode, version)
    if mode == EAGER and isinstance(theirs, Raised) and not isinstance(mine, Raised):
        return True  # the content of the zeros may be to blame, and with data we claim nothing
    assert agree(mine, theirs), (name, drawn, mode, mine, theirs)
    return not unsure(mine)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_op(name: str) -> None:
    for mode, version in worlds(name):
        draw_calls(name, mode, version)


def draw_calls(name: str, mode: str, version: KerasVersion) -> None:
    @settings(
        max_examples=DRAWS,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(TABLE[name])
    def one(drawn: Drawn) -> None:
        fit = fitting(drawn, mode, version)
        if fit is not None:
            check(name, fit, mode, version)

    one()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.name}-{example.mode}")
def test_a_draw_that_once_failed(example: Example) -> None:
    check(example.name, example.drawn, example.mode, KerasVersion(example.version))


def test_every_op_has_draws() -> None:
    assert set(modelled()) <= set(TABLE)


def test_every_draw_has_an_op() -> None:
    assert set(TABLE) - set(modelled()) == set()

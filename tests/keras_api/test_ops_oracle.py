"""The op rules against the real functions: on Keras tensors, in a TensorFlow graph, and with data.

``KML_DRAWS`` is the number of draws for each function and kind of tensor; the full run takes 200.  How many
of them may go without an answer says ``allowed_silence.py``.
"""

from __future__ import annotations

import functools
import os

import pytest

from kerasmergelint.keras_api.named_results import NAMED_RESULTS
from kerasmergelint.keras_api.ops import modelled
from kerasmergelint.keras_api.protocol import KerasVersion
from tests.draws import each_draw
from tests.keras_api import allowed_silence, op_draws
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
from tests.keras_api.op_examples import EXAMPLES, LEFT_OPEN, Example
from tests.oracle import Raised, Unsure
from tests.silence import Tally
from tests.some import some

pytestmark = pytest.mark.oracle
DRAWS = int(os.environ.get("KML_DRAWS", "3"))
TABLE = op_draws.table()
V2, V3 = KerasVersion.V2, KerasVersion.V3

# These make variables, or ask a tensor for its value: they work only outside a graph.
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


def fitting(drawn: Drawn, mode: str, version: KerasVersion) -> Drawn:
    """A draw as this world takes it: data has sizes, Keras 2 has no symbolic scalars."""
    if mode == EAGER:
        return replaced(drawn, lambda t: T(tuple(2 if d is None else d for d in t.dims), t.dtype))
    if (mode, version) == (SYMBOLIC, V2):
        return replaced(drawn, lambda t: T(t.dims or (1,), t.dtype))
    return drawn


def answered(name: str, drawn: Drawn, mode: str, version: KerasVersion) -> bool:
    """Whether we say in full what comes of a call, and could be contradicted; asserts that it is true."""
    mine = ours(name, drawn, mode, version)
    if isinstance(mine, Unsure):
        return False  # and nobody else is asked: TensorFlow ends the process over some of these
    theirs = real(name, drawn, mode, version)
    if mode == EAGER and isinstance(theirs, Raised) and not isinstance(mine, Raised):
        return False  # the content of the zeros may be to blame, and with data we claim nothing
    assert agree(mine, theirs), (name, drawn, mode, mine, theirs)
    return not unsure(mine)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_op(name: str) -> None:
    for mode, version in some(worlds(name)):
        drawn_calls(name, mode, version).hold(allowed_silence.of_op(name, mode))


def drawn_calls(name: str, mode: str, version: KerasVersion) -> Tally:
    """Puts calls to both sides, and counts those that were not compared."""
    tally = Tally(f"{name}, {mode}")

    def compare(drawn: Drawn) -> None:
        fit = fitting(drawn, mode, version)
        tally.note(fit, silent=not answered(name, fit, mode, version))

    each_draw(TABLE[name], DRAWS, tally.title, compare)
    return tally


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.name}-{example.mode}")
def test_a_draw_that_once_failed(example: Example) -> None:
    assert answered(example.name, example.drawn, example.mode, KerasVersion(example.version))


@pytest.mark.parametrize("example", LEFT_OPEN, ids=lambda example: f"{example.name}-{example.mode}")
def test_a_draw_that_is_left_open_since(example: Example) -> None:
    assert unsure(ours(example.name, example.drawn, example.mode, KerasVersion(example.version)))


# They take the bytes of a picture, which are not drawn.
OF_BYTES = {f"tf.image.decode_{kind}" for kind in ("png", "jpeg", "image", "bmp")}


def test_every_op_has_draws() -> None:
    assert set(modelled()) <= set(TABLE) | OF_BYTES


def test_every_draw_has_an_op() -> None:
    assert set(TABLE) - set(modelled()) == set()


def test_silence_is_allowed_only_where_it_is_asked() -> None:
    asked = {(name, mode) for name in TABLE for mode, _ in worlds(name)}
    assert set(allowed_silence.OPS) <= asked


@pytest.mark.parametrize(("name", "names"), NAMED_RESULTS.items())
def test_the_parts_of_a_result_have_these_names(name: str, names: tuple[str, ...]) -> None:
    import tensorflow as tf

    function = functools.reduce(getattr, name.split(".")[1:], tf)
    assert function(tf.ones((2, 3)))._fields == names

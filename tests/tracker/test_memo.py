"""Answers of rules that are kept: what is not the same to a rule must not have the same key."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerasmergelint.keras_api.protocol import TensorSpec
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.shapes import UNKNOWN, Shape, symbol
from kerasmergelint.tracker.keras.memo import Memo, NoKey, key_of, key_of_inputs

_LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2), st.sampled_from([0.0, 1.0, 2.0, -1.0]),
    st.sampled_from(["", "1", "same"]), st.just(UNKNOWN), st.just(symbol("n")),
)  # fmt: skip
_PLAIN = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    ),
    max_leaves=6,
)


@given(_PLAIN, _PLAIN)
def test_keys_are_equal_only_for_what_looks_the_same(one: Any, other: Any) -> None:
    assert (key_of(one) == key_of(other)) == (repr(one) == repr(other))


@given(_PLAIN)
def test_keys_can_be_looked_up(value: Any) -> None:
    memo: Memo[str] = Memo()
    memo.keep(key_of(value), "kept")
    assert memo.get(key_of(value)) == "kept"


def test_what_cannot_be_recognised_has_no_key() -> None:
    for thing in (object(), [object()], {"a": TensorSpec()}):
        with pytest.raises(NoKey):
            key_of(thing)
    with pytest.raises(NoKey):  # a size that is computed: equal specs may hold different ones
        key_of_inputs([TensorSpec(Shape((2,)), "int32", data=(4, 5))])
    with pytest.raises(NoKey):
        key_of_inputs(UNKNOWN)


def test_inputs_and_first_shapes_have_keys() -> None:
    spec = TensorSpec(Shape((None, 3)), "float32")
    assert key_of_inputs([spec, spec]) != key_of_inputs((spec, spec))
    assert key_of_inputs(spec) != key_of_inputs(TensorSpec(Shape((None, 4)), "float32"))
    assert key_of(None) is None
    assert key_of(Shape((None, 3))) != key_of(Shape((None, 4)))


_TWICE = """
import keras
from keras import layers
a = keras.Input((8, 8, 3))
x = layers.Conv2D(4, 3, name="first")(a)
y = layers.Conv2D(4, 3, name="second")(layers.Conv2D(4, 3)(a))
layers.Add()([x, x])
layers.Add()([x, y])
shared = layers.Dense(3)
shared(keras.Input((4,)))
shared(keras.Input((5,)))
layers.Dense(3)(keras.Input((5,)))
"""


def test_equal_layers_keep_what_is_their_own() -> None:
    """The state of an instance is not part of its configuration."""
    found = check_source(_TWICE, "twice.py", Settings())
    assert [(f.code, f.line) for f in found] == [("KML111", 8), ("KML305", 11)]

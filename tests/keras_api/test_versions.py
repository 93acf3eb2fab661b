"""Ranges of versions, and what a layer's declaration says under them."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api.layers.layer_type import Behaviour, Dtype, Integers, LayerType
from kerasmergelint.keras_api.layers.rules import same
from kerasmergelint.keras_api.problems import refused
from kerasmergelint.keras_api.protocol import Broken, LayerCall, Outcome, TensorSpec
from kerasmergelint.keras_api.versions import EVERY, V2, V3, KerasVersion, before, since
from kerasmergelint.shapes import Shape

OLD, NEW = KerasVersion.V2, KerasVersion.V3
X = TensorSpec(Shape((None, 4)), "int32")


def test_a_major_version_is_its_newest_release() -> None:
    assert KerasVersion(3) is NEW
    assert KerasVersion(2) is OLD
    with pytest.raises(ValueError, match="4 is not a valid KerasVersion"):
        KerasVersion(4)


def test_ranges_are_sets_of_versions() -> None:
    assert V2 | V3 == EVERY
    assert not V2 & V3
    assert since("2.0") == EVERY
    assert since("3.0") == V3 > since("3.13")
    assert before("3.13") > V2
    assert since("3.99") == frozenset()


def _refuses(call: LayerCall) -> Outcome:
    raise refused("not here")


def dtype_of(entry: LayerType, version: KerasVersion) -> object:
    return entry.call(LayerCall({}, X, version)).outputs.dtype


def test_a_behaviour_holds_in_its_range_only() -> None:
    entry = LayerType("Dense", _refuses, behaviours=(Behaviour(V2, rule=same, dtype=Dtype.INPUT),))
    with pytest.raises(Broken, match="not here"):
        entry.call(LayerCall({}, X, NEW))
    assert entry.call(LayerCall({}, X, OLD)).outputs.shape == X.shape


def test_what_all_of_keras_2_does_can_be_overruled() -> None:
    plain = LayerType("Dense", same)
    assert dtype_of(plain, NEW) == "float32"
    assert plain.call(LayerCall({}, X, OLD)).doubts == ("Keras 2 may refuse the dtype int32",)
    taken = LayerType("Dense", same, behaviours=(Behaviour(V2, integers=Integers.TAKEN),))
    assert taken.call(LayerCall({}, X, OLD)).doubts == ()


def test_of_two_behaviours_for_a_version_the_later_one_wins() -> None:
    first, second = Behaviour(EVERY, dtype=Dtype.RULE), Behaviour(V3, dtype=Dtype.COMPUTE)
    assert dtype_of(LayerType("Dense", same, behaviours=(first, second)), NEW) == "float32"
    assert dtype_of(LayerType("Dense", same, behaviours=(second, first)), NEW) == "int32"


def test_the_check_of_a_constructor_may_differ() -> None:
    def check(config: object, version: KerasVersion) -> None:
        raise refused("too old")

    entry = LayerType("Dense", same, behaviours=(Behaviour(V2, check=check),))
    assert entry.construct([4], {}, NEW)["units"] == 4
    with pytest.raises(Broken, match="too old"):
        entry.construct([4], {}, OLD)

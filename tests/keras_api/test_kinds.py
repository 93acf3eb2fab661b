"""What declarations say of merges and of other calls, checked against what else they say."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api import indexing, merges, operators
from kerasmergelint.keras_api.kinds import NO_KIND, Kind
from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.layers import names
from kerasmergelint.keras_api.ops import binding, modelled
from kerasmergelint.keras_api.ops import find as find_op
from kerasmergelint.keras_api.versions import KerasVersion

V2, V3 = KerasVersion.V2, KerasVersion.V3


def kind_of_layer(name: str) -> Kind:
    entry = find_layer(name, V3)
    assert entry is not None, name
    return entry.kind


def kind_of_op(dotted: str) -> Kind:
    op = find_op(dotted, V3)
    assert op is not None, dotted
    return op.kind


def test_the_merge_layers_are_those_with_a_functional_form() -> None:
    known = [name for name in names() if find_layer(name, V3) is not None]
    merging = {name for name in known if Kind.MERGE in kind_of_layer(name)}
    assert merging == set(merges.FUNCTIONS.values())


def test_a_function_of_a_layer_and_an_op_of_its_name_do_the_same() -> None:
    for name in ("add", "subtract", "multiply", "maximum", "minimum", "concatenate"):
        shared = kind_of_op(f"keras.ops.{name}") & kind_of_layer(merges.FUNCTIONS[name])
        assert Kind.MERGE in shared
        assert shared.is_any(Kind.ELEMENTWISE | Kind.JOIN)


def test_an_operator_and_its_op_do_the_same() -> None:
    words = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "//": "floor_divide",
             "%": "mod", "**": "power", "<": "less", "==": "equal"}  # fmt: skip
    known = Kind.ELEMENTWISE | Kind.ROWWISE | Kind.WEIGHING
    for symbol, word in words.items():
        assert operators.KINDS[symbol] & known == kind_of_op(f"keras.ops.{word}") & known, word


def test_one_word_may_be_two_ops() -> None:
    assert kind_of_op("tensorflow.identity") == Kind.ROWWISE  # the tensor itself
    assert kind_of_op("keras.ops.identity") == Kind.CREATION  # a matrix


def test_reading_items_may_add_axes() -> None:
    assert indexing.KIND.is_any(Kind.LIFTING)
    assert not indexing.KIND.is_any(Kind.MERGE | Kind.ROWWISE)


ALONG = sorted(name for name, op in modelled().items() if Kind.ALONG in op.kind)


@pytest.mark.parametrize("name", ALONG)
def test_the_second_argument_of_what_works_along_axes_is_the_axis(name: str) -> None:
    op = modelled()[name]
    for version in (V2, V3):
        signature = binding.parameters(name, version)
        assert signature is not None
        second = signature.name_at(1)
        assert second is not None
        assert binding.role_of(second, dict(op.aliases)) == "axis"


def test_there_are_ops_along_axes() -> None:
    assert {"ops.sum", "tf.concat", "K.expand_dims", "ops.argmax"} <= set(ALONG)


def test_a_kind_is_any_of_others() -> None:
    assert (Kind.MERGE | Kind.JOIN).is_any(Kind.DOT | Kind.JOIN)
    assert not Kind.MERGE.is_any(Kind.DOT | Kind.JOIN)
    assert not NO_KIND.is_any(Kind.MERGE)

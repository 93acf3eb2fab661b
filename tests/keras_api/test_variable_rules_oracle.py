"""Variables against the real ones: what can be assigned to them, and lists of weights."""

from __future__ import annotations

import itertools

import pytest

from kerasmergelint.keras_api.ops import Op, binding, modelled
from kerasmergelint.keras_api.protocol import Broken, KerasVersion, TensorKind, TensorSpec
from kerasmergelint.keras_api.variable_rules import ASSIGNING, Owner, assign
from kerasmergelint.shapes import Shape
from tests.oracle import Dims, keras_of

pytestmark = pytest.mark.oracle
SHAPES: list[Dims] = [(), (1,), (3,), (4,), (1, 3), (3, 1), (2, 3)]


@pytest.mark.parametrize("owner", Owner)
@pytest.mark.parametrize("method", sorted(ASSIGNING))
def test_what_can_be_assigned(owner: Owner, method: str) -> None:
    given = [(owner, method, *both) for both in itertools.product(SHAPES, SHAPES)]
    assert [refused_by_us(*one) for one in given] == [refused_by_them(*one) for one in given]


def refused_by_us(owner: Owner, method: str, variable: Dims, value: Dims) -> bool:
    both = (TensorSpec(Shape(dims), None, TensorKind.EAGER) for dims in (variable, value))
    try:
        assign(method, *both, owner)
    except Broken:
        return True
    return False


def refused_by_them(owner: Owner, method: str, variable: Dims, value: Dims) -> bool:
    import tensorflow as tf

    make = keras_of(KerasVersion.V3).Variable if owner is Owner.KERAS else tf.Variable
    made = make(tf.zeros(variable))
    try:
        getattr(made, method)(tf.zeros(value))
    except Exception:
        return True
    return False


# What takes a list only with arguments that the test does not know.
TESTED = {
    name: op
    for name, op in modelled().items()
    if name.partition(".")[0] in ("tf", "ops") and op.packs(0)
}


def test_no_function_that_makes_one_tensor_of_a_list_takes_weights() -> None:
    taken = {name for name, op in TESTED.items() if takes_weights(name, op)}
    assert len(TESTED) > 400
    assert taken == set()


def test_functions_that_take_lists_take_weights() -> None:
    for name in ("tf.concat", "ops.concatenate", "tf.add_n", "ops.hstack", "ops.get_item"):
        op = modelled()[name]
        assert not op.packs(0)
        assert takes_weights(name, op)


def takes_weights(name: str, op: Op) -> bool:
    """Whether the real function accepts a list of two weights."""
    import tensorflow as tf

    keras = keras_of(KerasVersion.V3)
    weights = [keras.Variable([1.0, 2.0, 3.0]), keras.Variable([1.0, 2.0, 3.0])]
    function = {"tf": tf, "ops": keras.ops}[name.partition(".")[0]]
    signature = binding.parameters(name, KerasVersion.V3)
    assert signature is not None
    others = [0 if item.name == "axis" else 1 for item in signature.first[1:] if item.required]
    try:
        for part in name.split(".")[1:]:
            function = getattr(function, part)
        function(weights, *others)
    except Exception:
        return False
    return True

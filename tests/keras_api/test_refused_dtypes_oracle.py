"""Data types in a graph: TensorFlow's functions refuse exactly those that we say they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from kerasmergelint.keras_api import operators
from kerasmergelint.keras_api.ops import refused_dtypes
from kerasmergelint.keras_api.protocol import KerasVersion, TensorKind, TensorSpec
from kerasmergelint.shapes import Shape
from tests.keras_api.op_answers import EAGER, GRAPH, T, ours, real
from tests.oracle import Raised

pytestmark = pytest.mark.oracle
DTYPES = (
    "bool",
    "int8",
    "uint8",
    "int16",
    "int32",
    "int64",
    "float16",
    "bfloat16",
    "float32",
    "float64",
)
TABLE = T((5, 3))
# The arguments that go before or after the one whose type is asked for.
BEFORE: dict[str, tuple[Any, ...]] = dict.fromkeys(
    ("tf.gather", "tf.gather_nd", "tf.nn.embedding_lookup", "K.gather"), (TABLE,)
)
AFTER: dict[str, tuple[Any, ...]] = {
    "tf.one_hot": (4,),
    "K.one_hot": (4,),
    "tf.nn.sparse_softmax_cross_entropy_with_logits": (T((2, 3)),),
    "tf.where": (T((2,)), T((2,))),
}
NAMES = tuple(refused_dtypes._REFUSALS)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", NAMES)
def test_like_tensorflow(name: str, dtype: str) -> None:
    shape = (2, 1) if name == "tf.gather_nd" else (2,)
    drawn = ((*BEFORE.get(name, ()), T(shape, dtype), *AFTER.get(name, ())), {})
    version = KerasVersion.V2 if name.startswith("K.") else KerasVersion.V3
    theirs, mine = real(name, drawn, GRAPH, version), ours(name, drawn, GRAPH, version)
    assert isinstance(mine, Raised) == isinstance(theirs, Raised), (mine, theirs)


@pytest.mark.parametrize("asked", ["bool", "int32", "int64", "float32", "float64"])
@pytest.mark.parametrize("dtype", ["bool", "int32", "int64", "float32", "float64"])
@pytest.mark.parametrize("name", ["tf.convert_to_tensor", "K.variable"])
def test_what_tensorflow_made_is_not_converted(name: str, dtype: str, asked: str) -> None:
    drawn = ((T((2,), dtype), asked), {})
    theirs, mine = (
        real(name, drawn, EAGER, KerasVersion.V2),
        ours(name, drawn, EAGER, KerasVersion.V2),
    )
    assert isinstance(mine, Raised) == isinstance(theirs, Raised) == (dtype != asked), (
        mine,
        theirs,
    )


@pytest.mark.parametrize("dtype", ["float32", "int32", "float64"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_truth_value_times_a_number_is_a_truth_value(dtype: str, *, turned: bool) -> None:
    tf = pytest.importorskip("tensorflow")
    from tensorflow.python.framework.func_graph import FuncGraph

    with FuncGraph("scratch").as_default():
        sides = [tf.compat.v1.placeholder(name, (2,)) for name in ("bool", dtype)]
        left, right = reversed(sides) if turned else sides
        assert (left * right).dtype == tf.bool
    specs = [TensorSpec(Shape((2,)), name, TensorKind.GRAPH) for name in ("bool", dtype)]
    one, other = reversed(specs) if turned else specs
    assert operators.binary("*", one, other, KerasVersion.V3).outputs.shape == Shape((2,))

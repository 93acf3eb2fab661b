"""Operators on tensors by our rule, and by Keras 3, Keras 2, TensorFlow's graphs and with data."""

from __future__ import annotations

import operator as python
import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from kerasmergelint.keras_api import operators
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    SubLayer,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, OpenShape, Shape, symbol
from tests.draws import each_draw
from tests.keras_api import allowed_silence, op_draws
from tests.keras_api.op_answers import (
    EAGER,
    GRAPH,
    KINDS,
    SYMBOLIC,
    WORLDS,
    T,
    _placeholder,
    _symbolic,
    agree,
    answer_of,
    our_answer,
    unsure,
)
from tests.oracle import Raised
from tests.silence import Tally

pytestmark = pytest.mark.oracle
DRAWS = int(os.environ.get("KML_DRAWS", "25"))
OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": python.add, "-": python.sub, "*": python.mul, "/": python.truediv, "//": python.floordiv,
    "%": python.mod, "**": python.pow, "<": python.lt, "<=": python.le, ">": python.gt,
    ">=": python.ge, "!=": python.ne, "@": python.matmul,
}  # fmt: skip


class Array:
    """A NumPy array of ones among the operands."""

    def __init__(self, *dims: int) -> None:
        self.dims = dims

    def __repr__(self) -> str:
        return f"Array{self.dims}"


_types = st.sampled_from(["float16", "float32", "float64", "bfloat16", "int32"])
_of_types = st.builds(T, st.sampled_from([(None, 3), (3, 3), (2, 3, 3)]), _types)

pairs = st.one_of(
    st.tuples(_of_types, _of_types),
    op_draws.near(2, 1, 4).map(tuple),
    op_draws.matrices().map(lambda drawn: drawn[0]),
    st.tuples(op_draws.tensors(1, 3), st.sampled_from([2, 2.5, True])),
    st.tuples(
        op_draws.tensors(1, 3), st.sampled_from([[1.0, 2.0, 3.0], (1.0, 2.0), [[1.0], [2.0]]])
    ),
    st.tuples(op_draws.tensors(1, 3), st.builds(Array, st.integers(1, 4), st.integers(1, 4))),
    st.tuples(op_draws.tensors(1, 3), st.none()),
)


def theirs(symbol_: str, sides: Any, mode: str, version: int) -> Any:
    import numpy as np

    def run(tensor: Callable[[T], Any]) -> Any:
        made = [
            tensor(side) if isinstance(side, T)
            else np.ones(side.dims, "float32") if isinstance(side, Array) else side
            for side in sides
        ]  # fmt: skip
        try:
            return answer_of(OPERATORS[symbol_](*made))
        except Exception as error:
            return Raised(f"{type(error).__name__}: {str(error)[:200]}")

    if mode == GRAPH:
        from tensorflow.python.framework.func_graph import FuncGraph

        with FuncGraph("scratch").as_default():
            return run(_placeholder)
    return run(_ones if mode == EAGER else _symbolic(KerasVersion(version)))


def _ones(tensor: T) -> Any:
    """Data by which one can divide."""
    import tensorflow as tf

    return tf.ones(tensor.dims, tensor.dtype)


def mine(symbol_: str, sides: Any, mode: str, version: int) -> Any:
    made = [
        TensorSpec(Shape(side.dims), side.dtype, KINDS[mode]) if isinstance(side, T)
        else TensorSpec(Shape(side.dims), "float32", TensorKind.ARRAY) if isinstance(side, Array)
        else side
        for side in sides
    ]  # fmt: skip
    try:
        return our_answer(operators.binary(symbol_, made[0], made[1], KerasVersion(version)))
    except Broken as broken:
        return Raised(broken.problem.detail)


EXAMPLES = [
    (T((None, 3)), None),
    ([1.0, 2.0, 3.0], T((None, 3))),
    (Array(3), T((None, 3))),
    (T((3,)), T((3,))),
    (T((None, 3), "float16"), T((None, 3))),
    (T((3, 3), "int64"), T((None, 3), "int32")),
]  # fmt: skip


def fitting(sides: Any, mode: str) -> Any:
    """Operands as a world takes them: data has sizes, and is of one type, for we do not compare types."""
    if mode != EAGER:
        return sides
    types = {side.dtype for side in sides if isinstance(side, T)}
    dtype = types.pop() if len(types) == 1 else "float32"
    return tuple(
        T(tuple(2 if size is None else size for size in side.dims), dtype)
        if isinstance(side, T)
        else side
        for side in sides
    )


@pytest.mark.parametrize(("mode", "version"), WORLDS)
@pytest.mark.parametrize("symbol_", OPERATORS)
def test_against_the_real_thing(symbol_: str, mode: str, version: int) -> None:
    tally = Tally(f"{symbol_}, {mode}, Keras {version}")

    def compare(drawn: Any) -> None:
        sides = fitting(drawn, mode)
        ours, real = mine(symbol_, sides, mode, version), theirs(symbol_, sides, mode, version)
        assert agree(ours, real), (symbol_, sides, ours, real)
        tally.note(sides, silent=unsure(ours))

    for sides in EXAMPLES:
        compare(sides)
    both_ways = st.one_of(pairs, pairs.map(lambda sides: sides[::-1]))
    each_draw(both_ways, DRAWS, tally.title, compare)
    tally.hold(allowed_silence.of_operator(symbol_, mode, version))


TENSOR = TensorSpec(Shape((None, 3)), "float32")


def test_a_layer_is_no_operand() -> None:
    layer = SubLayer()
    with pytest.raises(Broken):
        operators.binary("+", TENSOR, layer, KerasVersion.V3)
    assert operators.binary("==", TENSOR, layer, KerasVersion.V3).outputs is UNKNOWN


def test_identity_of_keras_tensors_is_not_known() -> None:
    assert operators.binary("==", TENSOR, TENSOR, KerasVersion.V3).outputs is UNKNOWN


def test_an_unknown_number_keeps_the_shape_and_an_unknown_value_does_not() -> None:
    number = operators.binary("*", TENSOR, symbol("n"), KerasVersion.V3)
    anything = operators.binary("*", TENSOR, symbol("n", nullable=True), KerasVersion.V3)
    assert number.outputs.shape == TENSOR.shape
    assert anything.outputs.shape == OpenShape()
    assert anything.doubts


@pytest.mark.parametrize("mode", [SYMBOLIC, GRAPH, EAGER])
def test_what_tensors_do_not_have(mode: str) -> None:
    spec = TensorSpec(Shape((2, 3)), "int32", KINDS[mode])
    with pytest.raises(Broken):
        operators.unary("+", spec, KerasVersion.V3)
    with pytest.raises(Broken):
        operators.binary("<<", spec, 1, KerasVersion.V3)
    assert operators.unary("-", spec, KerasVersion.V3).outputs == spec

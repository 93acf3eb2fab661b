"""``x[key]`` by our rule, and by Keras 3, Keras 2, TensorFlow's graphs and TensorFlow with data."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kerasmergelint.keras_api import indexing
from kerasmergelint.keras_api.protocol import Broken, KerasVersion, TensorKind, TensorSpec
from kerasmergelint.keras_api.slicing import slice_length
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape, sub, symbol
from kerasmergelint.shapes.broadcast import never_equal
from tests.draws import each_draw
from tests.keras_api.op_answers import (
    EAGER,
    GRAPH,
    KINDS,
    WORLDS,
    T,
    _placeholder,
    _symbolic,
    _zeros,
    agree,
    answer_of,
    our_answer,
    unsure,
)
from tests.oracle import Raised
from tests.silence import Tally

pytestmark = pytest.mark.oracle
DRAWS = int(os.environ.get("KML_DRAWS", "60"))

bound = st.one_of(st.none(), st.integers(-5, 6))
slices = st.builds(slice, bound, bound, st.sampled_from([None, None, 1, 2, 3, -1, -2]))
part = st.one_of(slices, slices, st.just(slice(None)), st.integers(-4, 4), st.none())
keys = st.one_of(
    st.lists(part, min_size=1, max_size=4).map(tuple),
    st.builds(lambda a, b: (*a, ..., *b), st.lists(part, max_size=2), st.lists(part, max_size=2)),
    part,
    st.just(...),
    st.just((slice(None), [0, 1])),
)
shapes = st.lists(st.sampled_from([None, 1, 2, 3, 5]), min_size=1, max_size=4).map(tuple)


def theirs(dims: Any, key: Any, mode: str, version: int) -> Any:
    tensor = T(dims)
    try:
        if mode == GRAPH:
            from tensorflow.python.framework.func_graph import FuncGraph

            with FuncGraph("scratch").as_default():
                return answer_of(_placeholder(tensor)[key])
        made = _zeros(tensor) if mode == EAGER else _symbolic(KerasVersion(version))(tensor)
        return answer_of(made[key])
    except Exception as error:
        return Raised(f"{type(error).__name__}: {str(error)[:200]}")


def mine(dims: Any, key: Any, mode: str, version: int) -> Any:
    spec = TensorSpec(Shape(dims), "float32", KINDS[mode])
    try:
        return our_answer(indexing.getitem(spec, key, KerasVersion(version)))
    except Broken as broken:
        return Raised(broken.problem.detail)


EXAMPLES = [
    ((None, 7, 5), (slice(None), 7)),
    ((None, 7, 5), slice(1, None)),
    ((None, 7, 5), None),
    ((None, 7, 5), (slice(None), slice(None), 0, 0)),
    ((None, 7, 5), (slice(None), slice(5, 2))),
    ((None, 7, 5), (slice(None), slice(0, 2.0))),
    ((None, 7, 5), (..., slice(None, None, 2.0))),
    ((None, 7, 5), (slice(0, 2.0), 1)),
    ((None, None, 5), (slice(None), slice(0.5, None))),
    ((None, 7, 5), (slice(None), 1.0)),
    ((None, 7, 5), "logits"),
    ((None, 7, 5), (0, "logits")),
]


@pytest.mark.parametrize(("mode", "version"), WORLDS)
def test_against_the_real_thing(mode: str, version: int) -> None:
    tally = Tally(f"x[key], {mode}, Keras {version}")

    def compare(drawn: tuple[Any, Any]) -> None:
        dims, key = drawn
        if mode == EAGER:
            dims = tuple(2 if size is None else size for size in dims)
        ours, real = mine(dims, key, mode, version), theirs(dims, key, mode, version)
        assert agree(ours, real), (dims, key, ours, real)
        tally.note((dims, key), silent=unsure(ours))

    for drawn in EXAMPLES:
        compare(drawn)
    each_draw(st.tuples(shapes, keys), DRAWS, tally.title, compare)
    tally.hold()


n = symbol("n")


# Of these the length is a formula: from a place at the front to one at the back.
inner = st.builds(
    slice,
    st.one_of(st.none(), st.integers(0, 6)),
    st.one_of(st.none(), st.integers(-5, -1)),
    st.sampled_from([None, 1, 2, 3]),
)


def is_as_long(length: Dim, item: slice, size: int) -> bool:
    return bool(eval(str(length), {"n": size}) == len(range(size)[item]))


@settings(max_examples=200, deadline=None)
@given(item=inner, size=st.integers(20, 40))
def test_a_symbolic_axis_is_cut_as_a_long_one(item: slice, size: int) -> None:
    assert is_as_long(slice_length(n, item), item, size)


@settings(max_examples=200, deadline=None)
@example(item=slice(1, 0), size=20)
@given(item=slices, size=st.integers(20, 40))
def test_a_symbolic_axis_is_cut_so_or_not_known(item: slice, size: int) -> None:
    length = slice_length(n, item)
    assert length is UNKNOWN or is_as_long(length, item, size)


@settings(max_examples=200, deadline=None)
@given(start=st.integers(0, 8), length=st.integers(1, 8), size=st.integers(1, 12))
def test_a_part_of_a_short_axis_may_be_empty(start: int, length: int, size: int) -> None:
    item = slice(start, start + length)
    assert is_as_long(slice_length(symbol("n", positive=True), item), item, size)


@pytest.mark.parametrize(
    ("key", "dims"),
    [
        ((slice(None), slice(None, -1)), (None, sub(n, 1))),
        ((slice(None), slice(2, None)), (None, sub(n, 2))),
        ((slice(None), slice(None, n)), (None, n)),
        ((slice(None), 0), (None,)),
    ],
)
def test_symbolic_sizes(key: Any, dims: tuple[Dim, ...]) -> None:
    spec = TensorSpec(Shape((None, n)), "float32")
    assert indexing.getitem(spec, key, KerasVersion.V3).outputs.dims == dims


@pytest.mark.parametrize(
    ("key", "shape"),
    [
        ((..., 0), OpenShape((), 1)),
        ((..., slice(0, 2)), OpenShape((2,), 2)),
        ((..., None), OpenShape((5, 1), 3)),
        ((slice(None), 0), OpenShape((), 1)),
    ],
)
def test_of_an_unknown_rank_the_end_is_known(key: Any, shape: OpenShape) -> None:
    spec = TensorSpec(OpenShape((5,), 2), "float32", TensorKind.GRAPH)
    assert indexing.getitem(spec, key, KerasVersion.V3).outputs.shape == shape


def test_an_axis_may_be_longer_than_a_machine_word() -> None:
    assert slice_length(10**20, slice(1, None, 2)) == (10**20) // 2


def test_a_mask_leaves_a_length_that_depends_on_the_data() -> None:
    spec = TensorSpec(Shape((4, 3)), "float32", TensorKind.GRAPH)
    mask = TensorSpec(Shape((4,)), "bool", TensorKind.GRAPH)
    assert indexing.getitem(spec, mask, KerasVersion.V3).outputs.dims == (None, 3)
    with pytest.raises(Broken):
        indexing.getitem(spec, TensorSpec(Shape((5,)), "bool", TensorKind.GRAPH), KerasVersion.V3)
    assert never_equal(4, 5)


def test_a_value_that_may_be_anything_need_not_be_an_index() -> None:
    spec = TensorSpec(Shape((None, 8, 4)), "float32", TensorKind.KERAS)
    for nullable, shape in [(True, OpenShape()), (False, Shape((None, 4)))]:
        key = (slice(None), symbol("key", nullable=nullable))
        assert indexing.getitem(spec, key, KerasVersion.V3).outputs.shape == shape

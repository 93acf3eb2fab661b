"""``array[key]`` with lists, arrays and masks in the key, by our rule and by NumPy."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerasmergelint.keras_api.array_indexing import by_arrays
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Shape

np = pytest.importorskip("numpy", reason="needs NumPy: the extra `oracle` installs it")

numbers = st.integers(-3, 3)
lists = st.lists(numbers, min_size=1, max_size=4)
masks = st.lists(st.booleans(), min_size=2, max_size=4)
arrays = st.lists(st.integers(1, 3), max_size=2).map(lambda dims: np.zeros(dims, "int64"))
mask_arrays = st.lists(st.integers(2, 4), min_size=1, max_size=2).map(
    lambda dims: np.ones(dims, bool)
)
part = st.one_of(
    lists, lists, masks, arrays, mask_arrays, numbers,
    st.just(slice(None)), st.just(slice(1, None)), st.none(), st.just(...),
)  # fmt: skip
keys = st.lists(part, min_size=1, max_size=4).map(tuple)
shapes = st.lists(st.integers(2, 4), min_size=1, max_size=4).map(tuple)


def _ours(key: object) -> object:
    if isinstance(key, np.ndarray):
        return TensorSpec(Shape(key.shape), str(key.dtype), TensorKind.ARRAY)
    return key


def _theirs(dims: tuple[int, ...], key: Any) -> tuple[int, ...] | None:
    try:
        return np.zeros(dims)[key].shape
    except IndexError:
        return None


@settings(max_examples=1500, deadline=None)
@given(dims=shapes, key=keys)
def test_the_shape_is_the_one_that_numpy_gives(dims: tuple[int, ...], key: Any) -> None:
    made = by_arrays(TensorSpec(Shape(dims), "float64", TensorKind.ARRAY), tuple(map(_ours, key)))
    shape = _theirs(dims, key)
    assert made is None or _agrees(
        made, shape, has_arrays=any(isinstance(item, np.ndarray) for item in key)
    )


def _agrees(made: TensorSpec, shape: tuple[int, ...] | None, *, has_arrays: bool) -> bool:
    """NumPy may still refuse the content of an array, which we do not see."""
    if shape is None:
        return has_arrays
    dims = made.dims or ()
    pairs = list(zip(dims, shape, strict=False))
    return len(dims) == len(shape) and all(ours in (UNKNOWN, theirs) for ours, theirs in pairs)


@pytest.mark.parametrize(
    ("key", "dims"),
    [
        ((slice(None), [0, 2, 3]), (5, 3, 3)),
        (([0, 1], slice(None), [1, 2]), (2, 4)),
        (([0, 1], [1, 2]), (2, 3)),
        ((..., [0, 2]), (5, 4, 2)),
        ((0, slice(None), [1, 2]), (2, 4)),
        ((slice(None), [True, False, True, True]), (5, 3, 3)),
        ((None, [4]), (1, 1, 4, 3)),
    ],
)
def test_lists_are_followed(key: Any, dims: tuple[int, ...]) -> None:
    spec = TensorSpec(Shape((5, 4, 3)), "float64", TensorKind.ARRAY)
    made = by_arrays(spec, key)
    assert made is not None
    assert made.dims == dims == np.zeros((5, 4, 3))[key].shape


@pytest.mark.parametrize("key", [([7],), ([0, 1], [0, 1, 2]), ([True, False],)])
def test_a_key_that_numpy_refuses_has_no_shape(key: Any) -> None:
    assert by_arrays(TensorSpec(Shape((5, 4)), None, TensorKind.ARRAY), key) is None

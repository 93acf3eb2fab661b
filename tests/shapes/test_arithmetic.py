"""The lengths of windows, against laying the windows one by one."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kerasmergelint.shapes import UNKNOWN, Dim, symbol
from kerasmergelint.shapes.arithmetic import (
    certainly_not_positive,
    conv_length,
    deconv_length,
    dilated,
    pool_length,
)
from tests.shapes.trees import numeric

small = st.integers(1, 5)
sizes = st.integers(1, 24)
n = symbol("n")


def windows(length: int, reach: int, stride: int) -> int:
    """How many windows of a reach fit, one each ``stride``."""
    return sum(1 for start in range(0, length, stride) if start + reach <= length)


@settings(max_examples=300)
@given(sizes, small, small, small)
def test_valid_counts_the_windows_that_fit(
    length: int, kernel: int, stride: int, dilation: int
) -> None:
    reach = max(offset * dilation for offset in range(kernel)) + 1
    made = conv_length(length, kernel, stride, dilation, "valid")
    assert dilated(kernel, dilation) == reach
    count = windows(length, reach, stride)
    if count:
        assert made == count
    else:
        assert certainly_not_positive(made)


@settings(max_examples=300)
@given(sizes, small, small, small, st.sampled_from(["same", "causal"]))
def test_same_starts_a_window_at_each_stride(
    length: int, kernel: int, stride: int, dilation: int, padding: str
) -> None:
    assert conv_length(length, kernel, stride, dilation, padding) == len(range(0, length, stride))


@settings(max_examples=300)
@given(sizes, small, small)
def test_a_transposed_convolution_covers_what_its_windows_touch(
    length: int, kernel: int, stride: int
) -> None:
    """Valid, no output padding given: every input position stamps a window, and gaps are filled."""
    touched = {place * stride + offset for place in range(length) for offset in range(kernel)}
    made = deconv_length(length, kernel, stride, 1, "valid", None)
    assert made == max(max(touched) + 1, length * stride)
    assert deconv_length(length, kernel, stride, 1, "same", None) == length * stride


@settings(max_examples=300)
@given(sizes, small, small, small, st.sampled_from(["valid", "same"]), st.integers(0, 4))
def test_output_padding_makes_the_convolution_go_back(
    length: int, kernel: int, stride: int, dilation: int, padding: str, extra: int
) -> None:
    """The transposed length is one that a padded convolution brings back to where it came from."""
    assume(extra < stride)
    made = deconv_length(length, kernel, stride, dilation, padding, extra)
    reach = (kernel - 1) * dilation + 1
    pad = reach // 2 if padding == "same" else 0
    assert isinstance(made, int)
    assert (made + 2 * pad - reach) // stride + 1 == length


@settings(max_examples=200)
@given(sizes, small, small, small, st.sampled_from(["valid", "same"]))
def test_symbolic_lengths_are_the_numeric_ones(
    length: int, kernel: int, stride: int, dilation: int, padding: str
) -> None:
    pairs: list[tuple[Dim, Dim]] = [
        (conv_length(n, kernel, stride, dilation, padding),
         conv_length(length, kernel, stride, dilation, padding)),
        (pool_length(n, kernel, stride, padding), pool_length(length, kernel, stride, padding)),
        (deconv_length(n, kernel, stride, dilation, padding, None),
         deconv_length(length, kernel, stride, dilation, padding, None)),
    ]  # fmt: skip
    for symbolic, number in pairs:
        assert numeric(symbolic, {"n": length}) == number


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_none_stays_none(padding: str) -> None:
    assert conv_length(None, 3, 2, 1, padding) is None
    assert pool_length(None, 3, 2, padding) is None
    assert deconv_length(None, 3, 2, 1, padding, None) is None


def test_an_unknown_padding_gives_an_unknown_length() -> None:
    assert conv_length(8, 3, 1, 1, UNKNOWN) is UNKNOWN
    assert deconv_length(8, 3, 1, 1, UNKNOWN, None) is UNKNOWN


def test_only_a_number_is_certainly_not_positive() -> None:
    assert certainly_not_positive(0) and certainly_not_positive(-2)
    assert not certainly_not_positive(1)
    assert not certainly_not_positive(n)
    assert not certainly_not_positive(None)

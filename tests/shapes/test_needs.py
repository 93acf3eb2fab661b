"""Conditions on sizes: as few needs as say the same, against every assignment of small numbers."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerasmergelint.keras_api.slicing import slice_length
from kerasmergelint.shapes import Dim, add, floordiv, maximum, mul, sub, symbol
from kerasmergelint.shapes.bounds import smaller
from kerasmergelint.shapes.entailment import Known, minimal
from kerasmergelint.shapes.needs import Need, at_least, equal, fits, met
from kerasmergelint.shapes.wording import words
from tests.shapes.trees import trees

NAMES = ("a", "b", "c")
A, B, C = (symbol(name, positive=True) for name in NAMES)
sizes: st.SearchStrategy[Dim] = st.sampled_from(
    [
        1,
        2,
        4,
        A,
        B,
        C,
        mul(2, A),
        mul(2, B),
        add(A, B),
        add(A, 1),
        mul(2, floordiv(A, 2)),
        floordiv(A, 3),
        maximum(A, B),
    ]
)
needs = st.one_of(
    st.builds(equal, sizes, sizes),
    st.builds(fits, sizes, sizes),
    st.builds(at_least, sizes, st.just(3)),
)


def assignments() -> list[dict[str, int]]:
    return [
        dict(zip(NAMES, values))
        for values in itertools.product(range(1, 10), range(1, 5), range(1, 5))
    ]


def hold(found: list[Need] | tuple[Need, ...], values: dict[str, int]) -> bool:
    return all(met(need, values) for need in found)


@settings(max_examples=120, deadline=None)
@given(st.lists(needs, max_size=4))
def test_fewer_needs_say_the_same(found: list[Need]) -> None:
    kept = minimal(found)
    assert len(kept) <= max(len(found), 1)
    assert [v for v in assignments() if hold(kept, v) is not hold(found, v)] == []


@settings(max_examples=120, deadline=None)
@given(st.lists(needs, max_size=3), st.lists(needs, max_size=2))
def test_what_is_known_need_not_be_said(known: list[Need], found: list[Need]) -> None:
    kept = minimal(found, Known(tuple(known)))
    possible = [values for values in assignments() if hold(known, values)]
    assert [v for v in possible if hold(kept, v) is not hold(found, v)] == []


@settings(max_examples=200, deadline=None)
@given(trees("n", "m", depth=3), trees("n", "m", depth=3))
def test_equality_of_any_expressions(left, right) -> None:  # type: ignore[no-untyped-def]
    need = equal(left.dim, right.dim)
    values = [{"n": n, "m": m} for n, m in itertools.product(range(-3, 9), repeat=2)]
    assert [v for v in values if met(need, v) is not (left.value(v) == right.value(v))] == []


x, skip = ([symbol(f"{name}[{axis}]", positive=True) for axis in (1, 2)] for name in ("x", "skip"))
last, filters, gate = (symbol(n, positive=True) for n in ("x[-1]", "filters", "g[-1]"))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ([], "always"),
        ([equal(2, 3)], "never"),
        ([equal(last, filters)], "x[-1] = filters"),
        ([fits(last, filters)], "x[-1] = filters, or one of them is 1"),
        ([fits(last, mul(2, gate))], "x[-1] = 2*g[-1] or 1"),
        ([equal(s, mul(2, n)) for s, n in zip(skip, x)], "rows and columns of skip are twice those of x"),
        ([equal(s, n) for s, n in zip(skip, x)], "rows and columns of skip are those of x"),
        ([equal(n, 7) for n in x], "rows and columns of x are 7"),
        ([equal(x[0], mul(k, floordiv(x[0], k))) for k in (2, 4)], "x[1] is divisible by 4"),
        ([equal(n, mul(4, floordiv(n, 4))) for n in x], "rows and columns of x are divisible by 4"),
        ([at_least(n, 3) for n in x], "rows and columns of x are 3 or more"),
        ([fits(s, n) for s, n in zip(skip, x)],
         "rows and columns of skip are those of x, or one of both is 1"),
        ([fits(s, mul(2, n)) for s, n in zip(skip, x)],
         "rows and columns of skip are twice those of x, or 1"),
        ([at_least(sub(x[0], 2), 1)], "x[1] >= 3"),
        ([equal(mul(2, last), mul(3, gate))], "3*g[-1] = 2*x[-1]"),
        ([equal(add(last, gate), filters), equal(last, 8)], "g[-1] = filters - x[-1] and x[-1] = 8"),
    ],
)  # fmt: skip
def test_words(asked: list[Need], text: str) -> None:
    assert words(minimal(asked)) == text


@pytest.mark.parametrize("stop", [1, 2, 3])
@pytest.mark.parametrize("start", [0, 1, 2, 3])
def test_the_two_parts_of_an_axis_are_equal_where_the_need_says_so(start: int, stop: int) -> None:
    """``x[:stop]`` and ``x[start:]``, of any length that is long enough for the latter."""
    size = symbol("n", positive=True)
    need = equal(slice_length(size, slice(None, stop)), slice_length(size, slice(start, None)))
    for n in range(max(start, 1), 9):
        row = range(n)
        assert met(need, {"n": n}) is (len(row[:stop]) == len(row[start:])), n
    for n in range(1, 9):
        assert met(equal(smaller(size, stop), 2), {"n": n}) is (min(n, stop) == 2), n

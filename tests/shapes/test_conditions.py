"""The derived conditions, against going through the numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerasmergelint.shapes import Dim, Relation, ceildiv, compare, floordiv, mul, sub, symbol
from kerasmergelint.shapes.conditions import Divisibility, every, when_equal
from tests.draws import each_draw
from tests.shapes.trees import Tree, chains, there_and_back
from tests.silence import Allowed, Tally

n, m = symbol("n"), symbol("m")
RANGE = range(-40, 400)
PAIRS = st.one_of(
    st.tuples(there_and_back(), there_and_back()),
    st.tuples(there_and_back(), chains()),
    st.tuples(chains(), chains()),
)


@settings(max_examples=400, deadline=None)
@given(PAIRS)
def test_the_condition_holds_exactly_where_the_two_are_equal(pair: tuple[Tree, Tree]) -> None:
    left, right = pair
    condition = when_equal(left.dim, right.dim)
    equal = [number for number in RANGE if left.value({"n": number}) == right.value({"n": number})]
    assert condition is None or [n for n in RANGE if condition.holds(n)] == equal


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_the_condition_is_minimal(pair: tuple[Tree, Tree]) -> None:
    condition = when_equal(pair[0].dim, pair[1].dim)
    assert condition is None or has_smallest_modulus(condition)


def test_a_condition_is_found_often_enough() -> None:
    tally = Tally("conditions of two chains")

    def look(pair: tuple[Tree, Tree]) -> None:
        tally.note(pair, silent=when_equal(pair[0].dim, pair[1].dim) is None)

    each_draw(PAIRS, 400, tally.title, look)
    tally.hold(Allowed(0.7, "the difference grows, or they are equal for one size, or for all"))


def has_smallest_modulus(condition: Divisibility) -> bool:
    """Whether no smaller modulus tells the same numbers apart."""
    if condition.never or condition.always:
        return True
    numbers = range(RANGE.start, max(RANGE.stop, 3 * condition.modulus))
    wanted = {number for number in numbers if condition.holds(number)}
    kept = [{number % smaller for number in wanted} for smaller in range(1, condition.modulus)]
    return all(
        wanted != {number for number in numbers if number % smaller in good}
        for smaller, good in enumerate(kept, 1)
    )


def halved(levels: int, *, up: bool) -> Dim:
    size: Dim = n
    for _ in range(levels):
        size = ceildiv(size, 2) if up else floordiv(size, 2)
    for _ in range(levels):
        size = mul(size, 2)
    return size


@pytest.mark.parametrize("levels", range(1, 9))
@pytest.mark.parametrize("up", [True, False])
def test_a_u_net_wants_its_size_divisible(levels: int, up: bool) -> None:
    condition = when_equal(n, halved(levels, up=up))
    assert condition is not None
    assert (condition.modulus, condition.remainders) == (2**levels, (0,))


def test_what_is_no_question_of_remainders() -> None:
    assert when_equal(n, m) is None
    assert when_equal(n, 4) is None
    assert when_equal(n, n) is None
    assert when_equal(mul(n, n), floordiv(n, 2)) is None


def test_never_and_always() -> None:
    never = when_equal(mul(2, floordiv(n, 2)), sub(n, 5))
    assert never is not None
    assert never.never
    always = when_equal(sub(n, floordiv(n, 2)), ceildiv(n, 2))
    assert always is not None
    assert always.always
    assert compare(sub(n, floordiv(n, 2)), ceildiv(n, 2)).relation is Relation.EQUAL


sets = st.integers(1, 12).flatmap(
    lambda modulus: st.sets(st.integers(0, modulus - 1)).map(
        lambda kept: Divisibility("n", modulus, tuple(sorted(kept)))
    )
)


@settings(max_examples=200, deadline=None)
@given(st.lists(sets, min_size=1, max_size=3))
def test_every_is_the_conjunction(conditions: list[Divisibility]) -> None:
    both = every(conditions)
    assert both is not None
    for number in RANGE:
        assert both.holds(number) == all(condition.holds(number) for condition in conditions)


def test_every_is_about_one_symbol() -> None:
    assert every([]) is None
    assert every([Divisibility("n", 2, (0,)), Divisibility("m", 2, (0,))]) is None


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (Divisibility("h", 2, (0,)), "h is even"),
        (Divisibility("h", 2, (1,)), "h is odd"),
        (Divisibility("h", 32, (0,)), "h is divisible by 32"),
        (Divisibility("h", 4, (1,)), "h % 4 is 1"),
        (Divisibility("h", 4, (1, 3, 2)[:2]), "h % 4 is 1 or 3"),
        (Divisibility("h", 3, (1, 2)), "h is not divisible by 3"),
        (Divisibility("h", 4, (0, 1, 2)), "h % 4 is not 3"),
        (Divisibility("h", 8, (4, 5, 6, 7)), "h % 8 is from 4 to 7"),
        (Divisibility("h", 16, (0, 2, 4, 6, 8, 10, 13)), "h % 16 is one of 0, 2, 4, 6, 8, 10, ..."),
        (Divisibility("h", 1, (0,)), "h is any size"),
        (Divisibility("h", 3, ()), "never"),
    ],
)
def test_the_words(condition: Divisibility, text: str) -> None:
    assert str(condition) == text

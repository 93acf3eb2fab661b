"""Three-valued comparison, against every assignment of small integers."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerasmergelint.shapes import (
    UNKNOWN,
    Dim,
    Relation,
    add,
    ceildiv,
    compare,
    floordiv,
    mul,
    symbol,
)
from tests.shapes.trees import Tree, assignments, chains, trees

n, m = symbol("n"), symbol("m")
loose = symbol("n", nullable=True)
pairs = st.one_of(
    st.tuples(trees("n", "m", depth=2), trees("n", "m", depth=2)),
    st.tuples(trees("n"), trees("n")),
    st.tuples(chains(), chains()),
)


# What may come of a comparison, over all sizes, for what we say of it.  How often we say too little is
# counted below.
POSSIBLE = {
    Relation.EQUAL: [{True}],
    Relation.NEVER: [{False}],
    Relation.MAYBE: [{True}, {False}, {True, False}],
}


def answers(left: Tree, right: Tree) -> set[bool]:
    """Whether they are equal, over small assignments."""
    return {left.value(v) == right.value(v) for v in assignments("n", "m", low=-8, high=17)}


@settings(max_examples=400, deadline=None)
@given(pairs)
def test_certain_answers_hold_for_every_assignment(pair: tuple[Tree, Tree]) -> None:
    left, right = pair
    relation = compare(left.dim, right.dim).relation
    assert answers(left, right) in POSSIBLE[relation], (left, right, relation)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.tuples(chains(), chains()))
def test_sampling_chains_are_decided(pair: tuple[Tree, Tree]) -> None:
    """For what layers do to a size the answer is as strong as it can be, bar quotients far away."""
    left, right = pair
    found = {left.value(v) == right.value(v) for v in assignments("n", low=-700, high=700)}
    relation = compare(left.dim, right.dim).relation
    assert found in POSSIBLE[relation], (left, right, relation)
    if relation is Relation.MAYBE:
        assert found == {True, False} or _crosses(left, right), (left, right)


def _crosses(left: Tree, right: Tree) -> bool:
    """Whether the difference passes through zero between two of the looked-at sizes, or beyond."""
    by = [left.value(v) - right.value(v) for v in assignments("n", low=-700, high=700)]
    return min(by) < 0 < max(by) or abs(by[0] - by[-1]) > 1


def test_how_often_maybe_is_needlessly_weak() -> None:
    """Counted, so that it can only get better: drawn trees without products of symbols."""
    weak = decided = 0

    @settings(max_examples=300, deadline=None, derandomize=True, database=None)
    @given(st.tuples(trees("n", depth=2), trees("n", depth=2)))
    def count(pair: tuple[Tree, Tree]) -> None:
        nonlocal weak, decided
        found = {pair[0].value(v) == pair[1].value(v) for v in assignments("n", low=-300, high=300)}
        if len(found) == 1:
            decided += 1
            weak += compare(pair[0].dim, pair[1].dim).relation is Relation.MAYBE

    count()
    assert decided > 80
    assert weak / decided < 0.12, (weak, decided)


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        (n, n, Relation.EQUAL),
        (n, add(n, 1), Relation.NEVER),
        (mul(2, n), add(mul(2, m), 1), Relation.NEVER),
        (mul(6, n), add(mul(4, m), 3), Relation.NEVER),
        (mul(6, n), add(mul(4, m), 2), Relation.MAYBE),
        (n, mul(2, floordiv(n, 2)), Relation.MAYBE),
        (add(floordiv(n, 2), floordiv(add(n, 1), 2)), n, Relation.EQUAL),
        (add(floordiv(n, 2), ceildiv(n, 2)), add(n, 1), Relation.NEVER),
        (mul(2, floordiv(n, 2)), add(mul(2, floordiv(m, 2)), 1), Relation.NEVER),
        (n, m, Relation.MAYBE),
        (3, 3, Relation.EQUAL),
        (3, 4, Relation.NEVER),
        (None, None, Relation.EQUAL),
        (None, 3, Relation.NEVER),
        (None, n, Relation.NEVER),
        (None, loose, Relation.MAYBE),
        (loose, add(loose, 1), Relation.MAYBE),
        (loose, loose, Relation.EQUAL),
        (UNKNOWN, UNKNOWN, Relation.MAYBE),
        (UNKNOWN, 3, Relation.MAYBE),
        (add(floordiv(loose, 2), floordiv(add(loose, 1), 2)), n, Relation.MAYBE),
        (add(floordiv(loose, 2), floordiv(add(loose, 1), 2)), loose, Relation.EQUAL),
    ],
    ids=str,
)
def test_known_cases(left: Dim, right: Dim, relation: Relation) -> None:
    assert compare(left, right).relation is relation
    assert compare(right, left).relation is relation


def test_a_condition_in_words() -> None:
    assert compare(n, mul(2, floordiv(n, 2))).condition == "n is even"
    assert compare(n, m).condition == "n == m"

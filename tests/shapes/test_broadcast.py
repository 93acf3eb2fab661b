"""Broadcasting, against NumPy's rule on every assignment of the symbols."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from kerasmergelint.shapes import UNKNOWN, AnyShape, Dim, Expr, OpenShape, Shape, add, mul, symbol
from kerasmergelint.shapes.broadcast import Broadcast, NonePolicy, broadcast
from kerasmergelint.shapes.needs import met
from tests.shapes.trees import numeric
from tests.some import some

n, m, p = symbol("n"), symbol("m", nullable=True), symbol("p", positive=True)
Concrete = int | None
dims: st.SearchStrategy[Dim] = st.sampled_from(
    [None, 1, 1, 2, 3, n, n, m, p, mul(2, p), add(n, 1), mul(2, n), add(mul(2, n), 3), UNKNOWN]
)
shapes = st.lists(dims, max_size=3).map(lambda items: Shape(tuple(items)))
policies = st.sampled_from(list(NonePolicy))
VALUES = [
    {"n": a, "m": b, "p": c} for a in (1, 2, 3, 5) for b in (None, 1, 2, 3) for c in (1, 2, 4)
]


def worlds(left: Shape, right: Shape) -> list[tuple[list[Concrete], list[Concrete]]]:
    """What the two shapes may be: symbols assigned, each unknown anything."""
    found = []
    for values in VALUES:
        for fill in itertools.product([None, 1, 2, 3], repeat=_unknown(left) + _unknown(right)):
            rest = iter(fill)
            found.append(
                tuple([_concrete(dim, values, rest) for dim in shape] for shape in (left, right))
            )
    return found  # type: ignore[return-value]


def _unknown(shape: Shape) -> int:
    return sum(dim is UNKNOWN for dim in shape)


def _concrete(dim: Dim, values, rest) -> Concrete:  # type: ignore[no-untyped-def]
    if dim is UNKNOWN:
        return next(rest)  # type: ignore[no-any-return]
    if isinstance(dim, Expr):
        return values["m"] if dim == m else numeric(dim, values)
    return dim


def real(left: list[Concrete], right: list[Concrete], policy: NonePolicy) -> list[Concrete] | None:
    """The rule on concrete sizes; None where they do not go together."""
    rank = max(len(left), len(right))
    result: list[Concrete] = []
    for a, b in zip([1] * (rank - len(left)) + left, [1] * (rank - len(right)) + right):
        if a is None or b is None:
            other = b if a is None else a
            result.append(None if other in (None, 1) or policy is NonePolicy.NONE_WINS else other)
        elif a == b or b == 1:
            result.append(a)
        elif a == 1:
            result.append(b)
        else:
            return None
    return result


@settings(max_examples=500, deadline=None)
@given(shapes, shapes, policies)
def test_against_every_world(left: Shape, right: Shape, policy: NonePolicy) -> None:
    made = broadcast(left, right, policy)
    outcomes = [real(a, b, policy) for a, b in worlds(left, right)]
    if made.conflict is not None:
        assert all(outcome is None for outcome in some(outcomes)), (left, right)
        return
    if not made.undecided and not made.needs:
        assert None not in outcomes, (left, right)
    assert isinstance(made.shape, Shape)
    for (a, b), outcome in zip(worlds(left, right), outcomes):
        if outcome is not None:
            assert fits(made.shape, outcome), (left, right, made.shape, a, b, outcome)


@settings(max_examples=500, deadline=None)
@given(shapes, shapes, policies)
def test_what_it_needs_is_what_decides(left: Shape, right: Shape, policy: NonePolicy) -> None:
    made = broadcast(left, right, policy)
    said = not made.undecided and made.conflict is None and not _unknown(left) + _unknown(right)
    wrong = [
        values
        for values, (a, b) in zip(VALUES, worlds(left, right))
        if said and None not in values.values() and _met(made, values) is not _works(a, b, policy)
    ]
    assert wrong == []


def _met(made: Broadcast, values) -> bool:  # type: ignore[no-untyped-def]
    return all(met(need, values) for need in made.needs)


def _works(left: list[Concrete], right: list[Concrete], policy: NonePolicy) -> bool:
    return real(left, right, policy) is not None


def fits(shape: Shape, outcome: list[Concrete]) -> bool:
    """Whether a concrete result is among those that the abstract one allows."""
    return len(shape.dims) == len(outcome) and any(
        all(
            dim is UNKNOWN
            or (_concrete(dim, values, iter(())) if isinstance(dim, Expr) else dim) == size
            for dim, size in zip(shape.dims, outcome)
        )
        for values in VALUES
    )


@settings(max_examples=200, deadline=None)
@given(shapes, shapes, policies, st.booleans())
def test_an_open_shape_knows_less_but_nothing_else(
    left: Shape, right: Shape, policy: NonePolicy, open_right: bool
) -> None:
    """With the leading dimensions forgotten, what is left must not contradict the full answer."""
    whole = broadcast(left, right, policy)
    parts: list[AnyShape] = [left, right]
    parts[open_right] = OpenShape(parts[open_right].dims[1:], parts[open_right].rank)  # type: ignore[union-attr]
    made = broadcast(parts[0], parts[1], policy)
    assert isinstance(made.shape, OpenShape)
    if made.conflict is not None:
        assert whole.conflict is not None
    elif whole.conflict is None:
        assert isinstance(whole.shape, Shape)
        known = made.shape.tail
        assert len(known) <= whole.shape.rank
        for mine, theirs in zip(reversed(known), reversed(whole.shape.dims)):
            assert mine is UNKNOWN or mine == theirs


def test_the_conflict_names_its_axis_from_the_right() -> None:
    made: Broadcast = broadcast(Shape((None, 5, 4)), Shape((None, 3, 4)), NonePolicy.SIZE_WINS)
    assert made.conflict is not None
    assert (made.conflict.axis, made.conflict.left, made.conflict.right) == (-2, 5, 3)


def test_the_two_policies_differ_on_none() -> None:
    left, right = Shape((None, None)), Shape((None, 5))
    assert broadcast(left, right, NonePolicy.NONE_WINS).shape == Shape((None, None))
    assert broadcast(left, right, NonePolicy.SIZE_WINS).shape == Shape((None, 5))


def test_an_odd_size_wins_over_none_since_it_is_never_one() -> None:
    odd = add(mul(2, n), 3)
    made = broadcast(Shape((None,)), Shape((odd,)), NonePolicy.SIZE_WINS)
    assert isinstance(made.shape, Shape)
    assert made.shape.dims in ((odd,), (UNKNOWN,))

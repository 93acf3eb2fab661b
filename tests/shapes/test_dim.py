"""The normal forms, against Python's own arithmetic on small integers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from kerasmergelint.shapes import (
    UNKNOWN,
    Dim,
    Expr,
    add,
    ceildiv,
    floordiv,
    maximum,
    mul,
    product,
    sub,
    symbol,
    total,
)
from kerasmergelint.shapes.dim import MAX_WEIGHT
from tests.draws import each_draw
from tests.shapes.trees import Tree, assignments, numeric, trees
from tests.silence import Tally

n, m, k = symbol("n"), symbol("m"), symbol("k")


@settings(max_examples=400, deadline=None)
@given(trees("n", "m"))
def test_an_expression_has_the_value_of_what_it_was_built_from(tree: Tree) -> None:
    """Read back from its text, which so is valid Python too."""
    assert tree.dim is UNKNOWN or all(
        numeric(tree.dim, values) == tree.value(values)
        for values in assignments("n", "m", low=-4, high=6)
    ), (tree.text, str(tree.dim))


def test_few_expressions_are_given_up() -> None:
    tally = Tally("expressions")
    each_draw(
        trees("n", "m"),
        400,
        tally.title,
        lambda tree: tally.note(tree, silent=tree.dim is UNKNOWN),
    )
    tally.hold()


SAME: list[tuple[Dim, Dim]] = [
    (add(n, m), add(m, n)),
    (mul(add(n, 1), add(n, -1)), sub(mul(n, n), 1)),
    (sub(add(n, m), m), n),
    (floordiv(mul(2, n), 2), n),
    (floordiv(add(mul(4, n), 2), 4), n),
    (floordiv(mul(3, n), 2), add(n, floordiv(n, 2))),
    (floordiv(floordiv(n, 2), 2), floordiv(n, 4)),
    (ceildiv(ceildiv(n, 2), 2), ceildiv(n, 4)),
    (floordiv(add(floordiv(n, 2), 1), 2), floordiv(add(n, 2), 4)),
    (floordiv(mul(2, n), 4), floordiv(n, 2)),
    (floordiv(add(mul(2, n), 1), 4), floordiv(n, 2)),
    (ceildiv(n, 16), floordiv(add(n, 15), 16)),
    (mul(floordiv(mul(-1, n), 16), -1), ceildiv(n, 16)),
    (floordiv(n, -2), floordiv(mul(-1, n), 2)),
    (floordiv(mul(n, m), m), n),
    (floordiv(mul(6, mul(n, m)), mul(2, m)), mul(3, n)),
    (floordiv(add(mul(n, m), k), m), add(n, floordiv(k, m))),
    (floordiv(n, n), 1),
    (maximum(n, n), n),
    (maximum(n, add(n, 1)), add(n, 1)),
    (maximum(maximum(n, m), k), maximum(n, maximum(k, m))),
    (maximum(maximum(n, m), add(n, 1)), maximum(m, add(n, 1))),
    (sub(n, n), 0),
    (total([n, 2, n]), add(mul(2, n), 2)),
    (total([]), 0),
    (product([n, 2, 3]), mul(6, n)),
    (product([]), 1),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), SAME, ids=lambda dim: str(dim))
def test_equal_forms_are_equal_objects(left: Dim, right: Dim) -> None:
    assert left == right
    assert hash(left) == hash(right)


@pytest.mark.parametrize("operation", [add, sub, mul, floordiv, maximum, ceildiv])
def test_none_and_unknown_absorb(operation) -> None:  # type: ignore[no-untyped-def]
    for other in (2, n, UNKNOWN, None):
        assert operation(None, other) is None
        assert operation(other, None) is None
    for other in (2, n):
        assert operation(UNKNOWN, other) is UNKNOWN
        assert operation(other, UNKNOWN) is UNKNOWN


def test_division_by_zero_is_unknown() -> None:
    assert floordiv(4, 0) is UNKNOWN
    assert floordiv(n, 0) is UNKNOWN


def test_nullable_is_no_part_of_equality_but_is_kept() -> None:
    loose = symbol("n", nullable=True)
    assert loose == n
    assert isinstance(loose, Expr)
    for dim in (add(loose, 1), floordiv(loose, 2), maximum(loose, m)):
        assert isinstance(dim, Expr)
        assert dim.nullable
    for dim in (add(n, 1), floordiv(n, 2), maximum(n, m)):
        assert isinstance(dim, Expr)
        assert not dim.nullable


@pytest.mark.parametrize(
    ("dim", "text"),
    [
        (add(mul(2, floordiv(n, 2)), 1), "2*(n//2) + 1"),
        (mul(floordiv(n, 2), m), "m*(n//2)"),
        (mul(-1, floordiv(add(n, 1), 2)), "-((n + 1)//2)"),
        (sub(n, floordiv(n, 2)), "n - n//2"),
        (maximum(n, 2), "max(2, n)"),
        (sub(1, n), "-n + 1"),
    ],
)
def test_the_text_is_python(dim: Dim, text: str) -> None:
    assert str(dim) == text


def test_expressions_do_not_grow_without_end() -> None:
    """A loop that squares, and one that doubles its text at each round."""
    square: Dim = n
    nested: Dim = n
    for _ in range(60):
        square = add(mul(square, square), m)
        nested = mul(nested, floordiv(add(nested, 1), 7))
        for dim in (square, nested):
            assert dim is UNKNOWN or (isinstance(dim, Expr) and dim.weight <= MAX_WEIGHT)
    assert square is UNKNOWN
    assert nested is UNKNOWN

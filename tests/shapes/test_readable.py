"""What messages show of sizes: the program's names, and none of ours."""

from kerasmergelint.shapes import Shape, add, floordiv, maximum, mul, symbol
from kerasmergelint.shapes.dim import Expr, canonical


def test_a_size_of_the_program_is_shown_as_it_is_computed() -> None:
    filters = symbol("filters")
    assert str(Shape((None, add(mul(2, filters), 1), maximum(1, filters)))) == (
        "(None, 2*filters + 1, max(1, filters))"
    )


def test_a_size_that_only_the_tracker_names_is_shown_as_unknown() -> None:
    for name in ('object(7).config["width"]', "?725", "len(?12)", "batch 3"):
        assert str(mul(2, symbol(name))) == "?"


def test_unknown_sizes_are_told_apart_all_the_same() -> None:
    one, other = symbol("?1"), symbol("?2")
    assert one != other
    both, turned = add(one, other), add(other, one)
    assert isinstance(both, Expr) and both == turned and canonical(both) == "?1 + ?2"


def test_numbers_in_an_expression_are_no_names_of_ours() -> None:
    n = symbol("n")
    for size in (
        mul(1505280, n),
        add(n, 1000000),
        floordiv(add(mul(3, n), 1), 2),
        floordiv(n, 10**6),
    ):
        assert isinstance(size, Expr) and str(size) == canonical(size)

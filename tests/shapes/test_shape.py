"""Shapes: how they are written, and what is known of an open one."""

from __future__ import annotations

from kerasmergelint.shapes import UNKNOWN, OpenShape, Shape, format_shape, last_dim, symbol


def test_words() -> None:
    assert format_shape(Shape(())) == "()"
    assert format_shape(Shape((5,))) == "(5,)"
    assert format_shape(Shape((None, symbol("n"), UNKNOWN))) == "(None, n, ?)"
    assert format_shape(OpenShape((5,))) == "(..., 5)"
    assert format_shape(OpenShape()) == "(...)"


def test_the_last_dimension() -> None:
    assert last_dim(Shape((None, 3))) == 3
    assert last_dim(Shape(())) is UNKNOWN
    assert last_dim(OpenShape((4, 5))) == 5
    assert last_dim(OpenShape()) is UNKNOWN


def test_an_open_shape_has_at_least_the_rank_of_its_tail() -> None:
    assert OpenShape((4, 5)).min_rank == 2
    assert OpenShape((5,), 3).min_rank == 3

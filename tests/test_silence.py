"""How much silence a share allows."""

from __future__ import annotations

import pytest

from tests.silence import USUAL, Allowed, Tally


@pytest.mark.parametrize(
    ("share", "draws", "most"),
    [
        (0.1, 1, 0),
        (0.1, 3, 1),
        (0.1, 8, 2),
        (0.1, 200, 20),
        (0.3, 8, 4),
        (0.5, 3, 2),
        (0.7, 3, 3),
        (0.7, 8, 7),
        (1, 1, 1),
        (1, 200, 200),
    ],
)
def test_few_draws_scatter(share: float, draws: int, most: int) -> None:
    assert Allowed(share).most(draws) == most


def tally(draws: int, silent: int) -> Tally:
    made = Tally("Sample")
    for number in range(draws):
        made.note(number, silent=number < silent)
    return made


def test_a_bound_holds_and_breaks() -> None:
    tally(8, 2).hold()
    with pytest.raises(AssertionError, match=r"Sample: 3 of 8 .* 2 may; for instance \[0, 1, 2\]"):
        tally(8, 3).hold()


def test_all_is_too_much_without_a_reason() -> None:
    for draws in (1, 2, 3, 8, 200):
        with pytest.raises(AssertionError, match="leave something open"):
            tally(draws, draws).hold(USUAL)


def test_nothing_drawn_is_no_success() -> None:
    with pytest.raises(AssertionError, match="nothing was drawn"):
        tally(0, 0).hold()


def test_a_share_that_is_not_needed_is_told() -> None:
    tally(200, 40).hold(Allowed(0.9, "once"))
    with pytest.raises(AssertionError, match=r"can be lowered \(once\)"):
        tally(200, 20).hold(Allowed(0.9, "once"))

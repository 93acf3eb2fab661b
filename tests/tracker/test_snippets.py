"""What Python computes, the tracker computes, or it says that it does not know: never something else."""

from __future__ import annotations

import pytest

from tests.tracker import drawn_operations
from tests.tracker.cpython import GOES_ON, UNKNOWN, by_python, by_tracker
from tests.tracker.drawn_programs import KINDS, program
from tests.tracker.snippets import SNIPPETS

# What is not followed.  The list may only get shorter.
NOT_KNOWN = {
    "generators: enumerate, zip, islice over generators",
    "loops: more rounds than most loops have",
    "strings: regular expressions",
}
# What Python refuses, and the tracker does not see: a program that works never gets there.
NOT_REFUSED = {
    "exceptions: the name is unbound after the handler",
}


@pytest.mark.parametrize("name", SNIPPETS)
def test_the_same_as_in_python(name: str) -> None:
    expected = by_python(SNIPPETS[name])
    if name in NOT_KNOWN:
        expected = UNKNOWN
    elif name in NOT_REFUSED:
        expected = GOES_ON
    assert by_tracker(SNIPPETS[name]) == expected


def test_little_is_not_known() -> None:
    assert SNIPPETS.keys() >= NOT_KNOWN | NOT_REFUSED
    assert len(NOT_KNOWN) <= 3
    assert len(NOT_REFUSED) <= 1
    assert len(SNIPPETS) > 200


# Generators that are thrown away may complain that they are closed.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", KINDS)
def test_drawn_programs_run_as_in_python(kind: str) -> None:
    """Nothing in them is hard to know, so that nothing may be unknown."""
    wrong = {}
    for seed in range(60):
        drawn = program(seed, kind)
        expected, found = by_python(drawn), by_tracker(drawn)
        if found != expected:
            wrong[seed] = (expected, found)
    assert not wrong


def test_drawn_operations_give_what_python_gives() -> None:
    wrong, unknown = {}, 0
    statements = drawn_operations.statements(count=1_500)
    for statement in statements:
        drawn = drawn_operations.program(statement)
        expected, found = by_python(drawn), by_tracker(drawn)
        if found == UNKNOWN:
            unknown += 1
        elif found != expected:
            wrong[statement] = (expected, found)
    assert not wrong
    assert unknown < 0.1 * len(statements)


def test_nothing_depends_on_how_text_is_hashed() -> None:
    assert by_tracker("result = hash('a')") == UNKNOWN

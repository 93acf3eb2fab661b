"""What a path assumes about one thing is one set of facts: asked twice, the answer is the same."""

from __future__ import annotations

from kerasmergelint.tracker.machine.paths import Path

SIZE = ("param", "build", "size")


def test_what_equals_none_is_none() -> None:
    path = Path()
    path.assume(("==", SIZE, None), answer=True)
    assert path.known(("is", SIZE, None)) is True
    assert path.known(("!=", SIZE, None)) is False


def test_what_is_not_none_does_not_equal_none() -> None:
    path = Path()
    path.assume(("is not", SIZE, None), answer=True)
    assert path.known(("==", None, SIZE)) is False

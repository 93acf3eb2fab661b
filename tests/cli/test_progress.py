"""A bar for what takes longer than a second, on a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from kerasmergelint.cli.progress import with_progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class _Clock:
    """Each look at it takes the time to the next tick."""

    def __init__(self, seconds: float) -> None:
        self._now, self._seconds = 0.0, seconds

    def __call__(self) -> float:
        self._now += self._seconds
        return self._now


def shown(stream: io.StringIO, *, seconds: float, count: int = 5) -> str:
    results = with_progress(
        iter(range(count)), count, "files", stream=stream, clock=_Clock(seconds)
    )
    assert list(results) == list(range(count))
    return stream.getvalue()


def test_what_is_quick_shows_nothing() -> None:
    assert shown(_Terminal(), seconds=0.1) == ""


def test_what_is_slow_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    text = shown(_Terminal(), seconds=2.0)
    assert "files" in text
    assert "5/5" in text


def test_nobody_looks_at_a_pipe() -> None:
    assert shown(io.StringIO(), seconds=2.0) == ""


def test_a_dumb_terminal_cannot_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert shown(_Terminal(), seconds=2.0) == ""


def test_the_bar_is_gone_when_something_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")

    def failing() -> Iterator[int]:
        yield 1
        raise ValueError

    stream = _Terminal()
    with pytest.raises(ValueError):
        list(with_progress(failing(), 2, "files", stream=stream, clock=_Clock(2.0)))
    assert stream.getvalue().endswith("\x1b[1A\x1b[2K") or "\x1b[?25h" in stream.getvalue()

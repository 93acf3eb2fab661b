"""Deep recursion works, and what never ends is ended."""

from __future__ import annotations

import contextlib
import gc
import sys
import threading

import pytest

from kerasmergelint.syntax.deep import OutOfTime, run_deep


def depth(count: int) -> int:
    return 0 if count == 0 else 1 + depth(count - 1)


def test_recursion_far_beyond_the_usual_limit() -> None:
    assert run_deep(lambda: depth(20_000)) == 20_000


def test_errors_come_through() -> None:
    with pytest.raises(ZeroDivisionError):
        run_deep(lambda: 1 // 0)


def test_all_settings_are_put_back() -> None:
    before = sys.getrecursionlimit(), threading.stack_size(), gc.get_threshold()
    run_deep(lambda: depth(5_000))
    assert (sys.getrecursionlimit(), threading.stack_size(), gc.get_threshold()) == before


@pytest.mark.timeout(60)
def test_a_loop_without_end_is_ended() -> None:
    def loop() -> None:
        while True:
            with contextlib.suppress(Exception):
                depth(10)

    with pytest.raises(OutOfTime):
        run_deep(loop, seconds=0.3)

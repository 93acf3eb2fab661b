"""Running deeply recursive code without overflowing the stack.

Generated model code nests hundreds of calls, and each level costs several Python frames in the
lowering and in the evaluator.  A thread with a large stack of its own and a high recursion limit
makes that safe; all settings are put back afterwards.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from kerasmergelint.garbage import searched_seldom

T = TypeVar("T")

_STACK_BYTES = 512 * 1024 * 1024
_RECURSION_LIMIT = 150_000


class _Job(Generic[T]):
    def __init__(self, function: Callable[[], T]) -> None:
        self.function = function
        self.result: T
        self.error: BaseException | None = None

    def __call__(self) -> None:
        try:
            self.result = self.function()
        except BaseException as error:
            self.error = error


class OutOfTime(BaseException):
    """Raised inside a function that took too long; no handler of errors must catch it."""


def run_deep(function: Callable[[], T], seconds: float = float("inf")) -> T:
    """The result of ``function()``, run with room for deep recursion.

    Raises what the function raises, and OutOfTime within it once it has used so many seconds of
    processor time: a safety net for what no other budget catches, such as an endless loop of ours.
    """
    job = _Job(function)
    with searched_seldom(), _room_for_recursion():
        thread = threading.Thread(target=job, name="kerasmergelint")
        thread.start()
        _wait(thread, seconds)
    if job.error is not None:
        raise job.error
    return job.result


@contextmanager
def _room_for_recursion() -> Iterator[None]:
    """Threads that are started within have a large stack, and may recurse deeply."""
    old_limit = sys.getrecursionlimit()
    old_size = threading.stack_size(_STACK_BYTES)
    sys.setrecursionlimit(max(old_limit, _RECURSION_LIMIT))
    try:
        yield
    finally:
        threading.stack_size(old_size)
        sys.setrecursionlimit(old_limit)


def _wait(thread: threading.Thread, seconds: float) -> None:
    while thread.is_alive():
        thread.join(min(seconds, 1.0) if seconds != float("inf") else None)
        if thread.is_alive() and _processor_time(thread) > seconds:
            import ctypes

            # Again and again, since a finalizer may swallow it.
            ident = ctypes.c_ulong(thread.ident or 0)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ctypes.py_object(OutOfTime))


def _processor_time(thread: threading.Thread) -> float:
    """Processor time of the thread, or of the whole process where threads cannot be told apart."""
    try:
        return time.clock_gettime(time.pthread_getcpuclockid(thread.ident or 0))
    except (AttributeError, OSError):
        return time.process_time()

"""Running deeply recursive code without overflowing the stack.

Generated model code nests hundreds of calls, and each level costs several Python frames in the
lowering and in the evaluator.  A thread with a large stack of its own and a high recursion limit
makes that safe; all settings are put back afterwards.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

_STACK_BYTES = 512 * 1024 * 1024
_RECURSION_LIMIT = 150_000
# Trees and values are many and stay; looking for cycles among them at Python's usual pace took a fifth of
# the time.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


class _Job(Generic[T]):
    def __init__(self, function: Callable[[], T]) -> None:
        self.function = function
        self.result: T | None = None
        self.error: BaseException | None = None

    def __call__(self) -> None:
        try:
            self.result = self.function()
        except BaseException as error:
            self.error = error


def run_deep(function: Callable[[], T]) -> T:
    """The result of ``function()``, run where deep recursion is no problem.

    Raises what the function raises.
    """
    job = _Job(function)
    old_threshold = gc.get_threshold()
    old_limit = sys.getrecursionlimit()
    old_size = threading.stack_size(_STACK_BYTES)
    try:
        gc.set_threshold(max(old_threshold[0], _OBJECTS_BETWEEN_COLLECTIONS), *old_threshold[1:])
        sys.setrecursionlimit(max(old_limit, _RECURSION_LIMIT))
        thread = threading.Thread(target=job, name="kerasmergelint")
        thread.start()
        thread.join()
    finally:
        threading.stack_size(old_size)
        sys.setrecursionlimit(old_limit)
        gc.set_threshold(*old_threshold)
    if job.error is not None:
        raise job.error
    return job.result  # type: ignore[return-value]

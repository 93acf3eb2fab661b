"""How often Python searches for garbage.

Modules, trees, values and remembered answers live long, and each search looks through many of them:
at Python's usual pace that took a fifth of the time of an analysis.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects that are made, and not freed, between two searches.
_SELDOM = 50_000


def search_seldom(objects: int = _SELDOM) -> None:
    """From now on in this process, unless it searches never, or less often still."""
    first, *others = gc.get_threshold()
    if 0 < first < objects:
        gc.set_threshold(objects, *others)


def leave_to_the_system() -> None:
    """When this process ends, let all its memory go at once.

    Python would search through everything that is still alive, more than once, to free it piece by
    piece: after linting a hundred files that takes half a second.
    """
    atexit.unregister(gc.freeze)  # once is enough
    atexit.register(gc.freeze)


@contextmanager
def searched_seldom() -> Iterator[None]:
    """Within a block."""
    before = gc.get_threshold()
    search_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)

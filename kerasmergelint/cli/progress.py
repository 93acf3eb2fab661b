"""A progress bar for what takes longer than a moment, on a terminal that somebody watches."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

Result = TypeVar("Result")
_SECONDS_WITHOUT = 1.0


def with_progress(
    results: Iterable[Result],
    total: int,
    what: str,
    *,
    stream: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Result]:
    """The results, with a progress bar on standard error once a second has passed.

    ``what`` is the label of the bar, which disappears in the end to leave the output readable.
    """
    out = sys.stderr if stream is None else stream
    if not _is_terminal(out):
        yield from results
        return
    start = clock()
    bar: Progress | None = None
    try:
        for done, result in enumerate(results, 1):
            if bar is None and clock() - start >= _SECONDS_WITHOUT:
                bar = _started(out, total, what)
            if bar is not None:
                bar.update(bar.task_ids[0], completed=done)
            yield result
    finally:
        if bar is not None:
            bar.stop()


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _started(stream: TextIO, total: int, what: str) -> Progress:
    # late: rich takes longer to load than most checks take
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(file=stream),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    bar.start()
    bar.add_task(what, total=total)
    return bar

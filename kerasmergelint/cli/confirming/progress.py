"""A progress bar, where somebody may look at it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kerasmergelint.runtime.confirm import Judged


@contextmanager
def progress(total: int) -> Iterator[Callable[[Judged], None] | None]:
    """A bar on a terminal, nothing elsewhere; yields the function to call for each verdict."""
    if total == 0 or not sys.stderr.isatty():
        yield None
        return
    try:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )
    except ImportError:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("importing TensorFlow", total=total)

        def advance(judged: Judged) -> None:
            place = f"{os.path.basename(judged.finding.path)}:{judged.finding.line}"
            bar.update(task, advance=1, description=place)

        yield advance

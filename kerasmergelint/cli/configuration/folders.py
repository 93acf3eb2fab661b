"""Where a configuration file may be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def and_above(folder: Path | None) -> Iterator[Path]:
    """A folder and its parents, nearest first; by default the current one."""
    here = folder or Path.cwd()
    yield from (here, *here.parents)

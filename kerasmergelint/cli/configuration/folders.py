"""Where a configuration file may lie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def here_and_above() -> Iterator[Path]:
    """The current folder and its parents, nearest first."""
    here = Path.cwd()
    yield from (here, *here.parents)

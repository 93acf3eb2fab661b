"""Places in files."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A range in a file: lines from 1, columns from 0, counted in characters."""

    path: str
    line: int
    column: int
    end_line: int | None = None
    end_column: int | None = None

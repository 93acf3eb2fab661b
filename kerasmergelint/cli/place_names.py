"""How a place is written: ``net.py:12:5``, or with its cell in a notebook."""

from __future__ import annotations

from kerasmergelint.cli.sources import Source


def place_name(source: Source, line: int, column: int | None = None) -> str:
    """What editors and terminals make a link of; columns are told from 1."""
    origin = source.origin(line)
    where = f"cell {origin.cell}:{origin.line}" if origin else str(line)
    return f"{source.shown}:{where}" + (f":{column + 1}" if column is not None else "")


def line_name(source: Source, line: int) -> str:
    """A line of the same program: ``line 12``, or ``cell 2, line 4``."""
    origin = source.origin(line)
    return f"cell {origin.cell}, line {origin.line}" if origin else f"line {line}"

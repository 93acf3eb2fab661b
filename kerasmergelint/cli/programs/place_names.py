"""How places are written: ``net.py:12:5``, or with the cell of a notebook."""

from __future__ import annotations

from kerasmergelint.cli.programs.sources import Source
from kerasmergelint.regex import regex

_LINE = regex(r"\bline (\d+)\b(?! of )")


def place_name(source: Source, line: int, column: int | None = None) -> str:
    """A place in the form that editors and terminals turn into a link; columns count from 1."""
    origin = source.origin(line)
    where = f"cell {origin.cell}:{origin.line}" if origin else str(line)
    return f"{source.shown}:{where}" + (f":{column + 1}" if column is not None else "")


def line_name(source: Source, line: int) -> str:
    """A line within the program: ``line 12``, or ``cell 2, line 4``."""
    origin = source.origin(line)
    return f"cell {origin.cell}, line {origin.line}" if origin else f"line {line}"


def in_cells(source: Source, text: str) -> str:
    """A message about a notebook, with the cells in place of lines that count through all of them."""
    if not source.origins:
        return text
    return _LINE.sub(lambda found: line_name(source, int(found[1])), text)


def cell_of(source: Source, line: int) -> dict[str, int]:
    """The fields of JSON that tell the cell of a notebook; none for other programs."""
    origin = source.origin(line)
    return {} if origin is None else {"cell": origin.cell, "cell_line": origin.line}

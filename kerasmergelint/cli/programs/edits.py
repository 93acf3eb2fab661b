"""Where the edits of repairs are, in the terms of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasmergelint.cli.programs.sources import Source, read_source
from kerasmergelint.dataclass import dataclass

if TYPE_CHECKING:
    from kerasmergelint.repairs.model import Edit


@dataclass(frozen=True, slots=True)
class PlacedEdit:
    """An edit with its place: lines from 1, columns from 0; ``source`` is the file that it changes."""

    edit: Edit
    source: Source
    line: int
    column: int
    end_line: int
    end_column: int


def placed(edit: Edit, program: Source) -> PlacedEdit:
    """An edit of a program, or of another file."""
    from kerasmergelint.repairs.model import span_of  # late: most runs show no repairs

    source = program if edit.path == program.path else read_source(edit.path)
    return PlacedEdit(edit, source, *span_of(source.text, edit))

"""A program as it is analysed: one document, or the cells of a notebook one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.cli.programs.notebook import as_python
from kerasmergelint.dataclass import dataclass
from kerasmergelint.server.documents import Document
from kerasmergelint.server.edits import before, range_after
from kerasmergelint.server.positions import Position, Range, Units
from kerasmergelint.syntax.source import Span


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of a program that are one document's, from ``first`` on, after ``number`` edits of it."""

    document: Document
    number: int
    first: int
    lines: tuple[str, ...]

    def now(self, place: Range) -> Range | None:
        """Where lines of the program are in the document now; None where they are gone."""
        edits = self.document.since(self.number)
        if edits is None:
            return None
        start = Position(place.start.line - self.first, place.start.column)
        end = Position(place.end.line - self.first, place.end.column)
        return range_after(Range(start, end), edits)

    def now_of(self, span: Span) -> Range | None:
        return self.now(range_of(span))

    def then(self, position: Position) -> Position | None:
        """Where a position in the document was in the program; None in new text."""
        edits = self.document.since(self.number)
        found = None if edits is None else before(position, edits)
        return None if found is None else Position(found.line + self.first, found.column)


@dataclass(frozen=True, slots=True)
class Program:
    """The text of a program at ``path``, and the documents that its lines come from.

    ``unread``: the document whose text is no Python, where the program ends.
    """

    path: str
    text: str
    parts: tuple[Part, ...]
    unread: Document | None = None

    @property
    def units(self) -> Units:
        """The units in which its client counts columns."""
        return self.parts[0].document.units if self.parts else Units.UTF16

    def part_at(self, line: int) -> Part | None:
        """The part that a line, from 0, is in."""
        for part in reversed(self.parts):
            if part.first <= line:
                return part
        return None

    def part_of(self, document: Document) -> Part | None:
        return next((part for part in self.parts if part.document is document), None)

    def now(self, span: Span) -> tuple[Document, Range] | None:
        """The document that a span of the program is in, and where it is now."""
        part = self.part_at(span.line - 1)
        if part is None:
            return None
        place = part.now(range_of(span))
        return None if place is None else (part.document, place)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, as it was."""
        part = self.part_at(number - 1)
        index = -1 if part is None else number - 1 - part.first
        return part.lines[index] if part is not None and 0 <= index < len(part.lines) else ""


def range_of(span: Span) -> Range:
    return Range(Position(span.line - 1, span.column), Position(span.end_line - 1, span.end_column))


def of_document(document: Document) -> Program:
    part = Part(document, document.number, 0, tuple(document.lines))
    return Program(document.path, document.text, (part,))


def of_cells(path: str, cells: Sequence[Document]) -> Program:
    """The code cells of a notebook; after one that cannot be read nothing is certain."""
    parts: list[Part] = []
    text: list[str] = []
    for cell in cells:
        python = as_python(cell.lines)
        if python is None:
            return Program(path, "".join(text), tuple(parts), cell)
        parts.append(Part(cell, cell.number, len(text), tuple(cell.lines)))
        text.extend(f"{line}\n" for line in python)
    return Program(path, "".join(text), tuple(parts))

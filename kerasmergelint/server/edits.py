"""Edits of a text, and how they move what was known about it."""

from __future__ import annotations

from collections.abc import Iterable

from kerasmergelint.dataclass import dataclass
from kerasmergelint.server.positions import Position, Range, split_lines


@dataclass(frozen=True, slots=True)
class Edit:
    """Some text was replaced: ``old`` is its range before, ``new_end`` where that ends afterwards."""

    old: Range
    new_end: Position

    @classmethod
    def of(cls, old: Range, text: str) -> Edit:
        """The edit that puts a text in place of a range.

        >>> Edit.of(Range(Position(2, 4), Position(2, 4)), "a\\nbc").new_end
        Position(line=3, column=2)
        """
        lines = split_lines(text)
        start = old.start
        if len(lines) == 1:
            return cls(old, Position(start.line, start.column + len(text)))
        return cls(old, Position(start.line + len(lines) - 1, len(lines[-1])))

    def start_after(self, position: Position) -> Position:
        """Where something that began there begins now: what is inserted in front of it pushes it on."""
        if position < self.old.start:
            return position
        return self._beyond(position) if position >= self.old.end else self.new_end

    def end_after(self, position: Position) -> Position:
        """Where something that ended there ends now: what is inserted after it does not belong to it."""
        if position <= self.old.start:
            return position
        return self._beyond(position) if position >= self.old.end else self.old.start

    def range_after(self, place: Range) -> Range | None:
        """The range as the edit leaves it; None if all of it was replaced."""
        replaced = self.old.start <= place.start and place.end <= self.old.end
        if replaced and self.old.start < self.old.end:
            return None
        start, end = self.start_after(place.start), self.end_after(place.end)
        return Range(start, max(start, end))

    def before(self, position: Position) -> Position | None:
        """Where a position was before the edit; None if its text is new."""
        if position < self.old.start:
            return position
        if position < self.new_end:
            return None
        end, new = self.old.end, self.new_end
        if position.line == new.line:
            return Position(end.line, end.column + position.column - new.column)
        return Position(end.line + position.line - new.line, position.column)

    def _beyond(self, position: Position) -> Position:
        end, new = self.old.end, self.new_end
        if position.line == end.line:
            return Position(new.line, new.column + position.column - end.column)
        return Position(new.line + position.line - end.line, position.column)


def range_after(place: Range, edits: Iterable[Edit]) -> Range | None:
    """Where a range is after all the edits."""
    moved: Range | None = place
    for edit in edits:
        moved = None if moved is None else edit.range_after(moved)
    return moved


def before(position: Position, edits: Iterable[Edit]) -> Position | None:
    """Where a position was before all the edits, which come oldest first."""
    moved: Position | None = position
    for edit in reversed(list(edits)):
        moved = None if moved is None else edit.before(moved)
    return moved

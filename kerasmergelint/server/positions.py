"""Places in a text: lines and columns from 0, in characters; clients count columns in units of their own."""

from __future__ import annotations

import enum
from bisect import bisect_right

from kerasmergelint.dataclass import dataclass
from kerasmergelint.regex import regex

_LINE_END = regex(r"\r\n|\r|\n")


class Units(enum.Enum):
    """The units in which a client counts columns; UTF-16 unless it says otherwise."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Between two characters: ``line`` from 0, ``column`` from 0 in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Range:
    """From one position to another."""

    start: Position
    end: Position

    def holds(self, position: Position) -> bool:
        """Whether a cursor at the position touches the range.

        >>> Range(Position(0, 2), Position(0, 5)).holds(Position(0, 5))
        True
        """
        return self.start <= position <= self.end

    def meets(self, other: Range) -> bool:
        return self.start <= other.end and other.start <= self.end


def split_lines(text: str) -> list[str]:
    """The lines without their ends, as the protocol and Python's parser count them.

    >>> split_lines("a\\r\\nb\\x0cc\\n")
    ['a', 'b\\x0cc', '']
    """
    return _LINE_END.split(text)


def line_starts(text: str) -> list[int]:
    """Where each line begins."""
    return [0, *(found.end() for found in _LINE_END.finditer(text))]


def position_at(starts: list[int], offset: int) -> Position:
    """The position of a character in a text whose lines begin at ``starts``.

    >>> position_at(line_starts("ab\\ncd"), 4)
    Position(line=1, column=1)
    """
    line = bisect_right(starts, offset) - 1
    return Position(line, offset - starts[line])


def in_units(line: str, column: int, units: Units) -> int:
    """A column as the client counts it.

    >>> in_units("😀 = x", 4, Units.UTF16)
    5
    """
    if units is Units.UTF32 or line.isascii():
        return column
    before = line[:column]
    if units is Units.UTF8:
        return len(before.encode("utf-8", "surrogatepass"))
    return column + sum(char > "\uffff" for char in before)


def in_characters(line: str, offset: int, units: Units) -> int:
    """A client's column in characters; past the end of the line, it is the end.

    >>> in_characters("😀 = x", 5, Units.UTF16), in_characters("ab", 9, Units.UTF16)
    (4, 2)
    """
    if units is Units.UTF32 or line.isascii():
        return min(offset, len(line))
    counted = 0
    for column, char in enumerate(line):
        if counted >= offset:
            return column
        counted += in_units(char, 1, units)
    return len(line)

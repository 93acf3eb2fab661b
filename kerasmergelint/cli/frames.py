"""The code around a finding: the merge, and the calls that made its operands, with marks below."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from kerasmergelint.cli.checking import Located
from kerasmergelint.rules.operand import OperandInfo

_MAX_MERGE_LINES = 8
MERGE, OPERAND, ORIGIN = "merge", "operand", "origin"
_SIGNS = {MERGE: "^", OPERAND: "~", ORIGIN: "-"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a line, in characters, and what it is: the merge, an operand in it, its origin."""

    start: int
    end: int
    kind: str
    label: str = ""


@dataclass(slots=True)
class FrameLine:
    """A line of code with its marks; ``number`` is how the line is called."""

    number: str
    line: int
    text: str
    marks: list[Mark] = field(default_factory=list)

    def underline(self) -> str:
        """Signs below the marks, operands over the merge that they are in, and the labels."""
        signs: list[str] = []
        for mark in sorted(self.marks, key=lambda mark: mark.kind == OPERAND):
            signs.extend(" " * (mark.end - len(signs)))
            signs[mark.start : mark.end] = _SIGNS[mark.kind] * (mark.end - mark.start)
        wide = zip(self.text.ljust(len(signs)), signs)
        below = "".join(sign * _width(char) for char, sign in wide)
        labels = "; ".join(mark.label for mark in self.marks if mark.label)
        return f"{below} {labels}".rstrip()


def _width(char: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def frame(located: Located) -> list[FrameLine]:
    """The lines to show, in the order of the program."""
    lines = located.source.lines
    shown: dict[int, FrameLine] = {}

    def line(number: int) -> FrameLine | None:
        if not 0 < number <= len(lines):
            return None
        if number not in shown:
            origin = located.source.origin(number)
            name = f"{origin.cell}:{origin.line}" if origin else str(number)
            shown[number] = FrameLine(name, number, lines[number - 1].replace("\t", " "))
        return shown[number]

    for number, mark in (*_origins(located), *_merge(located)):
        target = line(number)
        if target is not None and mark not in target.marks:
            end = min(mark.end, max(len(target.text), mark.start + 1))
            target.marks.append(Mark(mark.start, end, mark.kind, mark.label))
    return [shown[number] for number in sorted(shown)]


def _origins(located: Located) -> Iterator[tuple[int, Mark]]:
    """The calls that made the operands, where they stand in the same file and not in the merge."""
    finding = located.finding
    for index, operand in enumerate(finding.operands):
        place = operand.made_at
        if place is None or place.path != located.source.path:
            continue
        if (place.line, place.column) == (finding.line, finding.column):
            continue
        if finding.line <= place.line <= (finding.end_line or finding.line):
            continue
        one_line = place.end_line in (None, place.line)
        end = (place.end_column if one_line else None) or 10_000
        yield place.line, Mark(place.column, end, ORIGIN, operand_label(index, operand))


def operand_label(index: int, operand: OperandInfo) -> str:
    """What an operand is called where it is made."""
    return f"{operand.name or f'input {index}'} {operand.shape}"


def _merge(located: Located) -> Iterator[tuple[int, Mark]]:
    finding, lines = located.finding, located.source.lines
    last = min(finding.end_line or finding.line, finding.line + _MAX_MERGE_LINES - 1, len(lines))
    for number in range(finding.line, last + 1):
        text = lines[number - 1]
        start = finding.column if number == finding.line else len(text) - len(text.lstrip())
        at_end = number == finding.end_line and finding.end_column is not None
        end = (finding.end_column if at_end else None) or len(text.rstrip())
        if end > start:
            yield number, Mark(start, end, MERGE)
            yield from ((number, mark) for mark in _operands(located, text, start, end))


def _operands(located: Located, text: str, start: int, end: int) -> Iterator[Mark]:
    """The operands by their names: whole names, not parts of others or keywords."""
    for name in dict.fromkeys(_spelling(operand.name) for operand in located.finding.operands):
        if name is None:
            continue
        pattern = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w(]|\s*=[^=])")
        for found in pattern.finditer(text, start, end):
            yield Mark(found.start(), found.end(), OPERAND)


def _spelling(name: str | None) -> str | None:
    """``parts[0]`` of a list that stands there as ``parts`` is spelt by the list."""
    return None if name is None else re.sub(r"\[\d+\]$", "", name)

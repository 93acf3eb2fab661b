"""The lines to show for a finding: the merge, and the calls that made its operands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerasmergelint.cli.checking.results import Located
from kerasmergelint.cli.frames.lines import MERGE, OPERAND, ORIGIN, FrameLine, Mark
from kerasmergelint.keras_api.numerals import ordinal
from kerasmergelint.rules.printable import printable

_MAX_MERGE_LINES = 8


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
            shown[number] = FrameLine(name, number, printable(lines[number - 1].replace("\t", " ")))
        return shown[number]

    for number, mark in (*_origins(located), *_merge(located)):
        target = line(number)
        if target is not None and mark not in target.marks:
            end = min(mark.end, max(len(target.text), mark.start + 1))
            target.marks.append(Mark(mark.start, end, mark.kind, mark.label))
    return [shown[number] for number in sorted(shown)]


def _origins(located: Located) -> Iterator[tuple[int, Mark]]:
    """The calls that made the operands, if they are in the same file but outside the merge."""
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
        yield place.line, Mark(place.column, end, ORIGIN, operand_label(located, index))


def operand_label(located: Located, index: int) -> str:
    """The label of an operand where it is made."""
    operands = located.finding.operands
    unnamed = f"the {ordinal(index)} input" if len(operands) > 1 else "the input"
    return f"{operands[index].name or unnamed} {operands[index].shape}"


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
    """The operands, found by name: whole names that are neither attributes nor keywords."""
    for name in dict.fromkeys(_spelling(operand.name) for operand in located.finding.operands):
        if name is None:
            continue
        pattern = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w(]|\s*=[^=])")
        for found in pattern.finditer(text, start, end):
            yield Mark(found.start(), found.end(), OPERAND)


def _spelling(name: str | None) -> str | None:
    """``parts[0]`` may be in the code only as the list ``parts``: look for the list."""
    return None if name is None else re.sub(r"\[\d+\]$", "", name)

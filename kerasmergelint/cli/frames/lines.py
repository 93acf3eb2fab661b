"""Lines of code with marks below them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from kerasmergelint.dataclass import dataclass, field

MERGE, OPERAND, ORIGIN = "merge", "operand", "origin"
_SIGNS = {MERGE: "^", OPERAND: "~", ORIGIN: "-"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of characters in a line, and what it is: the merge, an operand, or an operand's origin."""

    start: int
    end: int
    kind: str
    label: str = ""


@dataclass(slots=True)
class FrameLine:
    """A line of code with its marks; ``number`` is how it is shown, ``line`` where it is."""

    number: str
    line: int
    text: str
    marks: list[Mark] = field(default_factory=list)

    def underline(self) -> str:
        """A sign below each marked character, then the labels."""
        return f"{self.signs()} {self.labels()}".rstrip()

    def labels(self) -> str:
        """What the marks say."""
        return "; ".join(mark.label for mark in self.marks if mark.label)

    def signs(self) -> str:
        """A sign below each marked character, operands over the merge around them."""
        signs: list[str] = []
        for mark in sorted(self.marks, key=lambda mark: mark.kind == OPERAND):
            signs.extend(" " * (mark.end - len(signs)))
            signs[mark.start : mark.end] = _SIGNS[mark.kind] * (mark.end - mark.start)
        if self.text.isascii():
            return "".join(signs)
        padded = zip(self.text.ljust(len(signs)), signs)
        return "".join(sign * _width(char) for char, sign in padded)


def _width(char: str) -> int:
    """The columns of a terminal that a character takes."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def with_gaps(lines: Sequence[FrameLine]) -> Iterator[FrameLine | None]:
    """The lines, with None wherever some are left out."""
    before: FrameLine | None = None
    for line in lines:
        if before is not None and line.line > before.line + 1:
            yield None
        yield line
        before = line

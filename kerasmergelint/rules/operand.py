"""One input of a merge, as a message names it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kerasmergelint.rules.place import Place


@dataclass(frozen=True, slots=True)
class OperandInfo:
    """Its name in the code (None if it has none), its full shape, and the line that made it.

    ``file`` names the file of that line where it is not the one that the finding is in; ``made_at``
    is the whole call that made it.

    >>> str(OperandInfo("skip", "(None, 32, 8)", 5))
    '`skip` (None, 32, 8) from line 5'
    """

    name: str | None
    shape: str
    line: int | None
    file: str | None = None
    made_at: Place | None = field(default=None, compare=False)

    def __str__(self) -> str:
        named = f"`{self.name}` {self.shape}" if self.name else self.shape
        return f"{named}{self.origin}"

    @property
    def origin(self) -> str:
        """Where it comes from, with a leading space; empty if that is not known."""
        if self.line is None:
            return ""
        return f" from line {self.line}" + (f" of {self.file}" if self.file else "")

"""Operands, as messages show them."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.rules.place import Place


@dataclass(frozen=True, slots=True)
class OperandInfo:
    """One input of a merge: its name in the code, if any, its full shape, and the line that made it.

    ``file`` is the file of that line if it is not the finding's own; ``made_at`` is the whole call.

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
        """Where it comes from, with a leading space; empty if unknown."""
        if self.line is None:
            return ""
        return f" from line {self.line}" + (f" of {self.file}" if self.file else "")

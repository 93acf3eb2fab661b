"""Why a file is not read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unread:
    """What keeps the running Python from reading a file, and the line where that shows."""

    reason: str
    line: int | None = None

    def of(self, path: str) -> str:
        """What the user is told.

        >>> Unread("a null byte", 3).of("net.py")
        'net.py:3: not read: a null byte'
        """
        place = path if self.line is None else f"{path}:{self.line}"
        return f"{place}: not read: {self.reason}"

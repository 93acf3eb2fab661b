"""Why a file could not be read."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Unread:
    """Why the running Python cannot read a file, and the line where that shows."""

    reason: str
    line: int | None = None

    def of(self, path: str) -> str:
        """The message for the user.

        >>> Unread("a null byte", 3).of("net.py")
        'net.py:3: not read: a null byte'
        """
        place = path if self.line is None else f"{path}:{self.line}"
        return f"{place}: not read: {self.reason}"

"""Findings."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.rules.operand import OperandInfo
from kerasmergelint.rules.place import Place
from kerasmergelint.tracker.machine.witness import Given

__all__ = ["Finding", "Place"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a file, and what is wrong there.

    Lines count from 1, columns from 0.  ``message`` is one line without the code.  The other fields
    are for formats with more room than flake8 has: the operands, the calls that led here (outermost
    first), the end of the expression, the call that fails, and the two parts of the message: the conflict
    and the most likely repair.  A finding that is not ``sure`` may be intended: it is reported only if its
    code is enabled.  ``witness`` has the values that lead here, where the finding rests on what is not
    known.  ``written_for`` is what the file was written for ("Keras 1"), if the finding comes from that
    alone.
    """

    code: str
    path: str
    line: int
    column: int
    message: str
    operands: tuple[OperandInfo, ...] = ()
    stack: tuple[Place, ...] = ()
    end_line: int | None = None
    end_column: int | None = None
    sure: bool = True
    callee: str = ""
    conflict: str = ""
    repair: str = ""
    witness: tuple[Given, ...] = ()
    written_for: str = ""

    @property
    def text(self) -> str:
        """The line that flake8 prints.

        >>> Finding("KML101", "net.py", 3, 0, "Concatenate: ranks differ").text
        'KML101 Concatenate: ranks differ'
        """
        return f"{self.code} {self.message}"

    @property
    def key(self) -> tuple[int, int, str]:
        """What sets it apart from the other findings in its file."""
        return self.line, self.column, self.code

    @property
    def place(self) -> Place:
        return Place(self.path, self.line, self.column, self.end_line, self.end_column)

"""A place where tensors may be combined, and what names tell about it."""

from __future__ import annotations

from enum import Enum, auto

from kerasmergelint.dataclass import dataclass
from kerasmergelint.syntax.source import Span


class Evidence(Enum):
    """What makes a call or operator a merge."""

    CALLEE = auto()  # it merges whatever its arguments
    OPERANDS = auto()  # it combines its arguments, which are several tensors
    OWN = auto()  # a layer or Lambda of the program is called on several tensors
    NONE = auto()  # names do not tell


@dataclass(frozen=True, slots=True)
class MergeCall:
    """A call or operator, and the name of the merge there."""

    span: Span
    name: str
    evidence: Evidence

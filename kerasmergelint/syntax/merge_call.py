"""A place where tensors may be combined, and what names say of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from kerasmergelint.syntax.source import Span


class Evidence(Enum):
    """What makes a call or operator a merge."""

    CALLEE = auto()  # it merges, whatever it is called on
    OPERANDS = auto()  # it combines what it gets, and that is several tensors
    OWN = auto()  # a layer or Lambda of the program is called on several tensors
    NONE = auto()  # names leave it open


@dataclass(frozen=True, slots=True)
class MergeCall:
    """A call or operator, and what the merge is called there."""

    span: Span
    name: str
    evidence: Evidence

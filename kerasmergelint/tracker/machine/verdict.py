"""What becomes of a merge: in a module of its own, for those who only read results."""

from __future__ import annotations

import enum


class Verdict(enum.Enum):
    """Safe for every value, for some, for none; or not known."""

    SAFE = "safe"
    CONDITIONAL = "conditional"
    BROKEN = "broken"
    UNKNOWN = "unknown"

"""The verdict on a merge, in a module of its own for code that only reads results."""

from __future__ import annotations

import enum


class Verdict(enum.Enum):
    """Works for every value, for some, for none; or unknown."""

    SAFE = "safe"
    CONDITIONAL = "conditional"
    BROKEN = "broken"
    UNKNOWN = "unknown"

"""What becomes of a merge: in a module of its own, for those who only read results."""

from __future__ import annotations

import enum


class Verdict(enum.Enum):
    SAFE = "safe"
    BROKEN = "broken"
    UNKNOWN = "unknown"

"""The names of Python's builtins."""

from __future__ import annotations

import builtins as python

from kerasmergelint.tracker.values.value import External

_NAMES = frozenset(name for name in dir(python) if not name.startswith("_")) | {"__import__"}


def builtin(name: str) -> External | None:
    """The builtin of this name."""
    return External(name) if name in _NAMES else None

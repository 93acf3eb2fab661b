"""The names of Python's builtins."""

from __future__ import annotations

import builtins as python

from kerasmergelint.tracker.values.value import External

_EXTERNALS = {
    name: External(name) for name in dir(python) if name == "__import__" or name[0] != "_"
}


def builtin(name: str) -> External | None:
    """The builtin of this name."""
    return _EXTERNALS.get(name)

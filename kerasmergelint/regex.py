"""Regular expressions that are compiled when they are first asked for something.

A module names its patterns at its top, and most runs need few of them: compiling them all was an eighth of
the time that it took to load the tracker.
"""

from __future__ import annotations

import re
from typing import cast


class _Pattern:
    """Stands in for an ``re.Pattern``, whose methods it takes over one by one."""

    def __init__(self, text: str, flags: int) -> None:
        self._source = text, flags

    def __getattr__(self, name: str) -> object:
        found: object = getattr(re.compile(*self._source), name)
        setattr(self, name, found)  # from now on it is found without coming here
        return found


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile(text, flags)``, later: an invalid text raises ``re.error`` at the first use.

    Ask it, as in ``regex(...).match(line)``: the functions of ``re`` do not take it.
    """
    return cast("re.Pattern[str]", _Pattern(text, flags))

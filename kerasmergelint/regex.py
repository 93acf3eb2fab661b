"""Regular expressions that are compiled when they are first asked for something.

A module names its patterns at its top, and most runs need few of them: compiling them all was an eighth of
the time that it took to load the tracker.  Those that tell for which Keras a file was written are asked about
each, and most of them can be answered by a look for a few words.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """Stands in for an ``re.Pattern``, whose methods it takes over one by one."""

    def __init__(self, text: str, flags: int) -> None:
        self._source = text, flags

    def __getattr__(self, name: str) -> object:
        found: object = getattr(re.compile(*self._source), name)
        setattr(self, name, found)  # from now on it is found without coming here
        return found


class _Worded:
    """A pattern that is asked only about texts that hold one of its words."""

    def __init__(self, pattern: re.Pattern[str], words: tuple[str, ...]) -> None:
        self.pattern, self.words = pattern, words

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self._may_match(text) else None

    def findall(self, text: str) -> list[Any]:
        return self.pattern.findall(text) if self._may_match(text) else []

    def _may_match(self, text: str) -> bool:
        return any(map(text.__contains__, self.words))


def regex(text: str, flags: int = 0, words: tuple[str, ...] = ()) -> re.Pattern[str]:
    """``re.compile(text, flags)``, later: an invalid text raises ``re.error`` at the first use.

    Ask it, as in ``regex(...).match(line)``: the functions of ``re`` do not take it.  One that is only
    asked to ``search`` and ``findall`` may name ``words``: at least one stands in all that it matches.
    """
    pattern = cast("re.Pattern[str]", _Pattern(text, flags))
    return cast("re.Pattern[str]", _Worded(pattern, words)) if words else pattern

"""``# noqa`` as flake8 understands it: on the physical line of the finding."""

from __future__ import annotations

import re
from functools import lru_cache

from kerasmergelint.regex import regex

_INLINE = regex(r"# noqa(?::[\s]?(?P<codes>(?:[A-Z]+[0-9]+(?:[,\s]+)?)+))?", re.IGNORECASE)
_WHOLE_FILE = regex(r"\s*# flake8[:=]\s*noqa", re.IGNORECASE)


def silences(line: str, code: str) -> bool:
    """Whether a line silences a code.

    >>> silences("x = f()  # noqa: KML101", "KML101"), silences("x = f()  # noqa: E501", "KML101")
    (True, False)
    """
    found = _INLINE.search(line)
    if found is None:
        return False
    return found["codes"] is None or code.startswith(tuple(_codes(found["codes"])))


def addition(line: str, code: str) -> tuple[int, str]:
    """The column at which to add what silences a code on a line, and what to add.

    >>> addition("x = f()", "KML101"), addition("x = f()  # noqa: E501", "KML101")
    ((7, '  # noqa: KML101'), (21, ', KML101'))
    """
    found = _INLINE.search(line)
    if found is None or found["codes"] is None:
        return len(line.rstrip()), f"  # noqa: {code}"
    return found.end("codes") - len(found["codes"]) + len(found["codes"].rstrip(", ")), f", {code}"


@lru_cache(maxsize=4)
def silences_file(text: str) -> bool:
    """Whether a file has ``# flake8: noqa`` on a line of its own."""
    return any(map(_WHOLE_FILE.match, text.splitlines()))


def _codes(text: str) -> list[str]:
    return [code for code in re.split(r"[,\s]+", text) if code]

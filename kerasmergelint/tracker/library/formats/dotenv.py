"""``.env`` files: lines ``NAME=value``."""

from __future__ import annotations

import re

from kerasmergelint.regex import regex
from kerasmergelint.tracker.library.formats.plain import UNCLEAR, Plain

_LINE = regex(r"^\s*(?:export\s+)?(?P<name>[A-Za-z_][\w.-]*)\s*=[ \t]*(?P<value>.*)")
_QUOTED = regex(r"""(?P<quote>["'])(?P<inner>[^\\]*?)(?P=quote)\s*(?:#.*)?""")


def parse(text: str) -> dict[str, Plain]:
    """The variables; UNCLEAR for a value that refers to others or spans lines."""
    found: dict[str, Plain] = {}
    for line in text.splitlines():
        match = _LINE.match(line)
        if match is not None:
            found[match["name"]] = _value(match["value"].rstrip())
    return found


def _value(text: str) -> Plain:
    if "$" in text:
        return UNCLEAR
    if text[:1] in ('"', "'"):
        quoted = _QUOTED.fullmatch(text)
        return UNCLEAR if quoted is None else quoted["inner"]
    return re.sub(r"(?<!\s)\s+#.*", "", text)

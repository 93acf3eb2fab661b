"""Lists as flake8 writes them."""

from __future__ import annotations

from kerasmergelint.regex import regex

_SEPARATOR = regex(r"[,\s]\s*")


def split(text: str) -> list[str]:
    """Items separated by commas or white space.

    >>> split("KML1, KML203")
    ['KML1', 'KML203']
    """
    return [item for item in _SEPARATOR.split(text.strip()) if item]

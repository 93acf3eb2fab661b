"""Small words for messages."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number and a noun that agree.

    >>> counted(1, "finding"), counted(0, "file")
    ('1 finding', '0 files')
    """
    return f"{number} {noun}" + ("" if number == 1 else "s")

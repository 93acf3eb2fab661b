"""Common to all readers of data: their values, and how they give up."""

from __future__ import annotations

import enum
from typing import Any, Final

# None, numbers, strings, lists and dicts of Python; UNCLEAR for what a reader does not understand.
Plain = Any


class Unclear(enum.Enum):
    """A value that is there, but not understood."""

    VALUE = enum.auto()


UNCLEAR: Final = Unclear.VALUE


class Unreadable(ValueError):
    """The text has something that the reader does not know; nothing is concluded from any of it."""

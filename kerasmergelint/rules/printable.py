"""Text from a program, made safe for a terminal."""

from __future__ import annotations

_CONTROL_PICTURES = 0x2400


def printable(text: str) -> str:
    """The text with a picture for every character that a terminal would act on or could not show.

    Each is replaced by one, so that columns stay the same.  File names that are not UTF-8 hold surrogates,
    which no stream can write.

    >>> printable("esc\\x1b[2J \\udcff")
    'esc␛[2J \ufffd'
    """
    return text if text.isprintable() else "".join(map(_picture, text))


def _picture(char: str) -> str:
    if char.isprintable() or char == "\N{NO-BREAK SPACE}":
        return char
    return chr(_CONTROL_PICTURES + ord(char)) if ord(char) < 32 else "\N{REPLACEMENT CHARACTER}"

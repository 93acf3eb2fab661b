"""Numbers in words: places that leave no doubt about 0 or 1, and counts that agree with their nouns."""

from __future__ import annotations

_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip


def ordinal(index: int) -> str:
    """The place in words of an index that counts from 0.

    >>> ordinal(0), ordinal(11), ordinal(21), ordinal(110)
    ('first', '12th', '22nd', '111th')
    """
    if index < len(_WORDS):
        return _WORDS[index]
    number = index + 1
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number and a noun that agree.

    >>> counted(1, "finding"), counted(0, "file"), counted(2, "entry", "entries")
    ('1 finding', '0 files', '2 entries')
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"

"""Versions of Keras, and ranges of them.

A range is a set of the versions whose rules are known, so ranges combine like sets (``since("3.3") & V3``)
and asking for membership costs next to nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Collection
from functools import lru_cache


class KerasVersion(enum.Enum):
    """A version whose rules are known: major and minor number.

    Keras 2 has one member, its newest release; of Keras 3 each minor version has one, and ``V3`` is the
    newest.  Differences between releases are in the declarations, by range.
    """

    V2 = (2, 21)  # tf_keras continues the numbers of Keras 2
    V3_0 = (3, 0)
    V3_1 = (3, 1)
    V3_2 = (3, 2)
    V3_3 = (3, 3)
    V3_4 = (3, 4)
    V3_5 = (3, 5)
    V3_6 = (3, 6)
    V3_7 = (3, 7)
    V3_8 = (3, 8)
    V3_9 = (3, 9)
    V3_10 = (3, 10)
    V3_11 = (3, 11)
    V3_12 = (3, 12)
    V3_13 = (3, 13)
    V3_14 = (3, 14)
    V3 = (3, 15)

    __hash__ = object.__hash__  # quicker than that of its name

    def __repr__(self) -> str:
        return f"KerasVersion.{self.name}"

    def __str__(self) -> str:
        """As people write it: Keras 2 has no minor version here."""
        return "2" if self is KerasVersion.V2 else ".".join(map(str, self.value))

    def __init__(self, major: int, minor: int) -> None:
        self.major = major  # asked for at every call

    def __int__(self) -> int:
        """The major version, by which options and data files know it."""
        return self.major

    @classmethod
    def _missing_(cls, value: object) -> KerasVersion | None:
        """``KerasVersion(3)`` is the newest Keras 3."""
        of_this = [version for version in cls if version.major == value]
        return max(of_this, key=lambda version: version.value, default=None)


Versions = frozenset[KerasVersion]

EVERY: Versions = frozenset(KerasVersion)
_IN_ORDER = tuple(sorted(KerasVersion, key=lambda version: version.value))


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split("."))


def since(release: str) -> Versions:
    """The versions from a release on.

    >>> KerasVersion.V3 in since("3.13"), KerasVersion.V3_12 in since("3.13")
    (True, False)
    """
    first = _numbers(release)
    return frozenset(version for version in KerasVersion if version.value >= first)


def before(release: str) -> Versions:
    """The versions up to a release, without it.

    >>> before("3.0") == V2
    True
    """
    return EVERY - since(release)


V2 = before("3.0")
V3 = since("3.0")


def known_as(release: str) -> Versions:
    """The versions that a release number means; one newer than all known ones is like the newest.

    >>> sorted(map(str, known_as("3.10"))), known_as("2.15") == V2, known_as("3") == V3
    (['3.10'], True, True)
    >>> known_as("3.99") == frozenset({KerasVersion.V3}), known_as("1.2")
    (True, frozenset())
    """
    numbers = _numbers(release)
    if numbers[0] == 2:
        return V2
    if numbers[0] != 3:
        return frozenset()
    if len(numbers) == 1:
        return V3
    exact = [version for version in V3 if version.value == numbers[:2]]
    return frozenset(exact or [KerasVersion.V3])


def newest(versions: Collection[KerasVersion]) -> KerasVersion:
    """The last of some versions."""
    return max(versions, key=lambda version: version.value)


def in_order(versions: Collection[KerasVersion]) -> list[KerasVersion]:
    """From the oldest to the newest."""
    return [version for version in _IN_ORDER if version in versions]


@lru_cache(maxsize=256)
def in_words(versions: Versions) -> str:
    """A range as people say it; runs of versions where it has gaps.

    >>> in_words(V2), in_words(V3), in_words(since("3.3")), in_words(since("3.3") - since("3.11"))
    ('Keras 2', 'Keras 3', 'Keras 3.3 or later', 'Keras 3.3 to 3.10')
    >>> in_words(EVERY), in_words(V3 - since("3.7")), in_words(V2 | since("3.15"))
    ('any Keras', 'Keras 3.0 to 3.6', 'Keras 2 or 3.15')
    """
    if versions == EVERY:
        return "any Keras"
    runs: list[list[KerasVersion]] = []
    for version in in_order(versions):
        before_it = _IN_ORDER[_IN_ORDER.index(version) - 1]
        if runs and runs[-1][-1] is before_it and before_it.major == version.major:
            runs[-1].append(version)
        else:
            runs.append([version])
    return "Keras " + " or ".join(map(_run_in_words, runs))


def when_in_words(versions: Versions) -> str:
    """A range of versions, for the end of a sentence.

    >>> when_in_words(since("3.14")), when_in_words(since("3.3") - since("3.5"))
    ('since Keras 3.14', 'in Keras 3.3 to 3.4')
    """
    first = in_order(versions)[0]
    if versions == since(str(first)) and first in V3:
        return f"since Keras {first}"
    return f"in {in_words(versions)}"


def _run_in_words(run: list[KerasVersion]) -> str:
    first, last = run[0], run[-1]
    if frozenset(run) in (V2, V3):
        return str(first.major)
    if first is last:
        return str(first)
    return f"{first} or later" if last is KerasVersion.V3 else f"{first} to {last}"

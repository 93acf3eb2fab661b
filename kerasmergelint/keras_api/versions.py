"""Versions of Keras, and ranges of them.

A range is a set of the versions whose rules are known, so ranges combine like sets (``since("3.3") & V3``)
and asking for membership costs next to nothing.
"""

from __future__ import annotations

import enum


class KerasVersion(enum.Enum):
    """A version whose rules are known: major and minor number.

    Today each major version has one member, which stands for its newest release.  Another release is one
    more line here; what it does differently belongs in the declarations, under a range.
    """

    V2 = (2, 21)  # tf_keras goes on counting where Keras 2 ended
    V3 = (3, 15)

    __hash__ = object.__hash__  # quicker than that of its name

    def __repr__(self) -> str:
        return f"KerasVersion.{self.name}"

    @property
    def major(self) -> int:
        return self.value[0]

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


def since(release: str) -> Versions:
    """The versions from a release on.

    >>> KerasVersion.V3 in since("3.13"), KerasVersion.V2 in since("3.13")
    (True, False)
    """
    first = tuple(int(part) for part in release.split("."))
    return frozenset(version for version in KerasVersion if version.value >= first)


def before(release: str) -> Versions:
    """The versions up to a release, without it.

    >>> before("3.13") == before("3.0") == V2
    True
    """
    return EVERY - since(release)


V2 = before("3.0")
V3 = since("3.0")

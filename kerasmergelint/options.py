"""What a user can choose, whoever asks: flake8 or the command line.

Imports the standard library only, and nothing of this package: every room may use it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

KERAS_VERSIONS = ("auto", "2", "3")

_PREFIX = re.compile(r"KML[0-9]{0,3}")


class InvalidOption(ValueError):
    """An option with a value that means nothing, in words for the user."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices that an analysis depends on.

    ``enabled`` are codes, or beginnings of codes, to report besides those that are on by default;
    ``roots`` are absolute folders from which the program imports its own modules; ``keras_version``
    is the major version that ``keras`` and ``tf.keras`` mean, None to find out from the program.
    """

    enabled: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    keras_version: int | None = field(default=None)

    def enables(self, code: str) -> bool:
        """Whether the user asked for this code.

        >>> Settings(enabled=("KML9",)).enables("KML901")
        True
        """
        return code.startswith(self.enabled) if self.enabled else False

    @classmethod
    def parse(
        cls, enable: list[str] | None, roots: list[str] | None, keras_version: str | None
    ) -> Settings:
        """Settings from option values, which may come unchecked from a configuration file."""
        return cls(
            enabled=tuple(_code_prefix(value) for value in enable or ()),
            roots=tuple(roots or ()),
            keras_version=_major_version(keras_version or "auto"),
        )


def _code_prefix(value: str) -> str:
    if not _PREFIX.fullmatch(value):
        raise InvalidOption(
            f"kml-enable: {value!r} is not a code such as KML205, nor a part as KML9"
        )
    return value


def _major_version(value: str) -> int | None:
    if value not in KERAS_VERSIONS:
        allowed = ", ".join(KERAS_VERSIONS)
        raise InvalidOption(f"kml-keras-version: {value!r} is none of {allowed}")
    return None if value == "auto" else int(value)

"""What a user can choose, whoever asks: flake8 or the command line.

Imports the standard library only, and nothing of this package: every room may use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

KERAS_VERSIONS = ("auto", "2", "3")

# Codes and their beginnings; of a family that does not exist nothing could ever be reported.
_PREFIX = re.compile(r"KML(?:[12349][0-9]{0,2})?")
_NAME = re.compile(r"[^\W\d]\w*")
_DIMENSION = re.compile(r"[0-9]+|[^\W\d]\w*|\?")

# A declared dimension: a size, None for Keras's own, a name for one that is fixed but not known,
# "?" for one of which nothing is known.
DeclaredDim = int | str | None


class InvalidOption(ValueError):
    """An option with a value that means nothing, in words for the user."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices that an analysis depends on.

    ``enabled`` are codes, or beginnings of codes, to report besides those that are on by default;
    ``roots`` are absolute folders from which the program imports its own modules; ``keras_version``
    is the major version that ``keras`` and ``tf.keras`` mean, None to find out from the program.
    ``declared`` are shapes that cannot be found out, by the name of the variable or parameter that
    has them (:func:`declared_shape` reads them); ``steps`` is how long one file may be followed.
    """

    enabled: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    keras_version: int | None = field(default=None)
    declared: Mapping[str, str] = field(default_factory=dict, hash=False)
    steps: int | None = None

    def enables(self, code: str) -> bool:
        """Whether the user asked for this code.

        >>> Settings(enabled=("KML9",)).enables("KML901")
        True
        """
        return code.startswith(self.enabled) if self.enabled else False

    @classmethod
    def parse(
        cls,
        enable: Iterable[str] | None = None,
        roots: Iterable[str] | None = None,
        keras_version: str | int | None = None,
        declared: Mapping[str, str] | None = None,
        steps: str | int | None = None,
        *,
        prefix: str = "kml-",
    ) -> Settings:
        """Settings from values that may come unchecked from a configuration file.

        ``prefix`` is what stands before a key there, for the error that names it.
        """
        with_prefix = _Keys(prefix)
        return cls(
            enabled=tuple(_code_prefix(value, with_prefix("enable")) for value in enable or ()),
            roots=tuple(roots or ()),
            keras_version=_major_version(keras_version, with_prefix("keras-version")),
            declared=_declared(declared or {}, with_prefix("shapes")),
            steps=_positive(steps, with_prefix("steps")),
        )


@dataclass(frozen=True, slots=True)
class _Keys:
    prefix: str

    def __call__(self, name: str) -> str:
        return f"{self.prefix}{name}"


def _code_prefix(value: str, key: str) -> str:
    if not isinstance(value, str) or not _PREFIX.fullmatch(value):
        raise InvalidOption(f"{key}: {value!r} is not a code such as KML205, nor a part as KML9")
    return value


def _major_version(value: str | int | None, key: str) -> int | None:
    text = "auto" if value is None else str(value)
    if text not in KERAS_VERSIONS:
        raise InvalidOption(f"{key}: {value!r} is none of {', '.join(KERAS_VERSIONS)}")
    return None if text == "auto" else int(text)


def _positive(value: str | int | None, key: str) -> int | None:
    if value is None or value == "":
        return None
    text = str(value).replace("_", "")
    if isinstance(value, bool) or not text.isdecimal() or int(text) == 0:
        raise InvalidOption(f"{key}: {value!r} is not a positive number")
    return int(text)


def _declared(shapes: Mapping[str, str], key: str) -> dict[str, str]:
    for name, text in shapes.items():
        if not _NAME.fullmatch(name):
            raise InvalidOption(f"{key}: {name!r} is not the name of a variable")
        if not isinstance(text, str):
            raise InvalidOption(f"{key}: the shape of {name} must be a string, such as '(None, 8)'")
        try:
            declared_shape(text)
        except InvalidOption as error:
            raise InvalidOption(f"{key}: {name}: {error}") from None
    return dict(shapes)


def declared_shape(text: str) -> tuple[DeclaredDim, ...]:
    """The dimensions of a declared shape.

    >>> declared_shape("(None, 224, width, 3)")
    (None, 224, 'width', 3)
    >>> declared_shape("(8,)"), declared_shape("()")
    ((8,), ())
    """
    inner = text.strip()
    if not (inner.startswith("(") and inner.endswith(")")):
        raise InvalidOption(f"{text!r} is not a shape such as '(None, 224, 224, 3)'")
    parts = [part.strip() for part in inner[1:-1].split(",")]
    if parts[-1] == "":
        parts.pop()
    elif len(parts) == 1:
        raise InvalidOption(f"{text!r} is a number in brackets; write '({parts[0]},)' for a shape")
    return tuple(_declared_dim(part, text) for part in parts)


def _declared_dim(part: str, text: str) -> DeclaredDim:
    if not _DIMENSION.fullmatch(part):
        raise InvalidOption(f"{part!r} in {text!r} is not a size, a name, None or ?")
    if part == "None":
        return None
    return int(part) if part.isdecimal() else part


def parse_declarations(text: str, key: str = "kml-shapes") -> dict[str, str]:
    """Declarations as flake8's configuration has room for them: one a line, or parted by ``;``.

    >>> parse_declarations("x_train = (None, 28, 28, 1); y = (None, 10)")
    {'x_train': '(None, 28, 28, 1)', 'y': '(None, 10)'}
    """
    found: dict[str, str] = {}
    for item in text.replace(";", "\n").splitlines():
        if not item.strip():
            continue
        name, equals, shape = item.partition("=")
        if not equals:
            raise InvalidOption(f"{key}: {item.strip()!r} is not NAME = (SIZE, ...)")
        found[name.strip()] = shape.strip()
    return found

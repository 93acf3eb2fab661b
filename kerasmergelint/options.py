"""The user's choices, whether they come from flake8 or from the command line.

Every room may import this module, so it imports the standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.regex import regex

# What a version of Keras may be given as: a generation, or a minor version.
KERAS_VERSIONS = ("auto", "2", "3", "3.10")
_KERAS_VERSION = regex(r"2|3|[23]\.[0-9]{1,2}(?:\.[0-9]{1,2})?")

# How far calls are followed: into packages that are installed beside us, too, or within the project only.
FOLLOWED = ("installed", "project")

# A code or a prefix of codes, within the families that exist.
_PREFIX = regex(r"KML(?:[1-59][0-9]{0,2})?")
_NAME = regex(r"[^\W\d]\w*")
_DIMENSION = regex(r"[0-9]+|[^\W\d]\w*|\?")
# More digits than any number of steps, sizes or processes has; Python itself refuses some thousands.
_MOST_DIGITS = 18
# As configparser reads them.
_TRUE = ("1", "yes", "true", "on")
_FALSE = ("0", "no", "false", "off")

# A declared dimension: a size, Keras's own None, a name for a size that is fixed but unknown, or "?".
DeclaredDim = int | str | None


class InvalidOption(ValueError):
    """An option has an invalid value; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices that an analysis depends on.

    ``enabled`` lists codes, or prefixes of codes, to report on top of the defaults; ``roots`` are
    absolute folders that the program imports its own modules from; ``keras_version`` is the
    version behind ``keras`` and ``tf.keras`` ("3" or "3.10"), None to infer it.  ``declared`` gives
    shapes that cannot be inferred, by the name of the variable or parameter (see
    :func:`declared_shape`); ``steps`` is the budget for one file; ``follow`` is one of
    :data:`FOLLOWED`.
    """

    enabled: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    keras_version: str | None = field(default=None)
    declared: Mapping[str, str] = field(default_factory=dict, hash=False)
    steps: int | None = None
    follow: str = FOLLOWED[0]

    def enables(self, code: str) -> bool:
        """Whether the user enabled this code.

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
        follow: str | None = None,
        *,
        prefix: str = "kml-",
    ) -> Settings:
        """Settings from raw configuration values, checked.

        Errors name the offending key, with ``prefix`` in front of it.
        """
        return cls(
            enabled=parse_codes(enable or (), f"{prefix}enable"),
            roots=tuple(roots or ()),
            keras_version=parse_keras_version(keras_version, f"{prefix}keras-version"),
            declared=_declared(declared or {}, "--shape" if prefix == "--" else f"{prefix}shapes"),
            steps=_positive(steps, f"{prefix}steps"),
            follow=parse_follow(follow, f"{prefix}follow"),
        )


def parse_codes(values: Iterable[str], key: str) -> tuple[str, ...]:
    """Codes and prefixes of codes, checked.

    >>> parse_codes(["KML205", "KML9"], "kml-enable")
    ('KML205', 'KML9')
    """
    return tuple(_code(value, key) for value in values)


def _code(value: str, key: str) -> str:
    if not isinstance(value, str) or not _PREFIX.fullmatch(value):
        raise InvalidOption(f"{key}: {value!r} is neither a code (KML205) nor a prefix (KML9)")
    return value


def parse_flag(value: str | bool | None, key: str) -> bool | None:
    """A flag, spelt in any way that flake8 accepts; None if there is none.

    >>> parse_flag("Yes", "kml-no-cache"), parse_flag("off", "")
    (True, False)
    """
    if value is None or isinstance(value, bool):
        return value
    if value.lower() not in (*_TRUE, *_FALSE):
        raise InvalidOption(f"{key}: {value!r} is neither true nor false")
    return value.lower() in _TRUE


def parse_keras_version(value: str | int | None, key: str) -> str | None:
    """A version of Keras, checked; None to infer it.

    >>> parse_keras_version("3.10", "kml-keras-version"), parse_keras_version("auto", "")
    ('3.10', None)
    """
    text = "auto" if value is None else str(value)
    if text == "auto":
        return None
    # A number with a point is not a version: TOML reads 3.10 as 3.1.
    if isinstance(value, float) or not _KERAS_VERSION.fullmatch(text):
        raise InvalidOption(f"{key}: {value!r} is neither auto nor a version such as 2, 3 or 3.10")
    return text


def parse_follow(value: str | None, key: str) -> str:
    """How far calls are followed, checked.

    >>> parse_follow("project", "kml-follow"), parse_follow(None, "")
    ('project', 'installed')
    """
    if value is None or value == "":
        return FOLLOWED[0]
    if value not in FOLLOWED:
        raise InvalidOption(f"{key}: {value!r} is neither {' nor '.join(FOLLOWED)}")
    return value


def _positive(value: str | int | None, key: str) -> int | None:
    if value is None or value == "":
        return None
    found = None if isinstance(value, bool) else positive(str(value).replace("_", ""))
    if found is None:
        raise InvalidOption(f"{key}: {value!r} is not a positive number")
    return found


def positive(text: str) -> int | None:
    """A number from 1 up to a size that anything can have; None for any other text.

    >>> positive("8"), positive("0"), positive("1.5"), positive("9" * 5000)
    (8, None, None, None)
    """
    fits = text.isdecimal() and len(text) <= _MOST_DIGITS
    return (int(text) or None) if fits else None


def _declared(shapes: Mapping[str, str], key: str) -> dict[str, str]:
    for name, text in shapes.items():
        if not _NAME.fullmatch(name):
            raise InvalidOption(f"{key}: {name!r} is not a variable name")
        if not isinstance(text, str):
            raise InvalidOption(f"{key}: the shape of {name} must be a string like '(None, 8)'")
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
        raise InvalidOption(f"{text!r} is not a shape like '(None, 224, 224, 3)'")
    parts = [part.strip() for part in inner[1:-1].split(",")]
    if parts[-1] == "":
        parts.pop()
    elif len(parts) == 1:
        raise InvalidOption(
            f"{text!r} is a number in parentheses; for a shape, write '({parts[0]},)'"
        )
    return tuple(_declared_dim(part, text) for part in parts)


def _declared_dim(part: str, text: str) -> DeclaredDim:
    if not _DIMENSION.fullmatch(part):
        raise InvalidOption(f"{part!r} in {text!r} must be a size, a name, None or ?")
    if part == "None":
        return None
    if not part.isdecimal():
        return part
    if len(part) > _MOST_DIGITS:
        raise InvalidOption(f"{part[:_MOST_DIGITS]}… is not the size of anything")
    return int(part)


def parse_declarations(text: str, key: str = "kml-shapes") -> dict[str, str]:
    """Declared shapes as flake8's configuration has them: one per line, or separated by ``;``.

    >>> parse_declarations("x_train = (None, 28, 28, 1); y = (None, 10)")
    {'x_train': '(None, 28, 28, 1)', 'y': '(None, 10)'}
    """
    found: dict[str, str] = {}
    for item in text.replace(";", "\n").splitlines():
        if not item.strip():
            continue
        name, equals, shape = item.partition("=")
        if not equals:
            raise InvalidOption(f"{key}: {item.strip()!r} is not of the form NAME = (SIZE, ...)")
        found[name.strip()] = shape.strip()
    return found

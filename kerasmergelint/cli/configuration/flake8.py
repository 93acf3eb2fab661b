"""Our part of flake8's configuration, so that nobody has to say the same thing twice.

Only our own options (``kml-...``) and our codes in ``ignore``, ``extend-ignore`` and
``per-file-ignores`` are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.cli.configuration.folders import and_above
from kerasmergelint.cli.configuration.lists import split
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.reading import document
from kerasmergelint.options import InvalidOption, Settings, parse_declarations, parse_flag
from kerasmergelint.regex import regex
from kerasmergelint.rules.codes import existing_codes

FILES = ("setup.cfg", "tox.ini", ".flake8")
_CODE = regex(r"[A-Z]+[0-9]*")


def from_flake8(start: Path | None = None) -> Configuration:
    """The choices in the nearest file that configures flake8, from a folder upwards."""
    for folder in and_above(start):
        for name in FILES:
            section = _section(folder / name)
            if section is not None:
                return _from_section(section, folder)
    return Configuration()


def _section(path: Path) -> Mapping[str, str] | None:
    content = document(str(path))
    if not isinstance(content, bytes):
        return None
    import configparser  # late: not every folder has such a file

    parser = configparser.RawConfigParser()
    try:
        parser.read_string(content.decode("utf-8"), str(path))
    except (UnicodeDecodeError, configparser.Error) as error:
        if b"kml" not in content.lower():
            return None  # flake8 itself complains about it
        raise CannotRun(" ".join(str(error).split())) from error
    if not parser.has_section("flake8"):
        return None
    return {key.replace("_", "-"): value for key, value in parser.items("flake8")}


# Our options that a configuration file may set; flake8 takes all others from its command line only.
_OPTIONS = frozenset(
    {"kml-enable", "kml-roots", "kml-keras-version", "kml-shapes", "kml-steps", "kml-no-cache",
     "kml-cache-dir", "kml-follow"}
)  # fmt: skip


def _from_section(section: Mapping[str, str], folder: Path) -> Configuration:
    unknown = sorted(key for key in section if key.startswith("kml-") and key not in _OPTIONS)
    if unknown:
        raise InvalidOption(
            f"{unknown[0]}: not an option of a configuration file; these are: {', '.join(sorted(_OPTIONS))}"
        )
    settings = Settings.parse(
        existing_codes(split(section.get("kml-enable", "")), "kml-enable"),
        [str(folder / root) for root in split(section.get("kml-roots", ""))],
        section.get("kml-keras-version"),
        parse_declarations(section.get("kml-shapes", "")),
        section.get("kml-steps"),
        section.get("kml-follow"),
    )
    cache_dir = section.get("kml-cache-dir")
    ignored = split(section.get("ignore", "")) + split(section.get("extend-ignore", ""))
    return Configuration(
        enable=settings.enabled,
        ignore=tuple(code for code in ignored if code.startswith("KML")),
        roots=settings.roots,
        keras_version=section.get("kml-keras-version"),
        shapes=settings.declared,
        steps=settings.steps,
        follow=section.get("kml-follow") and settings.follow,
        no_cache=parse_flag(section.get("kml-no-cache"), "kml-no-cache"),
        cache_dir=str(folder / cache_dir) if cache_dir else None,
        per_file_ignores=dict(_per_file(section.get("per-file-ignores", ""))),
    )


def _per_file(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """``pattern, pattern: CODE, CODE``, repeated; what looks like a code is one."""
    patterns: list[str] = []
    codes: list[str] = []
    for word in split(text.replace(":", ": ")):
        if word.endswith(":") or not _CODE.fullmatch(word):
            if codes:
                yield from ((pattern, tuple(codes)) for pattern in patterns)
                patterns, codes = [], []
            patterns.extend([word.rstrip(":")] if word != ":" else [])
        elif word.startswith("KML"):
            codes.append(word)
    if codes:
        yield from ((pattern, tuple(codes)) for pattern in patterns)

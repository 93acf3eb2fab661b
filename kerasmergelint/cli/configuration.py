"""What the user chose: ``[tool.kerasmergelint]`` in pyproject.toml, flake8's own configuration, and
the command line, each stronger than the one before it.

flake8's file comes in so that nobody has to say the same thing twice: of it, only our options
(``kml-...``) and our codes in ``ignore``, ``extend-ignore`` and ``per-file-ignores`` are read.
"""

from __future__ import annotations

import argparse
import configparser
import fnmatch
import importlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import chain
from pathlib import Path
from typing import Any

from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.options import KERAS_VERSIONS, InvalidOption, Settings, parse_declarations

TABLE = "tool.kerasmergelint"
_FLAKE8_FILES = ("setup.cfg", "tox.ini", ".flake8")
_SEPARATOR = re.compile(r"[,\s]\s*")


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that can be chosen; None and empty stand for what nobody chose."""

    enable: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    keras_version: str | None = None
    shapes: Mapping[str, str] = field(default_factory=dict, hash=False)
    steps: int | None = None
    baseline: str | None = None
    no_cache: bool | None = None
    cache_dir: str | None = None
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def settings(self) -> Settings:
        """What the analysis depends on."""
        return Settings(
            self.enable,
            self.roots,
            None if self.keras_version in (None, "auto") else int(self.keras_version or 0),
            self.shapes,
            self.steps,
        )

    def ignores(self, code: str, path: str) -> bool:
        """Whether a finding in a file is not wanted."""
        return code.startswith(self.ignored_in(path))

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """The codes, and beginnings of codes, that are not wanted in a file."""
        if not self.per_file_ignores:
            return self.ignore
        relative = os.path.relpath(path).replace(os.sep, "/")
        here = (
            codes for pattern, codes in self.per_file_ignores.items() if matches(relative, pattern)
        )
        return (*self.ignore, *chain.from_iterable(here))


def matches(path: str, pattern: str) -> bool:
    """Whether a path, or a part of it, fits a pattern as flake8 has them.

    >>> matches("tests/data/net.py", "tests"), matches("src/net.py", "*.py"), matches("a.py", "b.py")
    (True, True, False)
    """
    wanted = pattern.removeprefix("./").rstrip("/")
    parts = path.split("/")
    heads = ("/".join(parts[: count + 1]) for count in range(len(parts)))
    return any(
        fnmatch.fnmatch(candidate, wanted)
        for candidate in (*parts, *heads)
    )  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that every command shares."""
    parser.add_argument(
        "--root",
        action="append",
        default=[],
        metavar="FOLDER",
        help="a folder from which the program imports its own modules (repeatable)",
    )
    parser.add_argument(
        "--keras-version",
        choices=KERAS_VERSIONS,
        help="the major version of Keras that the program uses",
    )
    parser.add_argument(
        "--shape",
        action="append",
        default=[],
        metavar="NAME=SHAPE",
        help="the shape of what the code does not tell: 'x_train=(None, 28, 28)' (repeatable)",
    )
    parser.add_argument("--config", metavar="FILE", help="the pyproject.toml to read")
    parser.add_argument("--isolated", action="store_true", help="read no configuration file")


def settings_for(options: argparse.Namespace) -> Settings:
    return load(options).settings


def load(options: argparse.Namespace) -> Configuration:
    """The configuration for a call of the command."""
    found = Configuration()
    if not options.isolated:
        found = _merge(_from_pyproject(options.config), _from_flake8())
    return _merge(found, _from_command_line(options))


def _merge(weak: Configuration, strong: Configuration) -> Configuration:
    """Lists and tables grow; a single value that is chosen later wins."""
    changes: dict[str, Any] = {}
    for item in fields(Configuration):
        old, new = getattr(weak, item.name), getattr(strong, item.name)
        if isinstance(old, tuple):
            changes[item.name] = (*old, *(value for value in new if value not in old))
        elif isinstance(old, Mapping):
            changes[item.name] = {**old, **new}
        elif new is not None:
            changes[item.name] = new
    return replace(weak, **changes)


# -- the command line ------------------------------------------------------------------------


def _from_command_line(options: argparse.Namespace) -> Configuration:
    enable = _split(",".join(getattr(options, "enable", None) or ()))
    ignore = _split(",".join(getattr(options, "ignore", None) or ()))
    shapes = parse_declarations("\n".join(options.shape), "--shape")
    settings = Settings.parse(
        [*enable, *_known(ignore, "--ignore")], None, options.keras_version, shapes, prefix="--"
    )
    return Configuration(
        enable=settings.enabled[: len(enable)],
        ignore=tuple(ignore),
        roots=tuple(os.path.abspath(root) for root in options.root),
        keras_version=options.keras_version,
        shapes=settings.declared,
        exclude=tuple(getattr(options, "exclude", None) or ()),
        baseline=getattr(options, "baseline", None),
        no_cache=getattr(options, "no_cache", None),
        cache_dir=getattr(options, "cache_dir", None),
    )


def _known(codes: list[str], key: str) -> list[str]:
    """Codes, checked; they are then only listed by the caller."""
    try:
        Settings.parse(codes)
    except InvalidOption as error:
        raise InvalidOption(str(error).replace("kml-enable", key)) from None
    return []


def _split(text: str) -> list[str]:
    return [item for item in _SEPARATOR.split(text.strip()) if item]


# -- pyproject.toml --------------------------------------------------------------------------


def _from_pyproject(given: str | None) -> Configuration:
    path = Path(given) if given else _upwards("pyproject.toml", _has_our_table)
    if path is None:
        return Configuration()
    table = _our_table(path, must_exist=given is not None)
    return _from_table(table, path.resolve().parent)


def _our_table(path: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        document = _toml(path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        if must_exist:
            raise CannotRun(f"{path}: {error}") from error
        raise InvalidOption(f"{path}: {error}") from error
    table = document.get("tool", {}).get("kerasmergelint", {})
    if not isinstance(table, dict):
        raise InvalidOption(f"{TABLE}: must be a table")
    return table


def _toml(text: str) -> dict[str, Any]:
    module = "tomllib" if sys.version_info >= (3, 11) else "tomli"
    document: dict[str, Any] = importlib.import_module(module).loads(text)
    return document


def _has_our_table(path: Path) -> bool:
    """Whether a file is about us at all; one that is not need not even be valid."""
    try:
        return "kerasmergelint" in path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def _from_table(table: Mapping[str, Any], folder: Path) -> Configuration:
    unknown = sorted(set(table) - set(_KEYS))
    if unknown:
        raise InvalidOption(
            f"{TABLE}.{unknown[0]}: there is no such key; the keys are {', '.join(sorted(_KEYS))}"
        )
    values = {key: _KEYS[key](value, f"{TABLE}.{key}") for key, value in table.items()}
    settings = Settings.parse(
        values.get("enable"),
        [str(folder / root) for root in values.get("roots", ())],
        values.get("keras-version"),
        values.get("shapes"),
        values.get("steps"),
        prefix=f"{TABLE}.",
    )
    _known(list(values.get("ignore", ())), f"{TABLE}.ignore")
    for codes in values.get("per-file-ignores", {}).values():
        _known(list(codes), f"{TABLE}.per-file-ignores")
    baseline, cache_dir = values.get("baseline"), values.get("cache-dir")
    return Configuration(
        enable=settings.enabled,
        ignore=values.get("ignore", ()),
        roots=settings.roots,
        exclude=values.get("exclude", ()),
        keras_version=None if "keras-version" not in values else str(values["keras-version"]),
        shapes=settings.declared,
        steps=settings.steps,
        baseline=None if baseline is None else str(folder / baseline),
        no_cache=values.get("no-cache"),
        cache_dir=None if cache_dir is None else str(folder / cache_dir),
        per_file_ignores=values.get("per-file-ignores", {}),
    )


def _strings(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidOption(f'{key}: must be a list of strings, such as ["..."]')
    return tuple(value)


def _string(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise InvalidOption(f"{key}: must be a string")
    return value


def _flag(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise InvalidOption(f"{key}: must be true or false")
    return value


def _table(value: Any, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidOption(f'{key}: must be a table, such as {{ name = "..." }}')
    return value


def _as_is(value: Any, key: str) -> Any:
    """Checked by :class:`Settings`."""
    return value


def _table_of_codes(value: Any, key: str) -> dict[str, tuple[str, ...]]:
    table = _table(value, key)
    return {pattern: _strings(codes, f'{key}."{pattern}"') for pattern, codes in table.items()}


_KEYS: dict[str, Callable[[Any, str], Any]] = {
    "enable": _strings,
    "ignore": _strings,
    "roots": _strings,
    "exclude": _strings,
    "keras-version": _as_is,
    "shapes": _table,
    "steps": _as_is,
    "baseline": _string,
    "no-cache": _flag,
    "cache-dir": _string,
    "per-file-ignores": _table_of_codes,
}


# -- flake8's file ---------------------------------------------------------------------------


def _from_flake8() -> Configuration:
    for folder in _folders():
        for name in _FLAKE8_FILES:
            section = _flake8_section(folder / name)
            if section is not None:
                return _from_section(section, folder)
    return Configuration()


def _flake8_section(path: Path) -> Mapping[str, str] | None:
    if not path.is_file():
        return None
    parser = configparser.RawConfigParser()
    try:
        parser.read(path, encoding="utf-8")
    except (UnicodeDecodeError, configparser.Error):
        return None  # flake8 itself says what is wrong with it
    if not parser.has_section("flake8"):
        return None
    return {key.replace("_", "-"): value for key, value in parser.items("flake8")}


def _from_section(section: Mapping[str, str], folder: Path) -> Configuration:
    settings = Settings.parse(
        _split(section.get("kml-enable", "")),
        [str(folder / root) for root in _split(section.get("kml-roots", ""))],
        section.get("kml-keras-version"),
        parse_declarations(section.get("kml-shapes", "")),
        section.get("kml-steps"),
    )
    cache_dir = section.get("kml-cache-dir")
    ignored = _split(section.get("ignore", "")) + _split(section.get("extend-ignore", ""))
    return Configuration(
        enable=settings.enabled,
        ignore=tuple(code for code in ignored if code.startswith("KML")),
        roots=settings.roots,
        keras_version=section.get("kml-keras-version"),
        shapes=settings.declared,
        steps=settings.steps,
        no_cache=_truth(section.get("kml-no-cache"), "kml-no-cache"),
        cache_dir=str(folder / cache_dir) if cache_dir else None,
        per_file_ignores=dict(_per_file(section.get("per-file-ignores", ""))),
    )


def _truth(text: str | None, key: str) -> bool | None:
    """A flag as flake8 reads it."""
    states = configparser.RawConfigParser.BOOLEAN_STATES
    if text is None or text.lower() in states:
        return None if text is None else states[text.lower()]
    raise InvalidOption(f"{key}: {text!r} is neither true nor false")


def _per_file(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """``pattern, pattern: CODE, CODE`` again and again; codes are known by their looks."""
    patterns: list[str] = []
    codes: list[str] = []
    for word in _split(text.replace(":", ": ")):
        if word.endswith(":") or not re.fullmatch(r"[A-Z]+[0-9]*", word):
            if codes:
                yield from ((pattern, tuple(codes)) for pattern in patterns)
                patterns, codes = [], []
            patterns.extend([word.rstrip(":")] if word != ":" else [])
        elif word.startswith("KML"):
            codes.append(word)
    if codes:
        yield from ((pattern, tuple(codes)) for pattern in patterns)


# -- where files are -------------------------------------------------------------------------


def _folders() -> Iterator[Path]:
    """The current folder and those above it."""
    here = Path.cwd()
    yield from (here, *here.parents)


def _upwards(name: str, fits: Callable[[Path], bool]) -> Path | None:
    candidates = (folder / name for folder in _folders())
    return next((path for path in candidates if path.is_file() and fits(path)), None)

"""``[tool.kerasmergelint]`` in pyproject.toml."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.cli.configuration.folders import and_above
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.reading import document, text_of
from kerasmergelint.options import InvalidOption, Settings
from kerasmergelint.rules.codes import existing_codes

_TABLE = "tool.kerasmergelint"


def from_pyproject(given: str | None, start: Path | None = None) -> Configuration:
    """The choices in the given file, or in the nearest one from a folder upwards that mentions us."""
    path = _nearest(start) if given is None else Path(given)
    if path is None:
        return Configuration()
    return from_table(_our_table(path), path.resolve().parent)


def _nearest(start: Path | None) -> Path | None:
    candidates = (folder / "pyproject.toml" for folder in and_above(start))
    return next((path for path in candidates if _mentions_us(path)), None)


def _mentions_us(path: Path) -> bool:
    """Whether a file mentions us at all; if not, it need not even be valid."""
    content = document(str(path))
    return isinstance(content, bytes) and b"kerasmergelint" in content


def _our_table(path: Path) -> dict[str, object]:
    try:
        tools = _toml(text_of(str(path))).get("tool", {})
    except (ValueError, RecursionError) as error:
        raise CannotRun(f"{path}: {error}") from error
    table = tools.get("kerasmergelint", {}) if isinstance(tools, dict) else {}
    if not isinstance(table, dict):
        raise InvalidOption(f"{_TABLE}: must be a table")
    return table


def _toml(text: str) -> dict[str, object]:
    module = "tomllib" if sys.version_info >= (3, 11) else "tomli"
    found: dict[str, object] = importlib.import_module(module).loads(text)
    return found


def from_table(table: Mapping[str, object], folder: Path, name: str = _TABLE) -> Configuration:
    """The choices in a table, which messages call ``name``; folders are relative to ``folder``."""
    unknown = sorted(set(table) - set(KEYS))
    if unknown:
        raise InvalidOption(
            f"{name}.{unknown[0]}: unknown key; the keys are {', '.join(sorted(KEYS))}"
        )
    values = {key: KEYS[key](value, f"{name}.{key}") for key, value in table.items()}
    settings = Settings.parse(
        values.get("enable"),
        [str(folder / root) for root in values.get("roots", ())],
        values.get("keras-version"),
        values.get("shapes"),
        values.get("steps"),
        values.get("follow"),
        prefix=f"{name}.",
    )
    baseline, cache_dir = values.get("baseline"), values.get("cache-dir")
    return Configuration(
        enable=settings.enabled,
        ignore=values.get("ignore", ()),
        roots=settings.roots,
        exclude=values.get("exclude", ()),
        keras_version=None if "keras-version" not in values else str(values["keras-version"]),
        shapes=settings.declared,
        steps=settings.steps,
        follow=settings.follow if "follow" in values else None,
        baseline=None if baseline is None else str(folder / baseline),
        no_cache=values.get("no-cache"),
        cache_dir=None if cache_dir is None else str(folder / cache_dir),
        per_file_ignores=values.get("per-file-ignores", {}),
    )


# -- values ----------------------------------------------------------------------------------


def _strings(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidOption(f'{key}: must be a list of strings, such as ["..."]')
    return tuple(value)


def _codes(value: object, key: str) -> tuple[str, ...]:
    return existing_codes(_strings(value, key), key)


def _string(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise InvalidOption(f"{key}: must be a string")
    return value


def _flag(value: object, key: str) -> bool:
    if not isinstance(value, bool):
        raise InvalidOption(f"{key}: must be true or false")
    return value


def _table(value: object, key: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise InvalidOption(f'{key}: must be a table, such as {{ name = "..." }}')
    return value


def _as_is(value: object, key: str) -> object:
    """Checked by :class:`Settings`."""
    return value


def _table_of_codes(value: object, key: str) -> dict[str, tuple[str, ...]]:
    table = _table(value, key)
    return {pattern: _codes(codes, f'{key}."{pattern}"') for pattern, codes in table.items()}


KEYS: Mapping[str, Callable[[Any, str], Any]] = {
    "enable": _codes,
    "ignore": _codes,
    "roots": _strings,
    "exclude": _strings,
    "keras-version": _as_is,
    "shapes": _table,
    "steps": _as_is,
    "follow": _string,
    "baseline": _string,
    "no-cache": _flag,
    "cache-dir": _string,
    "per-file-ignores": _table_of_codes,
}

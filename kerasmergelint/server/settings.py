"""Choices: those in the project's files, as the command reads them, and the client's, which win."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kerasmergelint.cli.configuration import flake8, pyproject
from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.cli.configuration.folders import and_above
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.options import InvalidOption

SECTION = "kerasmergelint"
# The files that configure us, by name.
FILES = ("pyproject.toml", *flake8.FILES)
_KEYS = frozenset(pyproject.KEYS) - {"baseline", "no-cache", "cache-dir"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown besides findings: each kind of hint has a switch.

    ``verdicts``: once the user pauses, every merge gets its verdict, and every function its contract.
    """

    tensors: bool = True
    models: bool = True
    returns: bool = False
    verdicts: bool = True


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """What a client sets, under the names of pyproject.toml; ``complaint`` says what is wrong with it."""

    table: Mapping[str, Any] = field(default_factory=dict)
    shown: Shown = field(default_factory=Shown)
    complaint: str = ""


def from_client(given: object) -> ClientSettings:
    """The settings, in any form in which clients send them; what makes no sense is left out.

    >>> from_client({"kerasmergelint": {"kerasVersion": "2", "inlayHints": {"models": False}}}).shown.models
    False
    """
    section = _section(given)
    hints = section.get("inlayHints")
    hints = hints if isinstance(hints, Mapping) else {}
    usual = Shown()
    shown = Shown(
        _flag(hints.get("tensors"), usual.tensors),
        _flag(hints.get("models"), usual.models),
        _flag(hints.get("returns"), usual.returns),
        _flag(section.get("verdicts"), usual.verdicts),
    )
    table: dict[str, Any] = {}
    complaint = ""
    for key, value in section.items():
        name = _kebab(key) if isinstance(key, str) else ""
        if name not in _KEYS or value is None or value in ("", [], {}):
            continue
        try:
            pyproject.from_table({name: value}, Path.cwd(), SECTION)
        except InvalidOption as error:
            complaint = str(error)
        else:
            table[name] = value
    return ClientSettings(table, shown, complaint)


def _section(given: object) -> Mapping[str, Any]:
    for key in ("settings", SECTION, SECTION):
        if isinstance(given, Mapping) and isinstance(given.get(key), Mapping):
            given = given[key]
    return given if isinstance(given, Mapping) else {}


def _flag(value: object, usual: bool) -> bool:
    return value if isinstance(value, bool) else usual


def _kebab(name: str) -> str:
    return re.sub(r"[A-Z]", lambda found: f"-{found[0].lower()}", name)


def folder_of(path: str, roots: Sequence[str]) -> str:
    """The innermost of the client's folders that a file is in; the file's own if it is in none."""
    around = [root for root in roots if Path(path).is_relative_to(root)]
    return max(around, key=len) if around else str(Path(path).parent)


@dataclass(slots=True)
class Configurations:
    """The configuration of each folder, read again when a file that it may come from has changed."""

    client: dict[str, ClientSettings] = field(default_factory=dict)
    _known: dict[str, tuple[object, Configuration, str]] = field(default_factory=dict)

    def client_of(self, folder: str) -> ClientSettings:
        """What the client sets for a folder, or else for all."""
        return self.client.get(folder) or self.client.get("") or ClientSettings()

    def of(self, folder: str) -> tuple[Configuration, str]:
        """The choices in a folder, and what is wrong with them."""
        state = (_times(Path(folder)), self.client_of(folder))
        known = self._known.get(folder)
        if known is None or known[0] != state:
            known = self._known[folder] = (state, *self._read(Path(folder)))
        return known[1:]

    def _read(self, folder: Path) -> tuple[Configuration, str]:
        client = self.client_of(str(folder))
        found, complaint = Configuration(), client.complaint
        try:
            found = pyproject.from_pyproject(None, folder).overlaid(flake8.from_flake8(folder))
        except (InvalidOption, CannotRun, OSError) as error:
            complaint = str(error)
        return found.overlaid(pyproject.from_table(client.table, folder, SECTION)), complaint


def _times(folder: Path) -> tuple[int, ...]:
    """When the files that may configure a folder last changed."""
    return tuple(_time(above / name) for above in and_above(folder) for name in FILES)


def _time(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0

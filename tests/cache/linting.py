"""Linting with a cache, and telling whether anything was analysed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from kerasmergelint.cache import Cache, findings
from kerasmergelint.cache.folder import Folder
from kerasmergelint.options import Settings
from kerasmergelint.rules import check
from kerasmergelint.rules.finding import Finding

BROKEN = """\
from keras import Input
from keras.layers import Add, Dense

x = Input((8,))
y = Add()([Dense(5)(x), Dense(3)(x)])
"""
# Broken if UNITS is not 5.
IMPORTING = "from sizes import UNITS\n" + BROKEN.replace("Dense(3)", "Dense(UNITS)")


def cache_in(folder: Path) -> Cache:
    opened = Folder.open(str(folder))
    assert opened is not None
    return Cache(opened)


@contextmanager
def counting() -> Iterator[list[str]]:
    """The paths of the files that are analysed meanwhile."""
    analysed: list[str] = []
    real = check.check_with_report

    def check_with_report(text: str, path: str, settings: Settings) -> object:
        analysed.append(path)
        return real(text, path, settings)

    with mock.patch.object(check, "check_with_report", check_with_report):
        yield analysed


def lint(
    cache: Cache, path: Path | str, settings: Settings | None = None, text: str | None = None
) -> tuple[list[Finding], bool]:
    """The findings, and whether they came from the cache; they are what they are without it."""
    settings = settings or Settings()
    text = Path(path).read_text(encoding="utf-8") if text is None else text
    with counting() as analysed:
        found = list(findings(text, str(path), settings, cache))
    assert found == check.check_source(text, str(path), settings)
    return found, not analysed


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("findings-*/*.json"))

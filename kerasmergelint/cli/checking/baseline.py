"""Baselines: the findings that a project starts with, so that only new ones are reported.

A baseline is a JSON file with an entry per finding.  Only the fingerprint counts, so lines may move;
the rest of an entry is for people who look it up.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kerasmergelint.cli.checking.results import Located
from kerasmergelint.cli.checking.together import shared_path
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.reading import text_of

VERSION = 1
DEFAULT = "kerasmergelint-baseline.json"


def write(path: str, found: Sequence[Located]) -> None:
    """Write a baseline of these findings."""
    content = {"version": VERSION, "findings": [_entry(located) for located in found]}
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotRun(f"{path}: {error.strerror}") from error


def _entry(located: Located) -> dict[str, str]:
    return {
        "file": shared_path(located.source.path),
        "code": located.finding.code,
        "message": located.finding.message,
        "fingerprint": located.fingerprint,
    }


def read(path: str) -> frozenset[str]:
    """The fingerprints in a baseline."""
    if not os.path.lexists(path):
        raise CannotRun(f"{path}: no such baseline; create it with --write-baseline")
    try:
        content: Any = json.loads(text_of(path))
        if content["version"] != VERSION:
            raise CannotRun(f"{path}: baseline version {content['version']!r} is not {VERSION}")
        return frozenset(entry["fingerprint"] for entry in content["findings"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CannotRun(f"{path}: not a kerasmergelint baseline") from error


def split(found: Sequence[Located], known: frozenset[str]) -> tuple[list[Located], int]:
    """The new findings, and the number of known ones."""
    new = [located for located in found if located.fingerprint not in known]
    return new, len(found) - len(new)

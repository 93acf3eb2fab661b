"""A baseline: the findings that an old project starts with, so that only new ones count.

The file is JSON, one entry a finding, with what a person needs to find it again; what counts is the
fingerprint alone, so that lines may move.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kerasmergelint.cli.checking import Located, shared_path
from kerasmergelint.cli.problem import CannotRun

VERSION = 1
DEFAULT = "kerasmergelint-baseline.json"


def write(path: str, found: Sequence[Located]) -> None:
    """Remember these findings."""
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
    try:
        content: Any = json.loads(Path(path).read_text(encoding="utf-8"))
        if content["version"] != VERSION:
            raise CannotRun(f"{path}: a baseline of version {content['version']!r}, not {VERSION}")
        return frozenset(entry["fingerprint"] for entry in content["findings"])
    except OSError as error:
        raise CannotRun(f"{path}: {error.strerror}; --write-baseline makes it") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CannotRun(f"{path}: this is no baseline of kerasmergelint") from error


def split(found: Sequence[Located], known: frozenset[str]) -> tuple[list[Located], int]:
    """The findings that are new, and how many are not."""
    new = [located for located in found if located.fingerprint not in known]
    return new, len(found) - len(new)

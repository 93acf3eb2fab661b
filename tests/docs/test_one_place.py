"""What the tracker does in one place only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.repository import ROOT

TRACKER = ROOT / "kerasmergelint" / "tracker"


def modules() -> Iterator[tuple[Path, str]]:
    for file in TRACKER.rglob("*.py"):
        yield file.relative_to(TRACKER), file.read_text(encoding="utf-8")


def test_state_is_restored_in_one_folder() -> None:
    restoring = {
        path.parent.as_posix()
        for path, text in modules() for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Try) and node.finalbody
    }  # fmt: skip
    assert restoring == {"machine/aside"}


def test_what_differs_between_versions_has_a_name() -> None:
    """``interp.surely(REFUSES_ITERATORS)``, not what versions there are at every place that asks."""
    assert [path.as_posix() for path, text in modules() if "interp.versions <=" in text] == []

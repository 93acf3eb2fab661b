"""A project for the tests of the cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cache.linting import IMPORTING


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A broken file, and another one that it imports its sizes from."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "net.py").write_text(IMPORTING)
    (folder / "sizes.py").write_text("UNITS = 3\n")
    return folder

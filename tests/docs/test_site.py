"""The documentation builds without a warning."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository import ROOT


def test_the_site_builds(tmp_path: Path) -> None:
    pytest.importorskip("material", reason="needs the extra `docs`")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", ROOT / "mkdocs.yml",
         "--site-dir", tmp_path / "site"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
        env={"NO_MKDOCS_2_WARNING": "1", "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site" / "check" / "index.html").read_text(encoding="utf-8")
    assert "fonts.googleapis" not in page

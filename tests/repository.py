"""The files of the repository as a clone would have them, without what lies about beside them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def copy_to(folder: Path) -> Path:
    """Copy what git knows, or would know after an ``add``."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    ).stdout.decode().split("\0")  # fmt: skip
    names = [name for name in listed if name and (ROOT / name).is_file()]
    if not names:
        pytest.skip("not in a clone of the repository")
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def git(*arguments: str, cwd: Path) -> str:
    """Run git with an author of its own, and nothing of the user's configuration."""
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.invalid")
    done = subprocess.run(
        ["git", *identity, "-c", "commit.gpgsign=false", *arguments],
        cwd=cwd, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout

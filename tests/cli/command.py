"""The command as a user calls it: another process, in a folder of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

Done = subprocess.CompletedProcess[str]


def kerasmergelint(*arguments: str, cwd: Path, **environment: str) -> Done:
    """Run it; output goes to pipes, so that it is plain."""
    import os

    return subprocess.run(
        [sys.executable, "-m", "kerasmergelint.cli.main", *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        stdin=subprocess.DEVNULL,
    )

"""A real editor, configured as docs/editors.md says, works through a script and reports what it saw."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.repository import ROOT
from tests.server.programs import UNET


def configuration(language: str) -> str:
    """The block of a language in the documentation that starts our server."""
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in page.split(f"```{language}\n")[1:]]
    [block] = [block for block in blocks if "kerasmergelint" in block]
    return block


def run(command: Sequence[str], folder: Path, *, language: str) -> dict[str, Any]:
    """Open a broken U-Net in an editor for which nothing of its user's exists; the script's report."""
    settings, program, report = folder / "settings", folder / "net.py", folder / "report.json"
    settings.write_text(configuration(language))
    program.write_text(UNET)
    (folder / "pyproject.toml").write_text("")
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "CONFIGURATION": str(settings),
        "PROGRAM": str(program),
        "REPORT": str(report),
        "HOME": str(folder),
        **{f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
    }
    done = subprocess.run(
        command,
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
    )
    assert report.exists(), done.stdout + done.stderr
    told: dict[str, Any] = json.loads(report.read_text())
    assert told.get("problem") is None and told.get("missing") is None, told
    return told

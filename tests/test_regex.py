"""A pattern is compiled when it is first asked for something."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from kerasmergelint.regex import regex
from tests.repository import ROOT


def test_it_answers_as_a_compiled_pattern_does() -> None:
    text = "Dense(8)\nDense(16)"
    lazy, compiled = (make(r"^Dense\((\d+)\)$", re.MULTILINE) for make in (regex, re.compile))
    for _ in range(2):  # before and after it is compiled
        assert lazy.findall(text) == compiled.findall(text) == ["8", "16"]
        assert lazy.sub("Add", text) == compiled.sub("Add", text)
        assert lazy.fullmatch(text) is None
        assert (lazy.pattern, lazy.flags) == (compiled.pattern, compiled.flags)


def test_what_is_wrong_with_a_pattern_shows_when_it_is_used() -> None:
    wrong = regex("(")
    with pytest.raises(re.error, match="unterminated"):
        wrong.match("x")


_LOAD = """
import re, sys
compile = re.compile
def watched(*arguments):
    if sys._getframe(1).f_globals["__name__"].startswith("kerasmergelint"):
        print(*arguments)
    return compile(*arguments)
re.compile = watched
import kerasmergelint.plugin, kerasmergelint.cache, kerasmergelint.tracker.program.analysis
"""


def test_loading_the_tracker_compiles_none() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True
    )
    assert loaded.stdout == ""


def test_every_pattern_can_be_compiled() -> None:
    users = [
        file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for file in (ROOT / "kerasmergelint").rglob("*.py")
        if "regex import regex" in file.read_text(encoding="utf-8")
    ]
    assert users
    command = [sys.executable, "-c", _COMPILE_ALL, *users]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout) == ("", "")


_COMPILE_ALL = """
import importlib, re, sys
import kerasmergelint.regex
kerasmergelint.regex.regex = re.compile
for name in sys.argv[1:]:
    importlib.import_module(name)
"""

"""The examples in ``docs/confirm.md`` are run."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import kerasmergelint
from tests.repository import ROOT
from tests.some import some

PAGE = (ROOT / "docs" / "confirm.md").read_text(encoding="utf-8")
_FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_NETWORK = re.compile(r"network: [^)]*")


def blocks(kind: str) -> list[str]:
    return [found["text"] for found in _FENCE.finditer(PAGE) if found["kind"] == kind]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "docs" / "examples" / "two_views.py", tmp_path)
    return tmp_path


def plain(text: str) -> str:
    """Without what differs from machine to machine."""
    return _NETWORK.sub("network: ...", _VERSION.sub("1.2.3", text))


@pytest.mark.oracle
@pytest.mark.parametrize("block", blocks("console"))
def test_commands(block: str, folder: Path) -> None:
    command, _, expected = block.partition("\n")
    program, *arguments = shlex.split(command.removeprefix("$ "))
    if program == "kerasmergelint":
        output = kerasmergelint(*arguments, cwd=folder).stdout
    else:
        assert program == "flake8"
        run = [sys.executable, "-m", "flake8", "--isolated", *arguments]
        output = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=False).stdout
    assert plain(output) == plain(expected)


@pytest.mark.oracle
def test_json(folder: Path) -> None:
    (block,) = blocks("json")
    done = kerasmergelint("confirm", "--format", "json", "two_views.py", cwd=folder)
    expected, told = json.loads(block), json.loads(done.stdout)
    for told_or_expected in (expected, told):
        told_or_expected["built_with"] = sorted(told_or_expected["built_with"][0])
    assert told == expected


def test_all_options_are_documented() -> None:
    import argparse

    from kerasmergelint.cli.commands import confirm

    commands = argparse.ArgumentParser().add_subparsers()
    confirm.add_parser(commands, argparse.ArgumentParser(add_help=False))
    own = commands.choices["confirm"].format_help()
    for option in some(set(re.findall(r"--[a-z-]+", own)) - {"--help"}):
        assert f"`{option}" in PAGE or f"{option} " in PAGE, option


def test_limits_are_those_that_hold() -> None:
    from kerasmergelint.runtime.limits import Limits

    assert f"({Limits().seconds:g})" in PAGE
    assert f"(`{Limits().memory >> 30}G`)" in PAGE

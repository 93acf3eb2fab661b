"""One source for what codes mean: the registry and the pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerasmergelint.rules.codes import CODES
from tests.cli.command import kerasmergelint

PAGES = Path(__file__).parents[2] / "docs" / "codes"


@pytest.mark.parametrize("code", CODES)
def test_explain_shows_the_page(code: str, tmp_path: Path) -> None:
    done = kerasmergelint("explain", code.lower(), cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith(f"# {code}")
    assert done.stdout == (PAGES / f"{code}.md").read_text(encoding="utf-8")


def test_explain_a_family(tmp_path: Path) -> None:
    done = kerasmergelint("explain", "KML4", cwd=tmp_path)
    shown = [
        line.split()[1].rstrip(":") for line in done.stdout.splitlines() if line.startswith("# KML")
    ]
    assert shown == [code for code in CODES if code.startswith("KML4")]


@pytest.mark.parametrize("code", ["KML999", "E501", "", "KMLX"])
def test_there_is_no_such_code(code: str, tmp_path: Path) -> None:
    done = kerasmergelint("explain", code, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no such code" in done.stderr


def test_explain_in_colour(tmp_path: Path) -> None:
    done = kerasmergelint("explain", "KML101", "--color", "always", cwd=tmp_path)
    assert "\x1b[" in done.stdout and "KML101" in done.stdout


def test_codes_lists_all(tmp_path: Path) -> None:
    header, *lines = kerasmergelint("codes", cwd=tmp_path).stdout.splitlines()
    assert header.split() == ["code", "level", "default", "title"]
    assert [line.split()[0] for line in lines] == list(CODES)
    [line] = [line for line in lines if line.startswith("KML901")]
    assert line.split()[1:3] == ["note", "off"]
    content = json.loads(kerasmergelint("codes", "--format", "json", cwd=tmp_path).stdout)
    assert [entry["code"] for entry in content] == list(CODES)


def test_the_index_page_is_up_to_date(tmp_path: Path) -> None:
    listed = kerasmergelint("codes", "--format", "markdown", cwd=tmp_path).stdout
    # To mend it: kerasmergelint codes --format markdown > docs/codes/index.md
    assert (PAGES / "index.md").read_text(encoding="utf-8") == listed

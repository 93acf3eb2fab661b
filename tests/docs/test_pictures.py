"""The pictures show what the commands print today."""

from __future__ import annotations

import html
import re

import pytest

from scripts import terminal_picture
from tests.repository import ROOT
from tests.some import some

PICTURES = ROOT / "docs" / "pictures"


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return terminal_picture.pictures()


def words(picture: str) -> str:
    """The text in a picture; how it is laid out may change with the version of rich."""
    body = re.sub(r"<style>.*?</style>", "", picture, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("name", [*terminal_picture.PICTURES, *terminal_picture.GRAPHS])
def test_a_picture_is_up_to_date(name: str, drawn: dict[str, str]) -> None:
    # To mend it: python scripts/terminal_picture.py
    kept = (PICTURES / name).read_text(encoding="utf-8")
    assert words(kept) == words(drawn[name])


def test_pictures_load_nothing() -> None:
    for path in some(PICTURES.glob("*.svg")):
        text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert "http" not in text, path.name

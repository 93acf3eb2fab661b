"""What the documentation says of repairs is true."""

from __future__ import annotations

import re

import pytest

from kerasmergelint.repairs.families import FAMILIES
from scripts import write_repairs
from tests.repository import ROOT
from tests.rules.code_pages import Page, pages


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.code)
def test_a_page_has_the_repairs_of_its_bad_example(page: Page) -> None:
    # To mend it: python scripts/write_repairs.py
    assert write_repairs.with_repairs(page.code, page.text) == page.text


def test_most_codes_have_a_repair() -> None:
    with_section = [page for page in pages() if write_repairs.BEGIN in page.text]
    assert len(with_section) >= 25


def test_the_page_of_repairs_lists_the_families() -> None:
    text = (ROOT / "docs" / "fix.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", text, re.MULTILINE)
    assert rows == [(family.name, family.title) for family in FAMILIES]

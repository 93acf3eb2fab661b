"""A row with a cell too few shifts its columns, and Markdown says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.repository import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def uneven(text: str) -> Iterator[str]:
    """The rows that have other numbers of cells than the heads of their tables."""
    head = 0
    for line in re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE).splitlines():
        bars = re.sub(r"`[^`]*`", "", line).replace(r"\|", "").count("|")
        if not line.startswith("|"):
            head = 0
        elif head == 0:
            head = bars
        elif bars != head:
            yield line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_rows_have_as_many_cells_as_the_head(page) -> None:
    assert list(uneven(page.read_text(encoding="utf-8"))) == []


def test_a_row_with_a_cell_too_few_is_found() -> None:
    assert list(uneven("| a | b |\n| --- | --- |\n| 1 | `x | y` |\n| 1 2 |\n")) == ["| 1 2 |"]
    assert list(uneven("```\n| a |\n| 1 | 2 |\n```\n| a |\n| 1 |\n\n| a | b |\n")) == []


def numbers(page: str) -> dict[str, list[int]]:
    """The numbers in the rows of a page's table, by the first word of the row."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+)[^|]*((?:\| [\d,]+[^|]*)+)\|$", text, re.MULTILINE)
    return {
        name.lower(): [int(number.replace(",", "")) for number in re.findall(r"\| ([\d,]+)", cells)]
        for name, cells in rows
    }


def test_the_comparison_sums_up_the_benchmark() -> None:
    measured, told = numbers("benchmark.md"), numbers("comparison.md")
    assert told.pop("jaxtyping") == [0, 0]  # no program has an annotation of it
    assert len(told) == 6
    assert told == {name: [sum(measured[name][:5]), measured[name][5]] for name in told}

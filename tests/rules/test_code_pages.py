"""Every code has a page, and what its examples show is true: for us, and for TensorFlow."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.rules.codes import CODES, Code, Family, Status
from tests.fixture_files import expected, programs
from tests.rules.code_pages import Page, pages, with_examples
from tests.some import some
from tests.test_fixtures_in_tensorflow import RUNNER, statement_lines

SECTIONS = (
    "## What it means",
    "## Why is this bad?",
    "## How to repair it",
    "## When it stays silent",
)
WITHOUT_EXAMPLES = {"KML900", "KML902"}
# What no run reports by default can not show in a fixture.
ACTIVE = [
    code
    for code in CODES.values()
    if code.status is Status.ACTIVE and code.family is not Family.NOTE and code.by_default
]


def lint(code: str, source: str) -> list[tuple[str, int]]:
    """Code and line of each finding, with the code in question turned on."""
    found = check_source(source, "example.py", Settings(enabled=(code,)))
    return [(finding.code, finding.line) for finding in found]


def test_codes_and_pages_are_the_same() -> None:
    assert [page.code for page in pages()] == sorted(CODES)
    assert {page.code for page in pages() if page.bad is None} == WITHOUT_EXAMPLES


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.code)
def test_page_has_its_sections(page: Page) -> None:
    code = CODES[page.code]
    assert page.text.startswith(f"# {page.code}: {code.title}\n")
    assert all(section in page.text for section in SECTIONS)
    assert ("## How to turn it off" if code.by_default else "## How to turn it on") in page.text
    if code.family is Family.HAZARD and code.by_default:
        assert "## How often it is meant" in page.text


@pytest.mark.parametrize("page", with_examples(), ids=lambda page: page.code)
def test_examples_give_what_the_page_says(page: Page) -> None:
    assert page.bad is not None
    assert page.good is not None
    assert [code for code, _ in lint(page.code, page.bad)] == [page.code]
    assert lint(page.code, page.good) == []


@pytest.mark.parametrize("code", ACTIVE, ids=lambda code: code.id)
def test_active_code_has_a_fixture(code: Code) -> None:
    paths = [*programs("broken"), *programs("hazardous")]
    assert any(code.id == found.code for path in paths for found in expected(path))


def test_fixtures_name_only_codes_that_exist() -> None:
    for kind in ("broken", "hazardous"):
        for path in some(programs(kind)):
            assert {found.code for found in expected(path)} <= set(CODES)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int] | None]:
    """What TensorFlow makes of each example: the lines of the traceback, or None."""
    folder = tmp_path_factory.mktemp("examples")
    files: list[Path] = []
    for page in with_examples():
        for kind, source in (("bad", page.bad), ("good", page.good)):
            files.append(folder / f"{page.code}_{kind}.py")
            files[-1].write_text(source or "", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(RUNNER), *map(str, files)], capture_output=True, text=True, check=False
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return {Path(path).stem: lines for path, lines in found.items()}


@pytest.mark.oracle
@pytest.mark.parametrize(
    "page",
    [page for page in with_examples() if CODES[page.code].family is not Family.NOTE],
    ids=lambda page: page.code,
)
def test_tensorflow_agrees(
    page: Page, outcomes: dict[str, list[int] | None], tmp_path: Path
) -> None:
    assert page.bad is not None
    lines = outcomes[f"{page.code}_bad"]
    assert outcomes[f"{page.code}_good"] is None
    if CODES[page.code].family is Family.HAZARD and page.code != "KML203":
        assert lines is None, "a hazard builds"
        return
    assert lines is not None, "TensorFlow accepts the bad example"
    path = tmp_path / "bad.py"
    path.write_text(page.bad, encoding="utf-8")
    (_, line), *_ = lint(page.code, page.bad)
    assert set(statement_lines(path, line)) & set(lines)

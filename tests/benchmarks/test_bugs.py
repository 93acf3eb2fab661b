"""The benchmark of shape bugs: its cases are well formed, its judge is fair, its page is not stale."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from benchmarks.bugs import case, results, table, tools
from benchmarks.bugs.case import Case, Failure
from benchmarks.bugs.judging import Finding, Outcome, judge
from tests.repository import ROOT
from tests.some import some


@pytest.mark.parametrize("one", case.read_all(), ids=lambda one: one.name)
def test_a_case_names_a_statement_of_its_program(one: Case) -> None:
    assert one.title and one.source and one.versions
    for program in one.programs():
        ast.parse(program.read_bytes())
    assert (one.failure is None) == (one.kind == "none")
    if one.failure is not None:
        path = one.folder / one.failure.file
        text = path.read_text("utf-8").splitlines()[one.failure.line - 1]
        assert text.strip() and not text.lstrip().startswith("#")
        assert (one.failure.exception is None) == (one.kind == "silent")


def a_case(folder: Path, line: int = 2) -> Case:
    (folder / "bug.py").write_text("import keras\nkeras.layers.Add()(\n    [1, 2])\nx = 1\n")
    (folder / "ok.py").write_text("import keras\n")
    failure = Failure("bug.py", line, None, (), "ValueError: no")
    return Case(
        folder, "a", "b", "merge", folder / "bug.py", folder / "ok.py", None, (), (), failure
    )


@pytest.mark.parametrize(
    ("line", "outcome"), [(2, Outcome.FOUND), (3, Outcome.FOUND), (4, Outcome.ELSEWHERE)]
)
def test_a_finding_counts_on_its_statement(tmp_path: Path, line: int, outcome: Outcome) -> None:
    verdict = judge(a_case(tmp_path), [Finding(tmp_path / "bug.py", line, "no")])
    assert (verdict.outcome, verdict.alarms) == (outcome, ())


def test_what_is_said_of_the_twin_too_is_an_alarm_and_finds_nothing(tmp_path: Path) -> None:
    said = [Finding(tmp_path / "bug.py", 2, "unused"), Finding(tmp_path / "ok.py", 1, "unused")]
    verdict = judge(a_case(tmp_path), said)
    assert (verdict.outcome, verdict.alarms) == (Outcome.MISSED, ("unused",))


def test_results_are_of_tools_that_are_declared_and_of_every_case() -> None:
    names = {one.name for one in case.read_all()}
    for result in some(results.read_all()):
        assert tools.named(result.tool).command == result.command
        assert {verdict.case for verdict in result.verdicts} == names


def test_the_page_shows_the_results() -> None:
    page = (ROOT / "docs" / "benchmark.md").read_text("utf-8")
    assert table.markdown(results.read_all()) in page


def test_a_result_file_is_read_as_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    verdict = judge(a_case(tmp_path), [Finding(tmp_path / "ok.py", 1, 'a "quoted"\tword')])
    told = results.Result("a tool", "1.0", "a-tool --all", 1.5, (verdict,))
    results.write(told)
    (read,) = results.read_all()
    assert read.verdicts[0].alarms == ('a "quoted"\tword',)
    assert (read.tool, read.version, read.command, read.seconds) == (
        "a tool",
        "1.0",
        "a-tool --all",
        1.5,
    )

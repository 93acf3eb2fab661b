"""The benchmark of shape bugs: its cases are well formed, its judge is fair, its page is not stale."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.bugs import __main__ as bugs
from benchmarks.bugs import case, oracle, results, table, tools
from benchmarks.bugs.case import Case, Failure, Symptom
from benchmarks.bugs.judging import Finding, Outcome, Verdict, judge
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
        assert (one.failure.symptom is not None) == (one.kind == "silent")


def a_case(folder: Path, line: int = 2) -> Case:
    (folder / "bug.py").write_text("import keras\nkeras.layers.Add()(\n    [1, 2])\nx = 1\n")
    (folder / "ok.py").write_text("import keras\n")
    failure = Failure("bug.py", line, None, (), "ValueError: no", None)
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
        if result.tool != results.KERAS:
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


RIGHT = oracle.Ran((), None, "(None, 1)", "keras 3", 6.0)
WRONG = oracle.Ran((), None, "(None, 1, 1)", "keras 3", 6.0)
RAISES = oracle.Ran(("bug.py:2",), "ValueError: no", None, "keras 3", 6.0)


def a_silent_case(folder: Path, symptom: Symptom) -> Case:
    failure = Failure("bug.py", 2, None, (), None, symptom)
    return replace(a_case(folder), kind="silent", failure=failure, versions=("keras 3",))


CHECKED = Symptom("model.output_shape", "(None, 1, 1)", "(None, 1)")


@pytest.mark.parametrize(
    ("bug", "twin", "told"),
    [
        (WRONG, RIGHT, []),
        (RIGHT, RIGHT, ["shows '(None, 1)', not '(None, 1, 1)'"]),
        (WRONG, WRONG, ["the twin shows '(None, 1, 1)', not '(None, 1)'"]),
        (RAISES, RIGHT, ["raises ValueError: no, and is called silent"]),
    ],
)
def test_what_a_silent_bug_shows_is_compared(
    tmp_path: Path, bug: oracle.Ran, twin: oracle.Ran, told: list[str]
) -> None:
    case = a_silent_case(tmp_path, CHECKED)
    assert list(oracle.disagreements(case, oracle.Runs(bug, twin))) == told


def test_a_keras_that_a_case_does_not_name_is_told(tmp_path: Path) -> None:
    case = replace(a_case(tmp_path), versions=("keras 2",))
    (told,) = oracle.disagreements(case, oracle.Runs(RAISES, RIGHT))
    assert told == "ran with keras 3, which `versions` does not name"


@pytest.mark.parametrize(
    "symptom",
    [Symptom("str(x * 2)", "2", "4"),
     Symptom("tryrun(lambda: 1 // (x - 1))", "raises ZeroDivisionError", "1"),
     Symptom(None, "x is 1", "x is 2")],
    ids=["check", "tried", "prints"],
)  # fmt: skip
def test_a_silent_bug_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, symptom: Symptom
) -> None:
    monkeypatch.setattr(oracle, "load", lambda: 0.0)
    monkeypatch.setattr(oracle, "_keras_of_the_program", lambda: "keras 3")
    case = a_silent_case(tmp_path, symptom)
    for program, x in ((tmp_path / "bug.py", 1), (tmp_path / "ok.py", 2)):
        program.write_text(f"print('first')\nx = {x}\nprint('x is', x)\n")
    runs = oracle.run(case)
    assert list(oracle.disagreements(case, runs)) == []
    swapped = replace(symptom, wrong=symptom.right, right=symptom.wrong)
    failure = Failure("bug.py", 2, None, (), None, swapped)
    assert len(list(oracle.disagreements(replace(case, failure=failure), runs))) == 2


def test_keras_is_judged_as_a_tool_that_says_where_it_raises(tmp_path: Path) -> None:
    verdict = oracle.judged(a_case(tmp_path), oracle.Runs(RAISES, RIGHT))
    assert (verdict.outcome, verdict.alarms, verdict.seconds) == (Outcome.FOUND, (), 6.0)


def test_a_run_of_some_cases_keeps_what_the_file_says_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    first, second = (
        Verdict(one.name, one.kind, Outcome.FOUND, (), 5.0) for one in case.read_all()[:2]
    )
    results.write(results.of_keras("3.0", [first, second]))
    again = results.of_keras("3.1", [replace(first, seconds=7.0)])
    assert (again.version, again.seconds) == ("3.1", 12.0)
    assert again.verdicts == (replace(first, seconds=7.0), second)
    results.write(again)
    assert "Keras 3.1 itself: raises when run, after 6 s |" in table.markdown(results.read_all())


@pytest.mark.parametrize("module", ["benchmarks.bugs", "benchmarks bugs"])
def test_the_command_has_both_spellings(module: str) -> None:
    command = [sys.executable, "-m", *module.split(), "--table"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == table.markdown(results.read_all())


def test_an_unknown_case_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bugs.main(["--truth", "nosuch"])
    assert "there is no case nosuch" in capsys.readouterr().err

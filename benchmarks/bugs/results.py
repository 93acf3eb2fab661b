"""The result file of a tool: what became of every case, as TOML that a diff shows well."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bugs.case import read_all as read_cases
from benchmarks.bugs.case import tomllib
from benchmarks.bugs.judging import Outcome, Verdict

RESULTS = Path(__file__).parent / "results"
KERAS = "Keras"


@dataclass(frozen=True)
class Result:
    """``seconds`` is the processor time of a run over all cases.

    For Keras itself it is what the failing programs took, one after the other, until they failed.
    """

    tool: str
    version: str
    command: str
    seconds: float
    verdicts: tuple[Verdict, ...]


def of_keras(version: str, verdicts: Iterable[Verdict]) -> Result:
    """The result of running programs; those that were not run keep what is in the file."""
    cases = {case.name for case in read_cases()}
    before = [result for result in read_all() if result.tool == KERAS]
    rows = {verdict.case: verdict for result in before for verdict in result.verdicts}
    rows |= {verdict.case: verdict for verdict in verdicts}
    judged = tuple(rows[name] for name in sorted(rows.keys() & cases))
    seconds = sum(verdict.seconds or 0.0 for verdict in judged)
    return Result(KERAS, version, "python", seconds, judged)


def write(result: Result) -> Path:
    """Write a tool's result; the file's path."""
    path = RESULTS / f"{result.tool.replace(' ', '-')}.toml"
    head = [f"{key} = {_quoted(value)}" for key, value in (
        ("tool", result.tool), ("version", result.version), ("command", result.command))]  # fmt: skip
    head.append(f"seconds = {result.seconds:.1f}")
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([*head, "", *_rows(result.verdicts), ""]), encoding="utf-8")
    return path


def _rows(verdicts: Iterable[Verdict]) -> Iterable[str]:
    yield "[cases]"
    for verdict in verdicts:
        outcome = "" if verdict.outcome is None else verdict.outcome.value
        alarms = ", ".join(map(_quoted, verdict.alarms))
        seconds = "" if verdict.seconds is None else f", seconds = {verdict.seconds:.1f}"
        yield (f"{verdict.case} = {{ kind = {_quoted(verdict.kind)}, "
               f"outcome = {_quoted(outcome)}, alarms = [{alarms}]{seconds} }}")  # fmt: skip


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read_all() -> list[Result]:
    """The results of all tools, by file name."""
    return [_read(path) for path in sorted(RESULTS.glob("*.toml"))]


def _read(path: Path) -> Result:
    told = tomllib.loads(path.read_text("utf-8"))
    verdicts = tuple(
        Verdict(name, row["kind"], Outcome(row["outcome"]) if row["outcome"] else None,
                tuple(row["alarms"]), row.get("seconds"))
        for name, row in told["cases"].items()
    )  # fmt: skip
    return Result(told["tool"], told["version"], told["command"], told["seconds"], verdicts)

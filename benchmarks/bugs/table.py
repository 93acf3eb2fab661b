"""The tables of docs/benchmark.md, from the result files."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator

from benchmarks.bugs.case import KINDS, read_all
from benchmarks.bugs.judging import Outcome
from benchmarks.bugs.results import Result

_BUGS = tuple(kind for kind in KINDS if kind != "none")


def markdown(results: Iterable[Result]) -> str:
    """One row a tool: bugs found by kind, programs with an alarm, seconds."""
    return "\n".join(_rows(results)) + "\n"


def _rows(results: Iterable[Result]) -> Iterator[str]:
    cases = read_all()
    counts = [sum(case.kind == kind for case in cases) for kind in _BUGS]
    head = [f"{kind} ({count})" for kind, count in zip(_BUGS, counts, strict=True)]
    yield "| " + " | ".join(["tool", *head, f"alarms ({len(cases)})", "seconds"]) + " |"
    yield "| --- |" + " ---: |" * (len(head) + 2)
    for result in sorted(results, key=_found, reverse=True):
        found = [str(sum(v.kind == kind and v.outcome is Outcome.FOUND for v in result.verdicts))
                 for kind in _BUGS]  # fmt: skip
        alarms = sum(bool(verdict.alarms) for verdict in result.verdicts)
        row = [_named(result), *found, str(alarms), f"{result.seconds:,.0f}"]
        yield "| " + " | ".join(row) + " |"


def _named(result: Result) -> str:
    """A tool and its version; of a run, which is no tool, also when one learns of the failure."""
    name = f"{result.tool} {result.version}"
    waited = [verdict.seconds for verdict in result.verdicts if verdict.seconds is not None]
    if waited:
        name += f" itself: raises when run, after {statistics.median(waited):.0f} s"
    return name


def _found(result: Result) -> int:
    return sum(verdict.outcome is Outcome.FOUND for verdict in result.verdicts)

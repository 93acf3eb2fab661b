"""Running the user's file: what the child must watch for, and the verdict on what it saw."""

from __future__ import annotations

import os
from collections.abc import Sequence

from kerasmergelint.keras_api.protocol import Hazard, HazardKind, Problem, ProblemKind
from kerasmergelint.options import Settings
from kerasmergelint.rules.finding import Finding
from kerasmergelint.runtime import judge as judging
from kerasmergelint.runtime.answers import Result
from kerasmergelint.runtime.judge import Dims
from kerasmergelint.runtime.plan import Record
from kerasmergelint.runtime.verdict import Confirmation, Verdict, not_reached
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.program.report import Report


def keras_of(report: Report) -> tuple[int, bool]:
    """The Keras that a program is for, and whether that is certain."""
    interp = report.interpreter
    return (3, False) if interp is None else (int(interp.version), interp.version_certain)


def bare(path: str) -> dict[str, object]:
    """A program with nothing to look for; the child reads it itself."""
    return {"path": os.path.abspath(path), "text": None, "roots": [], "findings": []}


def as_json(
    path: str,
    text: str,
    found: Sequence[tuple[Finding, Event | None]],
    settings: Settings,
) -> dict[str, object]:
    """What the child must know about a program."""
    findings = [_watched(finding, event) for finding, event in found]
    return {**bare(path), "text": text, "roots": list(settings.roots), "findings": findings}


# What only shows when a model meets data.
_FIRST_RUN = frozenset({ProblemKind.DATA, ProblemKind.TARGETS, ProblemKind.FIRST_RUN})


def _watched(finding: Finding, event: Event | None) -> dict[str, object]:
    """The place of a finding, and the calls that lead to it."""
    path = os.path.abspath(finding.path)
    stack = [[os.path.abspath(place.path), place.line] for place in finding.stack]
    problem = event.problem if event is not None else None
    return {
        "path": path,
        "line": finding.line,
        "end_line": finding.end_line or finding.line,
        "stack": stack,
        "exception": problem.exception if isinstance(problem, Problem) else "",
        "first_run": isinstance(problem, Problem) and problem.kind in _FIRST_RUN,
        "witness": [
            [given.name, "shape" if given.tensor else "value", given.value]
            for given in finding.witness
            if given.name is not None
        ],
    }


def judge(event: Event | None, watched: Result, index: int, result: Result) -> Verdict:
    """The verdict on one finding of a program that was run."""
    if result.get("state") == "lost" or "findings" not in result:
        return judging.judge_lost(result)
    if event is None:
        return not_reached("just a note, with nothing to run")
    seen = result["findings"][index]
    if isinstance(event.problem, Hazard):
        return _judge_hazard(event.problem, event, seen, result)
    if seen.get("raised"):
        return judging.judge(event.problem, {**seen["raised"], "assumed": seen.get("notes", [])})
    return _not_raised(event, watched, seen, result)


def _not_raised(event: Event, watched: Result, seen: Result, result: Result) -> Verdict:
    """The verdict if nothing raised there: the call built, or was not reached."""
    same = _as_told(event, seen)
    for built in same:
        if event.problem.kind in _BY_SHAPES and built["stack"] == watched["stack"]:
            words = f"TensorFlow builds it, for {_texts(built['operands'])}"
            return Verdict(Confirmation.REFUTED, words)
    if same:
        return not_reached("a call at this line built, but maybe not the one in question")
    if seen["built"]:
        shapes = _texts(seen["built"][0]["operands"])
        return not_reached(f"the calls at this line had other shapes: {shapes}")
    return not_reached(_why_not(seen, result))


# Problems that follow from the shapes of the operands alone.
_BY_SHAPES = frozenset(
    {ProblemKind.CONCAT_SIZES, ProblemKind.CONCAT_RANKS, ProblemKind.AXIS_RANGE,
     ProblemKind.BROADCAST, ProblemKind.DOT_AXES, ProblemKind.OPERATION, ProblemKind.RESHAPE,
     ProblemKind.NEGATIVE_DIM, ProblemKind.INPUT_RANK, ProblemKind.UNDEFINED_DIM}
)  # fmt: skip


def _as_told(event: Event, seen: Result) -> list[Result]:
    """The calls with the shapes that the finding names."""
    told = told_shapes(event)
    if told is None:
        return []
    return [built for built in seen["built"] if _equal(told, built["operands"])]


def _why_not(seen: Result, result: Result) -> str:
    error = result.get("error")
    if error is not None:
        where = f"at line {error['line']}" if error.get("line") else "elsewhere"
        return (
            f"the program raised earlier, {where}: {error['exception']}: {_short(error['message'])}"
        )
    exited = result.get("exited")
    if exited is not None:
        return f"the program exited earlier, at line {exited['line']}: {exited['message']}"
    if seen.get("tried"):
        return f"calling {seen['tried']} did not get there"
    if seen.get("passed"):
        return "the line ran, and nothing was seen to raise there"
    return "the program did not get there"


def _judge_hazard(hazard: Hazard, event: Event, seen: Result, result: Result) -> Verdict:
    for built in _as_told(event, seen):
        words = f"the shapes at run time are {_texts(built['operands'])}"
        return Verdict(Confirmation.CONFIRMED, words)
    if seen.get("raised"):
        raised = seen["raised"]
        if hazard.kind is HazardKind.MIXED_DTYPES:
            return Verdict(Confirmation.CONFIRMED, "", raised["exception"], raised["message"])
        return not_reached(f"it raises: {raised['exception']}: {_short(raised['message'])}")
    if seen["built"]:
        shapes = _texts(seen["built"][0]["operands"])
        return not_reached(f"the calls at this line had other shapes: {shapes}")
    return not_reached(_why_not(seen, result))


def told_shapes(event: Event) -> Sequence[Dims | None] | None:
    """The linter's shapes of the operands; None unless all are fully known."""
    record = event.record
    if not isinstance(record, Record) or not record.told:
        return None
    known = all(dims is not None and "?" not in dims for dims in record.told)
    return record.told if known else None


def _equal(told: Sequence[Dims | None], seen: Sequence[Dims | None]) -> bool:
    return len(told) == len(seen) and all(map(judging.fits, told, seen))


def _texts(shapes: Sequence[Dims | None]) -> str:
    return ", ".join("?" if dims is None else str(tuple(dims)) for dims in shapes)


def _short(text: str) -> str:
    line = (text.strip().splitlines() or [""])[0]
    return line if len(line) <= 160 else line[:157] + "..."

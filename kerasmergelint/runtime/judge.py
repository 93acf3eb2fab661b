"""From what the child saw to a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.keras_api.protocol import ABSENT_NAMES, Hazard, HazardKind, Problem
from kerasmergelint.rules.printable import printable
from kerasmergelint.runtime.answers import Result
from kerasmergelint.runtime.verdict import Confirmation, Verdict, not_reached

Dims = Sequence[int | str | None]


def judge(cause: Problem | Hazard, result: Result) -> Verdict:
    """The verdict on a finding, from the attempt to make its call."""
    state = result.get("state")
    if state == "lost":
        return judge_lost(result)
    if state not in ("raised", "built"):
        return not_reached(str(result.get("reason")), *_notes(result))
    if isinstance(cause, Hazard):
        return _judge_hazard(cause, result)
    return _judge_problem(cause, result)


def judge_lost(result: Result) -> Verdict:
    """The verdict if the process died before it could answer."""
    return not_reached(str(result.get("reason")), *_last_words(result))


def _judge_problem(problem: Problem, result: Result) -> Verdict:
    notes = _notes(result)
    if result["state"] == "built":
        if result.get("guessed"):
            return not_reached("it built, but for shapes that we chose", *notes)
        return Verdict(Confirmation.REFUTED, "TensorFlow builds it", notes=notes)
    expected = problem.exception in result["family"] or (
        problem.kind in ABSENT_NAMES and "AttributeError" in result["family"]
    )
    if not expected and not result["in_keras"]:
        return not_reached(f"it raised something else: {result['exception']}: {result['message']}")
    if not expected:
        notes = (*notes, f"the linter expected {problem.exception}")
    return Verdict(
        Confirmation.CONFIRMED, "", str(result["exception"]), str(result["message"]), notes
    )


def _judge_hazard(hazard: Hazard, result: Result) -> Verdict:
    """A hazard follows from the operands' shapes: what counts is whether TensorFlow has the same."""
    notes = _notes(result)
    seen = ", ".join(_shape(operand["shape"]) for operand in result["operands"])
    if result["state"] == "raised":
        said = f"{result['exception']}: {result['message']}"
        if hazard.kind is HazardKind.MIXED_DTYPES:
            return Verdict(
                Confirmation.CONFIRMED, "", result["exception"], result["message"], notes
            )
        return not_reached(f"it does not even build: {said}", *notes)
    if result.get("guessed"):
        return not_reached("it built, but for shapes that we chose", *notes)
    told = result.get("told")
    if told is None:
        return not_reached("the shapes in question are unknown", *notes)
    if not _same(told, [operand["shape"] for operand in result["operands"]]):
        return Verdict(Confirmation.REFUTED, f"the shapes at run time are {seen}", notes=notes)
    return Verdict(Confirmation.CONFIRMED, f"the shapes at run time are {seen}", notes=notes)


def _same(told: Sequence[Dims | None], seen: Sequence[Dims | None]) -> bool:
    return len(told) == len(seen) and all(fits(a, b) for a, b in zip(told, seen))


def fits(told: Dims | None, seen: Dims | None) -> bool:
    """Whether a real shape agrees with the linter's.

    >>> fits([None, "?", 3], [None, 8, 3]), fits([None, 4], [None, 5])
    (True, False)
    """
    if told is None or seen is None:
        return True
    return len(told) == len(seen) and all(a == "?" or a == b for a, b in zip(told, seen))


def _shape(dims: Dims | None) -> str:
    return "unknown" if dims is None else str(tuple(dims))


def _notes(result: Result) -> tuple[str, ...]:
    notes = [str(note) for note in result.get("assumed", ())]
    if result.get("differs"):
        notes.append(str(result["differs"]))
    return tuple(notes)


def _last_words(result: Result) -> tuple[str, ...]:
    lines = [line for line in str(result.get("output", "")).splitlines() if line.strip()]
    return (f"its last output: {printable(lines[-1].strip()[:200])}",) if lines else ()

"""Rules of Keras, asked for every version that may be meant."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.agreement import common
from kerasmergelint.keras_api.protocol import Broken, KerasVersion, Outcome, Problem
from kerasmergelint.keras_api.releases import REASON
from kerasmergelint.keras_api.versions import V3, in_order, when_in_words
from kerasmergelint.shapes import UNKNOWN
from kerasmergelint.tracker.machine.bugs import NO_BUGS
from kerasmergelint.tracker.machine.bugs import REASON as BY_A_BUG
from kerasmergelint.tracker.machine.interpreter import Interpreter

Answer = TypeVar("Answer")

_STEPS_OF_A_VERSION = 3  # the cost of asking another version, in plain statements


def applied(interp: Interpreter, rule: Callable[[KerasVersion], Answer]) -> Answer:
    """The answer of a rule; Broken only if every version that may be meant refuses."""
    try:
        return rule(interp.version)
    except Broken as broken:
        for other in in_order(interp.versions - {interp.version}):
            try:
                answer = rule(other)
            except Broken:
                continue
            interp.divided += 1
            return answer
        raise _with_range(interp, rule, broken) from None


def refusal(interp: Interpreter, reason: Callable[[KerasVersion], Broken | None]) -> Problem | None:
    """Why every version that may be meant refuses an argument; None if one of them takes it."""

    def check(version: KerasVersion) -> None:
        broken = reason(version)
        if broken is not None:
            raise broken

    try:
        applied(interp, check)
    except Broken as broken:
        return broken.problem
    return None


def _with_range(
    interp: Interpreter, rule: Callable[[KerasVersion], Answer], broken: Broken
) -> Broken:
    """A failure of Keras 3 says since which version, if an older one is known to accept the call."""
    if not interp.surely(V3):
        return broken
    interp.work(_STEPS_OF_A_VERSION * len(V3 - interp.versions))
    lenient = {version for version in V3 - interp.versions if _passes(rule, version)}
    if not lenient:
        return broken
    detail = f"{broken.problem.detail} ({when_in_words(V3 - lenient)})"
    return Broken(replace(broken.problem, detail=detail))


def _passes(rule: Callable[[KerasVersion], Answer], version: KerasVersion) -> bool:
    """Whether a version accepts the call for certain, or its rule is not known exactly."""
    try:
        answer = rule(version)
    except Broken:
        return False
    return not (isinstance(answer, Outcome) and REASON in answer.doubts)


def agreed(
    interp: Interpreter, rule: Callable[[KerasVersion], Outcome], others: Collection[KerasVersion]
) -> Outcome:
    """The outcome of a rule, where the other versions that may be meant do not contradict it.

    A bug in the rule makes the outcome unknown, and is told; the rest of the program is followed.
    """
    try:
        return _agreed(interp, rule, others)
    except NO_BUGS:
        raise
    except Exception as error:
        interp.bugs.add(error)
        return Outcome(UNKNOWN, (BY_A_BUG,))


def _agreed(
    interp: Interpreter, rule: Callable[[KerasVersion], Outcome], others: Collection[KerasVersion]
) -> Outcome:
    outcome = applied(interp, rule)
    for version in others:
        try:
            other = rule(version)
        except Broken:
            continue  # the program ends there
        if other.outputs != outcome.outputs:
            doubts = (*outcome.doubts, "versions of Keras 3 answer differently")
            outputs = common(outcome.outputs, other.outputs)
            outcome = replace(outcome, outputs=outputs, doubts=doubts)
    return outcome

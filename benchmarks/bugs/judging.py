"""What a tool's findings on a case come to: found, elsewhere or missed, and alarms on the twin."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bugs.case import Case, statement


class Outcome(str, enum.Enum):
    """What became of a bug: found on its statement, only on others, or not at all."""

    FOUND = "found"
    ELSEWHERE = "elsewhere"
    MISSED = "missed"


@dataclass(frozen=True)
class Finding:
    """What a tool says of a line. ``text`` begins with the tool's code, if it has codes."""

    path: Path
    line: int
    text: str


@dataclass(frozen=True)
class Verdict:
    """``outcome`` is ``None`` for a case without a bug. ``alarms`` are what is said of the twin.

    ``seconds`` are those from the start of the program to its failure, where it was run.
    """

    case: str
    kind: str
    outcome: Outcome | None
    alarms: tuple[str, ...]
    seconds: float | None = None


def judge(case: Case, findings: Iterable[Finding]) -> Verdict:
    """Judge what one tool says of both programs.

    What is said of the twin as well, word for word, does not tell the bug from the repair: it is
    an alarm, and does not count as found.
    """
    mine = [f for f in findings if f.path.is_relative_to(case.folder)]
    repaired = [f for f in mine if _of_twin(case, f.path)]
    alarms = tuple(sorted({f.text for f in repaired}))
    telling = [f for f in mine if not _of_twin(case, f.path) and f.text not in alarms]
    return Verdict(case.name, case.kind, _outcome(case, telling), alarms)


def _of_twin(case: Case, path: Path) -> bool:
    return path.relative_to(case.folder).parts[0].startswith("ok")


def _outcome(case: Case, telling: list[Finding]) -> Outcome | None:
    if case.failure is None:
        return None
    places = _places(case)
    if any(f.path == path and f.line in lines for f in telling for path, lines in places):
        return Outcome.FOUND
    return Outcome.ELSEWHERE if telling else Outcome.MISSED


def _places(case: Case) -> list[tuple[Path, range]]:
    """The statements that a finding may stand on.

    A failure in another file than the program's own is found at the call that leads there, too.
    """
    failure = case.failure
    assert failure is not None and case.main is not None
    path = case.folder / failure.file
    places = [(path, statement(path, failure.line))]
    if failure.merge_line is not None:
        places.append((path, statement(path, failure.merge_line)))
    if path != case.main:
        for place in failure.also:
            file, _, line = place.rpartition(":")
            if case.folder / file == case.main:
                places.append((case.main, statement(case.main, int(line))))
    return places

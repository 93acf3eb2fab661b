"""From the events of an analysis to findings: code, place, and words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import Hazard, Problem
from kerasmergelint.rules.codes import NOT_ANALYSED, code_of, within_custom_merge
from kerasmergelint.rules.finding import Finding, Place
from kerasmergelint.rules.internal_error import internal_error
from kerasmergelint.rules.messages import message, repair_of
from kerasmergelint.rules.operand import OperandInfo
from kerasmergelint.rules.printable import printable
from kerasmergelint.syntax.positions import span_in
from kerasmergelint.syntax.source import NOWHERE, Span
from kerasmergelint.tracker.machine.asking import FAILS
from kerasmergelint.tracker.machine.bugs import REASON as BY_A_BUG
from kerasmergelint.tracker.machine.events import Event, Merge, Operand, Taken, Verdict
from kerasmergelint.tracker.machine.witness import Given, in_words
from kerasmergelint.tracker.program.report import Report
from kerasmergelint.tracker.values.graph import Site

# Whether to report a code, given whether the finding is sure.
Tells = Callable[[str, bool], bool]
Told = TypeVar("Told", Event, None)


def findings(report: Report, tells: Tells = lambda code, sure: True) -> Iterator[Finding]:
    """The findings in the file that are to be reported, hazards and notes included."""
    for finding, _ in with_events(report, tells):
        yield finding


def with_events(
    report: Report, tells: Tells = lambda code, sure: True
) -> Iterator[tuple[Finding, Event | None]]:
    """The same, each with its event; notes have none."""
    places = Places(report)
    for event, why in report.with_causes():
        site = places.in_this_file(event) if tells(_code(event), _is_sure(event)) else None
        if site is not None:
            yield from _worded(report, event, partial(_finding, event, site, places, why))
    yield from _notes(report, places, tells)


def everywhere(report: Report) -> Iterator[Finding]:
    """The failures, in any file."""
    for finding, event in in_place_with_events(report):
        if event is not None and isinstance(event.problem, Problem):
            yield finding


def in_place(report: Report) -> Iterator[Finding]:
    """All findings in any file, hazards and notes included."""
    for finding, _ in in_place_with_events(report):
        yield finding


def in_place_with_events(report: Report) -> Iterator[tuple[Finding, Event | None]]:
    """The same, each with its event; notes have none."""
    places = Places(report)
    for event, why in report.with_causes():
        if event.site.node is not None:
            yield from _worded(report, event, partial(_finding, event, event.site, places, why))
    yield from _notes(report, places)


def _notes(
    report: Report, places: Places, tells: Tells = lambda code, sure: True
) -> Iterator[tuple[Finding, None]]:
    """Merges that were not analysed, and bugs of ours: they come last, since words may have some, too."""
    for merge in report.merges.values() if tells(NOT_ANALYSED, True) else ():
        if merge.verdict is Verdict.UNKNOWN and places.in_main(merge.site):
            yield from _worded(report, None, partial(_note, merge, places))
    met = (internal_error(error, report.path) for error in report.errors)
    for note in {note.message: note for note in met}.values():
        yield note, None


def _worded(
    report: Report, event: Told, words: Callable[[], Finding]
) -> Iterator[tuple[Finding, Told]]:
    """What is said of an event; nothing if there is a bug in the words."""
    found: Finding | None = None
    with report.bugs.survived():
        found = words()
    if found is not None:
        yield found, event


def _code(event: Event) -> str:
    code = code_of(event.problem)
    return within_custom_merge(code) if event.inside_custom else code


def _is_sure(event: Event) -> bool:
    """A finding that no values lead to is reported only if its code is enabled."""
    sure = event.problem.sure if isinstance(event.problem, Hazard) else True
    return sure and not event.unwitnessed


def _finding(event: Event, site: Site, places: Places, why: str = "") -> Finding:
    span = places.span(site)
    home = site.module.path
    operands = tuple(places.operand(operand, home) for operand in event.operands)
    given = () if event.witness is None else event.witness.given
    return Finding(
        _code(event),
        places.file(site),
        span.line,
        span.column,
        message(
            event.problem,
            event.callee,
            operands,
            places.within(event, home),
            _example(event, given),
        ),
        operands,
        tuple(
            places.place(call) for call in event.stack if call is not site and call.node is not None
        ),
        span.end_line,
        span.end_column,
        _is_sure(event),
        printable(event.callee),
        printable(
            f"{event.callee}: {event.problem.detail}" if event.callee else event.problem.detail
        ),
        printable(repair_of(event.problem)),
        tuple(
            replace(one, value=printable(one.value), reason=printable(one.reason)) for one in given
        ),
        why,
    )


_NO_EXAMPLE = "no values were found that lead here"


def _example(event: Event, given: tuple[Given, ...]) -> str:
    """The values that lead to a finding, in words; or that none were found."""
    if event.unwitnessed:
        return _NO_EXAMPLE
    told = in_words(given)
    return f"for example with {told}" if told else ""


def _note(merge: Merge, places: Places) -> Finding:
    span = places.span(merge.site)
    words = f"{merge.callee} was not analysed: {why_unknown(merge, places)}"
    return Finding(NOT_ANALYSED, places.path, span.line, span.column, words)


def why_unknown(merge: Merge, places: Places) -> str:
    """Which variable is unknown, from which line on, why, and what would settle it; in one line."""
    suspect = merge.suspect
    if suspect is None:
        return merge.reason or "its operands are not known"
    where = f"line {places.span(suspect.site).line}"
    if not places.in_main(suspect.site):
        where += f" of {os.path.basename(suspect.site.module.path)}"
    if suspect.name is None:
        return f"an operand is not known ({where}): {suspect.reason}"
    words = f"`{suspect.name}` is not known ({where}): {suspect.reason}"
    if not suspect.name.isidentifier() or suspect.reason.endswith((FAILS, BY_A_BUG)):
        return words  # nothing but a repair helps
    is_parameter = suspect.reason.startswith(f"the parameter {suspect.name} ")
    if suspect.taken is Taken.OTHER:
        return words
    if is_parameter:
        annotated = f'annotate it with its shape, as in {suspect.name}: "(None, 32, 32, 3)"'
        either = f", or as a number, {suspect.name}: int" if suspect.taken is Taken.EITHER else ""
        return f"{words}; {annotated}{either}"
    return f"{words}; declare its shape, as in --kml-shapes '{suspect.name} = (None, 32, 32, 3)'"


class Places:
    """Positions in all analysed files, resolved on demand."""

    def __init__(self, report: Report) -> None:
        self.path = report.path
        self._report = report

    def in_this_file(self, event: Event) -> Site | None:
        """The innermost place of an event in the file being analysed."""
        for site in (event.site, *reversed(event.stack)):
            if self.in_main(site) and site.node is not None:
                return site
        return None

    @property
    def _main(self) -> str | None:
        module = self._report.module
        return None if module is None else module.path

    def in_main(self, site: Site) -> bool:
        """Whether a place is in the file being analysed; each run has its own module, so paths decide."""
        return site.module.path == self._main

    def within(self, event: Event, home: str) -> str:
        """The program's own layer that an event arose in, and the call that fed it."""
        if event.fed_by is None or event.fed_by[1].node is None:
            return ""
        name, call = event.fed_by
        where = f"called from line {self.span(call).line}"
        if call.module.path != home:
            where += f" of {os.path.basename(call.module.path)}"
        return f"in {name} {where}"

    def span(self, site: Site) -> Span:
        code = self._report.codes.get(site.module.path)
        return NOWHERE if code is None else span_in(code, site.node)

    def file(self, site: Site) -> str:
        """The path of a file; for the one being analysed, as the user spelt it."""
        return self.path if self.in_main(site) else site.module.path

    def place(self, site: Site) -> Place:
        span = self.span(site)
        return Place(site.module.path, span.line, span.column, span.end_line, span.end_column)

    def operand(self, operand: Operand, home: str) -> OperandInfo:
        """An operand as messages in the file ``home`` show it, without the name of that file."""
        made_at = operand.made_at
        name = None if operand.name is None else printable(operand.name)
        if made_at is None or made_at.node is None:
            return OperandInfo(name, operand.shape, None)
        elsewhere = made_at.module.path != home
        file = os.path.basename(made_at.module.path) if elsewhere else None
        place = self.place(made_at)
        return OperandInfo(name, operand.shape, place.line, file, place)

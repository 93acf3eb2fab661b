"""The repairs of a program's findings, as edits of places in its files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.repairs.model import Edit, Repair, Safety, edited, overlap
from kerasmergelint.repairs.search import Search
from kerasmergelint.rules.check import reported
from kerasmergelint.rules.finding import Finding
from kerasmergelint.server.positions import Range, line_starts, position_at
from kerasmergelint.server.task import Task
from kerasmergelint.tracker.machine.stopping import Stop
from kerasmergelint.tracker.program.analysis import analyse

Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Replacement:
    """A text to put in place of a range of a file."""

    path: str
    place: Range
    text: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A proved repair, in words that say whether the model stays the same."""

    title: str
    is_safe: bool
    replacements: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """The repairs of each finding, by its key, the best first; ``all_safe`` are those that work together."""

    by_finding: Mapping[Key, tuple[Offer, ...]] = field(default_factory=dict)
    all_safe: tuple[Replacement, ...] = ()


def offers(task: Task, found: Sequence[Finding], stop: Stop) -> Offers:
    """Search for the repairs of findings in a program.  Raises Stopped."""
    program, settings = task.program, task.configuration.settings
    search = Search(program.path, program.text, settings, edited=task.texts, stop=stop)
    repairs = {finding.key: search.repairs(finding) for finding in found}
    texts = search.texts
    together = _together(task, repairs.values(), stop)
    return Offers(
        {
            key: tuple(_offer(repair, texts) for repair in proved)
            for key, proved in repairs.items()
            if proved
        },
        tuple(_replacements(together, texts)),
    )


def _offer(repair: Repair, texts: Mapping[str, str]) -> Offer:
    is_safe = repair.safety is Safety.SAFE
    title = f"Repair: {repair.title}" + ("" if is_safe else " (unsafe)")
    return Offer(title, is_safe, tuple(_replacements(repair.edits, texts)))


def _replacements(edits: Sequence[Edit], texts: Mapping[str, str]) -> Iterator[Replacement]:
    starts = {edit.path: line_starts(texts[edit.path]) for edit in edits}
    for edit in dict.fromkeys(edits):
        lines = starts[edit.path]
        place = Range(position_at(lines, edit.start), position_at(lines, edit.end))
        yield Replacement(edit.path, place, edit.replacement)


def _together(task: Task, found: Iterable[tuple[Repair, ...]], stop: Stop) -> tuple[Edit, ...]:
    """The edits of the best safe repairs that can be applied together; empty if that is not proved."""
    path = os.path.abspath(task.program.path)
    chosen: list[Edit] = []
    mended = 0
    for proved in found:
        best = next((repair for repair in proved if repair.safety is Safety.SAFE), None)
        if best is not None and best.paths == (path,) and not overlap(best.edits, chosen):
            chosen += best.edits
            mended += 1
    if mended > 1 and not _proved(task, chosen, mended, stop):
        return ()
    return tuple(chosen)


def _proved(task: Task, edits: Sequence[Edit], mended: int, stop: Stop) -> bool:
    """Whether each repair still mends its finding when the others are applied, too."""
    text, path, settings = task.program.text, task.program.path, task.configuration.settings
    before, after = (
        reported(analyse(each, path, settings, edited=task.texts, stop=stop), settings)
        for each in (text, edited(text, edits))
    )
    return len(after) <= len(before) - mended

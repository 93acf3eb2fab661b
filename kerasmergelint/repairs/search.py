"""The search for repairs: candidates, the likeliest first, each tried by analysing the edited program."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.options import Settings
from kerasmergelint.repairs.families import FAMILIES
from kerasmergelint.repairs.model import Candidate, Edit, Repair, by_file
from kerasmergelint.repairs.scene import Scene
from kerasmergelint.repairs.texts import Text
from kerasmergelint.repairs.trace import Recording, Unproved
from kerasmergelint.repairs.trial import Before, Look, look
from kerasmergelint.rules.finding import Finding
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.deep import run_deep
from kerasmergelint.syntax.names import walk
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.machine.stopping import Stop
from kerasmergelint.tracker.program.report import Watch


@dataclass(frozen=True, slots=True)
class Limits:
    """The most trials and the most processor time of a search, and how many repairs to offer."""

    trials: int = 300
    seconds: float = 0.8
    repairs: int = 3


LIMITS = Limits()
_LATER = 0.0005  # of two equal candidates, the later in the text is the likelier mistake
_NOTES = "KML9"


def repairs_for(
    path: str, source: str, finding: Finding, settings: Settings, limits: Limits = LIMITS
) -> tuple[Repair, ...]:
    """The proved repairs of a finding in a program, the best first.

    ``source`` is the text of the program ``path`` that was checked; the finding may be in a file that
    it imports.  Edits count characters of the texts, and those of other files of what is on the disk.
    """
    return Search(path, source, settings, limits).repairs(finding)


class Search:
    """The search for repairs in one program.

    ``edited`` are files that are to be read otherwise; ``stop`` ends a search, which then raises Stopped.
    """

    def __init__(
        self,
        path: str,
        source: str,
        settings: Settings,
        limits: Limits = LIMITS,
        *,
        edited: Mapping[str, str] | None = None,
        stop: Stop | None = None,
    ) -> None:
        self._stop = stop
        self._path = os.path.abspath(path)
        self._edited = dict(edited or {})
        self._source = source
        self._settings = settings
        self._limits = limits
        self._look: Look | None = None
        self._texts: dict[str, Text] = {}

    def repairs(self, finding: Finding) -> tuple[Repair, ...]:
        """The repairs of one of its findings."""
        if finding.code.startswith(_NOTES):
            return ()
        return run_deep(lambda: self._repairs(finding))

    @property
    def texts(self) -> dict[str, str]:
        """The texts of the program's files that edits refer to, by absolute path."""
        return {path: text.text for path, text in self._texts.items()}

    def _repairs(self, finding: Finding) -> tuple[Repair, ...]:
        if self._look is None:
            self._look = look(
                self._source, self._path, self._settings, self._edited, stop=self._stop
            )
            self._texts = _texts_of(self._look, self._path, self._source)
        met = _event_of(self._look, finding)
        if met is None:
            return ()
        scene = Scene(*met, self._texts, _entered(self._look))
        before = Before(self._look, self.texts, met[0])
        proved = list(self._proved(before, candidates(scene)))
        proved.sort(key=lambda repair: repair.cost - _LATER * _line_of(repair, self._texts))
        return tuple(_distinct(proved)[: self._limits.repairs])

    def _proved(self, before: Before, tried: list[tuple[Candidate, str]]) -> Iterator[Repair]:
        """Try candidates until there are enough repairs that no later one can be better than."""
        wanted = self._limits.repairs
        end = time.process_time() + self._limits.seconds
        costs: list[float] = []
        for candidate, family in tried[: self._limits.trials]:
            enough = len(costs) >= wanted and candidate.cost > sorted(costs)[wanted - 1]
            if enough or time.process_time() > end:
                return
            after = self._tried(before, candidate)
            if after is None:
                continue
            costs.append(candidate.cost + _strangeness(before.look, after))
            yield Repair(
                candidate.title,
                candidate.edits,
                costs[-1],
                candidate.safety,
                family,
                after.outputs,
            )

    def _tried(self, before: Before, candidate: Candidate) -> Look | None:
        """What the analysis says of the edited program; None if that proves nothing."""
        changed = self._edited | by_file(before.texts, candidate.edits)
        text = changed.get(self._path, self._source)
        recording = Recording(before.known(candidate.edits))
        try:
            after = look(text, self._path, self._settings, changed, recording, stop=self._stop)
        except Unproved:
            return None
        if before.lacks_a_verdict(after, candidate.edits):
            # Its contract may decide about a merge that depends on parameters.
            after = look(
                text, self._path, self._settings, changed, watch=Watch.MERGES, stop=self._stop
            )
        return after if before.proves(after, candidate.edits) else None


def candidates(scene: Scene) -> list[tuple[Candidate, str]]:
    """What may mend a finding, the cheapest first, each edit once, with the names of the families."""
    found: dict[tuple[Edit, ...], tuple[Candidate, str]] = {}
    for family in FAMILIES:
        for candidate in family.candidates(scene):
            known = found.get(candidate.edits)
            if known is None or known[0].cost > candidate.cost:
                found[candidate.edits] = candidate, family.name
    for candidate, name in _together(scene, list(found.values())):
        found.setdefault(candidate.edits, (candidate, name))
    return sorted(found.values(), key=lambda entry: entry[0].cost)


# What a change at several places costs on top, and the most places that it may have.
_COST_OF_SEVERAL = 0.45
_MOST_PLACES = 8


def _together(scene: Scene, single: list[tuple[Candidate, str]]) -> Iterator[tuple[Candidate, str]]:
    """The same change at all places of a function where it can be made."""
    groups: dict[tuple[str, int, str], list[tuple[Candidate, str]]] = {}
    for candidate, family in single:
        if candidate.alike:
            (edit, *_) = candidate.edits
            function = scene.texts[edit.path].function_at(edit.start)
            groups.setdefault((edit.path, function, candidate.alike), []).append(
                (candidate, family)
            )
    for group in groups.values():
        if not 1 < len(group) <= _MOST_PLACES:
            continue
        edits = tuple(edit for candidate, _ in group for edit in candidate.edits)
        nearest = min((candidate for candidate, _ in group), key=lambda candidate: candidate.cost)
        lines = [scene.texts[e.path].line_of(e.start) for e in edits]
        told = ", ".join(map(str, sorted(set(lines))[:-1]))
        title = f"{nearest.title.rpartition(' in line ')[0]} in lines {told} and {max(lines)}"
        if len(set(lines)) > 1:
            cost = nearest.cost + _COST_OF_SEVERAL
            yield replace(nearest, title=title, edits=edits, cost=cost), group[0][1]


def _strangeness(before: Look, after: Look) -> float:
    """What speaks against a proved repair: outputs whose shapes changed, or are unknown."""
    known = ((was, now) for was, now in zip(before.outputs, after.outputs) if "?" not in was)
    others = sum(was != now and "..." not in was for was, now in known)
    return others + max(0, _unknown(after) - _unknown(before))


def _unknown(seen: Look) -> int:
    return sum("..." in shape for shape in seen.outputs)


def _line_of(repair: Repair, texts: Mapping[str, Text]) -> int:
    (edit, *_) = repair.edits
    return texts[edit.path].line_of(edit.start)


def _distinct(proved: list[Repair]) -> list[Repair]:
    """The repairs without those that change the same places as a better one."""
    told: list[Repair] = []
    places: set[tuple[tuple[str, int, int], ...]] = set()
    for repair in proved:
        place = tuple((edit.path, edit.start, edit.end) for edit in repair.edits)
        if place not in places:
            places.add(place)
            told.append(repair)
    return told


def _event_of(seen: Look, finding: Finding) -> tuple[Finding, Event] | None:
    """The finding, as it was found again, and its event."""
    path = os.path.abspath(finding.path)
    same = [met for met in seen.events if met[0].code == finding.code]
    for met in same:
        if met[0].key == finding.key and os.path.abspath(met[0].path) == path:
            return met
    for met in same:  # a change moved it along its line
        if met[0].line == finding.line and os.path.abspath(met[0].path) == path:
            return met
    for met in same:  # told at the call that led there, in another file
        if any(place.line == finding.line for place in met[0].stack):
            return met
    return None


def _entered(seen: Look) -> dict[str, set[int]]:
    """The lines of the functions that were run, by file."""
    interp = seen.report.interpreter
    entered = interp.entered if interp is not None else set[int]()
    return {
        os.path.abspath(path): {
            getattr(node.code.origin, "lineno", 0)
            for node in walk(code.body, entered)
            if isinstance(node, ir.FunctionDef) and id(node.code) in entered
        }
        for path, code in seen.report.codes.items()
        if code is not None
    }


def _texts_of(seen: Look, path: str, source: str) -> dict[str, Text]:
    """The program's own files."""
    interp = seen.report.interpreter
    texts: dict[str, Text] = {}
    for file, code in seen.report.codes.items():
        if code is None or (interp is not None and interp.modules.is_library(file)):
            continue
        absolute = os.path.abspath(file)
        text = source if absolute == path else code.source.text
        try:
            texts[absolute] = Text(absolute, text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return texts


__all__ = ["LIMITS", "Limits", "Repair", "Search", "repairs_for"]

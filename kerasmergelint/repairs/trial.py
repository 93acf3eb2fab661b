"""What the analysis of a program says, before an edit and after it; and whether that proves the edit."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.options import Settings
from kerasmergelint.repairs.model import Edit, line_after
from kerasmergelint.repairs.trace import Recording
from kerasmergelint.rules.check import tells
from kerasmergelint.rules.codes import CODES, Family
from kerasmergelint.rules.finding import Finding
from kerasmergelint.rules.findings import Places, in_place_with_events
from kerasmergelint.shapes import format_shape
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.machine.stopping import Stop
from kerasmergelint.tracker.machine.verdict import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Report, Watch
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import ModelV, SequentialV
from kerasmergelint.tracker.values.value import Value

# A file, a line, and a code or a column.
Where = tuple[str, int, str]
_WORKS = (Verdict.SAFE, Verdict.CONDITIONAL)
_UNDECIDED = (*_WORKS, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Look:
    """What an analysis says; paths are absolute.  ``met`` are the lines of all failures on any path."""

    report: Report
    events: tuple[tuple[Finding, Event], ...]
    found: Counter[Where]
    merges: Mapping[tuple[str, int, int], Verdict]
    met: frozenset[tuple[str, int]]

    @property
    def outputs(self) -> tuple[str, ...]:
        """The shapes of the outputs of all models that the program builds."""
        ends = (
            model.outputs if isinstance(model, ModelV) else model.output for model in self._models
        )
        return tuple(shape for end in ends for shape in _shapes(end))

    @property
    def inputs(self) -> tuple[str, ...]:
        """The shapes of their inputs."""
        ends = (
            model.inputs if isinstance(model, ModelV) else model.input for model in self._models
        )
        return tuple(shape for end in ends for shape in _shapes(end))

    @property
    def _models(self) -> Iterator[ModelV | SequentialV]:
        return (m for m in self.report.models if isinstance(m, (ModelV, SequentialV)))


def _shapes(nest: Value) -> Iterator[str]:
    for leaf in leaves(nest):
        yield format_shape(leaf.spec.shape) if isinstance(leaf, TensorV) else "?"


def look(
    text: str,
    path: str,
    settings: Settings,
    edited: Mapping[str, str] | None = None,
    recording: Recording | None = None,
    watch: Watch = Watch.NOTHING,
    stop: Stop | None = None,
) -> Look:
    """Analyse a program, some files of which may be edited."""
    recording = recording or Recording()
    settings = replace(settings, enabled=tuple(c for c in settings.enabled if c[:4] != "KML9"))
    report = analyse(text, path, settings, recording, watch=watch, edited=edited, stop=stop)
    events = tuple(
        (finding, event)
        for finding, event in in_place_with_events(report)
        if event is not None and tells(settings, finding.code, finding.sure)
    )
    found = Counter((os.path.abspath(f.path), f.line, f.code) for f, _ in events)
    places = Places(report)
    merges: dict[tuple[str, int, int], Verdict] = {}
    for merge in report.merges.values():
        span = places.span(merge.site)
        proved = Verdict.UNKNOWN if merge.supposes else merge.verdict
        merges[os.path.abspath(merge.site.module.path), span.line, span.column] = proved
    met = frozenset(
        (os.path.abspath(site.module.path), places.span(site).line) for site in recording.met
    )
    return Look(report, events, found, merges, met)


def _is_open(shape: str) -> bool:
    return "?" in shape or "..." in shape


@dataclass(frozen=True, slots=True)
class Before:
    """A program with a finding, against which its repairs are judged."""

    look: Look
    texts: Mapping[str, str]
    finding: Finding

    def known(self, edits: Iterable[Edit]) -> Callable[[str, Site], bool]:
        """Whether a failure was there before the edits, and is not the one to be mended."""
        moved = _Moved(self.texts, tuple(edits))
        lines = {(path, moved.line(path, line)) for path, line in self.look.met}
        path = os.path.abspath(self.finding.path)
        lines.discard((path, moved.line(path, self.finding.line)))

        def is_known(path: str, site: Site) -> bool:
            origin = None if site.node is None else site.node.origin
            return (os.path.abspath(path), getattr(origin, "lineno", 0)) in lines

        return is_known

    def proves(
        self, after: Look, edits: Iterable[Edit], works: Collection[Verdict] = _WORKS
    ) -> bool:
        """Whether the finding is gone after the edits, and nothing is worse than before.

        Each merge must have one of the verdicts that mean that it works, or the one that it had.
        """
        report, before = after.report, self.look.report
        if report.unread or report.errors or (before.complete and not report.complete):
            return False
        if not report.ends and (before.ends or not after.found):
            return False  # it may end early only at a finding that remains
        if len(report.models) < len(before.models):
            return False
        inputs = zip(self.look.inputs, after.inputs)
        if any(_is_open(now) and not _is_open(was) for was, now in inputs):
            return False  # an unknown shape proves nothing
        moved = _Moved(self.texts, tuple(edits))
        path = os.path.abspath(self.finding.path)
        line = moved.line(path, self.finding.line)
        if after.found[path, line, self.finding.code]:
            return False
        known = Counter({moved.where(where): n for where, n in self.look.found.items()})
        if after.found - known:
            return False
        return self._goes_on(after, moved, (path, line), works)

    def _goes_on(
        self, after: Look, moved: _Moved, place: tuple[str, int], works: Collection[Verdict]
    ) -> bool:
        """Whether every merge works, or is as unknown as it was."""
        known: dict[tuple[str, int], set[Verdict]] = {}
        for (file, at, _), verdict in self.look.merges.items():
            known.setdefault((file, moved.line(file, at)), set()).add(verdict)
        met = set()
        for (file, at, _), verdict in after.merges.items():
            met.add((file, at))
            was = known.get((file, at), set())
            if verdict not in works and (verdict not in was or (file, at) == place):
                return False
            if verdict is Verdict.CONDITIONAL and was == {Verdict.SAFE}:
                return False
        if not self.is_of_merge:
            return True
        return place in met

    def lacks_a_verdict(self, after: Look, edits: Iterable[Edit]) -> bool:
        """Whether an unknown verdict on a merge is all that speaks against the edits."""
        return not self.proves(after, edits) and self.proves(after, edits, _UNDECIDED)

    @property
    def is_of_merge(self) -> bool:
        """Whether the finding is about a merge in its own line, which must then still have one."""
        return CODES[self.finding.code].family is Family.MERGE and any(
            (file, at) == (os.path.abspath(self.finding.path), self.finding.line)
            for file, at, _ in self.look.merges
        )


@dataclass(frozen=True, slots=True)
class _Moved:
    """Where lines are after edits."""

    texts: Mapping[str, str]
    edits: tuple[Edit, ...]

    def line(self, path: str, line: int) -> int:
        edits = [edit for edit in self.edits if edit.path == path]
        return line_after(self.texts[path], edits, line) if edits else line

    def where(self, where: Where) -> Where:
        return where[0], self.line(where[0], where[1]), where[2]

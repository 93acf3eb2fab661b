"""One verdict for each merge, from all entries of a project.

A function that other files call is judged by what they call it with, in place of the unknown arguments
that it is entered with in its own file.  This looks at what is kept of each file, in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kerasmergelint.cache.entry import Kept, KeptFunction, KeptMerge, KeptReach
from kerasmergelint.cli.programs.sources import Source
from kerasmergelint.tracker.machine.verdict import Verdict

_Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """What is kept of a program; ``source`` is without its text."""

    source: Source
    kept: Kept


@dataclass(frozen=True, slots=True)
class CallPlace:
    """A call in another file that leads to a merge."""

    source: Source
    line: int


@dataclass(frozen=True, slots=True)
class MergeVerdict:
    """A merge and its verdict, and the calls in other files by which it was judged.

    ``source`` has no text: there may be millions of these.
    """

    source: Source
    line: int
    column: int
    callee: str
    verdict: Verdict
    reason: str
    called_from: tuple[CallPlace, ...] = ()


def across(told: Sequence[Told]) -> list[MergeVerdict]:
    """The verdicts on all merges, by file and line."""
    project = _Project()
    for one in told:
        project.note(one)
    merges = [project.judged(one, merge) for one in told for merge in one.kept.merges]
    return sorted(merges, key=lambda m: (m.source.path, m.line, m.column, m.callee))


@dataclass(frozen=True, slots=True)
class _Reach:
    """What an entry of a file makes of a merge."""

    source: Source
    kept: KeptReach

    @property
    def verdict(self) -> Verdict:
        return Verdict(self.kept.verdict)

    @property
    def entry(self) -> KeptFunction | None:
        line = self.kept.entry
        return None if line is None else KeptFunction(self.source.path, line)


@dataclass(slots=True)
class _Project:
    """Who reaches what: the functions ``entered`` from other files are no entries of the project."""

    reaches: dict[_Place, list[_Reach]] = field(default_factory=dict)
    entered: set[KeptFunction] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)

    def note(self, one: Told) -> None:
        self.left_out.update(one.kept.left_out)
        for reach in one.kept.reaches:
            place = reach.path, reach.line, reach.column
            self.reaches.setdefault(place, []).append(_Reach(one.source, reach))
            self.entered.update(reach.through)

    def judged(self, one: Told, merge: KeptMerge) -> MergeVerdict:
        """By all entries that reach a merge, if some of them stand in other files."""
        path = one.source.path
        alone = MergeVerdict(
            one.source, merge.line, merge.column, merge.callee, Verdict(merge.verdict), merge.reason
        )
        reaches = self.reaches.get((path, merge.line, merge.column), [])
        live = [reach for reach in reaches if reach.entry not in self.entered]
        others = [reach for reach in live if reach.source.path != path]
        if not others:
            return alone
        worst = min(live, key=_severity_and_place)
        if worst.verdict is Verdict.SAFE and path in self.left_out:
            return alone
        general = _general(one.kept, merge)
        if worst.verdict in _OPEN and general is not None:
            return replace(alone, verdict=Verdict(general.verdict), reason=general.reason)
        return replace(
            alone,
            verdict=worst.verdict,
            reason=worst.kept.reason,
            called_from=tuple(_calls(others)),
        )


_OPEN = (Verdict.CONDITIONAL, Verdict.UNKNOWN)
_RANK = {Verdict.BROKEN: 0, Verdict.UNKNOWN: 1, Verdict.CONDITIONAL: 2, Verdict.SAFE: 3}


def _severity_and_place(reach: _Reach) -> tuple[int, str, int, str]:
    kept = reach.kept
    return _RANK[reach.verdict], reach.source.path, kept.entry or 0, kept.reason


def _general(kept: Kept, merge: KeptMerge) -> KeptMerge | None:
    """What holds for every caller of the function around a merge."""
    place = merge.line, merge.column
    found = [one for one in kept.general if (one.line, one.column) == place]
    return min(found, key=lambda one: (_RANK[Verdict(one.verdict)], one.reason), default=None)


def _calls(reaches: Iterable[_Reach]) -> Iterator[CallPlace]:
    """The places of the calls, in order, each once."""
    places = {(r.source.path, line): r.source for r in reaches for line in r.kept.calls}
    for (_, line), source in sorted(places.items(), key=lambda item: item[0]):
        yield CallPlace(source, line)

"""One verdict for each merge, from all entries of a project.

A function that other files call is judged by those calls, instead of the unknown arguments with
which it is entered in its own file.  This works on the kept results of the files, in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kerasmergelint.cache.entry import Kept, KeptFunction, KeptMerge, KeptReach
from kerasmergelint.cli.programs.place_names import in_cells
from kerasmergelint.cli.programs.sources import Source
from kerasmergelint.dataclass import dataclass, field, replace
from kerasmergelint.tracker.machine.verdict import Verdict

# A file, and from where to where: several operators may begin in the same column.
_Place = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """The kept result of a program; ``source`` is without its text."""

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
    merges += project.only_from_elsewhere(told)
    return sorted(merges, key=lambda m: (m.source.path, m.line, m.column, m.callee))


@dataclass(frozen=True, slots=True)
class _Reach:
    """The verdict of an entry of a file on a merge."""

    source: Source
    kept: KeptReach

    @property
    def entry(self) -> KeptFunction | None:
        line = self.kept.entry
        return None if line is None else KeptFunction(self.source.path, line)


@dataclass(slots=True)
class _Project:
    """Which entries reach which merges; functions ``entered`` from other files are not entries of the
    project."""

    reaches: dict[_Place, list[_Reach]] = field(default_factory=dict)
    entered: set[KeptFunction] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)

    def note(self, one: Told) -> None:
        self.left_out.update(one.kept.left_out)
        for reach in one.kept.reaches:
            self.reaches.setdefault(_place(reach.path, reach), []).append(_Reach(one.source, reach))
            self.entered.update(reach.through)

    def judged(self, one: Told, merge: KeptMerge) -> MergeVerdict:
        """The verdict by all entries that reach a merge, if some of them are in other files."""
        path = one.source.path
        alone = MergeVerdict(
            one.source,
            merge.line,
            merge.column,
            merge.callee,
            Verdict(merge.verdict),
            in_cells(one.source, merge.reason),
        )
        reaches = self.reaches.get(_place(path, merge), [])
        live = [reach for reach in reaches if reach.entry not in self.entered]
        others = [reach for reach in live if reach.source.path != path]
        if not others:
            return alone
        general = _General.of(one.kept, _place(path, merge))
        worst = min((general.settled(reach.kept) for reach in live), key=_severity)
        if worst.verdict == Verdict.SAFE.value and path in self.left_out:
            return alone
        return replace(
            alone,
            verdict=Verdict(worst.verdict),
            reason=worst.reason,
            called_from=tuple(_calls(others)),
        )

    def only_from_elsewhere(self, told: Sequence[Told]) -> Iterator[MergeVerdict]:
        """What combines tensors only where other files call it, as an operator on two arguments may."""
        homes = {one.source.path: one for one in told}
        listed = {_place(one.source.path, merge) for one in told for merge in one.kept.merges}
        for place in sorted(self.reaches.keys() - listed):
            live = [reach for reach in self.reaches[place] if reach.entry not in self.entered]
            if place[0] not in homes or not live:
                continue
            home = homes[place[0]]
            general = _General.of(home.kept, place)
            worst = min((general.settled(reach.kept) for reach in live), key=_severity)
            yield MergeVerdict(
                home.source,
                worst.line,
                worst.column,
                worst.callee,
                Verdict(worst.verdict),
                worst.reason,
                tuple(_calls(live)),
            )


def _place(path: str, one: KeptMerge | KeptReach) -> _Place:
    return path, one.line, one.column, one.end_line, one.end_column


_OPEN = (Verdict.CONDITIONAL.value, Verdict.UNKNOWN.value)
_RANK = {
    verdict.value: rank
    for rank, verdict in enumerate(
        (Verdict.BROKEN, Verdict.UNKNOWN, Verdict.CONDITIONAL, Verdict.SAFE)
    )
}


def _severity(reach: KeptReach) -> tuple[int, str]:
    return _RANK[reach.verdict], reach.reason


@dataclass(frozen=True, slots=True)
class _General:
    """What holds for every caller: by an entry's line, and for all who reach the merge's own function."""

    by_entry: Mapping[int, KeptReach]
    direct: KeptReach | None

    @classmethod
    def of(cls, kept: Kept, merge: _Place) -> _General:
        """What the file of a merge knows of it; the best of several answers holds as well."""
        found: dict[int, KeptReach] = {}
        direct: KeptReach | None = None
        for one in kept.general:
            if one.entry is not None and _place(one.path, one) == merge:
                found[one.entry] = max(one, found.get(one.entry, one), key=_severity)
                if one.direct:
                    direct = found[one.entry]
        return cls(found, direct)

    def settled(self, kept: KeptReach) -> KeptReach:
        """The verdict of an entry on the merge; if it is open, one that holds for every caller."""
        if kept.verdict not in _OPEN:
            return kept
        doors = [self.by_entry.get(door) for door in kept.doors]
        known = [door for door in doors if door is not None]
        if known and len(known) == len(doors):
            return min(known, key=_severity)
        is_unknown = kept.verdict == Verdict.UNKNOWN.value
        return self.direct if is_unknown and self.direct is not None else kept


def _calls(reaches: Iterable[_Reach]) -> Iterator[CallPlace]:
    """The places of the calls, in order, each once."""
    places = {(r.source.path, line): r.source for r in reaches for line in r.kept.calls}
    for (_, line), source in sorted(places.items(), key=lambda item: item[0]):
        yield CallPlace(source, line)

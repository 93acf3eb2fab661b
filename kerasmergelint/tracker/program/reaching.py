"""The verdicts of each entry of a file on the merges that it reaches, in this file and in others.

A function that is called from another file is judged by those calls.  All callers are known only
when all files of a project have been analysed, so each file records the verdicts of its entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kerasmergelint.dataclass import dataclass, field, replace
from kerasmergelint.tracker.machine.events import Merge, Reached
from kerasmergelint.tracker.program.contracts.met import is_behind_failure
from kerasmergelint.tracker.program.merge_keys import MergeKey
from kerasmergelint.tracker.values.graph import Site


@dataclass(frozen=True, slots=True)
class Contribution:
    """The verdict of one entry on a merge; ``entry`` is its function, None for the file run as a program.

    ``ways`` are the calls that lead to a merge in another file.
    """

    entry: Site | None
    merge: Merge
    ways: tuple[Reached, ...] = ()


@dataclass(slots=True)
class Contributions:
    """The contributions of all entries of a file.

    ``general`` are verdicts on merges in this file that hold for every caller of an entry.
    """

    found: list[Contribution] = field(default_factory=list)
    general: list[Contribution] = field(default_factory=list)

    def add(
        self,
        entry: Site | None,
        judged: Mapping[MergeKey, Merge],
        met: Iterable[Merge],
        home: str,
    ) -> None:
        """Add the result of an entry of the file ``home``: its verdicts, and every merge as the runs met it.

        What only a run under suppositions takes for a merge has its way in the verdict.

        Merges behind a failure in an imported file are left to the run of that file.
        """
        ways: dict[MergeKey, dict[tuple[int, ...], Reached]] = {}
        for merge in (*met, *judged.values()):
            if merge.reached is not None:
                key = merge.site.module.path, id(merge.site.node)
                ways.setdefault(key, {}).setdefault(_identity(merge.reached), merge.reached)
        for key, merge in judged.items():
            found = tuple(ways.get(key, {}).values())
            if found or key[0] == home or not is_behind_failure(merge):
                self.found.append(Contribution(entry, merge, found))

    def settle(self) -> None:
        """No other run decides about what these entries left open."""
        self.found = list(map(_settled, self.found))
        self.general = list(map(_settled, self.general))

    def within(self, path: str) -> Iterator[Contribution]:
        """The contributions to merges in one file."""
        return (one for one in self.found if one.merge.site.module.path == path)


def _settled(one: Contribution) -> Contribution:
    merge = one.merge.settled.typed
    return one if merge is one.merge else replace(one, merge=merge)


def _identity(reached: Reached) -> tuple[int, ...]:
    return (id(reached.call.node), *(id(site.node) for site in reached.through))

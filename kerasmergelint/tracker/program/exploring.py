"""Explores one entry of a file: follows its paths, and concludes what they show together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Final

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.late import late
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.machine.events import Event, Merge, Verdict
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.machine.paths import Exploration, Path, explore
from kerasmergelint.tracker.program import judging
from kerasmergelint.tracker.program.allowance import STEPS_FOR_WITNESSES, STEPS_OF_OTHER_PATHS
from kerasmergelint.tracker.program.attempt import End, attempt
from kerasmergelint.tracker.program.certain import Key, certain_events, event_key, met_by_all
from kerasmergelint.tracker.program.contracts.met import every_rank
from kerasmergelint.tracker.program.course import MODULE, Spent
from kerasmergelint.tracker.program.merge_keys import MergeKey
from kerasmergelint.tracker.program.report import Report, Watch
from kerasmergelint.tracker.program.spending import Spending
from kerasmergelint.tracker.values.graph import Site

if TYPE_CHECKING:
    from kerasmergelint.tracker.program import mending
    from kerasmergelint.tracker.program.contracts.entering import Contracts
    from kerasmergelint.tracker.program.contracts.supposing import Body
    from kerasmergelint.tracker.program.witnesses import searching
else:
    mending = late("kerasmergelint.tracker.program.mending")
    searching = late("kerasmergelint.tracker.program.witnesses.searching")

# The default path of an entry may use the whole budget; the other paths of an entry, and those of
# all entries together, share what an editor can wait for.
_STEPS_OF_ALL_AT_ONCE: Final = 8_000
_STEPS_BEYOND: Final = 25_000  # half of what one run may use that only verdicts need
_MAX_RUNS: Final = 40
_MAY_FAIL: Final = "it fails on a path that may not be taken"


@dataclass(frozen=True, slots=True)
class SecondRun:
    """How to run an entry once more, by its name, and the kind of the tensors that it is given."""

    name: str
    body: Body
    kind: TensorKind

    @property
    def of_module(self) -> bool:
        """Whether the entry is the file itself."""
        return self.name == MODULE


@dataclass(frozen=True, slots=True)
class Recheck:
    """That an analysis only asks which failures of an earlier one remain: they have their witnesses.

    ``entries`` are those that had failures, by name; None if new failures count as well.
    """

    entries: frozenset[str] | None = None

    def concerns(self, entry: str) -> bool:
        """Whether what comes of an entry can matter."""
        return self.entries is None or entry in self.entries


@dataclass(slots=True)
class _Together:
    """What the run along all paths of an entry has met, if it was made, or is made now."""

    outputs: Outputs | None
    run: Callable[[], Outputs]

    def met(self) -> set[Key]:
        """The failures that the run has met on all paths alike; none if it was not made."""
        return set() if self.outputs is None else {*map(event_key, self.outputs.events)}

    def has_met(self, event: Event) -> bool:
        """The same of one failure; the run is made for it."""
        if self.outputs is None:
            self.outputs = self.run()
        return event_key(event) in self.met()


class Explorer:
    """Explores the entries of a file; they share its budget, and what was reported already.

    ``join_paths``: where there are too many paths to follow each, one more run follows all of them
    together.  ``contracts`` are there if every merge is to have a verdict.
    """

    def __init__(
        self,
        interp: Interpreter,
        report: Report,
        watch: Watch,
        contracts: Contracts | None,
        *,
        join_paths: bool,
        recheck: Recheck | None = None,
    ) -> None:
        self._interp = interp
        self._report = report
        self._watch = watch
        self._contracts = contracts
        self._join_paths = join_paths
        self._recheck = recheck
        self._budget = interp.budget
        self._reported: set[Key] = set()
        self._left_for_other_paths = STEPS_OF_OTHER_PATHS
        self._for_witnesses = Budget(STEPS_FOR_WITNESSES)

    @property
    def spent(self) -> Spent:
        """The steps that all entries have used so far."""
        left, witnesses = self._left_for_other_paths, self._for_witnesses
        return Spent(self._budget.used, STEPS_OF_OTHER_PATHS - left, witnesses.used)

    @spent.setter
    def spent(self, spent: Spent) -> None:
        self._budget.used = spent.steps
        self._left_for_other_paths = STEPS_OF_OTHER_PATHS - spent.on_others
        self._for_witnesses.used = spent.on_witnesses

    def concerns(self, entry: str) -> bool:
        """Whether to explore an entry of this name."""
        return self._recheck is None or self._recheck.concerns(entry)

    def explore(
        self,
        body: Body,
        by_contract: Callable[[], Mapping[MergeKey, Merge]] = dict,
        entry: Site | None = None,
        second: SecondRun | None = None,
    ) -> None:
        """Run an entry along its paths, and add what they show to the report.

        ``by_contract`` has the verdicts by its contract; ``entry`` is None for the file as a program.
        """
        found, spending = self._along_paths(body)
        runs = [run.result for run in found.runs]
        cut = any(outputs.cut for outputs in runs)
        rest = None
        common = {} if found.complete or cut else met_by_all(found)
        if common:
            rest = self._all_at_once(body, spending.on_default)
        elif self._join_paths and not found.complete and not cut:
            rest = self._together(body, spending.on_default)
        if self._contracts is not None and (cut if rest is None else rest.cut):
            whole = body if second is None else second.body
            rest = self._beyond(self._contracts, whole) or rest
        complete = found.complete and not cut if rest is None else not rest.cut
        self._left_for_other_paths -= spending.on_others
        self._report.complete = self._report.complete and complete
        together = _Together(rest, lambda: self._all_at_once(body, spending.on_default))
        self._note_events(found, _certain(found, common, together), together, second)
        verdicts = judging.judged(runs, rest, complete=complete)
        if self._contracts is not None:
            every = runs if rest is None else [*runs, rest]
            met = [merge for outputs in every for merge in outputs.merges]
            self._by_contract(verdicts, by_contract)
            failed = any(map(mending.has_failed, every))
            if second is not None and (failed or judging.is_undecided(verdicts)):
                met += self.suppose(self._contracts, verdicts, second.body, failed=failed)
            home = str(FilePath(self._report.path))
            self._report.contributions.add(entry, verdicts, met, home)
        for merge in verdicts.values():
            judging.note(self._report.merges, merge)

    def certain(self, body: Body) -> set[Key]:
        """What is certain in an entry, which is neither reported nor judged."""
        found, spending = self._along_paths(body)
        self._left_for_other_paths -= spending.on_others
        return set(map(event_key, certain_events(found)))

    def judge(self, body: Body) -> None:
        """Note the verdicts on the merges of an entry, of which nothing else is reported."""
        found, spending = self._along_paths(body)
        self._left_for_other_paths -= spending.on_others
        runs = [run.result for run in found.runs]
        complete = found.complete and not any(outputs.cut for outputs in runs)
        for merge in judging.judged(runs, None, complete=complete).values():
            judging.note(self._report.merges, merge)

    def on_every_path(self, module: Callable[[], None], then: Callable[[Outputs], None]) -> None:
        """Run the file along all paths together, and then something in the state in which that ends."""

        def body(outputs: Outputs) -> None:
            with aside.all_paths(self._interp):
                module()
            then(outputs)

        self._one_run(Path(), body)

    def _along_paths(self, body: Body) -> tuple[Exploration[Outputs], Spending]:
        spending = Spending(self._budget, self._left_for_other_paths)
        found = explore(
            lambda path: spending.on(lambda: self._one_run(path, body)),
            max_runs=_MAX_RUNS,
            may_go_on=spending.may_go_on,
            hangs_on=lambda outputs, index: any(e.questions > index for e in outputs.events),
        )
        return found, spending

    def suppose(
        self,
        contracts: Contracts,
        judged: dict[MergeKey, Merge],
        body: Body,
        *,
        failed: bool,
    ) -> list[Merge]:
        """Decide what the runs left unknown by others that suppose more; returns all merges that these met.

        They go on after failures, or take unknowns for tensors.
        """

        def run() -> Outputs | None:
            return self._beyond(contracts, body)

        met: list[Merge] = []
        stated: dict[MergeKey, Merge] = {}
        for suppose in (mending.mended, every_rank) if failed else (every_rank,):
            runs = suppose(self._interp, run)
            here = [merge for outputs in runs for merge in outputs.merges]
            found = judging.judged(runs, None, complete=True)
            judging.fill(judged, mending.verdicts(found, here, self._report.codes))
            told = {
                key: merge.settled
                for key, merge in found.items()
                if merge.stated and (suppose is mending.mended or not _is_stated(judged.get(key)))
            }
            judging.fill(stated, mending.verdicts(told, here, self._report.codes))
            met += here
            if not judging.is_undecided(judged):
                break
        judging.fill(judged, stated)
        return met

    def _by_contract(
        self,
        judged: dict[MergeKey, Merge],
        verdicts: Callable[[], Mapping[MergeKey, Merge]],
    ) -> None:
        """Where the runs of an entry leave a merge unknown, its contract decides."""
        if judging.is_undecided(judged) or self._watch is Watch.CONTRACTS:
            judging.fill(judged, verdicts())

    # -- runs ----------------------------------------------------------------------------

    def _beyond(self, contracts: Contracts, body: Body) -> Outputs | None:
        """A run along all paths together that only verdicts need; None if nothing is left for it."""
        return contracts.beyond(lambda: self._all_at_once(body, _STEPS_BEYOND))

    def _together(self, body: Body, default: int) -> Outputs:
        """The run along all paths together, for verdicts alone; before an edit its steps may be known."""
        run, course = partial(self._all_at_once, body, default), self._report.course
        return run() if course is None else course.together(self._interp, run)

    def _all_at_once(self, body: Body, default: int) -> Outputs:
        """One run that follows all paths together: it leaves nothing out.

        Its events are those that it met where all paths that have not ended go on alike.
        """
        interp = self._interp
        with (
            aside.all_paths(interp),
            aside.at_most(interp, max(_STEPS_OF_ALL_AT_ONCE, 2 * default)),
        ):
            path = Path()
            outputs = self._one_run(path, body)
        outputs.cut = outputs.cut or any(not decision.usual for decision in path.taken)
        outputs.failed = mending.has_failed(outputs)
        outputs.events[:] = [] if outputs.cut else [e for e in outputs.events if not e.questions]
        outputs.merges = [
            replace(merge, verdict=Verdict.UNKNOWN, reason=_MAY_FAIL)
            if merge.verdict is Verdict.BROKEN
            else merge
            for merge in outputs.merges
        ]
        return outputs

    def _one_run(self, path: Path, body: Body) -> Outputs:
        done = attempt(self._interp, path, body)
        done.outputs.cut = done.end not in (End.RETURNED, End.RAISED)
        if done.end is End.TOO_DEEP:
            self._report.repeatable = False
        _without_libraries(self._interp, done.outputs)
        return done.outputs

    # -- conclusions ---------------------------------------------------------------------

    def _note_events(
        self,
        found: Exploration[Outputs],
        certain: list[Event],
        together: _Together,
        second: SecondRun | None,
    ) -> None:
        if certain and second is not None:
            self._report.failing.add(second.name)
        new = [e for e in certain if event_key(e) not in self._reported]
        self._reported.update(map(event_key, new))
        if new and second is not None and self._recheck is None:
            search = searching.Searching(
                self._interp,
                second.body,
                second.kind,
                second.of_module,
                self._reported,
                self._for_witnesses,
            )
            new = search.witnessed(found, new)
            if second.of_module:
                new = [_without_need(event, together) for event in new]
        self._report.events += new


def _certain(
    found: Exploration[Outputs], common: Mapping[Key, Event], together: _Together
) -> list[Event]:
    """The failures that somebody's choices force, and those that do not depend on any."""
    certain = list(certain_events(found))
    others = together.met() & common.keys() - {*map(event_key, certain)}
    return [*certain, *(event for key, event in common.items() if key in others)]


def _without_need(event: Event, together: _Together) -> Event:
    """A failure of known operands that all paths have in common needs no witness: it rests on nothing."""
    operands = event.operands
    if not event.unwitnessed or not operands or any("?" in one.shape for one in operands):
        return event
    return replace(event, unwitnessed=not together.has_met(event))


def _is_stated(merge: Merge | None) -> bool:
    return merge is not None and bool(merge.stated)


def _without_libraries(interp: Interpreter, outputs: Outputs) -> None:
    """Of installed packages only what they give counts: they work, and are not the user's to mend."""
    theirs = interp.modules.is_library
    outputs.events[:] = [e for e in outputs.events if not theirs(e.site.module.path)]
    outputs.merges[:] = [m for m in outputs.merges if not theirs(m.site.module.path)]

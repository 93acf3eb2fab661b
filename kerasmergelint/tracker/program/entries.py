"""The functions and methods that the program itself does not call, each entered on its own.

Nothing is known of their parameters but the defaults.  Where every merge is to have a verdict, contracts
and a second look decide what the runs leave open.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.late import late
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import only_called, only_called_by_program
from kerasmergelint.syntax.positions import span_in
from kerasmergelint.syntax.source import Span
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.events import Event, Merge, Verdict
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.program import blind, judging
from kerasmergelint.tracker.program.certain import event_key
from kerasmergelint.tracker.program.changed import leave_open
from kerasmergelint.tracker.program.contracts.met import is_behind_failure
from kerasmergelint.tracker.program.exploring import Explorer, SecondRun
from kerasmergelint.tracker.program.merge_keys import MergeKey
from kerasmergelint.tracker.program.reaching import Contribution
from kerasmergelint.tracker.program.rebound import Rebindings
from kerasmergelint.tracker.program.report import Report, Watch
from kerasmergelint.tracker.program.usages import Usage
from kerasmergelint.tracker.python.set_late import open_all_late
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.value import Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.program import second_look, unmet
    from kerasmergelint.tracker.program.contracts import entering
    from kerasmergelint.tracker.program.contracts.entering import Contracts
    from kerasmergelint.tracker.program.contracts.supposing import Body
else:
    entering = late("kerasmergelint.tracker.program.contracts.entering")
    second_look = late("kerasmergelint.tracker.program.second_look")
    unmet = late("kerasmergelint.tracker.program.unmet")

_MAX_ENTRIES: Final = 400


@dataclass(frozen=True, slots=True)
class _Settings:
    """Global settings of Keras that the file made; they hold in its functions, too."""

    image_data_format: Value
    dtype_policy: Value


class Ways(enum.Enum):
    """Which ways a file itself may go."""

    ONE = "there is no choice"
    FREE = "all choices are free"
    CHOSEN = "somebody else chooses"


def _constants(module: ModuleV) -> dict[str, Value]:
    """What is known of the names of a module without looking into objects."""
    return {name: value for name, value in module.scope.variables.items() if is_constant(value)}


class Entries:
    """The functions and methods of one file."""

    def __init__(
        self,
        interp: Interpreter,
        report: Report,
        explorer: Explorer,
        contracts: Contracts | None,
        watch: Watch,
        used: Usage,
    ) -> None:
        self._interp = interp
        self._report = report
        self._explorer = explorer
        self._contracts = contracts
        self._watch = watch
        self._used = used
        self._rebindings: Rebindings | None = None
        self._failed: dict[int, list[Event]] = {}  # in entries, by their code
        self._ways = Ways.ONE
        self._bound: dict[str, Value] = {}  # constants where the default way of the file ended

    def explore(self, outputs: Outputs, module: ModuleV) -> None:
        """Enter those that the program left out, in the state where it ended."""
        interp, contracts = self._interp, self._contracts
        entries = self._entries(outputs, module, interp.entered)
        settings = _Settings(interp.image_data_format, interp.dtype_policy)
        self._bound = _constants(module)
        if any(not made.usual for made in interp.path.taken):
            self._ways = Ways.FREE if interp.path.is_free else Ways.CHOSEN
        helpers: list[blind.Entry] = []
        unreached = self._unreached(outputs, module)
        if self._report.course is not None:
            self._report.course.begin_entries(interp)
        with aside.entering(interp):
            for entry in blind.callers_first(entries)[:_MAX_ENTRIES]:
                if id(entry.function.code) not in interp.entered:
                    if self._explorer.concerns(entry.name):
                        told = len(self._report.events)
                        with interp.bugs.survived():
                            self._enter(entry, module, settings)
                        if id(entry.function.code) in unreached:
                            del self._report.events[told:]
                        events = self._report.events[told:]
                        if events:
                            self._failed.setdefault(id(entry.function.code), []).extend(events)
                else:
                    helpers.append(entry)
            if contracts is not None:
                with interp.bugs.survived():
                    for entry in self._worth_a_contract(helpers, module):
                        self._contract(entry, self._body_of(entry, module, settings), module)
                        contracts.judge(self._report.merges)
                    self._look_again(contracts, entries, outputs, module)
                    contracts.judge(self._report.merges)
                general = (Contribution(*one) for one in contracts.general())
                self._report.contributions.general.extend(general)

    def _unreached(self, outputs: Outputs, module: ModuleV) -> set[int]:
        """What only the program itself leads to, and Python did not come to: it had ended before."""
        code = self._report.codes.get(module.path)
        if code is None or not outputs.ended or outputs.events:
            return set()
        return only_called_by_program(code.body) - self._interp.entered

    def _entries(
        self, outputs: Outputs, module: ModuleV, entered: Collection[int]
    ) -> list[blind.Entry]:
        """Without functions inside others that these alone could have called, and did not, as they ran."""
        entries = [
            *blind.entries_of(outputs, module, entered, self._used.attributes),
            *blind.hidden_entries(outputs, module),
        ]
        code = self._report.codes.get(module.path)
        if code is None or not any(map(_is_inside, entries)):
            return entries
        uncalled = only_called(code.body)
        return [
            entry
            for entry in entries
            if not _is_inside(entry) or id(entry.function.code) not in uncalled
        ]

    def settle(self, run: Callable[[ModuleV], None], make: Callable[[], ModuleV]) -> None:
        """Leave in the report what holds in entries whichever way the file itself went.

        ``run`` runs a module that ``make`` made.  Its default way has bound names by choices; where it
        went all ways, these are unknown.  Failures behind choices that are free remain.
        """
        doubtful = self._failed.values() if self._ways is Ways.CHOSEN else ()
        judges = self._watch is not Watch.NOTHING and self._ways is not Ways.ONE
        if not doubtful and not judges:
            return
        module = make()
        doubted = {id(event) for events in doubtful for event in events}

        def first() -> None:
            try:
                run(module)
            except Raised:
                del self._interp.frames[:]

        def again(outputs: Outputs) -> None:
            if (
                self._interp.path.is_free
            ):  # else what follows all ways has no answer for all questions
                doubted.difference_update(self._remaining(outputs, module, judges=judges))

        self._explorer.on_every_path(first, again)
        self._report.events[:] = [e for e in self._report.events if id(e) not in doubted]

    def _remaining(self, outputs: Outputs, module: ModuleV, *, judges: bool) -> set[int]:
        """The failures that remain where a file went all ways; if it ``judges``, verdicts there count."""
        settings = _Settings(self._interp.image_data_format, self._interp.dtype_policy)
        judges = judges and _constants(module) != self._bound
        left = dict(self._failed)
        remaining: set[int] = set()
        with aside.entering(self._interp):
            for entry in self._entries(outputs, module, ()):
                events = left.pop(id(entry.function.code), [])
                body = self._body_of(entry, module, settings, made=blind.Made.JUDGED)
                if events:
                    certain = self._explorer.certain(body)
                    remaining.update(id(event) for event in events if event_key(event) in certain)
                if judges:
                    self._explorer.judge(body)
        only_one_way = (event for events in left.values() for event in events)
        return remaining.union(map(id, only_one_way))

    def _enter(self, entry: blind.Entry, module: ModuleV, settings: _Settings) -> None:
        """Explore an entry, unless it is known from before an edit what comes of it."""
        course, explorer = self._report.course, self._explorer
        if course is None:
            self._explore_entry(entry, module, settings)
            return
        known = course.kept_as_before(self._interp, entry.name)
        if known is not None:
            explorer.spent = explorer.spent.and_also(known)
            return
        with course.exploring(self._interp, entry.name, explorer, self._report.events):
            self._explore_entry(entry, module, settings)

    def _explore_entry(self, entry: blind.Entry, module: ModuleV, settings: _Settings) -> None:
        body = self._body_of(entry, module, settings, made=blind.Made.JUDGED)
        contributions = self._report.contributions
        before = len(contributions.found)
        self._explorer.explore(
            body,
            lambda: self._contract(entry, body, module),
            Site(module, entry.function.code),
            SecondRun(entry.name, body, TensorKind.ANY if entry.cls is None else TensorKind.GRAPH),
        )
        found = contributions.found[before:]
        contributions.general += [
            replace(one, merge=entering.for_any_caller(one.merge, entry)) for one in found
        ]
        for one in found:
            judging.tell_of_defaults(self._report.merges, one.merge, entry)

    def _body_of(
        self,
        entry: blind.Entry,
        module: ModuleV,
        settings: _Settings,
        opened: Collection[str] | None = None,
        made: blind.Made = blind.Made.WITH_METHOD,
    ) -> Body:
        """How to run an entry; with ``opened`` parameters also what it makes and hands out."""
        interp = self._interp

        def body(outputs: Outputs) -> None:
            interp.image_data_format = settings.image_data_format
            interp.dtype_policy = settings.dtype_policy
            with aside.within(interp, Frame(module.scope, module, "<module>")):
                blind.open_names(interp, module.scope, self._rebound(entry, module))
                if self._used:
                    leave_open(interp, module.scope, self._used.changed, self._used.attributes)
                    things = list(module.scope.variables.values())
                    open_all_late(interp, things, self._used.attributes, entry.function.code)
                others = opened or self._used.opened(entry.names())
                blind.enter(interp, entry, entry.opened.union(others), made)
                if opened is not None:
                    blind.enter_made(interp, outputs, module)

        return body

    def _rebound(self, entry: blind.Entry, module: ModuleV) -> list[str]:
        """The module's names that may have other values when somebody calls the function."""
        if self._rebindings is None:
            code = self._report.codes.get(module.path)
            self._rebindings = Rebindings(code) if code is not None else None
        return [] if self._rebindings is None else self._rebindings.after(entry.function.code)

    # -- contracts -----------------------------------------------------------------------

    def _contract(
        self, entry: blind.Entry, body: Body, module: ModuleV
    ) -> Mapping[MergeKey, Merge]:
        """The verdicts on the merges of an entry by its contract, if contracts were asked for."""
        found = self._contracts.of(entry, body, module) if self._contracts is not None else None
        if found is None:
            return {}
        if found.contract is not None:
            self._report.contracts.append(found.contract)
        return found.verdicts

    def _worth_a_contract(
        self, helpers: list[blind.Entry], module: ModuleV
    ) -> Iterator[blind.Entry]:
        """The functions that the program enters itself, as long as a contract may tell more.

        Those around a merge that is still unknown come first, and the innermost of them.
        """
        code = self._report.codes.get(module.path)
        if code is None or self._watch is Watch.CONTRACTS:
            yield from reversed(helpers)
            return
        around = list(second_look.around(code, helpers, self._unknown(code, module)))
        rest = [entry for entry in helpers if entry not in around]
        for entry in reversed(around):
            if any(second_look.around(code, [entry], self._unknown(code, module))):
                yield entry
        for entry in reversed(rest):
            if self._unknown(code, module):
                yield entry

    def _unknown(self, code: ir.ModuleCode, module: ModuleV) -> list[Span]:
        """Where the merges of a file stand that have no verdict yet."""
        return [
            span_in(code, merge.site.node)
            for merge in self._report.merges.values()
            if merge.verdict is Verdict.UNKNOWN and merge.site.module.path == module.path
        ]

    def _look_again(
        self,
        contracts: Contracts,
        entries: list[blind.Entry],
        outputs: Outputs,
        module: ModuleV,
    ) -> None:
        """The verdicts on merges that no other run met."""
        code = self._report.codes.get(module.path)
        if code is None or not entries:
            return
        settings = _Settings(self._interp.image_data_format, self._interp.dtype_policy)
        met = (*outputs.merges, *self._report.merges.values())
        missed = set(unmet.spans(code, module, [merge for merge in met if not _is_open(merge)]))
        merges = second_look.operators_at(code, missed)
        for entry in islice(second_look.around(code, entries, missed), _MAX_ENTRIES):
            opened = second_look.opened_for(entry)
            body = self._body_of(entry, module, settings, opened)
            found = dict(contracts.verdicts_of(entry, body, merges))
            left = missed.difference(span_in(code, m.site.node) for m in found.values())
            stops = any(second_look.around(code, [entry], left))
            failed = stops or any(map(is_behind_failure, found.values()))
            if failed or judging.is_undecided(found):
                self._explorer.suppose(contracts, found, body, failed=failed)
            self._report.contributions.general += [
                Contribution(
                    Site(module, entry.function.code), entering.for_any_caller(merge, entry)
                )
                for merge in found.values()
            ]
            for merge in found.values():
                if merge.site.module is module and span_in(code, merge.site.node) in missed:
                    judging.learn(self._report.merges, merge)


def _is_open(merge: Merge) -> bool:
    """Whether only names tell that this is a merge, and nothing its verdict."""
    return merge.tentative and merge.verdict is Verdict.UNKNOWN


def _is_inside(entry: blind.Entry) -> bool:
    """Whether it is a function that another one made, as it ran."""
    return entry.cls is None and entry.function.scope.kind == "function"

"""The analysis of one file: which runs to make, and what follows from them together.

The file is run as a program first.  Functions and classes that this never enters are then entered
on their own, with nothing known of their parameters but the defaults.  Each entry is explored along
the paths that its unknown conditions open.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

from kerasmergelint.dataclass import dataclass
from kerasmergelint.files import Files
from kerasmergelint.keras_api.protocol import Problem, TensorKind
from kerasmergelint.keras_api.versions import EVERY, V2, Versions
from kerasmergelint.options import Settings
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.deep import OutOfTime, run_deep
from kerasmergelint.syntax.parse import parse
from kerasmergelint.syntax.positions import span_in
from kerasmergelint.syntax.source import Span
from kerasmergelint.syntax.unread import Unread
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.events import Event, Merge, Verdict
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.interpreter import Budget, Interpreter, Outputs, Recorder
from kerasmergelint.tracker.machine.paths import Exploration, Path, explore
from kerasmergelint.tracker.machine.stopping import Stop
from kerasmergelint.tracker.program import blind, judging, mending, second_look
from kerasmergelint.tracker.program.attempt import End, attempt
from kerasmergelint.tracker.program.certain import certain_events, event_key
from kerasmergelint.tracker.program.contracts.contract import MergeKey
from kerasmergelint.tracker.program.contracts.entering import Contracts, for_any_caller
from kerasmergelint.tracker.program.contracts.met import every_rank, is_behind_failure
from kerasmergelint.tracker.program.data_formats import (
    for_channels_first,
    in_both,
    may_count_on_channels_first,
)
from kerasmergelint.tracker.program.eras import certain_in
from kerasmergelint.tracker.program.foldings import of_keras_1
from kerasmergelint.tracker.program.noting import Notes, Noting
from kerasmergelint.tracker.program.reaching import Contribution
from kerasmergelint.tracker.program.rebound import Rebindings
from kerasmergelint.tracker.program.report import Report, Watch
from kerasmergelint.tracker.program.requirements import python_below, root_of
from kerasmergelint.tracker.program.spending import Spending
from kerasmergelint.tracker.program.stoppable import Stoppable
from kerasmergelint.tracker.program.unbound import unbound
from kerasmergelint.tracker.program.unmet import spans
from kerasmergelint.tracker.program.usages import Usage, around, usage_of
from kerasmergelint.tracker.program.version import meant_by_imports, meant_by_project, settle
from kerasmergelint.tracker.program.watching import Watched, Watching
from kerasmergelint.tracker.program.wiring import SEMANTICS
from kerasmergelint.tracker.program.witnesses.searching import Searching
from kerasmergelint.tracker.python import declared
from kerasmergelint.tracker.python.modules import Follow, Modules
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.exceptions import words as in_words
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layer_names import Names
from kerasmergelint.tracker.values.objects import ClassV, FunctionV
from kerasmergelint.tracker.values.scope import ModuleV, Scope
from kerasmergelint.tracker.values.value import UnknownV

# A step is one statement, call or loop pass: about 4 microseconds. Default paths may use all of
# them; the other paths of an entry, and those of all entries together, share what an editor can
# wait for.
_STEPS = 70_000
_STEPS_OF_A_SUMMARY = 4_000_000
_STEPS_OF_ALL_OTHER_PATHS = 10_000
# Reached only through a bug of ours: steps are the budget, and the same on every machine.
_SECONDS = 20.0
_MAX_RUNS = 40
_MAX_ENTRIES = 400
_STEPS_OF_ALL_AT_ONCE = 8_000
_STEPS_FOR_WITNESSES = 120_000
_STEPS_BEYOND = 25_000  # half of what one run may use that only verdicts need
_MAY_FAIL = "it fails on a path that may not be taken"


def analyse(
    text: str,
    path: str,
    settings: Settings,
    recorder: Recorder | None = None,
    *,
    watch: Watch = Watch.NOTHING,
    edited: Mapping[str, str] | None = None,
    notes: Notes | None = None,
    stop: Stop | None = None,
) -> Report:
    """Analyse the text of a file.  Our own bugs end up in ``errors``.

    ``watch`` says whether every merge is to have a verdict, or every function a contract; ``edited``
    has other files of the program as they should be read.  ``notes``, if nothing is watched, take up
    the values of expressions; ``stop`` ends a run: it raises Stopped.
    """
    analysis = Analysis(
        path, settings, recorder=recorder, watch=watch, edited=edited, notes=notes, stop=stop
    )
    try:
        report = run_deep(lambda: analysis.run(text), _SECONDS)
        report.events = certain_in(report.era, report.events, report.text_of)
        used = analysis.usage()
        if used:
            report.events = analysis.also_as_used(text, used)
        texts = analysis.texts()
        if (
            report.events
            and settings.keras_version is None
            and analysis.may_mean_keras_2(text, texts)
        ):
            report.events = analysis.also_in_keras_2(text)
        report.events, folding = of_keras_1(
            report.events, report.text_of, lambda: analysis.also_in_keras_2(text)
        )
        report.foldings += [folding] if folding else []
        if report.events and may_count_on_channels_first(texts):
            other = Analysis(path, settings, data_format="channels_first", edited=edited, used=used)
            run_deep(lambda: other.run(text), _SECONDS)
            report.events, first = for_channels_first(
                report.events, other.report.events, path, report.files
            )
            report.foldings += [first] if first else []
        return report
    except OutOfTime:
        analysis.report.complete = analysis.report.repeatable = False
        return analysis.report


def evaluate(
    text: str | bytes,
    path: str,
    settings: Settings,
    expression: str | None = None,
    recorder: Recorder | None = None,
) -> Report:
    """Run a file as a program, then an expression in its namespace; no other function is entered."""
    analysis = Analysis(
        path,
        settings,
        steps=_STEPS_OF_A_SUMMARY,
        expression=expression,
        blind=False,
        recorder=recorder,
    )
    return run_deep(lambda: analysis.run(text))


class Analysis:
    """The runs for one file; they share the loaded modules and the budget."""

    def __init__(
        self,
        path: str,
        settings: Settings,
        *,
        steps: int = _STEPS,
        expression: str | None = None,
        blind: bool = True,
        recorder: Recorder | None = None,
        watch: Watch = Watch.NOTHING,
        notes: Notes | None = None,
        stop: Stop | None = None,
        data_format: str = "channels_last",
        edited: Mapping[str, str] | None = None,
        used: Usage | None = None,
    ) -> None:
        self.path = path
        self._used = used or Usage({}, frozenset(), channels_first=False)
        self._edited = edited
        self._data_format = data_format
        self.settings = settings
        self.budget = Budget(settings.steps or steps)
        watched = None if watch is Watch.NOTHING else Watched()
        self.report = Report(path, watched=watched, files=Files(edited))
        self._notes = notes
        self._stop = stop
        self.versions: Versions = EVERY
        self._presumed = False
        self._expression = expression
        self._blind = blind
        self._recorder = recorder
        self._rebindings: Rebindings | None = None
        self._reported: set[tuple[int, object]] = set()
        self._left_for_other_paths = _STEPS_OF_ALL_OTHER_PATHS
        self._for_witnesses = Budget(_STEPS_FOR_WITNESSES)
        self._contracts: Contracts | None = None
        self._watch = watch

    def run(self, text: str | bytes) -> Report:
        files = self.report.files
        code = parse(text, self.path)
        if isinstance(code, Unread):
            self.report.unread = code
            self.report.repeatable = False  # memory may have run out while it was read
            return self.report
        spoken = settle(code.source.text, self.settings.keras_version, self.path, files)
        self.versions, self._presumed = spoken.versions, spoken.presumed
        self.report.keras, self.report.era = str(spoken), spoken.era
        modules = Modules(
            _read,
            Follow(self.settings.follow),
            tuple(FilePath(root) for root in self.settings.roots),
            files,
        )
        watched = self.report.watched
        interp = self._interpreter(modules, spoken.versions)
        interp.default_data_format = self._data_format
        interp.conditions = self.settings.enables("KML205")
        interp.recorder = self._recorder
        interp.recording = not self._blind
        interp.declared = declared.shapes(self.settings.declared)
        self.report.interpreter = interp
        self.report.codes = modules.codes
        if watched is not None:
            self._contracts = Contracts.of_file(interp, code.size)
        self._explore_module(interp, code)
        if interp.divided:
            self.report.choice = interp.version
        return self.report

    def _interpreter(self, modules: Modules, versions: Versions) -> Interpreter:
        """One that watches, notes or can be stopped, if that was asked for."""
        stop = self._stop or Stop()
        if self.report.watched is not None:
            watched = self.report.watched
            return Watching(SEMANTICS, modules, self.budget, versions, watched, stop)
        if self._notes is not None:
            return Noting(SEMANTICS, modules, self.budget, versions, self._notes, stop)
        if self._stop is not None:
            return Stoppable(SEMANTICS, modules, self.budget, versions, stop)
        return Interpreter(SEMANTICS, modules, self.budget, versions)

    def may_mean_keras_2(self, text: str, texts: list[str]) -> bool:
        """Whether other files of the program can only mean Keras 2."""
        if meant_by_imports(text, texts):
            return True
        return self._presumed and meant_by_project(self.path, self.report.files)

    def also_in_keras_2(self, text: str) -> list[Event]:
        """The events of this analysis that Keras 2 would raise as well."""
        if self.versions <= V2:
            return self.report.events
        settings = replace(self.settings, keras_version="2")
        older = Analysis(self.path, settings, edited=self._edited)
        run_deep(lambda: older.run(text), _SECONDS)
        return in_both(self.report.events, older.report.events)

    def usage(self) -> Usage:
        """How other files of the project use what stands around the failures of this one."""
        code = self.report.codes.get(str(FilePath(self.path)))
        if code is None or not self.report.events:
            return self._used
        found = around(code, self.report.events)
        if not found.parameters:
            return self._used
        files = self.report.files
        below = python_below(files, str(root_of(self.path, files)))
        return usage_of(found, os.path.abspath(self.path), below)

    def also_as_used(self, text: str, used: Usage) -> list[Event]:
        """The events of this analysis that remain where the project decides otherwise."""
        events = self.report.events
        for data_format in ["channels_last", *["channels_first"] * used.channels_first]:
            other = Analysis(
                self.path, self.settings, data_format=data_format, edited=self._edited, used=used
            )
            run_deep(partial(other.run, text), _SECONDS)
            events = in_both(events, other.report.events)
        return events

    def texts(self) -> list[str]:
        """The texts of the program's own files."""
        interp = self.report.interpreter
        return [
            code.source.text
            for path, code in self.report.codes.items()
            if code is not None and not (interp and interp.modules.is_library(path))
        ]

    # -- entries -------------------------------------------------------------------------

    def _explore_module(self, interp: Interpreter, code: ir.ModuleCode) -> None:
        """Run the file as a program, then enter what it did not, in the state where it ended."""
        first = True

        def body(outputs: Outputs) -> None:
            nonlocal first
            module = _main_module(interp, self.path, self.report.files)
            self.report.module = module
            if first:
                # Set first: the program may raise before it ends.
                self.report.calls, self.report.models = outputs.calls, outputs.models
            try:
                self._run_body(interp, module, code)
                if self._expression is not None:
                    self.report.built_before = len(outputs.models)
                    self._run_expression(interp, module, self._expression)
            except Raised as raised:
                del interp.frames[:]
                if first:
                    self.report.raised = in_words(raised.exception)
            if first and self._blind:
                first = False
                self._explore_rest(interp, outputs, module)
            first = False

        self.report.codes[str(FilePath(self.path))] = code

        def again(outputs: Outputs) -> None:
            module = _main_module(interp, self.path, self.report.files)
            self._run_body(interp, module, code)

        second = _SecondRun(again, TensorKind.ANY, of_module=True) if self._blind else None
        self._explore(interp, body, second=second)

    def _run_body(self, interp: Interpreter, module: ModuleV, code: ir.ModuleCode) -> None:
        with aside.within(interp, Frame(module.scope, module, "<module>")):
            interp.execute(code.body)

    def _run_expression(self, interp: Interpreter, module: ModuleV, expression: str) -> None:
        code = parse(expression, self.path)
        if not isinstance(code, Unread):
            self.report.unbound = unbound(expression, module.scope)
            self.report.bound = tuple(module.scope.variables)
            [statement] = code.body
            assert isinstance(statement, ir.ExprStmt)
            with aside.within(interp, Frame(module.scope, module, "<module>")):
                value = interp.evaluate(statement.value)
            self.report.unknown = value.reason if isinstance(value, UnknownV) else ""

    def _explore_rest(self, interp: Interpreter, outputs: Outputs, module: ModuleV) -> None:
        """Enter the functions and methods that the program did not."""
        entries = blind.entries_of(outputs, module, interp.entered, self._used.attributes)
        # Global settings of Keras that the file made hold in its functions, too.
        settings = interp.image_data_format, interp.dtype_policy
        helpers: list[blind.Entry] = []
        with aside.entering(interp):
            for entry in blind.callers_first(entries)[:_MAX_ENTRIES]:
                if id(entry.function.code) not in interp.entered:
                    self._explore_entry(interp, entry, module, settings)
                else:
                    helpers.append(entry)
            if self._contracts is not None:
                for entry in self._worth_a_contract(helpers, module):
                    body = self._body_of(interp, entry, module, settings)
                    self._contract(entry, body, module)
                    self._contracts.judge(self.report.merges)
                self._look_again(interp, self._contracts, entries, outputs, module)
                self._contracts.judge(self.report.merges)
                general = (Contribution(*one) for one in self._contracts.general())
                self.report.contributions.general.extend(general)

    def _look_again(
        self,
        interp: Interpreter,
        contracts: Contracts,
        entries: list[blind.Entry],
        outputs: Outputs,
        module: ModuleV,
    ) -> None:
        """The verdicts on merges that no other run met."""
        code = self.report.codes.get(module.path)
        if code is None or not entries:
            return
        settings = interp.image_data_format, interp.dtype_policy
        missed = set(spans(code, module, [*outputs.merges, *self.report.merges.values()]))
        for entry in islice(second_look.around(code, entries, missed), _MAX_ENTRIES):
            opened = second_look.deciding(entry.function.code.body)
            body = self._body_of(interp, entry, module, settings, opened)
            found = dict(contracts.verdicts_of(entry, body))
            failed = any(map(is_behind_failure, found.values()))
            if failed or judging.is_undecided(found):
                self._suppose(interp, contracts, found, body, failed=failed)
            for merge in found.values():
                if merge.site.module is module and span_in(code, merge.site.node) in missed:
                    judging.note(self.report.merges, merge)

    def _worth_a_contract(
        self, helpers: list[blind.Entry], module: ModuleV
    ) -> Iterator[blind.Entry]:
        """The functions that the program enters itself, as long as a contract may tell more.

        Those around a merge that is still unknown come first, and the innermost of them.
        """
        code = self.report.codes.get(module.path)
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
            for merge in self.report.merges.values()
            if merge.verdict is Verdict.UNKNOWN and merge.site.module.path == module.path
        ]

    def _explore_entry(
        self, interp: Interpreter, entry: blind.Entry, module: ModuleV, settings: tuple[Any, Any]
    ) -> None:
        body = self._body_of(interp, entry, module, settings)
        site = Site(module, entry.function.code)
        contributions = self.report.contributions
        before = len(contributions.found)
        kind = TensorKind.ANY if entry.cls is None else TensorKind.GRAPH
        self._explore(
            interp,
            body,
            lambda: self._contract(entry, body, module),
            site,
            _SecondRun(body, kind),
        )
        found = contributions.found[before:]
        contributions.general += [
            replace(one, merge=for_any_caller(one.merge, entry)) for one in found
        ]
        for one in found:
            judging.tell_of_defaults(self.report.merges, one.merge, entry)

    def _body_of(
        self,
        interp: Interpreter,
        entry: blind.Entry,
        module: ModuleV,
        settings: tuple[Any, Any],
        opened: Collection[str] | None = None,
    ) -> Callable[[Outputs], None]:
        """How to run an entry; with ``opened`` parameters also what it makes and hands out."""

        def body(outputs: Outputs) -> None:
            interp.image_data_format, interp.dtype_policy = settings
            with aside.within(interp, Frame(module.scope, module, "<module>")):
                blind.open_names(interp, module.scope, self._rebound(entry))
                blind.enter(interp, entry, opened or self._used.opened(entry.names()))
                if opened is not None:
                    blind.enter_made(interp, outputs, module)

        return body

    def _rebound(self, entry: blind.Entry) -> list[str]:
        """The module's names that may have other values when somebody calls the function."""
        if self._rebindings is None:
            code = self.report.codes.get(self.path)
            self._rebindings = Rebindings(code) if code is not None else None
        return [] if self._rebindings is None else self._rebindings.after(entry.function.code)

    def _contract(
        self, entry: blind.Entry, body: Callable[[Outputs], None], module: ModuleV
    ) -> Mapping[MergeKey, Merge]:
        """The verdicts on the merges of an entry by its contract, if contracts were asked for."""
        found = self._contracts.of(entry, body, module) if self._contracts is not None else None
        if found is None:
            return {}
        self.report.contracts.append(found.contract)
        return found.verdicts

    # -- one exploration -----------------------------------------------------------------

    def _explore(
        self,
        interp: Interpreter,
        body: Callable[[Outputs], None],
        by_contract: Callable[[], Mapping[MergeKey, Merge]] = dict,
        entry: Site | None = None,
        second: _SecondRun | None = None,
    ) -> None:
        spending = Spending(self.budget, self._left_for_other_paths)
        found = explore(
            lambda path: spending.on(lambda: self._one_run(interp, path, body)),
            max_runs=_MAX_RUNS,
            may_go_on=spending.may_go_on,
            hangs_on=lambda outputs, index: any(e.questions > index for e in outputs.events),
        )
        runs = [run.result for run in found.runs]
        cut = any(outputs.cut for outputs in runs)
        rest = None
        if self._blind and not found.complete and not cut:
            rest = self._all_at_once(interp, body, spending.on_default)
        if self._contracts is not None and (cut if rest is None else rest.cut):
            whole = body if second is None else second.body
            beyond = self._contracts.beyond(lambda: self._all_at_once(interp, whole, _STEPS_BEYOND))
            rest = beyond or rest
        complete = found.complete and not cut if rest is None else not rest.cut
        self._left_for_other_paths -= spending.on_others
        self.report.complete = self.report.complete and complete
        self._note_events(interp, found, second)
        verdicts = judging.judged(runs, rest, complete=complete)
        if self._contracts is not None:
            every = runs if rest is None else [*runs, rest]
            met = [merge for outputs in every for merge in outputs.merges]
            self._by_contract(verdicts, by_contract)
            failed = any(map(mending.has_failed, every))
            if second is not None and (failed or judging.is_undecided(verdicts)):
                body = second.body
                met += self._suppose(interp, self._contracts, verdicts, body, failed=failed)
            home = str(FilePath(self.path))
            self.report.contributions.add(entry, verdicts, met, home)
        for merge in verdicts.values():
            judging.note(self.report.merges, merge)

    def _by_contract(
        self,
        judged: dict[MergeKey, Merge],
        verdicts: Callable[[], Mapping[MergeKey, Merge]],
    ) -> None:
        """Where the runs of an entry leave a merge unknown, its contract decides."""
        if not judging.is_undecided(judged) and self._watch is not Watch.CONTRACTS:
            return
        for key, merge in verdicts().items():
            if key not in judged or judged[key].verdict is Verdict.UNKNOWN:
                judged[key] = merge

    def _suppose(
        self,
        interp: Interpreter,
        contracts: Contracts,
        judged: dict[MergeKey, Merge],
        body: Callable[[Outputs], None],
        *,
        failed: bool,
    ) -> list[Merge]:
        """What the runs left unknown, told by others that suppose more; returns all merges met.

        They go on after failures, or take unknowns for tensors.
        """

        def run() -> Outputs | None:
            return contracts.beyond(lambda: self._all_at_once(interp, body, _STEPS_BEYOND))

        runs = mending.mended(interp, run) if failed else every_rank(interp, run)
        met = [merge for outputs in runs for merge in outputs.merges]
        found = judging.judged(runs, None, complete=True)
        for key, merge in mending.verdicts(found, met, self.report.codes).items():
            if key not in judged or judged[key].verdict is Verdict.UNKNOWN:
                judged[key] = merge
        return met

    def _all_at_once(
        self, interp: Interpreter, body: Callable[[Outputs], None], default: int
    ) -> Outputs:
        """One run that follows all paths together: it leaves nothing out, and reports no failures."""
        with (
            aside.all_paths(interp),
            aside.at_most(interp, max(_STEPS_OF_ALL_AT_ONCE, 2 * default)),
        ):
            path = Path()
            outputs = self._one_run(interp, path, body)
        outputs.cut = outputs.cut or any(not decision.usual for decision in path.taken)
        outputs.failed = mending.has_failed(outputs)
        outputs.events.clear()
        outputs.merges = [
            replace(merge, verdict=Verdict.UNKNOWN, reason=_MAY_FAIL)
            if merge.verdict is Verdict.BROKEN
            else merge
            for merge in outputs.merges
        ]
        return outputs

    def _one_run(self, interp: Interpreter, path: Path, body: Callable[[Outputs], None]) -> Outputs:
        done = attempt(interp, path, body)
        done.outputs.cut = done.end not in (End.RETURNED, End.RAISED)
        if done.end is End.TOO_DEEP or done.errors:
            self.report.repeatable = False
        self.report.errors += done.errors
        _without_libraries(interp, done.outputs)
        return done.outputs

    # -- conclusions ---------------------------------------------------------------------

    def _note_events(
        self, interp: Interpreter, found: Exploration[Outputs], second: _SecondRun | None
    ) -> None:
        new = [e for e in certain_events(found) if event_key(e) not in self._reported]
        self._reported.update(map(event_key, new))
        if new and second is not None:
            search = Searching(
                interp,
                second.body,
                second.kind,
                second.of_module,
                self._reported,
                self._for_witnesses,
            )
            new = search.witnessed(found, new)
            self.report.errors += search.errors
        self.report.events += new


@dataclass(frozen=True, slots=True)
class _SecondRun:
    """How to run an entry once more, and the kind of the tensors that it is given."""

    body: Callable[[Outputs], None]
    kind: TensorKind
    of_module: bool = False


def _without_libraries(interp: Interpreter, outputs: Outputs) -> None:
    """Of installed packages only what they give counts: they work, and are not the user's to mend."""
    theirs = interp.modules.is_library
    outputs.events[:] = [e for e in outputs.events if not theirs(e.site.module.path)]
    outputs.merges[:] = [m for m in outputs.merges if not theirs(m.site.module.path)]


def _main_module(interp: Interpreter, path: str, files: Files) -> ModuleV:
    file = FilePath(path)
    name = file.stem
    folder = file.parent
    packages: list[str] = []
    while files.is_file(folder / "__init__.py") and folder.name and len(packages) < 20:
        packages.insert(0, folder.name)
        folder = folder.parent
    is_package = file.name == "__init__.py"
    dotted = ".".join(packages if is_package else [*packages, name])
    scope = Scope(interp.heap, None, None, "module")
    module = ModuleV(interp.heap, dotted, str(file), scope, package=is_package)
    scope.module = module
    scope.variables.update({"__name__": "__main__", "__file__": os.path.abspath(path)})
    return module


def _read(files: Files, path: str) -> ir.ModuleCode | None:
    """Parse another file of the project; None stands for one that cannot be read."""
    content = files.content(path)
    code = None if content is None else parse(content, path)
    return None if isinstance(code, Unread) else code


__all__ = ["Analysis", "ClassV", "FunctionV", "Names", "Problem", "Report", "Site", "analyse"]

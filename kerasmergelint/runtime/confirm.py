"""Linting, and having TensorFlow judge the findings.

The worker process for a version of Keras starts when a finding first needs it, and is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import select
from kerasmergelint.rules.finding import Finding
from kerasmergelint.rules.findings import Places, with_events
from kerasmergelint.rules.folding import fold
from kerasmergelint.runtime import programs
from kerasmergelint.runtime.answers import Result
from kerasmergelint.runtime.judge import judge
from kerasmergelint.runtime.limits import Limits
from kerasmergelint.runtime.plan import Record, Recorder, as_json
from kerasmergelint.runtime.verdict import Verdict, not_reached
from kerasmergelint.runtime.worker import TensorFlowMissing, Worker, WorkerFailed
from kerasmergelint.runtime.workload import Job
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Report
from kerasmergelint.tracker.values.graph import Site

INSTALL = "pip install 'kerasmergelint[runtime]'"

# How many findings one process builds in a row: they share the cost of setting up.
_PER_PROCESS = 25


@dataclass(frozen=True, slots=True)
class Options:
    """How to confirm; ``jobs`` is the number of parallel processes."""

    execute: bool = False
    allow_user_code: bool = False
    python: str = sys.executable
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, and what TensorFlow says about it."""

    finding: Finding
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Linted:
    """One file: its findings, each with its event, and the report that they come from."""

    path: str
    text: str
    report: Report
    found: tuple[tuple[Finding, Event | None], ...]


OnJudged = Callable[[Judged], None]

# A version of Keras, and whether it must be that one.
Wanted = tuple[int, bool]


class Confirmer:
    """Confirms findings; ``problems`` lists reasons why some could not be tried."""

    def __init__(self, settings: Settings, options: Options) -> None:
        self.settings = settings
        self.options = options
        self.problems: list[str] = []
        self._workers: dict[int, Worker | str] = {}
        self._failures: dict[int, str] = {}
        self._told: set[int] = set()

    def __enter__(self) -> Confirmer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers.values():
            if isinstance(worker, Worker):
                worker.stop()
        self._workers.clear()

    # -- linting -----------------------------------------------------------------------------

    def lint(self, text: str, path: str) -> Linted:
        """The findings of a file, ready to be confirmed."""
        recorder = Recorder(self.options.allow_user_code)
        report = analyse(text, path, self.settings, recorder)
        pairs = list(with_events(report))
        events = {id(finding): event for finding, event in pairs}
        chosen = select((finding for finding, _ in pairs), self.settings)
        told = {finding.key: events[id(finding)] for finding in chosen}
        findings = fold(chosen, self.settings)
        return Linted(
            path, text, report, tuple((finding, told[finding.key]) for finding in findings)
        )

    # -- confirming --------------------------------------------------------------------------

    def confirm(
        self, linted: Sequence[Linted], on_judged: OnJudged | None = None
    ) -> dict[str, list[Judged]]:
        """The verdict on every finding, by path, in the order of the findings."""
        verdicts: dict[tuple[int, int], Verdict] = {}

        def settle(key: tuple[int, int], verdict: Verdict) -> None:
            if key not in verdicts:
                verdicts[key] = verdict
                if on_judged is not None:
                    on_judged(Judged(linted[key[0]].found[key[1]][0], verdict))

        way = self._execute if self.options.execute else self._replay
        way(linted, settle)
        return {
            file.path: [
                Judged(finding, verdicts.get((number, index), not_reached("not tried")))
                for index, (finding, _) in enumerate(file.found)
            ]
            for number, file in enumerate(linted)
        }

    def _replay(self, linted: Sequence[Linted], settle: Callable[..., None]) -> None:
        """Repeat the calls that lead to each finding."""
        causes: dict[tuple[int, int], Record] = {}
        items: dict[Wanted, list[_Entry]] = {}
        for number, file in enumerate(linted):
            lines = _Lines(file.report)
            for index, (_, event) in enumerate(file.found):
                key = (number, index)
                record = event.record if event is not None else None
                if not isinstance(record, Record):
                    settle(key, not_reached("just a note, with nothing to build"))
                elif not record.plans:
                    settle(key, not_reached(record.reason))
                else:
                    causes[key] = record
                    plans = [as_json(plan, lines) for plan in record.plans]
                    wanted = (record.keras, record.certain)
                    alone = any(plan.user_code for plan in record.plans)
                    entry = _Entry(key, {"variants": plans}, alone)
                    items.setdefault(wanted, []).append(entry)
        for wanted, entries in sorted(items.items()):

            def on_result(key: tuple[int, int], result: Result) -> None:
                record = causes[key]
                settle(key, judge(record.cause, {**result, "told": record.told}))

            self._run(wanted, _batches("replay", entries, self.options.jobs), on_result, settle)

    def _execute(self, linted: Sequence[Linted], settle: Callable[..., None]) -> None:
        """Run each file that has findings."""
        jobs: dict[Wanted, list[Job]] = {}
        asked: dict[int, Result] = {}
        for number, file in enumerate(linted):
            if not file.found:
                continue
            program = programs.as_json(file.path, file.text, file.found, self.settings)
            asked[number] = program
            job = Job("execute", (program,), (number,))
            jobs.setdefault(programs.keras_of(file.report), []).append(job)

        def on_result(number: int, result: Result) -> None:
            for index, (_, event) in enumerate(linted[number].found):
                watched = asked[number]["findings"][index]
                settle((number, index), programs.judge(event, watched, index, result))

        def settle_all(number: int, verdict: Verdict) -> None:
            for index in range(len(linted[number].found)):
                settle((number, index), verdict)

        for wanted, work in sorted(jobs.items()):
            self._run(wanted, work, on_result, settle_all)

    def run_programs(
        self, paths: Iterable[str], keras: int, texts: Mapping[str, str] | None = None
    ) -> dict[str, Result]:
        """Run files without looking for anything, some with a different text; returns the result of each."""
        roots = list(self.settings.roots)
        jobs = [
            Job("execute", ({**programs.bare(path), "text": text, "roots": roots},), (path,))
            for path in paths
            for text in ((texts or {}).get(path),)
        ]
        results: dict[str, Result] = {}
        self._run((keras, True), jobs, results.__setitem__, lambda *_: None)
        return results

    # -- workers -----------------------------------------------------------------------------

    def _run(
        self,
        wanted: Wanted,
        jobs: Sequence[Job],
        on_result: Callable[[Any, Result], None],
        settle: Callable[[Any, Verdict], None],
    ) -> None:
        worker = self._worker(*wanted)
        if isinstance(worker, str):
            for job in jobs:
                for key in job.keys:
                    settle(key, not_reached(worker))
            return
        worker.run(jobs, on_result)

    def _worker(self, keras: int, certain: bool) -> Worker | str:
        """The worker for a Keras, or why there is none; if not certain, the other Keras will do."""
        worker = self._started(keras)
        if isinstance(worker, str) and not certain:
            other = self._started(5 - keras)
            if isinstance(other, Worker):
                return other
        if isinstance(worker, str) and keras not in self._told:
            self._told.add(keras)
            self.problems.append(self._failures[keras])
        return worker

    def _started(self, keras: int) -> Worker | str:
        if keras not in self._workers:
            options = self.options
            worker = Worker(options.python, str(keras), options.limits, options.jobs)
            try:
                worker.start()
                self._workers[keras] = worker
            except TensorFlowMissing as error:
                self._workers[keras] = f"no TensorFlow with Keras {keras}"
                install = _what_to_install(keras, options.python)
                self._failures[keras] = f"{error}; {install}"
            except WorkerFailed as error:
                self._workers[keras] = self._failures[keras] = str(error)
        return self._workers[keras]

    @property
    def versions(self) -> dict[int, Result]:
        """What the workers say about themselves, by version of Keras."""
        return {k: w.about for k, w in self._workers.items() if isinstance(w, Worker)}


def _what_to_install(keras: int, python: str) -> str:
    command = INSTALL if keras == 3 else f"{INSTALL} tf_keras"
    if python != sys.executable:
        return f"in the environment of {python}: {command}"
    return f"to install it: {command}"


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is to be replayed; ``alone`` if it runs code of the program, which may be hostile."""

    key: tuple[int, int]
    item: Result
    alone: bool


def _batches(kind: str, entries: list[_Entry], jobs: int) -> list[Job]:
    """Spread items over as many processes as may run, some of them to each."""
    ours = [entry for entry in entries if not entry.alone]
    size = max(1, min(_PER_PROCESS, -(-len(ours) // max(1, jobs))))
    parts = [ours[start : start + size] for start in range(0, len(ours), size)]
    parts += [[entry] for entry in entries if entry.alone]
    return [
        Job(kind, tuple(entry.item for entry in part), tuple(entry.key for entry in part))
        for part in parts
    ]


class _Lines:
    """The lines of sites, as the user counts them."""

    def __init__(self, report: Report) -> None:
        self._places = Places(report)

    def __call__(self, site: Site | None) -> int | None:
        if site is None or site.node is None:
            return None
        return self._places.span(site).line


__all__ = ["INSTALL", "Confirmer", "Judged", "Linted", "Options"]

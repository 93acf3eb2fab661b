"""The analysis of a file: what is found, and what of it remains under other assumptions.

A failure is one only if it also happens in the older Keras that the program may be written for, with the
other data format, and as other files of the project use the code.  These are asked for if there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Final

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.versions import V2
from kerasmergelint.options import Settings
from kerasmergelint.syntax.deep import OutOfTime, run_deep
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.machine.interpreter import Recorder
from kerasmergelint.tracker.machine.stopping import Stop
from kerasmergelint.tracker.program.allowance import STEPS_OF_A_SUMMARY
from kerasmergelint.tracker.program.backends import certain_in_backend, certain_in_project
from kerasmergelint.tracker.program.changed import changed_in
from kerasmergelint.tracker.program.course import Course
from kerasmergelint.tracker.program.data_formats import (
    for_channels_first,
    in_both,
    may_count_on_channels_first,
)
from kerasmergelint.tracker.program.eras import certain_in
from kerasmergelint.tracker.program.exploring import Recheck
from kerasmergelint.tracker.program.foldings import of_older_keras, without_gone_names
from kerasmergelint.tracker.program.once import Analysis, Task
from kerasmergelint.tracker.program.report import Report, Watch
from kerasmergelint.tracker.program.requirements import programs_around
from kerasmergelint.tracker.program.usages import UNUSED, Usage, around, usage_of
from kerasmergelint.tracker.program.version import meant_by_imports, meant_by_project, takes_another
from kerasmergelint.tracker.python.set_late import sets_late

if TYPE_CHECKING:
    from kerasmergelint.tracker.program.noting import Notes

# Reached only through a bug of ours: steps are the budget, and the same on every machine.  The verdicts on a
# long program take 7 seconds of a busy processor, which counts more of them the busier it is.
_SECONDS: Final = 60.0


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
    before: Course | None = None,
) -> Report:
    """Analyse the text of a file.  Our own bugs end up in ``errors``.

    ``watch`` says whether every merge is to have a verdict, or every function a contract; ``edited``
    has other files of the program as they should be read.  ``notes``, if nothing is watched, take up
    the values of expressions; ``stop`` ends a run: it raises Stopped.  With the course of an analysis
    ``before`` an edit, this one gives an early answer, or none if that takes hardly less than the whole.
    """
    task = Task(
        path,
        settings,
        recorder=recorder,
        watch=watch,
        edited=edited,
        notes=notes,
        stop=stop,
        before=before,
    )
    analysis = Analysis(task)
    try:
        report = run_deep(lambda: analysis.run(text), _SECONDS)
        with report.bugs.survived():
            report.events = certain_in(report.era, report.events, report.text_of)
            report.events = certain_in_backend(report.events, report.text_of)
            programs = partial(programs_around, report.path, report.files)
            report.events = certain_in_project(report.events, programs, report.text_of)
            report.events = without_gone_names(report.events, programs)
            _Doubts(text, analysis).settle()
            return report.concluded()
        report.events, report.foldings = [], []  # a bug left open which of them are certain
        return report.concluded()
    except OutOfTime:
        report = analysis.report
        report.events, report.foldings, report.complete, report.repeatable = [], [], False, False
        return report


def evaluate(
    text: str | bytes,
    path: str,
    settings: Settings,
    expression: str | None = None,
    recorder: Recorder | None = None,
) -> Report:
    """Run a file as a program, then an expression in its namespace; no other function is entered."""
    task = Task(
        path,
        settings,
        steps=STEPS_OF_A_SUMMARY,
        expression=expression,
        blind=False,
        recorder=recorder,
    )
    return run_deep(lambda: Analysis(task).run(text))


@dataclass(frozen=True, slots=True)
class _Doubts:
    """Why the failures of an analysis may be none, each settled by another analysis of the same text."""

    text: str
    analysis: Analysis

    def settle(self) -> None:
        """Leave in the report what is beyond doubt, and fold what has one cause."""
        report = self.analysis.report
        used = self._usage()
        if used:
            report.events = self._as_used(used)
        texts = self._texts()
        if report.events and self._may_mean_keras_2(texts):
            report.events = self._in_keras_2()
        report.events, folding = of_older_keras(report.events, report.text_of, self._in_keras_2)
        report.foldings += [folding] if folding else []
        if report.events and may_count_on_channels_first(texts):
            other = self._events(data_format="channels_first", used=used, new_count=True)
            report.events, first = for_channels_first(
                report.events, other, report.path, report.files
            )
            report.foldings += [first] if first else []

    def _events(
        self,
        *,
        data_format: str = "channels_last",
        used: Usage = UNUSED,
        keras_version: str | None = None,
        new_count: bool = False,
    ) -> list[Event]:
        """What another analysis finds, where this one found something; or everywhere if ``new_count``."""
        asked = self.analysis.task
        failing = None if new_count else frozenset(self.analysis.report.failing)
        settings = asked.settings
        if keras_version is not None:
            settings = replace(settings, keras_version=keras_version)
        task = Task(
            asked.path,
            settings,
            data_format=data_format,
            used=used,
            edited=asked.edited,
            before=asked.before,
            recheck=Recheck(failing),
        )
        other = Analysis(task)
        run_deep(partial(other.run, self.text), _SECONDS)
        self.analysis.report.bugs.add_all(other.report.bugs)
        return other.report.events

    def _texts(self) -> list[str]:
        """The texts of the program's own files."""
        report = self.analysis.report
        interp = report.interpreter
        return [
            code.source.text
            for path, code in report.codes.items()
            if code is not None and not (interp and interp.modules.is_library(path))
        ]

    # -- as the project uses it ----------------------------------------------------------

    def _usage(self) -> Usage:
        """How other files of the project, and other functions, use what stands around the failures."""
        report = self.analysis.report
        code = report.codes.get(str(FilePath(report.path)))
        if code is None or not report.events:
            return UNUSED
        found = around(code, report.events)
        if not (found.functions or found.methods):
            return UNUSED
        below = programs_around(report.path, report.files)
        imported = [path for path in report.codes if path != code.path]
        used = usage_of(found, code, imported, below)
        changed = used.changed.and_also(changed_in(code))
        return replace(used, changed=changed, sets_late=sets_late(code.body))

    def _as_used(self, used: Usage) -> list[Event]:
        """The events that remain where the project decides otherwise."""
        events = self.analysis.report.events
        for data_format in ["channels_last", *["channels_first"] * used.channels_first]:
            events = in_both(events, self._events(data_format=data_format, used=used))
        return events

    # -- in Keras 2 ----------------------------------------------------------------------

    def _may_mean_keras_2(self, texts: list[str]) -> bool:
        """Whether other files of the program can only mean Keras 2, and nothing here excludes it."""
        analysis = self.analysis
        if analysis.task.settings.keras_version is not None:
            return False
        if not analysis.presumed:
            return takes_another(texts)
        if meant_by_imports(self.text, texts):
            return True
        return meant_by_project(analysis.task.path, analysis.report.files)

    def _in_keras_2(self) -> list[Event]:
        """The events that Keras 2 would raise as well."""
        events = self.analysis.report.events
        if self.analysis.versions <= V2:
            return events
        return in_both(events, self._events(keras_version="2"))

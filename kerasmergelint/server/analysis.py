"""From a program to a snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kerasmergelint.cli.programs.noqa import silences, silences_file
from kerasmergelint.dataclass import replace
from kerasmergelint.rules.check import reported
from kerasmergelint.rules.codes import NOT_ANALYSED
from kerasmergelint.rules.finding import Finding
from kerasmergelint.rules.findings import with_events
from kerasmergelint.server.jobs import Done, Job, Stage
from kerasmergelint.server.offers import offers
from kerasmergelint.server.snapshot import Snapshot
from kerasmergelint.server.task import Task
from kerasmergelint.syntax.gate import concerns_keras, mentions_keras
from kerasmergelint.tracker.machine.stopping import Stop
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.noting import Notes
from kerasmergelint.tracker.program.report import Report, Watch


def perform(job: Job) -> Done | None:
    """Do a job; None for an early answer that cannot be given.  Raises Stopped."""
    snapshot, task = job.snapshot, job.task
    if snapshot is None:
        return Done(job.key, task, job.stage, snapshot_of(task, job.stop))
    if job.stage is Stage.EARLY:
        early = early_snapshot(task, snapshot, job.stop)
        return None if early is None else Done(job.key, task, job.stage, *early)
    if job.stage is Stage.REPAIRS:
        snapshot.offers = offers(task, snapshot.findings, job.stop)
    else:
        judge(snapshot, task, job.stop)
    return Done(job.key, task, job.stage, snapshot)


def snapshot_of(task: Task, stop: Stop) -> Snapshot | None:
    """What is known about a program; None if it cannot be read."""
    program, settings = task.program, task.configuration.settings
    notes = Notes(str(Path(program.path)))
    if not _concerns_keras(task):
        return Snapshot(program, task.folder, Report(program.path), notes, [], task.world)
    report = analyse(
        program.text, program.path, settings, notes=notes, edited=task.texts, stop=stop
    )
    if report.unread is not None:
        return None
    findings = list(_wanted(reported(report, settings), task))
    return Snapshot(program, task.folder, report, notes, findings, task.world)


def early_snapshot(task: Task, before: Snapshot, stop: Stop) -> tuple[Snapshot, Snapshot] | None:
    """The findings that an edit may have changed, and those that were known before and stay.

    None if the whole analysis would take hardly longer, or the edit is not all that has changed.
    """
    program, settings, past = task.program, task.configuration.settings, before.report.course
    if past is None or before.world != task.world:
        return None
    report = analyse(
        program.text, program.path, settings, edited=task.texts, stop=stop, before=past
    )
    course = report.course
    if course is None or not course.is_early:
        return None
    notes = Notes(str(Path(program.path)))
    findings = list(_wanted(reported(report, settings), task))
    kept = {id(event) for name in course.kept for event in past.ran[name].events}
    keys = {finding.key for finding, event in with_events(before.report) if id(event) in kept}
    staying = [finding for finding in before.findings if finding.key in keys]
    return (
        Snapshot(program, task.folder, report, notes, findings, task.world),
        replace(before, findings=staying),
    )


def _concerns_keras(task: Task) -> bool:
    """Whether a program may be about Keras: judged by its text, its imports, or what else is open."""
    program = task.program
    if concerns_keras(program.text, program.path, task.configuration.roots):
        return True
    return "import" in program.text and any(map(mentions_keras, task.texts.values()))


def judge(snapshot: Snapshot, task: Task, stop: Stop) -> None:
    """Add the verdict on every merge, and the contract of every function."""
    program, settings = task.program, task.configuration.settings
    report = analyse(
        program.text,
        program.path,
        settings,
        watch=Watch.CONTRACTS,
        edited=task.texts,
        stop=stop,
    )
    if report.unread is not None:
        return
    report.add_unreached()
    snapshot.verdicts = report
    if settings.enables(NOT_ANALYSED):
        snapshot.findings = list(_wanted(reported(report, settings), task))


def _wanted(found: list[Finding], task: Task) -> Iterator[Finding]:
    """The findings that neither the configuration nor a comment silences."""
    program = task.program
    if silences_file(program.text):
        return
    for finding in found:
        ignored = task.configuration.ignores(finding.code, program.path, task.folder)
        if not ignored and not silences(program.line(finding.line), finding.code):
            yield finding

"""From a program to a snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kerasmergelint.cli.programs.noqa import silences, silences_file
from kerasmergelint.rules.check import reported
from kerasmergelint.rules.codes import NOT_ANALYSED
from kerasmergelint.rules.finding import Finding
from kerasmergelint.server.offers import offers
from kerasmergelint.server.snapshot import Snapshot
from kerasmergelint.server.task import Task
from kerasmergelint.server.worker import Job, Stage
from kerasmergelint.syntax.gate import concerns_keras, mentions_keras
from kerasmergelint.tracker.machine.stopping import Stop
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.noting import Notes
from kerasmergelint.tracker.program.report import Report, Watch


def perform(job: Job) -> Snapshot | None:
    """Do a job; None if the program cannot be read.  Raises Stopped."""
    if job.snapshot is None:
        return snapshot_of(job.task, job.stop)
    if job.stage is Stage.REPAIRS:
        job.snapshot.offers = offers(job.task, job.snapshot.findings, job.stop)
    else:
        judge(job.snapshot, job.task, job.stop)
    return job.snapshot


def snapshot_of(task: Task, stop: Stop) -> Snapshot | None:
    """What is known about a program; None if it cannot be read."""
    program, settings = task.program, task.configuration.settings
    notes = Notes(str(Path(program.path)))
    if not _concerns_keras(task):
        return Snapshot(program, task.folder, Report(program.path), notes, [])
    report = analyse(
        program.text, program.path, settings, notes=notes, edited=task.texts, stop=stop
    )
    if report.unread is not None:
        return None
    findings = list(_wanted(reported(report, settings), task))
    return Snapshot(program, task.folder, report, notes, findings)


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
    if silences_file(program.text.splitlines()):
        return
    for finding in found:
        ignored = task.configuration.ignores(finding.code, program.path, task.folder)
        if not ignored and not silences(program.line(finding.line), finding.code):
            yield finding

"""From the text of a file to its findings."""

from __future__ import annotations

from collections.abc import Iterable

from kerasmergelint.options import Settings
from kerasmergelint.rules.codes import CODES, NOT_ANALYSED
from kerasmergelint.rules.finding import Finding
from kerasmergelint.rules.findings import findings
from kerasmergelint.rules.folding import fold
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Report, Watch


def check_source(text: str, path: str, settings: Settings) -> list[Finding]:
    """The findings that are on with these settings, each once, ordered by place."""
    return check_with_report(text, path, settings)[0]


def check_with_report(text: str, path: str, settings: Settings) -> tuple[list[Finding], Report]:
    """The findings, with the report that they come from."""
    every_merge = settings.enables(NOT_ANALYSED)
    report = analyse(text, path, settings, watch=Watch.MERGES if every_merge else Watch.NOTHING)
    if every_merge:
        report.add_unreached()
    return reported(report, settings), report


def reported(report: Report, settings: Settings) -> list[Finding]:
    """The findings of a report that are on, each once, ordered by place."""
    told = findings(report, lambda code, sure: tells(settings, code, sure))
    return fold(select(told, settings), settings)


def tells(settings: Settings, code: str, sure: bool) -> bool:
    """Whether a finding is reported: its code is on by default and it is sure, or it is enabled."""
    return (sure and CODES[code].by_default) or settings.enables(code)


def select(found: Iterable[Finding], settings: Settings) -> list[Finding]:
    """The findings that are reported, one for each place and code."""
    chosen: dict[tuple[int, int, str], Finding] = {}
    for finding in found:
        if tells(settings, finding.code, finding.sure):
            chosen.setdefault((finding.line, finding.column, finding.code), finding)
    return [chosen[key] for key in sorted(chosen)]

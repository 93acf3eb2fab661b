"""From the text of a file to its findings: what flake8 and the command line both call."""

from __future__ import annotations

from collections.abc import Iterable

from kerasmergelint.options import Settings
from kerasmergelint.rules.codes import CODES, NOT_ANALYSED
from kerasmergelint.rules.finding import Finding
from kerasmergelint.rules.findings import findings
from kerasmergelint.tracker.analysis import Report, analyse


def check_source(text: str, path: str, settings: Settings) -> list[Finding]:
    """The findings that these settings ask for, in the order of the file, each once."""
    return check_with_report(text, path, settings)[0]


def check_with_report(text: str, path: str, settings: Settings) -> tuple[list[Finding], Report]:
    """The same, and what they come from."""
    report = analyse(text, path, settings)
    if settings.enables(NOT_ANALYSED):
        report.add_unreached()
    return select(findings(report), settings), report


def select(found: Iterable[Finding], settings: Settings) -> list[Finding]:
    """Only what is on by default or asked for; one finding a place and code."""
    chosen: dict[tuple[int, int, str], Finding] = {}
    for finding in found:
        by_default = CODES[finding.code].by_default and finding.sure
        if by_default or settings.enables(finding.code):
            chosen.setdefault((finding.line, finding.column, finding.code), finding)
    return [chosen[key] for key in sorted(chosen)]

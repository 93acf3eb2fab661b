"""From the text of a file to its findings: what flake8 and the command line both call."""

from __future__ import annotations

from collections.abc import Iterable

from kerasmergelint.options import Settings
from kerasmergelint.rules.codes import CODES, NOT_ANALYSED
from kerasmergelint.rules.finding import Finding
from kerasmergelint.rules.findings import findings
from kerasmergelint.tracker.program.analysis import Report, analyse


def check_source(text: str, path: str, settings: Settings) -> list[Finding]:
    """The findings that these settings ask for, in the order of the file, each once."""
    return check_with_report(text, path, settings)[0]


def check_with_report(text: str, path: str, settings: Settings) -> tuple[list[Finding], Report]:
    """The same, and what they come from."""
    every_merge = settings.enables(NOT_ANALYSED)
    report = analyse(text, path, settings, watch=every_merge)
    if every_merge:
        report.add_unreached()
    told = findings(report, lambda code, sure: tells(settings, code, sure))
    return select(told, settings), report


def tells(settings: Settings, code: str, sure: bool) -> bool:
    """Whether a code is on by default, which none is that is not sure, or asked for."""
    return (sure and CODES[code].by_default) or settings.enables(code)


def select(found: Iterable[Finding], settings: Settings) -> list[Finding]:
    """Only what is on by default or asked for; one finding a place and code."""
    chosen: dict[tuple[int, int, str], Finding] = {}
    for finding in found:
        if tells(settings, finding.code, finding.sure):
            chosen.setdefault((finding.line, finding.column, finding.code), finding)
    return [chosen[key] for key in sorted(chosen)]

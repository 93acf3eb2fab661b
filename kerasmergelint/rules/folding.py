"""Findings with one cause: a file written for Keras 1 gets a single finding, not one per line."""

from __future__ import annotations

from collections.abc import Iterable

from kerasmergelint.dataclass import replace
from kerasmergelint.options import Settings
from kerasmergelint.rules.finding import Finding
from kerasmergelint.rules.messages import MAX_LENGTH, cut


def fold(found: Iterable[Finding], settings: Settings) -> list[Finding]:
    """The findings in a file, in order: of those with one cause only the first and the enabled ones."""
    findings = list(found)
    followers: dict[str, int] = {}
    for finding in findings:
        followers[finding.written_for] = followers.get(finding.written_for, -1) + 1
    told: list[Finding] = []
    begun: set[str] = {""}
    for finding in findings:
        if finding.written_for not in begun:
            begun.add(finding.written_for)
            told.append(_first(finding, followers[finding.written_for]))
        elif not finding.written_for or settings.enables(finding.code):
            told.append(finding)
    return told


def _first(finding: Finding, others: int) -> Finding:
    words = f"this file was written for {finding.written_for}"
    if others:
        more = "more findings follow" if others > 1 else "more finding follows"
        words += f", and {others} {more} from it: enable their codes to list them"
    message = f"{cut(finding.message, MAX_LENGTH - len(words) - 2)}; {words}"
    return replace(finding, message=message, repair=words)

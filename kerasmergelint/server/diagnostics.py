"""Findings as an editor shows them: with severity, the page of the code, and where operands come from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path

from kerasmergelint.cli.codes.pages import file_of
from kerasmergelint.cli.codes.severity import severity
from kerasmergelint.rules.finding import Finding, Place
from kerasmergelint.server.documents import Document, to_client
from kerasmergelint.server.positions import Range, split_lines
from kerasmergelint.server.program import range_of
from kerasmergelint.server.snapshot import Snapshot
from kerasmergelint.syntax.source import Span

SOURCE = "kerasmergelint"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}


def diagnostics(*snapshots: Snapshot) -> dict[str, list[types.Diagnostic]]:
    """What to show in each document of a program, and where it is now.

    Of several snapshots, the first one that has a finding counts.
    """
    shown: dict[str, dict[object, types.Diagnostic]] = {}
    for snapshot in snapshots:
        for part in snapshot.program.parts:
            shown.setdefault(part.document.uri, {})
        for finding in snapshot.findings:
            now = snapshot.program.now(span_of(finding.place))
            if now is not None:
                document, place = now
                known = shown[document.uri]
                known.setdefault((place.start, finding.code), _shown(finding, now, snapshot))
    return {uri: list(found.values()) for uri, found in shown.items()}


def _shown(finding: Finding, now: tuple[Document, Range], snapshot: Snapshot) -> types.Diagnostic:
    document, place = now
    return types.Diagnostic(
        range=document.to_client(place),
        message=finding.message,
        severity=_SEVERITIES[severity(finding.code)],
        code=finding.code,
        code_description=_page(finding.code),
        source=SOURCE,
        related_information=list(_related(finding, snapshot)) or None,
    )


def span_of(place: Place) -> Span:
    end_line = place.line if place.end_line is None else place.end_line
    end_column = place.column if place.end_column is None else place.end_column
    return Span(place.line, place.column, end_line, end_column)


def _page(code: str) -> types.CodeDescription | None:
    page = file_of(code)
    return None if page is None else types.CodeDescription(page.as_uri())


def _related(finding: Finding, snapshot: Snapshot) -> Iterator[types.DiagnosticRelatedInformation]:
    """Where each operand was made, and the calls that lead to the failure."""
    for operand in finding.operands:
        if operand.made_at is not None:
            name = f"`{operand.name}`" if operand.name else "this operand"
            yield from _note(f"{name} {operand.shape} is made here", operand.made_at, snapshot)
    for call in reversed(finding.stack):
        yield from _note("reached from this call", call, snapshot)


def _note(
    words: str, place: Place, snapshot: Snapshot
) -> Iterator[types.DiagnosticRelatedInformation]:
    location = location_of(place, snapshot)
    if location is not None:
        yield types.DiagnosticRelatedInformation(location, words)


def location_of(place: Place, snapshot: Snapshot) -> types.Location | None:
    """Where a place is now; None if it is gone."""
    span = span_of(place)
    if place.path != snapshot.notes.path:
        return _elsewhere(place.path, span, snapshot)
    now = snapshot.program.now(span)
    if now is None:
        return None
    document, found = now
    return types.Location(document.uri, document.to_client(found))


def _elsewhere(path: str, span: Span, snapshot: Snapshot) -> types.Location | None:
    """A place in a file that the program imports, in the text that was analysed."""
    uri = from_fs_path(str(Path(path).absolute()))
    if uri is None:
        return None
    code = snapshot.report.codes.get(path)
    lines = [] if code is None else split_lines(code.source.text)
    return types.Location(uri, to_client(range_of(span), lines, snapshot.program.units))

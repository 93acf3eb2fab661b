"""What can be done about a finding: a comment that silences it."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from kerasmergelint.cli.programs import noqa
from kerasmergelint.rules.finding import Finding
from kerasmergelint.server.diagnostics import diagnostics, span_of
from kerasmergelint.server.documents import Document
from kerasmergelint.server.positions import Position, Range
from kerasmergelint.server.snapshot import Snapshot


def actions(document: Document, given: types.Range, snapshot: Snapshot) -> list[types.CodeAction]:
    """The actions for the findings that meet a range of the client's."""
    wanted = document.range_of(given)
    found: list[types.CodeAction] = []
    for finding in snapshot.findings:
        now = snapshot.program.now(span_of(finding.place))
        if now is not None and now[0] is document and now[1].meets(wanted):
            found += _for(finding, document, now[1], snapshot)
    return found


def _for(
    finding: Finding, document: Document, place: Range, snapshot: Snapshot
) -> Iterator[types.CodeAction]:
    edit = noqa_edit(document, place.start.line, finding.code)
    shown = [
        diagnostic
        for diagnostic in diagnostics(snapshot)[document.uri]
        if diagnostic.code == finding.code and diagnostic.range == document.to_client(place)
    ]
    if edit is not None:
        yield types.CodeAction(
            title=f"Silence {finding.code} on this line",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=shown,
            edit=types.WorkspaceEdit(changes={document.uri: [edit]}),
        )


def noqa_edit(document: Document, line: int, code: str) -> types.TextEdit | None:
    """The edit that adds a code to the comment at the end of a line, or such a comment."""
    text = document.lines[line] if line < len(document.lines) else None
    if text is None or text.endswith("\\"):
        return None
    column, words = noqa.addition(text, code)
    at = Position(line, column)
    return types.TextEdit(document.to_client(Range(at, at)), words)

"""What can be done about a finding: proved repairs, and a comment that silences it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path

from kerasmergelint.cli.programs import noqa
from kerasmergelint.rules.finding import Finding
from kerasmergelint.server.diagnostics import diagnostics, span_of
from kerasmergelint.server.documents import Document
from kerasmergelint.server.offers import Offer, Replacement
from kerasmergelint.server.positions import Position, Range
from kerasmergelint.server.snapshot import Snapshot
from kerasmergelint.syntax.source import Span

FIX_ALL = "source.fixAll.kerasmergelint"
KINDS: tuple[str, ...] = (types.CodeActionKind.QuickFix, FIX_ALL)


def actions(
    document: Document, params: types.CodeActionParams, snapshot: Snapshot
) -> list[types.CodeAction]:
    """The actions for the findings in a range of the client's, of the kinds that it wants."""
    found = list(_quick(document, document.range_of(params.range), snapshot))
    found += _fix_all(snapshot)
    wanted = params.context.only
    return [action for action in found if wanted is None or _is_among(action.kind or "", wanted)]


def meets_finding(document: Document, params: types.CodeActionParams, snapshot: Snapshot) -> bool:
    """Whether there may be any action: only then is it worth waiting for repairs."""
    wanted = params.context.only or ()
    if _is_among(FIX_ALL, wanted):
        return True
    return any(True for _ in _at(document, document.range_of(params.range), snapshot))


def _is_among(kind: str, wanted: Iterable[str]) -> bool:
    return any(each == "" or f"{kind}.".startswith(f"{each}.") for each in wanted)


def _at(document: Document, wanted: Range, snapshot: Snapshot) -> Iterator[tuple[Finding, Range]]:
    """The findings in a range, and where they are now."""
    for finding in snapshot.findings:
        now = snapshot.program.now(span_of(finding.place))
        if now is not None and now[0] is document and now[1].meets(wanted):
            yield finding, now[1]


def _quick(document: Document, wanted: Range, snapshot: Snapshot) -> Iterator[types.CodeAction]:
    for finding, place in _at(document, wanted, snapshot):
        shown = [
            each
            for each in diagnostics(snapshot)[document.uri]
            if each.code == finding.code and each.range == document.to_client(place)
        ]
        by_finding = {} if snapshot.offers is None else snapshot.offers.by_finding
        for number, offer in enumerate(by_finding.get(finding.key, ())):
            edit = _edit(offer.replacements, snapshot)
            if edit is not None:
                yield _action(offer, edit, shown, is_first=number == 0)
        silencing = noqa_edit(document, place.start.line, finding.code)
        if silencing is not None:
            yield types.CodeAction(
                title=f"Silence {finding.code} on this line",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=shown,
                edit=types.WorkspaceEdit(changes={document.uri: [silencing]}),
            )


def _action(
    offer: Offer, edit: types.WorkspaceEdit, shown: list[types.Diagnostic], *, is_first: bool
) -> types.CodeAction:
    return types.CodeAction(
        title=offer.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=shown,
        is_preferred=(is_first and offer.is_safe) or None,
        edit=edit,
    )


def _fix_all(snapshot: Snapshot) -> Iterator[types.CodeAction]:
    """All safe repairs at once."""
    if snapshot.offers is not None and snapshot.offers.all_safe:
        edit = _edit(snapshot.offers.all_safe, snapshot)
        if edit is not None:
            yield types.CodeAction(title="Carry out all safe repairs", kind=FIX_ALL, edit=edit)


def _edit(replacements: Sequence[Replacement], snapshot: Snapshot) -> types.WorkspaceEdit | None:
    """The edits, moved to where their texts are now; None if any of those has changed in the meantime."""
    changes: dict[str, list[types.TextEdit]] = {}
    for each in replacements:
        found = _placed(each, snapshot)
        if found is None:
            return None
        uri, place = found
        changes.setdefault(uri, []).append(types.TextEdit(place, each.text))
    return types.WorkspaceEdit(changes=changes)


def _placed(each: Replacement, snapshot: Snapshot) -> tuple[str, types.Range] | None:
    start, end = each.place.start, each.place.end
    if str(Path(each.path)) != snapshot.notes.path:
        uri = from_fs_path(each.path)
        units = types.Range(
            types.Position(start.line, start.column), types.Position(end.line, end.column)
        )
        return None if uri is None else (uri, units)
    now = snapshot.program.now(Span(start.line + 1, start.column, end.line + 1, end.column))
    return None if now is None else (now[0].uri, now[0].to_client(now[1]))


def noqa_edit(document: Document, line: int, code: str) -> types.TextEdit | None:
    """The edit that adds a code to the comment at the end of a line, or adds that comment."""
    text = document.lines[line] if line < len(document.lines) else None
    if text is None or text.endswith("\\"):
        return None
    column, words = noqa.addition(text, code)
    at = Position(line, column)
    return types.TextEdit(document.to_client(Range(at, at)), words)

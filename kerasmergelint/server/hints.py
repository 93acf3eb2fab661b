"""Shapes after the names that they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from kerasmergelint.server.documents import Document
from kerasmergelint.server.settings import Shown
from kerasmergelint.server.snapshot import Fact, Snapshot
from kerasmergelint.server.values import is_model, parameters, shapes

# Editors cut off longer ones.
_LONGEST = 42


def hints(
    document: Document, visible: types.Range, snapshot: Snapshot, shown: Shown
) -> list[types.InlayHint]:
    """The hints in the range of a document that the client shows."""
    part = snapshot.program.part_of(document)
    if part is None:
        return []
    first, last = visible.start.line, visible.end.line
    found = []
    # Lines may have moved since, so those around the edits are looked at, too.
    moved = abs(len(document.lines) - len(part.lines))
    for fact in snapshot.index.between(part.first + first - moved, part.first + last + moved):
        now = part.now_of(fact.span)
        if now is None or not first <= now.end.line <= last:
            continue
        for label, listed in _words(fact, shown):
            end = document.to_client(now).end
            more = types.MarkupContent(types.MarkupKind.Markdown, listed) if listed else None
            found.append(types.InlayHint(end, label, types.InlayHintKind.Type, tooltip=more))
    return found


def _words(fact: Fact, shown: Shown) -> Iterator[tuple[str, str]]:
    """The label of a hint, and its full text."""
    noted = fact.noted
    tensors = noted.assigned and shown.tensors
    if tensors or (noted.returned and shown.returns):
        found = shapes(noted.values)
        if any(shape != "?" for shape in found):
            yield f": {_label(found)}" if tensors else f" -> {_label(found)}", _listed(found)
            return
    if noted.assigned and shown.models:
        words = next(filter(None, map(parameters, filter(is_model, noted.values))), "")
        if words:
            yield f": {words}", ""


def _label(found: list[str]) -> str:
    """All shapes, or just the first where all would be too long."""
    label = " or ".join(found)
    return label if len(label) <= _LONGEST else f"{found[0]} or {len(found) - 1} more"


def _listed(found: list[str]) -> str:
    return "" if len(found) == 1 else "\n".join(f"- `{shape}`" for shape in found)

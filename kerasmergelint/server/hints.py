"""Shapes behind the names that they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from kerasmergelint.server.documents import Document
from kerasmergelint.server.settings import Shown
from kerasmergelint.server.snapshot import Fact, Snapshot
from kerasmergelint.server.values import is_model, parameters, shapes

_MOST_SHAPES = 2


def hints(
    document: Document, visible: types.Range, snapshot: Snapshot, shown: Shown
) -> list[types.InlayHint]:
    """The hints in the range of a document that the client shows."""
    part = snapshot.program.part_of(document)
    if part is None:
        return []
    first, last = visible.start.line, visible.end.line
    found = []
    # Lines may have moved since: those around the edits are looked at, too.
    moved = abs(len(document.lines) - len(part.lines))
    for fact in snapshot.index.between(part.first + first - moved, part.first + last + moved):
        now = part.now_of(fact.span)
        if now is None or not first <= now.end.line <= last:
            continue
        for words in _words(fact, shown):
            place = document.to_client(now)
            found.append(types.InlayHint(place.end, words, types.InlayHintKind.Type))
    return found


def _words(fact: Fact, shown: Shown) -> Iterator[str]:
    noted = fact.noted
    tensors = noted.assigned and shown.tensors
    returned = noted.returned and shown.returns
    if tensors or returned:
        found = shapes(noted.values)
        if found and any(shape != "?" for shape in found):
            more = f" or {len(found) - _MOST_SHAPES} more" if len(found) > _MOST_SHAPES else ""
            words = " or ".join(found[:_MOST_SHAPES]) + more
            yield f": {words}" if tensors else f" -> {words}"
            return
    if noted.assigned and shown.models:
        models = filter(is_model, noted.values)
        words = next(filter(None, map(parameters, models)), "")
        if words:
            yield f": {words}"

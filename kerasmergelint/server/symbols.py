"""The models of a program, as symbols."""

from __future__ import annotations

from lsprotocol import types

from kerasmergelint.rules.printable import printable
from kerasmergelint.server.documents import Document
from kerasmergelint.server.snapshot import Snapshot
from kerasmergelint.server.values import is_model, parameters
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.positions import text_of


def symbols(document: Document, snapshot: Snapshot) -> list[types.DocumentSymbol]:
    """A symbol for each name that a model is assigned to, with its parameters."""
    part = snapshot.program.part_of(document)
    if part is None:
        return []
    found = []
    for fact in snapshot.index.facts:
        model = next(filter(is_model, fact.noted.values), None)
        now = part.now_of(fact.span) if fact.noted.assigned and model is not None else None
        if now is None or snapshot.program.part_at(fact.span.line - 1) is not part:
            continue
        place = document.to_client(now)
        found.append(
            types.DocumentSymbol(
                name=_name(fact.node),
                kind=types.SymbolKind.Object,
                range=place,
                selection_range=place,
                detail=f"model, {parameters(model)}".rstrip(", "),
            )
        )
    return sorted(found, key=lambda symbol: (symbol.range.start.line, symbol.range.start.character))


def _name(node: ir.Node) -> str:
    if isinstance(node, ir.Name):
        return printable(node.id)
    return printable(text_of(node) or "model") if isinstance(node, ir.Attribute) else "model"

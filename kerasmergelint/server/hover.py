"""What is known about the expression under the cursor."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from kerasmergelint.rules.findings import Places, why_unknown
from kerasmergelint.rules.printable import printable
from kerasmergelint.server.documents import Document
from kerasmergelint.server.positions import Position
from kerasmergelint.server.program import range_of
from kerasmergelint.server.snapshot import Fact, Snapshot, merges_at
from kerasmergelint.server.values import contract_at, described
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.source import Span
from kerasmergelint.tracker.machine.events import Merge, Verdict


def hover(document: Document, at: types.Position, snapshot: Snapshot) -> types.Hover | None:
    """Shape, origin, summary, contract or verdict at a position of the client's."""
    part = snapshot.program.part_of(document)
    then = None if part is None else part.then(document.position_of(at))
    if then is None:
        return None
    told = paragraphs(then, snapshot)
    if not told:
        return None
    facts = snapshot.index.at(then)
    now = snapshot.program.now(facts[0].span) if facts else None
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, "\n\n".join(told)),
        None if now is None else document.to_client(now[1]),
    )


def paragraphs(at: Position, snapshot: Snapshot) -> list[str]:
    """The same as Markdown, for a position in the program that was analysed."""
    told: list[str] = []
    fact = next((fact for fact in snapshot.index.at(at) if _worth_showing(fact)), None)
    if fact is not None:
        told += described(fact.noted.values, snapshot)
    else:
        told += contract_at(at.line + 1, snapshot)
    found = merges_at(snapshot, at)
    if found is not None and _is_about(found[1], fact, at, snapshot):
        told.append(verdict(found[1], snapshot))
    return told


def _worth_showing(fact: Fact) -> bool:
    return not isinstance(fact.node, ir.Const)


def _is_about(merge: Merge, fact: Fact | None, at: Position, snapshot: Snapshot) -> bool:
    """Whether the cursor is on the merge itself, not on one of its operands."""
    node = merge.site.node
    if fact is None:
        return True
    span = _span(merge, snapshot)
    if span == fact.span or not range_of(span).holds(at):
        return span == fact.span
    if isinstance(node, ir.Call):
        function = _inner_span(merge, node.func, snapshot)
        return range_of(function).holds(at)
    inside = (fact.span.line, fact.span.column) >= (span.line, span.column)
    return not inside or fact.span.end_line > span.end_line


def _span(merge: Merge, snapshot: Snapshot) -> Span:
    return Places(snapshot.verdicts or snapshot.report).span(merge.site)


def _inner_span(merge: Merge, node: ir.Expression, snapshot: Snapshot) -> Span:
    places = Places(snapshot.verdicts or snapshot.report)
    return places.span(type(merge.site)(merge.site.module, node))


def verdict(merge: Merge, snapshot: Snapshot) -> str:
    """The verdict on a merge, and why."""
    return " ".join(_words(merge, snapshot))


def _words(merge: Merge, snapshot: Snapshot) -> Iterator[str]:
    yield f"`{printable(merge.callee)}`: **{merge.verdict.value}**"
    if merge.verdict is Verdict.SAFE:
        yield f"(it works {merge.words or 'for every value'})"
    elif merge.verdict is Verdict.UNKNOWN:
        places = Places(snapshot.verdicts or snapshot.report)
        yield f"({printable(why_unknown(merge, places))})"
    elif merge.words:
        yield f"({printable(merge.words)})"

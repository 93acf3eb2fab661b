"""Positions in a file, resolved only when there is something to report."""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.source import NOWHERE, Span, source_of

_LONGEST = 40


def span_in(code: ir.ModuleCode, node: ir.Node | None) -> Span:
    """The position of a node in a file.

    A node of a separate expression evaluated in the file belongs to another text, and has none.
    """
    if node is None:
        return NOWHERE
    origin = node.origin
    if isinstance(origin, Span):
        return origin
    return code.source.span(origin) if source_of(origin) is code.source else NOWHERE


def text_of(node: ir.Expression) -> str | None:
    """The text of an expression, if it is short and on one line."""
    origin = node.origin
    text = None if isinstance(origin, Span) else source_of(origin).words(origin)
    if text is None or len(text) > _LONGEST or "`" in text:
        return None
    return text

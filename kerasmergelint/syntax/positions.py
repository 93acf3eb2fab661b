"""Where things stand in a file, resolved only when there is something to say."""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.source import NOWHERE, Span, source_of

_LONGEST = 40


def span_in(code: ir.ModuleCode, node: ir.Node | None) -> Span:
    """Where a node stands in a file.

    A node of an expression that was evaluated in the file is of another text, and stands nowhere.
    """
    if node is None:
        return NOWHERE
    origin = node.origin
    if isinstance(origin, Span):
        return origin
    return code.source.span(origin) if source_of(origin) is code.source else NOWHERE


def text_of(node: ir.Expression) -> str | None:
    """The text of an expression, if it is short and stands on one line."""
    origin = node.origin
    text = None if isinstance(origin, Span) else source_of(origin).words(origin)
    if text is None or len(text) > _LONGEST or "`" in text:
        return None
    return text

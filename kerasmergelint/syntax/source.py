"""The text of an expression, for messages."""

from __future__ import annotations

from typing import Any

_MAX = 40


def text_of(node: Any) -> str | None:
    """The source of a lowered expression, if it is short and stands on one line."""
    import libcst as cst

    origin = getattr(node, "origin", None)
    if not isinstance(origin, cst.CSTNode):
        return None
    try:
        text = cst.Module([]).code_for_node(origin).strip()
    except (RecursionError, AttributeError, TypeError):
        return None  # deeper than what fits a message anyway
    return text if len(text) <= _MAX and "\n" not in text and "`" not in text else None

"""The calls that look like merges, by their names alone: what a verdict is owed for.

Which of them really are merges, and of what, only the tracker knows; this says where to look, also in
code that no run reached.
"""

from __future__ import annotations

from collections.abc import Collection

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.source import Span


def merge_calls(
    code: ir.ModuleCode, classes: Collection[str], functions: Collection[str]
) -> list[tuple[Span, str]]:
    """Where a merge layer is called (``Add()([a, b])``) or its functional form, each with its name.

    A functional form counts if its name was imported from a module of layers, or is looked up in one:
    ``add`` alone may be anything.  A file that libcst cannot read has no such calls.
    """
    text = code.source.text
    if not any(name in text for name in (*classes, *functions)):
        return []
    # late: libcst takes 0.16 s to load, and few ask for every merge
    from kerasmergelint.syntax.merge_finder import find_merge_calls

    return find_merge_calls(text, classes, functions)


def node_at(span: Span) -> ir.Expression:
    """A node that stands there, and has nothing else of what does."""
    return ir.Opaque(span)

"""Where things stand in a file, resolved only when there is something to say."""

from __future__ import annotations

from typing import Any

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.source import NOWHERE, Source, Span

__all__ = ["Positions", "Span"]


class Positions:
    """The positions of one module.

    A node of Python's own tree knows where it stands; libcst computes all positions of a file at the
    first question.
    """

    def __init__(self, module: ir.ModuleCode) -> None:
        self._module = module
        self._spans: Any = None

    def of(self, node: Any) -> Span:
        """The span of a lowered node (or of the node that it came from)."""
        origin = getattr(node, "origin", node)
        if isinstance(origin, Span):
            return origin
        source = getattr(origin, "source", None)
        if isinstance(source, Source):
            # A node of another text: of an expression that was evaluated in this module.
            return source.span(origin) if source is self._module.source else NOWHERE
        if self._module.source is not None:
            return NOWHERE
        if self._spans is None:
            from kerasmergelint.syntax.lower_cst import Spans

            self._spans = Spans(self._module.origin)
        found: Span = self._spans.of(origin)
        return found

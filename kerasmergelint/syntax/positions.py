"""Where things stand in a file, resolved only when there is something to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.deep import run_deep


@dataclass(frozen=True, slots=True)
class Span:
    """A range of text: lines from 1, columns from 0, in characters."""

    line: int
    column: int
    end_line: int
    end_column: int


class Positions:
    """The positions of one module; libcst computes them all at the first question."""

    def __init__(self, module: ir.ModuleCode) -> None:
        self._module = module
        self._spans: Any = None

    def of(self, node: Any) -> Span:
        """The span of a lowered node (or of the libcst node that it came from)."""
        origin = getattr(node, "origin", node)
        if self._spans is None:
            self._spans = self._resolve()
        found = self._spans.get(origin)
        if found is None:
            return Span(1, 0, 1, 0)
        return Span(found.start.line, found.start.column, found.end.line, found.end.column)

    def _resolve(self) -> Any:
        from libcst.metadata import MetadataWrapper, PositionProvider

        wrapper = MetadataWrapper(self._module.origin, unsafe_skip_copy=True)
        # The provider writes the whole module out again, and recurses as deep as it nests.
        return run_deep(lambda: wrapper.resolve(PositionProvider))

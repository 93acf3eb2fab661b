"""The text of a file: where a node of Python's tree stands in it, and the words of an expression."""

from __future__ import annotations

import ast
import keyword
import re
from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True, slots=True)
class Span:
    """A range of text: lines from 1, columns from 0, in characters."""

    line: int
    column: int
    end_line: int
    end_column: int


NOWHERE = Span(1, 0, 1, 0)

# What of Python's tree has a position.
Located = Union[ast.expr, ast.stmt, ast.excepthandler, ast.pattern]
# Where something lowered comes from.
Origin = Union[Located, Span]


class Source:
    """The text of a file, parted into lines when first asked for one."""

    __slots__ = ("_lines", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines: list[str] | None = None

    def span(self, node: Located) -> Span:
        """Where a node of Python's tree stands."""
        end_line, end_offset = _end(node)
        return Span(
            node.lineno,
            self._column(node.lineno, node.col_offset),
            end_line,
            self._column(end_line, end_offset),
        )

    def words(self, node: Located) -> str | None:
        """The text of an expression that stands on one line, brackets around it included."""
        if node.lineno != node.end_lineno:
            return None
        span = self.span(node)
        line, start, end = self._line(span.line), span.column, span.end_column
        while True:
            before, after = line[:start].rstrip(), line[end:].lstrip()
            if not before.endswith("(") or not after.startswith(")") or _is_called(before[:-1]):
                return line[start:end]
            start, end = len(before) - 1, len(line) - len(after) + 1

    def _line(self, number: int) -> str:
        if self._lines is None:
            # As Python's own parser counts them; a form feed, say, ends none.
            self._lines = self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._lines[number - 1] if number <= len(self._lines) else ""

    def _column(self, number: int, offset: int) -> int:
        """The column in characters; Python counts the bytes of UTF-8."""
        line = self._line(number)
        if line.isascii():
            return offset
        before = line.encode("utf-8", "surrogatepass")[:offset]
        return len(before.decode("utf-8", "surrogatepass"))


def source_of(node: Located) -> Source:
    """The text that a node is of; the lowering wrote it on each node that became an origin."""
    source: Source = vars(node)["source"]
    return source


def _end(node: Located) -> tuple[int, int]:
    """Python's own parser knows of every node where it ends."""
    assert node.end_lineno is not None and node.end_col_offset is not None
    return node.end_lineno, node.end_col_offset


def _is_called(before: str) -> bool:
    """Whether an opening bracket belongs to a call, and not to the expression in it."""
    last = re.search(r"(\w+)\s*$", before)
    if last is None:
        return before.rstrip().endswith((")", "]", "}", '"', "'"))
    return not keyword.iskeyword(last[1])

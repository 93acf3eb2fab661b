"""The text of a file: the position of a node of Python's tree, and the source of an expression."""

from __future__ import annotations

import ast
import keyword
import re
from typing import Union

from kerasmergelint.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A range of text: lines from 1, columns from 0, in characters."""

    line: int
    column: int
    end_line: int
    end_column: int


_LONGEST_KEYWORD = 20
NOWHERE = Span(1, 0, 1, 0)

# The nodes of Python's tree that have a position.
Located = Union[ast.expr, ast.stmt, ast.excepthandler, ast.pattern]
# The origin of a lowered node.
Origin = Union[Located, Span]


class Source:
    """The text of a file, split into lines when first needed."""

    __slots__ = ("_lines", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines: list[str] | None = None

    def span(self, node: Located) -> Span:
        """The position of a node of Python's tree."""
        end_line, end_offset = _end(node)
        return Span(
            node.lineno,
            self._column(node.lineno, node.col_offset),
            end_line,
            self._column(end_line, end_offset),
        )

    def words(self, node: Located) -> str | None:
        """The text of an expression on one line, brackets around it included."""
        if node.lineno != node.end_lineno:
            return None
        span = self.span(node)
        line, start, end = self._line(span.line), span.column, span.end_column
        while True:
            before, after = line[:start].rstrip(), line[end:].lstrip()
            if not before.endswith("(") or not after.startswith(")") or _is_called(before[:-1]):
                return line[start:end]
            start, end = len(before) - 1, len(line) - len(after) + 1

    @property
    def lines(self) -> list[str]:
        """The lines as Python's parser counts them; a form feed, for example, ends none."""
        if self._lines is None:
            self._lines = self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._lines

    def _line(self, number: int) -> str:
        return self.lines[number - 1] if number <= len(self.lines) else ""

    def _column(self, number: int, offset: int) -> int:
        """The column in characters; Python counts the bytes of UTF-8."""
        line = self._line(number)
        if line.isascii():
            return offset
        before = line.encode("utf-8", "surrogatepass")[:offset]
        return len(before.decode("utf-8", "surrogatepass"))


def source_of(node: Located) -> Source:
    """The text that a node belongs to, which the lowering set on each origin."""
    source: Source = vars(node)["source"]
    return source


def _end(node: Located) -> tuple[int, int]:
    """The end of a node, by Python's parser."""
    assert node.end_lineno is not None and node.end_col_offset is not None
    return node.end_lineno, node.end_col_offset


def _is_called(before: str) -> bool:
    """Whether an opening bracket belongs to a call, and not to the expression in it."""
    before = before.rstrip()
    last = re.search(r"\w+$", before[-_LONGEST_KEYWORD:])
    if last is None:
        return before.endswith((")", "]", "}", '"', "'"))
    return not keyword.iskeyword(last[0])

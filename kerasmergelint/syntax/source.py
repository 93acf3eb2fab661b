"""The text of a file: where a node of Python's tree stands in it, and the words of an expression."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from typing import Any

_MAX = 40
# The ends of lines as Python's own parser counts them; a form feed, say, ends none.
_LINE_END = re.compile(r"\r\n|\r|\n")
_LAST_WORD = re.compile(r"(\w+)\s*$")


@dataclass(frozen=True, slots=True)
class Span:
    """A range of text: lines from 1, columns from 0, in characters."""

    line: int
    column: int
    end_line: int
    end_column: int


NOWHERE = Span(1, 0, 1, 0)


class Source:
    """The text of a file, parted into lines when first asked for one."""

    __slots__ = ("_lines", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines: list[str] | None = None

    def span(self, node: Any) -> Span:
        """Where a node of Python's tree stands."""
        return Span(
            node.lineno,
            self._column(node.lineno, node.col_offset),
            node.end_lineno,
            self._column(node.end_lineno, node.end_col_offset),
        )

    def words(self, node: Any) -> str | None:
        """The text of an expression of Python's tree that stands on one line, brackets around it included."""
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
            self._lines = _LINE_END.split(self.text)
        return self._lines[number - 1] if number <= len(self._lines) else ""

    def _column(self, number: int, offset: int) -> int:
        """The column in characters; Python counts the bytes of UTF-8."""
        line = self._line(number)
        if line.isascii():
            return offset
        before = line.encode("utf-8", "surrogatepass")[:offset]
        return len(before.decode("utf-8", "surrogatepass"))


def _is_called(before: str) -> bool:
    """Whether an opening bracket belongs to a call, and not to the expression in it."""
    last = _LAST_WORD.search(before)
    if last is None:
        return before.rstrip().endswith((")", "]", "}", '"', "'"))
    return not keyword.iskeyword(last[1])


def text_of(node: Any) -> str | None:
    """The source of a lowered expression, if it is short and stands on one line."""
    origin = getattr(node, "origin", None)
    source = getattr(origin, "source", None)
    text = source.words(origin) if isinstance(source, Source) else _text_of_libcst(origin)
    if text is None or len(text) > _MAX or "\n" in text or "`" in text:
        return None
    return text


def _text_of_libcst(origin: Any) -> str | None:
    from kerasmergelint.syntax.lower_cst import text_of as text_of_libcst

    return text_of_libcst(origin)

"""The text of a file with Python's tree of it: where a node stands, what is around it."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator

from kerasmergelint.repairs.model import Edit

Located = ast.expr | ast.stmt | ast.alias | ast.keyword
Key = tuple[int, int, int | None, int | None]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
NamedFunction = ast.FunctionDef | ast.AsyncFunctionDef
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SCOPES = (*FUNCTIONS, *_COMPREHENSIONS, ast.Module)


class Text:
    """One file of the program.  Places are offsets in characters."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.tree = ast.parse(text)
        self._lines = text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self.parents: dict[ast.AST, ast.AST] = {}
        self.at: dict[Key, ast.expr] = {}
        self.calls: list[ast.Call] = []
        self.functions: list[NamedFunction] = []
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
            if isinstance(node, ast.expr):
                self.at.setdefault(key_of(node), node)
            if isinstance(node, ast.Call):
                self.calls.append(node)
            elif isinstance(node, NamedFunction):
                self.functions.append(node)

    def start(self, node: Located) -> int:
        return self._offset(node.lineno, node.col_offset)

    def end(self, node: Located) -> int:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self._offset(node.end_lineno, node.end_col_offset)

    def replacing(self, node: ast.expr, words: str) -> Edit:
        """The edit that puts other words in the place of an expression."""
        return Edit(self.path, self.start(node), self.end(node), words)

    def inserting(self, at: int, words: str) -> Edit:
        return Edit(self.path, at, at, words)

    def place_of(self, node: ast.expr) -> tuple[int, int, int, int]:
        """Where an expression begins and ends: lines from 1, columns from 0, in characters."""
        first, last = node.lineno, node.end_lineno or node.lineno
        columns = (
            self.start(node) - self._starts[first - 1],
            self.end(node) - self._starts[last - 1],
        )
        return first, columns[0], last, columns[1]

    def words(self, node: ast.expr) -> str:
        """The text of an expression."""
        return self.text[self.start(node) : self.end(node)]

    def line_of(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1

    def indent_of(self, node: ast.stmt) -> str:
        line = self._lines[node.lineno - 1]
        return line[: len(line) - len(line.lstrip())]

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """What a node stands in, the innermost first."""
        around = self.parents.get(node)
        while around is not None:
            yield around
            around = self.parents.get(around)

    def function_of(self, node: ast.AST) -> NamedFunction | ast.Module:
        """The function that a node stands in; the module outside of any."""
        for around in self.above(node):
            if isinstance(around, NamedFunction):
                return around
        return self.tree

    def visible(self, node: ast.AST) -> set[str]:
        """The names that are bound when a node is run: before it in its own function, or around that."""
        around = [n for n in self.above(node) if isinstance(n, _SCOPES)]
        own = next(n for n in around if isinstance(n, (NamedFunction, ast.Module)))
        statement = self.statement_of(node)
        first_line = math.inf if statement is None else statement.lineno
        ends = {scope: first_line if scope is own else math.inf for scope in around}
        return set().union(*(bound_in(scope, before=ends[scope]) for scope in around))

    def function_at(self, offset: int) -> int:
        """The line of the innermost function around a place; 0 outside of any."""
        line = self.line_of(offset)
        around = [
            node.lineno
            for node in self.functions
            if node.lineno <= line <= (node.end_lineno or node.lineno)
        ]
        return max(around, default=0)

    def statement_of(self, node: ast.AST) -> ast.stmt | None:
        for around in (node, *self.above(node)):
            if isinstance(around, ast.stmt):
                return around
        return None

    def _offset(self, line: int, column: int) -> int:
        words = self._lines[line - 1]
        if not words.isascii():
            column = len(words.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "replace"))
        return self._starts[line - 1] + column


def bound_in(scope: ast.AST, before: float = math.inf) -> set[str]:
    """The names that a function or module binds itself, in the lines before one."""
    names: set[str] = set()
    stack = list(ast.iter_child_nodes(scope))
    while stack:
        node = stack.pop()
        if getattr(node, "lineno", 0) >= before:
            continue
        if isinstance(node, (NamedFunction, ast.ClassDef)):
            names.add(node.name)
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
        stack.extend(ast.iter_child_nodes(node))
    return names


def key_of(node: ast.expr) -> Key:
    """What tells an expression from the others of its file."""
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset

"""Compares what the two readers make of the same text, node by node, positions included."""

from __future__ import annotations

from typing import Any

from kerasmergelint.syntax import ir, lower_ast, lower_cst
from kerasmergelint.syntax.concrete import concrete_tree
from kerasmergelint.syntax.deep import run_deep
from kerasmergelint.syntax.parse import python_tree
from kerasmergelint.syntax.positions import Positions
from kerasmergelint.syntax.source import Source

_CODE = (
    "name", "parameters", "is_async", "global_names", "nonlocal_names", "is_generator", "body",
)  # fmt: skip


def differences(text: str) -> list[str]:
    """Where the readers disagree; nothing for a text that either cannot read."""
    return run_deep(lambda: _differences(text))


def _differences(text: str) -> list[str]:
    try:
        tree = python_tree(text)
    except (SyntaxError, ValueError):
        return []
    concrete = concrete_tree(text)
    if concrete is None:
        return []
    ours = lower_ast.lower_module(tree, "file.py", Source(text))
    theirs = lower_cst.lower_module(concrete, "file.py")
    comparison = _Comparison(Positions(ours), Positions(theirs))
    comparison.compare(ours.body, theirs.body)
    return comparison.found


class _Comparison:
    def __init__(self, first: Positions, second: Positions) -> None:
        self._first = first
        self._second = second
        self.found: list[str] = []

    def compare(self, first: Any, second: Any) -> None:
        """With a stack: chains are deep.  ``placed`` is False within f-strings."""
        stack: list[tuple[Any, Any, tuple[str, ...], bool]] = [(first, second, (), True)]
        while stack:
            one, other, path, placed = stack.pop()
            if type(one) is not type(other):
                self._tell(path, f"{one!r:.80} is {other!r:.80}")
            elif isinstance(one, tuple):
                if len(one) != len(other):
                    self._tell(path, f"{len(one)} are {len(other)}")
                stack.extend((a, b, path, placed) for a, b in zip(one, other))
            elif isinstance(one, ir.FunctionCode):
                stack.extend(
                    (getattr(one, n), getattr(other, n), (*path[-3:], n), placed) for n in _CODE
                )
            elif type(one).__module__ == ir.__name__:
                if placed and hasattr(one, "origin"):
                    self._compare_places(one, other, path)
                placed = placed and type(one) is not ir.FString
                for name in type(one).__slots__:
                    if name != "origin":
                        values = getattr(one, name), getattr(other, name)
                        step = f"{type(one).__name__}.{name}"
                        stack.append((*values, (*path[-3:], step), placed))
            elif repr(one) != repr(other):  # so that nan is nan, and True is not 1
                self._tell(path, f"{one!r:.80} is {other!r:.80}")

    def _compare_places(self, one: Any, other: Any, path: tuple[str, ...]) -> None:
        """The spans, but for some that nothing is ever told about.

        Those inside of f-strings are rough before Python 3.12; libcst has none for several indexes as
        a whole, none with its brackets for a generator that is the only argument, lets a slice reach
        into the whitespace behind it, and counts the brackets of patterns otherwise.
        """
        last = path[-1] if path else ""
        if isinstance(one, (ir.MatchPattern, ir.SliceExpr)):
            return
        if last == "Subscript.index" and isinstance(one, ir.TupleExpr):
            return
        if last == "Call.args" and isinstance(one, ir.Comprehension):
            return
        places = self._first.of(one), self._second.of(other)
        if hasattr(one, "body") or hasattr(
            one, "code"
        ):  # to Python, the semicolon after a block on one line belongs to it
            places = (places[0].line, places[0].column), (places[1].line, places[1].column)
        if places[0] != places[1]:
            self._tell(path, f"{type(one).__name__} at {places[0]} is at {places[1]}")

    def _tell(self, path: tuple[str, ...], what: str) -> None:
        if len(self.found) < 10:
            self.found.append(f"{'/'.join(path)}: {what}")

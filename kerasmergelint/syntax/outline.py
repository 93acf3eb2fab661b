"""The functions of a file by name, apart from the text around them: what an edit has changed."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence

from kerasmergelint.dataclass import dataclass
from kerasmergelint.syntax import ir


@dataclass(frozen=True, slots=True)
class Outline:
    """The functions and methods of a file, without those inside of others.

    ``bodies`` are their texts by qualified name, ``around`` is all other text, ``names`` has the name of
    each function's code, by its id.
    """

    bodies: Mapping[str, str]
    around: str
    names: Mapping[int, str]

    def changed_since(self, before: Outline) -> frozenset[str] | None:
        """The functions whose bodies differ; None if anything else does."""
        if self.around != before.around or self.bodies.keys() != before.bodies.keys():
            return None
        return frozenset(name for name, body in self.bodies.items() if body != before.bodies[name])

    def named(self, codes: Collection[int]) -> frozenset[str]:
        """The names of the functions among some codes, by their ids."""
        return frozenset(self.names[code] for code in codes if code in self.names)

    def codes(self, named: Collection[str]) -> Iterator[int]:
        """The ids of the codes of these functions."""
        return (code for code, name in self.names.items() if name in named)


def outline(code: ir.ModuleCode) -> Outline:
    """The outline of a file."""
    lines = code.source.lines
    bodies: dict[str, str] = {}
    names: dict[int, str] = {}
    around: list[str] = []
    done = 0
    for name, function in _functions(code.body, ""):
        first, last = _lines_of_body(function, lines)
        if first > done:
            while name in bodies:
                name += "'"
            names[id(function)] = name
            bodies[name] = "\n".join(lines[first - 1 : last])
            around += lines[done : first - 1]
            done = last
    return Outline(bodies, "\n".join([*around, *lines[done:]]), names)


def _functions(body: Sequence[ir.Statement], within: str) -> Iterator[tuple[str, ir.FunctionCode]]:
    for statement in body:
        if isinstance(statement, ir.FunctionDef):
            yield f"{within}{statement.name}", statement.code
        elif isinstance(statement, ir.ClassDef):
            yield from _functions(statement.body, f"{within}{statement.name}.")


def _lines_of_body(function: ir.FunctionCode, lines: Sequence[str]) -> tuple[int, int]:
    """The first and the last line of a body, from 1; no line if it begins behind the colon."""
    node = function.origin
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return 0, 0
    first = node.body[0]
    is_apart = not lines[first.lineno - 1][: first.col_offset].strip()
    return (first.lineno, node.end_lineno or first.lineno) if is_apart else (0, 0)

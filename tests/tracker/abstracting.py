"""Programs of which less is known: constants replaced by what nobody knows.

A program that works has no finding, and none if its constants are unknown: they may be what they were.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping

# An expression for each unknown, by its number, and what has to be imported for it.
KINDS: Mapping[str, tuple[str, str]] = {
    "names": ("VALUE_{}", "from absent_settings import *"),
    "attributes": ("settings.value_{}", "from absent_settings import settings"),
    "items": ("SETTINGS['value_{}']", "from absent_settings import SETTINGS"),
    "calls": ("load({})", "from absent_settings import load"),
    "a file": ("json.load(open('settings.json'))['value_{}']", "import json"),
    "defaults": ("SETTINGS.get('value_{}', {old})", "from absent_settings import SETTINGS"),
}
_DECIDING = (ast.If, ast.While, ast.IfExp, ast.Assert, ast.Compare, ast.BoolOp, ast.Match)


Place = tuple[ast.AST, str, int | None, ast.Constant]


def constants(tree: ast.Module) -> list[Place]:
    """Where the constants of a program stand, in their order: parent, field and index in it.

    Without those that decide which way it goes, and without text for people.
    """
    return sorted(_places(tree), key=lambda place: (place[3].lineno, place[3].col_offset))


def _places(tree: ast.Module) -> Iterator[Place]:
    stack: list[ast.AST] = [tree]
    while stack:
        parent = stack.pop()
        for field, content in ast.iter_fields(parent):
            if _is_left_out(parent, field):
                continue
            nested = isinstance(content, list)
            for index, child in enumerate(content if isinstance(content, list) else [content]):
                if isinstance(child, ast.Constant) and not isinstance(parent, ast.Expr):
                    yield parent, field, index if nested else None, child
                elif isinstance(child, ast.AST):
                    stack.append(child)


def _is_left_out(parent: ast.AST, field: str) -> bool:
    if isinstance(parent, _DECIDING):
        return field in ("test", "left", "comparators", "values", "ops", "cases", "subject")
    return field in ("annotation", "returns", "decorator_list") or isinstance(parent, ast.JoinedStr)


def abstracted(text: str, kind: str, chosen: Collection[int]) -> str:
    """The program with some of its constants unknown, by their numbers."""
    tree = ast.parse(text)
    expression, header = KINDS[kind]
    for number, (parent, field, index, old) in enumerate(constants(tree)):
        if number not in chosen:
            continue
        new = ast.parse(expression.format(number, old=repr(old.value)), mode="eval").body
        if index is None:
            setattr(parent, field, new)
        else:
            getattr(parent, field)[index] = new
    return f"{header}\n{ast.unparse(tree)}\n"


def count(text: str) -> int:
    """How many constants may be replaced."""
    return len(constants(ast.parse(text)))

"""Names in the user's expression that the program does not define."""

from __future__ import annotations

import ast
from ast import walk
from collections.abc import Iterator

from kerasmergelint.tracker.python.builtin_names import builtin
from kerasmergelint.tracker.values.scope import Scope


def unbound(expression: str, scope: Scope) -> tuple[str, ...]:
    """The names that are not bound in a module's scope, in the order of the text."""
    if scope.open:
        return ()
    return tuple(
        name
        for name in free_names(expression)
        if name not in scope.variables and builtin(name) is None
    )


def free_names(expression: str) -> Iterator[str]:
    """The names that an expression reads but does not bind itself.

    >>> list(free_names("build(n, [x for x in sizes])"))
    ['build', 'n', 'sizes']
    """
    nodes = list(walk(ast.parse(expression, mode="eval")))
    own = {node.id for node in nodes if isinstance(node, ast.Name) and not _is_read(node)}
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    read = [node for node in nodes if isinstance(node, ast.Name) and _is_read(node)]
    read.sort(key=lambda node: (node.lineno, node.col_offset))
    yield from dict.fromkeys(node.id for node in read if node.id not in own)


def _is_read(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)

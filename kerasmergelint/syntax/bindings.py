"""The names that a program binds anywhere in it."""

from __future__ import annotations

import ast
from functools import lru_cache

# Functions that Python 2 had, and names that notebooks and interactive sessions start with.
_GIVEN = frozenset(
    {"_", "__", "In", "Out", "basestring", "cmp", "dbutils", "display", "displayHTML", "execfile", "exit",
     "file", "get_ipython", "long", "quit", "raw_input", "reduce", "reload", "sc", "spark", "sqlContext",
     "unichr", "unicode", "xrange"}
)  # fmt: skip


@lru_cache(maxsize=32)
def bound_in(text: str) -> frozenset[str] | None:
    """Every name that is assigned, imported, defined or a parameter; None if there may be others.

    >>> sorted(bound_in("import os.path; n = len(os.sep)") - bound_in(""))
    ['n', 'os']
    >>> bound_in("from os import *") is None
    True
    """
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    bound = set(_GIVEN)
    for node in nodes:
        if isinstance(node, ast.Name):
            if node.id in ("exec", "globals", "get_ipython", "vars", "locals"):
                return None
            if not isinstance(node.ctx, ast.Load):
                bound.add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            bound.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif not isinstance(node, ast.alias):
            bound.update(_named_by(node))
    return None if "*" in bound else frozenset(bound)


def _named_by(node: ast.AST) -> list[str]:
    """The names that definitions, parameters, handlers and patterns carry as text."""
    fields = ("name", "arg", "rest")
    texts = [text for field in fields if isinstance(text := getattr(node, field, None), str)]
    return texts + [name for name in getattr(node, "names", ()) if isinstance(name, str)]

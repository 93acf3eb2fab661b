"""The names that a program binds anywhere in it."""

from __future__ import annotations

import ast
from functools import lru_cache

from kerasmergelint.dataclass import dataclass

# Functions that Python 2 had, and names that notebooks and interactive sessions start with.
_GIVEN = frozenset(
    {"_", "__", "In", "Out", "basestring", "cmp", "dbutils", "display", "displayHTML", "execfile", "exit",
     "file", "get_ipython", "long", "quit", "raw_input", "reduce", "reload", "sc", "spark", "sqlContext",
     "unichr", "unicode", "xrange"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bound:
    """Names, and the modules whose names star imports add: as they are written, after so many dots."""

    names: frozenset[str]
    stars: tuple[tuple[str, int], ...] = ()


@lru_cache(maxsize=32)
def bound_in(text: str) -> Bound | None:
    """Every name that is assigned, imported, defined or a parameter; None if there may be others.

    >>> sorted(bound_in("import os.path; n = len(os.sep)").names - bound_in("").names)
    ['n', 'os']
    >>> bound_in("from os import *").stars, bound_in("exec('n = 3')")
    ((('os', 0),), None)
    """
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    bound = set(_GIVEN)
    stars = []
    for node in nodes:
        if isinstance(node, ast.Name):
            if node.id in ("exec", "globals", "get_ipython", "vars", "locals"):
                return None
            if not isinstance(node.ctx, ast.Load):
                bound.add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            bound.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
                stars.append((node.module or "", node.level))
        elif not isinstance(node, ast.alias):
            bound.update(_named_by(node))
    return Bound(frozenset(bound), tuple(stars))


def _named_by(node: ast.AST) -> list[str]:
    """The names that definitions, parameters, handlers and patterns carry as text."""
    fields = ("name", "arg", "rest")
    texts = [text for field in fields if isinstance(text := getattr(node, field, None), str)]
    return texts + [name for name in getattr(node, "names", ()) if isinstance(name, str)]

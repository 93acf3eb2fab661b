"""Loads the program's own classes without the program: only what a class needs is run."""

from __future__ import annotations

import ast
import builtins
import os
import sys
from typing import Any

_MODULES: dict[str, dict[str, Any]] = {}


def load(path: str, name: str, paths: list[str]) -> Any:
    """A class at the top level of a file.

    Only its definition and the imports and definitions that it refers to are run.
    """
    namespace = _MODULES.setdefault(path, {"__name__": "program", "__file__": path})
    namespace["__builtins__"] = builtins
    if name not in namespace:
        for folder in (os.path.dirname(path), *paths):
            if folder not in sys.path:
                sys.path.insert(0, folder)
        with open(path, "rb") as stream:
            tree = ast.parse(stream.read(), path)
        needed = _needed(tree.body, name)
        chosen: list[ast.stmt] = [node for node in tree.body if node in needed]
        code = compile(ast.Module(chosen, []), path, "exec", dont_inherit=True)
        exec(code, namespace)
    return namespace[name]


def _needed(statements: list[ast.stmt], name: str) -> set[ast.stmt]:
    """The imports and definitions that a name leads to."""
    binding: dict[str, list[ast.stmt]] = {}
    for node in statements:
        for bound in _binds(node):
            binding.setdefault(bound, []).append(node)
    needed: set[ast.stmt] = set()
    stack = [name]
    seen: set[str] = set()
    while stack:
        wanted = stack.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        for node in binding.get(wanted, ()):
            if node not in needed:
                needed.add(node)
                stack.extend(
                    part.id
                    for part in ast.walk(node)
                    if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
                )
    return needed


def _binds(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
        return [node.name]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [(alias.asname or alias.name).partition(".")[0] for alias in node.names]
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Try, ast.If, ast.With)):
        return [
            part.id
            for part in ast.walk(node)
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
        ]
    return []

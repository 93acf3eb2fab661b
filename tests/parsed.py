"""The files of the tests, read but not imported: what each holds, and what it imports."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Module:
    """The text of one file of the tests, and the others that it imports from."""

    name: str
    tree: ast.Module
    others: dict[str, Module] = field(repr=False)

    @cached_property
    def functions(self) -> dict[str, Function]:
        return {node.name: node for node in self.tree.body if isinstance(node, Function)}

    @cached_property
    def values(self) -> dict[str, ast.expr]:
        """What names at the top level stand for."""
        return dict(assigned(self.tree.body))

    @cached_property
    def imported(self) -> dict[str, tuple[Module, str]]:
        found = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module in self.others:
                for alias in node.names:
                    found[alias.asname or alias.name] = (self.others[node.module], alias.name)
        return found

    @cached_property
    def methods(self) -> dict[str, Function]:
        """Every method of its classes, by its name alone."""
        classes = [node for node in self.tree.body if isinstance(node, ast.ClassDef)]
        return {n.name: n for made in classes for n in made.body if isinstance(n, Function)}


def modules(root: Path) -> dict[str, Module]:
    """Every file of the tests, by the name under which it is imported."""
    found: dict[str, Module] = {}
    for path in sorted(root.rglob("*.py")):
        name = ".".join(path.relative_to(root.parent).with_suffix("").parts)
        found[name] = Module(name, ast.parse(path.read_text(encoding="utf-8")), found)
    return found


def assigned(body: Iterable[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for node in body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value

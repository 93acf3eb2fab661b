"""What a name in the code stands for: something imported, a builtin, or a variable of this file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

import libcst as cst
from libcst.metadata import (
    Assignment,
    ExpressionContextProvider,
    QualifiedName,
    QualifiedNameSource,
    Scope,
    ScopeProvider,
)

from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.keras_api.star_imports import star_names
from kerasmergelint.syntax.flow.facts import NOTHING, OPEN, Facts, Named
from kerasmergelint.syntax.flow.propagation import Variable


class _Contexts(ExpressionContextProvider):
    """Whether each name is read or bound."""

    def __init__(self, tree: cst.Module) -> None:
        super().__init__()
        self.found: dict[cst.CSTNode, object] = {}
        self.visit_Module(tree)

    def set_metadata(self, node: cst.CSTNode, value: object) -> None:
        self.found[node] = value


class _Scopes(ScopeProvider):
    """The scope of each node.

    A ``MetadataWrapper`` finds the same, but walks through the whole tree once more for each
    provider, and once for the qualified names of all nodes, of which few are asked for.
    """

    def __init__(self, tree: cst.Module) -> None:
        super().__init__()
        self.found: dict[cst.CSTNode, Scope] = {}
        self.metadata = {ExpressionContextProvider: _Contexts(tree).found}
        self.visit_Module(tree)

    def set_metadata(self, node: cst.CSTNode, value: object) -> None:
        if isinstance(value, Scope):
            self.found[node] = value


class Names:
    """libcst's scopes and qualified names in a tree, with star imports.

    ``starred`` are the full names of what these bring from files of the project.
    """

    def __init__(self, tree: cst.Module, starred: Mapping[str, str]) -> None:
        self._starred = starred
        self._scopes = _Scopes(tree).found
        self._stars: list[str] = []
        self._captured: set[Variable] = set()
        self._imported: dict[cst.CSTNode, Facts] = {}

    def add_star(self, module: str) -> None:
        """Note that the file has ``from module import *``."""
        self._stars.append(module)
        self._imported.clear()

    def scope(self, node: cst.CSTNode) -> Scope | None:
        return self._scopes.get(node)

    def imported(self, node: cst.Name | cst.Attribute) -> Facts:
        """The full names behind an expression that leads to other files."""
        found = self._imported.get(node)
        if found is None:
            found = self._imported[node] = self._looked_up(node) if _is_dotted(node) else NOTHING
        return found

    def _looked_up(self, node: cst.Name | cst.Attribute) -> Facts:
        scope = self.scope(node)
        qualified: Collection[QualifiedName] = (
            () if scope is None else scope.get_qualified_names_for(node)
        )
        found = {Named(q.name) for q in qualified if q.source is not QualifiedNameSource.LOCAL}
        local = len(found) < len(qualified)
        if isinstance(node, cst.Attribute):
            return NOTHING if local else frozenset(found)
        if not local and not any(q.source is QualifiedNameSource.IMPORT for q in qualified):
            return frozenset(found) | self._from_stars(node.value, builtin=bool(found))
        return frozenset(found)

    def _from_stars(self, name: str, *, builtin: bool) -> Facts:
        """What star imports may have bound; an unknown module may have bound anything."""
        if self._stars and name in self._starred:
            return frozenset({Named(self._starred[name])})
        found = NOTHING if self._stars or builtin else OPEN
        for module in self._stars:
            known = _brought_by(module)
            if known is None or name in known:
                found |= frozenset({Named(f"{module}.{name}")})
        return found if found or builtin else OPEN

    def add_captured(self, name: cst.Name) -> None:
        """Add a name that a ``match`` pattern binds, which libcst does not see as an assignment."""
        self._captured.add((self.scope(name), name.value))

    def variable(self, node: cst.Name) -> Variable | None:
        """The variable of this file that a name reads or binds; None for any other name."""
        scope = self.scope(node)
        if scope is None:
            return None
        for assignment in scope[node.value]:
            if isinstance(assignment, Assignment):
                return assignment.scope, node.value
        return next((one for one in _seen_from(scope, node.value) if one in self._captured), None)


def _seen_from(scope: Scope, name: str) -> Iterator[Variable]:
    """The variables of this name in a scope and those around it."""
    yield scope, name
    while scope.parent is not scope:
        scope = scope.parent
        yield scope, name


def _is_dotted(node: cst.BaseExpression) -> bool:
    """Whether an expression is a name with attributes; to libcst ``a.b().c`` looks like ``a.b.c``."""
    while isinstance(node, cst.Attribute):
        node = node.value
    return isinstance(node, cst.Name)


@lru_cache(maxsize=64)
def _brought_by(module: str) -> frozenset[str] | None:
    """The names that a star import binds in any version of Keras."""
    known = star_names(module, KerasVersion.V3)
    return None if known is None else frozenset(known.names)

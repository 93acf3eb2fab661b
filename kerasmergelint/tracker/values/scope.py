"""Scopes, which hold names while code runs, and modules, which own the outermost scopes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.values.heap import Heap, HeapObject
from kerasmergelint.tracker.values.value import Value

ScopeKind = Literal["module", "class", "function", "comprehension"]

ScopeContent = tuple[dict[str, Value], bool]
"""The variables, and whether there may be others."""


class Scope(HeapObject):
    """The variables of a module, a function call, a class body or a comprehension.

    ``parent`` is the lexically enclosing scope that is visible from here: class bodies are skipped
    when the scope of a function inside them is made.  ``open``: a star import or an assignment
    through ``globals()`` may have bound any name.
    """

    __slots__ = ("kind", "module", "open", "parent", "variables")

    def __init__(
        self, heap: Heap, parent: Scope | None, module: ModuleV | None, kind: ScopeKind = "function"
    ) -> None:
        super().__init__(heap)
        self.variables: dict[str, Value] = {}
        self.parent = parent
        self.module = module
        self.kind = kind
        self.open = False

    def snapshot(self) -> ScopeContent:
        return (dict(self.variables), self.open)

    def restore(self, content: ScopeContent) -> None:
        self.variables, self.open = content

    def read(self, name: str, default: Value = None) -> Value:
        """The value of a name in this very scope; a pending import is carried out now.

        Meanwhile the name is unbound: ``from . import models`` in a package's ``__init__`` asks the
        package itself for the name, and must get the submodule.
        """
        value = self.variables.get(name, default)
        if isinstance(value, LazyV):
            del self.variables[name]
            try:
                loaded = value.load()
            except BaseException:
                self.variables[name] = value
                raise
            value.loaded = self.variables[name] = loaded
            return loaded
        return value

    def holder(self, name: str) -> Scope | None:
        """The nearest scope, outwards from this one, that binds the name."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.variables:
                return scope
            scope = scope.parent
        return None

    @property
    def top(self) -> Scope:
        """The module's scope."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def enclosing_function(self) -> Scope:
        """The scope in which a walrus within a comprehension binds."""
        scope = self
        while scope.kind == "comprehension" and scope.parent is not None:
            scope = scope.parent
        return scope


class ModuleV(HeapObject):
    """A file of the project, as a module object.

    ``sites`` are the places of its nodes so far; nodes are compared by identity.
    """

    __slots__ = ("name", "package", "path", "scope", "sites")

    def __init__(self, heap: Heap, name: str, path: str, scope: Scope, *, package: bool) -> None:
        super().__init__(heap)
        self.name = name
        self.path = path
        self.scope = scope
        self.package = package
        self.sites: dict[object, Site] = {}

    def site(self, node: object) -> Site:
        """The place of a node of the file's code; the same one whenever the code runs."""
        found = self.sites.get(node)
        if found is None:
            found = self.sites[node] = Site(self, node)
        return found

    def snapshot(self) -> None:
        return None

    def restore(self, content: None) -> None:
        """There is nothing to restore: the scope logs its own changes."""


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A place in the program: a node of the lowered tree, in a module."""

    module: ModuleV
    node: Any


@dataclass(slots=True, eq=False)
class LazyV:
    """The value of an imported name before it is needed; ``load`` evaluates the module.

    ``loaded`` is what that gave, once it was needed.
    """

    load: Callable[[], Value]
    loaded: Value = None

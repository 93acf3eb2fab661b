"""The classes of a file: what they derive from, and what their attributes are."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

import libcst as cst
from libcst.metadata import Scope

from kerasmergelint.keras_api.merge_names import Meaning, Role, meaning
from kerasmergelint.syntax.flow.facts import (
    NOTHING,
    OPEN,
    Defined,
    Fact,
    Facts,
    Giving,
    Kind,
    Made,
    Method,
    Named,
    union,
)
from kerasmergelint.syntax.flow.propagation import MOST_FACTS, Variables

Evaluate = Callable[[cst.CSTNode], Facts]

_LAYERS = (Role.LAYER, Role.MERGE_LAYER, Role.LAMBDA, Role.MODEL)
_UNKNOWN = "an owner that is not known"
_ANY = "any owner"


class Classes:
    """Related classes of the file share their attributes: a method may run for any of them."""

    def __init__(self, of: Evaluate, variables: Variables) -> None:
        self._of = of
        self._variables = variables
        self._scopes: dict[cst.ClassDef, Scope | None] = {}
        self._methods: dict[cst.ClassDef, dict[str, cst.FunctionDef]] = {}
        self._bases: dict[cst.ClassDef, Facts] = {}
        self._family: dict[cst.ClassDef, list[cst.ClassDef]] = {}
        self._attributes: set[str] = set()
        self._static: set[cst.FunctionDef] = set()
        self._of_class: set[cst.FunctionDef] = set()

    def add(self, node: cst.ClassDef, scope: Scope | None) -> None:
        """A class, and the scope of its body."""
        self._scopes[node] = scope
        self._methods[node] = {
            part.name.value: part for part in node.body.body if isinstance(part, cst.FunctionDef)
        }
        self._family[node] = [node]
        self._bases[node] = NOTHING

    def add_static(self, method: cst.FunctionDef) -> None:
        self._static.add(method)

    def add_class_method(self, method: cst.FunctionDef) -> None:
        self._of_class.add(method)

    def add_attribute(self, name: str) -> None:
        """Note that the file assigns to this attribute."""
        self._attributes.add(name)

    def connect(self) -> bool:
        """Look up the bases of all classes; returns whether anything new was found."""
        bases = {
            node: union(self._of(argument.value) for argument in node.bases) for node in self._bases
        }
        changed = bases != self._bases
        self._bases = bases
        for node in bases:
            for base in self._bases_here(node):
                mine, theirs = self._family[node], self._family[base]
                if mine is not theirs:
                    mine.extend(theirs)
                    self._family.update(dict.fromkeys(theirs, mine))
        return changed

    # -- attributes --------------------------------------------------------------------------

    def assign(self, owner: Fact, name: str, facts: Facts) -> None:
        """``owner.name = ...``."""
        node = _class_of(owner)
        known: object = _UNKNOWN if node is None else self._family[node][0]
        self._variables.add((known, name), facts)
        self._variables.add((_ANY, name), facts)

    def attribute(self, owner: cst.ClassDef, name: str, *, of_instance: bool) -> Facts:
        """What an attribute of a class, or of its instances, may be."""
        family = self._family[owner]
        scopes = [
            scope for scope in map(self._scopes.get, family) if scope and name in scope.assignments
        ]
        if not scopes and name not in self._attributes:
            weight = of_instance and name in ("add_weight", "add_variable")
            return frozenset({Giving(Kind.TENSOR)}) if weight else OPEN
        members = union(self._variables.read((scope, name)) for scope in scopes)
        found = frozenset(self._bound(fact, of_instance=of_instance) for fact in members)
        for holder in (family[0], _UNKNOWN):
            found |= self._variables.read((holder, name))
        return found if len(found) <= MOST_FACTS else OPEN

    def layers_named(self, name: str) -> Facts:
        """The layers that attributes of this name hold, in any class."""
        found = self._variables.read((_ANY, name))
        return frozenset(fact for fact in found if isinstance(fact, Made))

    def _bound(self, member: Fact, *, of_instance: bool) -> Fact:
        """A function of a class becomes a method when it is looked up."""
        function = member.node if isinstance(member, Defined) else None
        if isinstance(function, cst.FunctionDef) and function not in self._static:
            return Method(function) if of_instance or function in self._of_class else member
        return member

    # -- relatives ---------------------------------------------------------------------------

    def bases(self, node: cst.ClassDef) -> Facts:
        return self._bases[node]

    def method(self, node: cst.ClassDef, name: str) -> cst.FunctionDef | None:
        """A method that the class has, or inherits within this file."""
        for relative in self._ancestors(node):
            method = self._methods[relative].get(name)
            if method is not None:
                return method
        return None

    def is_layer(self, node: cst.ClassDef) -> bool:
        """Whether it derives from a layer or model of Keras, or has a ``call`` and may."""
        roles = {found.role for found in self._foreign_bases(node)}
        return bool(roles.intersection(_LAYERS)) or (
            Role.OPEN in roles and self.method(node, "call") is not None
        )

    def is_called_on_tensors(self, node: cst.ClassDef) -> bool:
        """Whether Keras calls its ``call``: a layer, or a loss or metric."""
        others = any(found.role is Role.OTHER for found in self._foreign_bases(node))
        return others or self.is_layer(node)

    def merge_label(self, node: cst.ClassDef) -> str | None:
        """The merge layer whose ``call`` the class inherits, if it does."""
        if self.method(node, "call") is not None:
            return None
        merges = (f.label for f in self._foreign_bases(node) if f.role is Role.MERGE_LAYER)
        return next(merges, None)

    def _foreign_bases(self, node: cst.ClassDef) -> Iterator[Meaning]:
        """The meaning of bases from other files, of the class and its ancestors."""
        for relative in self._ancestors(node):
            for base in self.bases(relative):
                if isinstance(base, Named):
                    yield meaning(base.dotted)
                elif base is Kind.OPEN:
                    yield Meaning(Role.OPEN, "")

    def _ancestors(self, node: cst.ClassDef) -> Iterator[cst.ClassDef]:
        """The class itself, and its ancestors in this file."""
        waiting, met = deque([node]), {node}
        while waiting:
            relative = waiting.popleft()
            yield relative
            bases = [base for base in self._bases_here(relative) if base not in met]
            met.update(bases)
            waiting.extend(dict.fromkeys(bases))

    def _bases_here(self, node: cst.ClassDef) -> list[cst.ClassDef]:
        return [
            base.node
            for base in self.bases(node)
            if isinstance(base, Defined) and isinstance(base.node, cst.ClassDef)
        ]


def _class_of(owner: Fact) -> cst.ClassDef | None:
    """The class of this file that a fact is about."""
    defined = owner.of if isinstance(owner, Made) else owner
    if isinstance(defined, Defined) and isinstance(defined.node, cst.ClassDef):
        return defined.node
    return None

"""The results of calls."""

from __future__ import annotations

import libcst as cst

from kerasmergelint.keras_api.merge_names import Role, meaning
from kerasmergelint.syntax.flow.classes import Classes, Evaluate
from kerasmergelint.syntax.flow.facts import (
    ARRAY,
    NOTHING,
    OPEN,
    PLAIN,
    TENSOR,
    Defined,
    Fact,
    Facts,
    Giving,
    Kind,
    Made,
    Method,
    Named,
)
from kerasmergelint.syntax.flow.functions import Functions
from kerasmergelint.syntax.flow.propagation import Variables

RESULT = "the result"
_CLASSES = (Role.MERGE_LAYER, Role.LAMBDA, Role.LAYER, Role.MODEL)
_TENSORS = (Role.MERGE, Role.JOIN_OP, Role.PAIR_OP, Role.TENSOR)


class Results:
    """Evaluates calls."""

    def __init__(self, of: Evaluate, variables: Variables, classes: Classes) -> None:
        self._of = of
        self._variables = variables
        self._classes = classes
        self._functions = Functions(of, self.of)
        self._class_around: dict[cst.Call, cst.ClassDef] = {}

    def add_super(self, call: cst.Call, around: cst.ClassDef) -> None:
        """Note a ``super()``, and the class around it."""
        self._class_around[call] = around

    def of(self, callee: Fact, call: cst.Call) -> Facts:
        """The value of ``callee(...)``."""
        if isinstance(callee, Named):
            return self._of_named(callee, call)
        if isinstance(callee, Giving):
            return frozenset({callee.result})
        if isinstance(callee, Method):
            return self._variables.read((callee.node, RESULT))
        if isinstance(callee, Defined):
            if isinstance(callee.node, cst.ClassDef):
                return frozenset({Made(callee)})
            return self._variables.read((callee.node, RESULT))
        if isinstance(callee, Made):
            return self._of_instance(callee)
        return OPEN if callee is Kind.OPEN else NOTHING

    def _of_instance(self, instance: Made) -> Facts:
        if isinstance(instance.of, Named):
            return TENSOR if meaning(instance.of.dotted).role in _CLASSES else OPEN
        node = instance.of.node
        if not isinstance(node, cst.ClassDef):
            return OPEN
        if self._classes.is_layer(node):
            return TENSOR
        method = self._classes.method(node, "__call__")
        return OPEN if method is None else self._variables.read((method, RESULT))

    def _of_named(self, callee: Named, call: cst.Call) -> Facts:
        if callee.dotted == "builtins.super":
            return self._of_super(call)
        known = self._functions.result(callee.dotted, call)
        if known is not None:
            return known
        owner, _, last = callee.dotted.rpartition(".")
        if last == "from_config":
            return frozenset({Made(Named(owner))})
        role = meaning(callee.dotted).role
        if role in _CLASSES:
            return frozenset({Made(callee)})
        if role in _TENSORS:
            return TENSOR
        return {Role.ARRAY: ARRAY, Role.PLAIN: PLAIN}.get(role, OPEN)

    def _of_super(self, call: cst.Call) -> Facts:
        """``super()`` as an instance of each base."""
        around = self._class_around.get(call)
        bases = NOTHING if around is None else self._classes.bases(around)
        return frozenset(Made(base) for base in bases if isinstance(base, (Named, Defined))) or OPEN

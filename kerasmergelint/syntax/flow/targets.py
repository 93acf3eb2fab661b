"""Stores facts where assignments put them."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from kerasmergelint.syntax.flow.expressions import Expressions
from kerasmergelint.syntax.flow.facts import PLAIN, Facts, Holding, Named, held, items

_ADDING = frozenset({"append", "add", "appendleft"})
_JOINING = frozenset({"extend", "update"})


class Targets:
    """The left sides of assignments, loops and ``with``, and the lists that methods fill."""

    def __init__(self, flow: Expressions) -> None:
        self._flow = flow

    def assign(self, target: cst.BaseExpression, value: cst.BaseExpression) -> None:
        """``target = value``."""
        targets, values = _elements(target), _elements(value)
        if targets and len(targets) == len(values):
            for one, other in zip(targets, values):
                self.assign(one, other)
        else:
            self.store(target, self._flow.of(value))

    def store(self, target: cst.BaseExpression, facts: Facts) -> None:
        """Store facts in a target."""
        if isinstance(target, cst.Name):
            variable = self._flow.names.variable(target)
            if variable is not None:
                self._flow.variables.add(variable, facts)
        elif isinstance(target, cst.Attribute):
            for owner in self._flow.of(target.value):
                self._flow.classes.assign(owner, target.attr.value, facts)
        elif isinstance(target, cst.Subscript):
            self._store_within(target.value, facts)
        elif isinstance(target, (cst.Tuple, cst.List)):
            parts = items(facts)
            for element in target.elements:
                starred = isinstance(element, cst.StarredElement)
                self.store(element.value, held(parts) if starred else parts)

    def _store_within(self, container: cst.BaseExpression, facts: Facts) -> None:
        """Store facts within a list or dict; an array stays an array."""
        if any(isinstance(fact, Holding) for fact in self._flow.of(container)):
            self.store(container, held(facts))

    def loop(self, target: cst.BaseExpression, iterable: cst.BaseExpression) -> None:
        """``for target in iterable``; what is enumerated or zipped is known part by part."""
        parts = self._parts(iterable)
        if isinstance(target, cst.Tuple) and len(target.elements) == len(parts):
            for element, facts in zip(target.elements, parts):
                self.store(element.value, facts)
        else:
            self.store(target, items(self._flow.of(iterable)))

    def _parts(self, iterable: cst.BaseExpression) -> Sequence[Facts]:
        if not isinstance(iterable, cst.Call) or any(one.star for one in iterable.args):
            return ()
        passed = [items(self._flow.of(argument.value)) for argument in iterable.args]
        called = self._flow.of(iterable.func)
        if Named("builtins.enumerate") in called:
            return [PLAIN, *passed[:1]]
        if Named("builtins.zip") in called:
            return passed
        func = iterable.func
        if isinstance(func, cst.Attribute) and func.attr.value == "items" and not passed:
            return [PLAIN, items(self._flow.of(func.value))]
        return ()

    def fill(self, call: cst.Call) -> None:
        """``target.append(value)``, ``target.extend(values)``, ``target.insert(0, value)`` ..."""
        func = call.func
        if not isinstance(func, cst.Attribute) or not call.args:
            return
        name, value = func.attr.value, call.args[-1].value
        if name in FILLING:
            facts = self._flow.of(value)
            self._store_within(func.value, items(facts) if name in _JOINING else facts)


FILLING = _ADDING | _JOINING | {"insert", "setdefault"}


def _elements(display: cst.BaseExpression) -> list[cst.BaseExpression]:
    """The elements of a tuple or list display; empty if they cannot be told apart."""
    if not isinstance(display, (cst.Tuple, cst.List)):
        return []
    if not all(isinstance(element, cst.Element) for element in display.elements):
        return []
    return [element.value for element in display.elements]

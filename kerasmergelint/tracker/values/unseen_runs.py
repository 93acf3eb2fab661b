"""Code that is run by somebody else, nobody knows whether and when: what it may have changed.

What it binds and what attributes it sets become unknown here; what it fills is handed to the caller.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.dataclass import dataclass
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.outer_changes import (
    NOTHING,
    OuterChanges,
    changes_of_block,
    changes_of_function,
)
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassV,
    FunctionV,
    Instance,
    is_all_own,
)
from kerasmergelint.tracker.values.scope import ModuleV, Scope
from kerasmergelint.tracker.values.value import UnknownV, Value


@dataclass(frozen=True, slots=True)
class UnseenRun:
    """A piece of code with the scope around it; ``receiver`` is what the name ``me`` stands for."""

    changes: OuterChanges
    scope: Scope
    me: str | None = None
    receiver: Value = None

    def value_of(self, expression: ir.Expression) -> Value:
        """The value of a name, of an attribute of one, or what an item is taken from."""
        if isinstance(expression, ir.Name) and expression.id == self.me:
            return self.receiver
        if isinstance(expression, ir.Attribute):
            return _attribute(self.value_of(expression.value), expression.attr)
        if isinstance(expression, ir.Subscript):
            return self.value_of(expression.value)
        return value_of_name(self.scope, expression.id) if isinstance(expression, ir.Name) else None


def run_of_block(body: tuple[ir.Statement, ...], scope: Scope) -> UnseenRun:
    return UnseenRun(changes_of_block(body), scope)


def run_of_function(function: FunctionV, receiver: Value = None) -> UnseenRun:
    first = function.code.parameters[:1]
    me = first[0].name if first else None
    return UnseenRun(changes_of_function(function.code), function.scope, me, receiver)


def runs_of_methods(instance: Instance) -> Iterator[UnseenRun]:
    """The methods by which a class of a library that is not followed may call back."""
    if is_all_own(instance.cls):
        return
    for cls in (one for one in instance.cls.mro if isinstance(one, ClassV)):
        for name, method in cls.namespace.items():
            if isinstance(method, FunctionV) and name != "__init__":
                yield run_of_function(method, instance)


def take_place(heap: Heap, run: UnseenRun, reason: str) -> Iterator[Value | UnseenRun]:
    """Let it happen or not.  Gives the containers that it fills, and the further runs that it starts."""
    for name in run.changes.global_names:
        _forget_name(heap, run.scope.top, name, reason)
    for name in run.changes.names:
        _forget_name(heap, run.scope.holder(name) or run.scope, name, reason)
    for owner, name in run.changes.attributes:
        _forget_attribute(heap, run.value_of(owner), name, reason)
    for container in run.changes.filled:
        yield run.value_of(container)
    for callee in run.changes.called:
        yield from _further(run, callee)


def _further(run: UnseenRun, callee: ir.Name | ir.Attribute) -> Iterator[UnseenRun]:
    called = run.value_of(callee)
    if isinstance(called, BoundMethod) and isinstance(called.function, FunctionV):
        yield run_of_function(called.function, called.receiver)
    elif isinstance(called, FunctionV):
        receiver = run.value_of(callee.value) if isinstance(callee, ir.Attribute) else None
        yield run_of_function(called, receiver)


def value_in(scope: Scope, expression: ir.Expression) -> Value:
    """The value of a name, or of an attribute of one, without running anything."""
    return UnseenRun(NOTHING, scope).value_of(expression)


def value_of_name(scope: Scope, name: str) -> Value:
    """The value of a name that is seen from a scope; None if it has none."""
    holder = scope.holder(name)
    return None if holder is None else holder.variables[name]


def _attribute(owner: Value, name: str) -> Value:
    """What an object holds, or its class, or a module; None if that is not known."""
    if isinstance(owner, Instance):
        if name in owner.attributes:
            return owner.attributes[name]
        owner = owner.cls
    if isinstance(owner, ClassV):
        classes = (one for one in owner.mro if isinstance(one, ClassV))
        return next((one.namespace[name] for one in classes if name in one.namespace), None)
    return owner.scope.variables.get(name) if isinstance(owner, ModuleV) else None


def _forget_name(heap: Heap, scope: Scope, name: str, reason: str) -> None:
    heap.touch(scope)
    scope.variables[name] = _changed(name, reason)


def _forget_attribute(heap: Heap, owner: Value, name: str, reason: str) -> None:
    if isinstance(owner, Instance):
        heap.touch(owner)
        owner.attributes[name] = _changed(name, reason)
    elif isinstance(owner, ClassV):
        heap.touch(owner)
        owner.namespace[name] = _changed(name, reason)
    elif isinstance(owner, ModuleV):
        _forget_name(heap, owner.scope, name, reason)


def _changed(name: str, reason: str) -> UnknownV:
    return UnknownV(f"{name} may have changed: {reason}")

"""Assignment to names, attributes, items, or several of them."""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.asking import Use
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import own_exceptions
from kerasmergelint.tracker.python.declared import known_as
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.value import UnknownV, Value


def scope_of(interp: Interpreter, name: str) -> Scope:
    """The scope in which assigning to this name binds it."""
    frame = interp.frame
    if frame.code is not None:
        if name in frame.code.global_names:
            return frame.scope.top
        if name in frame.code.nonlocal_names:
            parent = frame.scope.parent
            holder = parent.holder(name) if parent is not None else None
            return holder or frame.scope
    return frame.scope


def bind(interp: Interpreter, name: str, value: Value) -> None:
    frame = interp.frames[-1]
    code, scope = frame.code, frame.scope
    if code is not None and (code.global_names or code.nonlocal_names):
        scope = scope_of(interp, name)
    interp.heap.touch(scope)
    scope.variables[name] = known_as(interp, name, value) if interp.declared else value


def unbind(interp: Interpreter, name: str) -> None:
    """``del name``; a name that seems unbound may have been bound by code that was not followed."""
    scope = scope_of(interp, name)
    interp.heap.touch(scope)
    scope.variables.pop(name, None)


def assign(interp: Interpreter, target: ir.Expression, value: Value) -> None:
    """Store a value in a target: a name, an attribute, an item, or several of them."""
    if isinstance(target, ir.Name):
        bind(interp, target.id, value)
    elif isinstance(target, ir.Attribute):
        receiver = interp.evaluate(target.value)
        interp.set_attribute(receiver, target.attr, value, interp.site(target))
    elif isinstance(target, ir.Subscript):
        receiver = interp.evaluate(target.value)
        index = interp.evaluate(target.index)
        interp.set_item(receiver, index, value, interp.site(target))
    elif isinstance(target, (ir.TupleExpr, ir.ListExpr)):
        _unpack(interp, target.elements, value, interp.site(target))
    elif isinstance(target, ir.Starred):
        assign(interp, target.value, value)


def _unpack(
    interp: Interpreter, targets: tuple[ir.Expression, ...], value: Value, site: Site
) -> None:
    if interp.on_unpacking is not None and not any(isinstance(t, ir.Starred) for t in targets):
        interp.on_unpacking(interp.resolve(value), len(targets))
    if isinstance(value, TensorV):
        own_exceptions.check_unpacked(interp, value, site)
    elif isinstance(value, UnknownV):
        own_exceptions.check_no_number(interp, value, site)
    if interp.asker is not None and isinstance(interp.resolve(value), UnknownV):
        interp.asker.asked(value, Use.ITEMS, len(targets))
    value = interp.resolve(value)
    unknown = isinstance(value, UnknownV) and interp.asker is None
    items = None if unknown else interp.iterate(value, site)
    star = next((i for i, t in enumerate(targets) if isinstance(t, ir.Starred)), None)
    if items is None:
        for index, target in enumerate(targets):
            part = interp.item(value, index, site) if isinstance(value, UnknownV) else None
            assign(interp, target, part if part is not None else interp.unknown("unpacked"))
        return
    if star is None:
        if len(items) != len(targets):
            raise own_exceptions.wrong_number(interp, items, len(targets), site)
        for target, item in zip(targets, items):
            assign(interp, target, item)
        return
    after = len(targets) - star - 1
    if len(items) < star + after:
        raise interp.raised("ValueError", "not enough values to unpack")
    for target, item in zip(targets[:star], items):
        assign(interp, target, item)
    assign(interp, targets[star], ListV(interp.heap, items[star : len(items) - after]))
    for target, item in zip(targets[star + 1 :], items[len(items) - after :]):
        assign(interp, target, item)

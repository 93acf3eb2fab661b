"""Class statements."""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.decorators import decorate
from kerasmergelint.tracker.python.records import MISSING
from kerasmergelint.tracker.values.objects import (
    ClassMethodV,
    ClassV,
    FunctionV,
    PropertyV,
    StaticMethodV,
)
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.value import External, Value

# What a class in the method resolution order costs, in items.
_ITEMS_A_BASE = 16


def define(interp: Interpreter, node: ir.ClassDef) -> Value:
    """Run a class body and make the class."""
    bases = tuple(interp.evaluate(base) for base in node.bases)
    frame = interp.frame
    scope = Scope(interp.heap, frame.scope, frame.module, "class")
    fields: list[tuple[str, Value]] = []
    with aside.within(interp, Frame(scope, frame.module, node.name, fields=fields)):
        interp.execute(node.body)
    made = ClassV(interp.heap, node.name, bases, scope.variables, node, frame.scope)
    interp.charge(_ITEMS_A_BASE * len(made.mro))
    for name, value in scope.variables.items():
        scope.variables[name] = _owned(value, made)
    _inherit_fields(made, fields)
    result: Value = made
    for decorator in reversed(node.decorators):
        result = decorate(interp, decorator, result, node)
    interp.outputs.classes.append(made)
    return result


def _owned(value: Value, owner: ClassV) -> Value:
    """Functions of a class body know their class, for ``super()`` without arguments."""
    if isinstance(value, FunctionV) and value.owner is None:
        return FunctionV(
            value.code, value.defaults, value.scope, value.name, owner, value.attributes
        )
    if isinstance(value, StaticMethodV):
        return StaticMethodV(_owned(value.function, owner))
    if isinstance(value, ClassMethodV):
        return ClassMethodV(_owned(value.function, owner))
    if isinstance(value, PropertyV):
        setter = None if value.setter is None else _owned(value.setter, owner)
        return PropertyV(_owned(value.getter, owner), setter)
    return value


def note_field(interp: Interpreter, node: ir.AnnAssign) -> None:
    """Remember an annotated name of a class body: a field, if the class is a dataclass."""
    fields = interp.frame.fields
    if fields is not None and isinstance(node.target, ir.Name):
        default = MISSING if node.value is None else interp.evaluate(node.value)
        fields.append((node.target.id, default))


def _inherit_fields(made: ClassV, own: list[tuple[str, Value]]) -> None:
    inherited: dict[str, Value] = {}
    for base in reversed(made.mro[1:]):
        if isinstance(base, ClassV) and base.fields is not None:
            inherited.update(dict(base.fields))
    inherited.update(dict(own))
    made.fields = list(inherited.items())
    dotted = [base.dotted for base in made.mro if isinstance(base, External)]
    parents = [base for base in made.mro[1:] if isinstance(base, ClassV)]
    if any(name in ("typing.NamedTuple", "collections.NamedTuple") for name in dotted):
        made.kind = "namedtuple"
    elif any(parent.kind in ("dataclass", "namedtuple") for parent in parents):
        made.kind = next(p.kind for p in parents if p.kind in ("dataclass", "namedtuple"))
    elif any(name.startswith("enum.") for name in dotted):
        made.kind = "enum"

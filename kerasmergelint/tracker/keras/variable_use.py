"""Weights and ``tf.Variable``: assignments to them, and lists of weights where a tensor belongs."""

from __future__ import annotations

from kerasmergelint.keras_api import variable_rules
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.ops import Op
from kerasmergelint.keras_api.ops.op import as_spec
from kerasmergelint.keras_api.protocol import Broken, Outcome
from kerasmergelint.keras_api.variable_rules import Owner
from kerasmergelint.keras_api.versions import V3, KerasVersion
from kerasmergelint.tracker.keras.convert import to_tensor_nest
from kerasmergelint.tracker.keras.outcomes import note_demand
from kerasmergelint.tracker.machine import by_version
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Role, Site, TensorV
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value, named


def assigning(variable: TensorV, method: str) -> NativeV:
    """``variable.assign_add`` and the like."""
    return NativeV(method, lambda again, a, k, s: _assign(again, variable, method, a, k, s))


def _assign(
    interp: Interpreter,
    variable: TensorV,
    method: str,
    args: Args,
    keywords: Keywords,
    site: Site,
) -> Value:
    value = args[0] if args else keywords.get("value")
    given = None if REST in keywords else as_spec(to_tensor_nest(interp, value))
    if given is None:
        return interp.unknown("what an assignment gives")

    def check(version: KerasVersion) -> None:
        owner = Owner.KERAS if variable.role is Role.WEIGHT and version in V3 else Owner.TENSORFLOW
        variable_rules.assign(method, variable.spec, given, owner)

    try:
        by_version.applied(interp, check)
    except Broken as broken:
        return interp.broken(broken.problem, site, method, (value,))
    doubts = variable_rules.asked(method, variable.spec, given)
    if doubts:
        note_demand(interp, site, method, Outcome(None, doubts))
    return TensorV(variable.spec)


def begins_list(op: Op, args: Args, keywords: Keywords) -> bool:
    """Whether an argument that becomes one tensor is a list whose first tensor is a weight."""
    by_place = (op.packs(place) for place, value in enumerate(args) if _first_is_weight(value))
    by_name = (op.packs(name) for name, v in named(keywords).items() if _first_is_weight(v))
    if not any(by_place) and not any(by_name):
        return False
    axis = keywords.get("axis", args[1] if len(args) > 1 else 0)
    return Kind.STACK not in op.kind or axis == 0


def _first_is_weight(value: Value) -> bool:
    """Whether this is a list, perhaps of lists, whose first item is a weight."""
    if not isinstance(value, (tuple, ListV)):
        return False
    while isinstance(value, (tuple, ListV)):
        items = value if isinstance(value, tuple) else value.items
        if not items or (isinstance(value, ListV) and value.open):
            return False
        value = items[0]
    return isinstance(value, TensorV) and value.role is Role.WEIGHT

"""Empty containers that stand in for arguments that were not passed.

``skips = skips or []`` and ``if skips is None: skips = []`` mean "nothing passed", not "always
empty": real callers do pass something.  So in a function that is entered on its own, such a
container may hold anything.
"""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import to_term
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import UnknownV, Value

_REASON = "something may be given in the place of an empty container"
_EMPTY_CALLS = frozenset({"list", "dict", "set", "tuple"})
CONTAINERS = (ListV, DictV, SetV, tuple)


def in_place_of(interp: Interpreter, node: ir.Assign, value: Value) -> Value:
    """The container that is assigned: one that may hold anything where it stands for an argument."""
    if not is_empty_display(node.value):
        return value
    return reserved(interp, value) if _replaces(interp, node.targets) else value


def is_empty_display(node: ir.Expression) -> bool:
    """Whether an expression spells out an empty container: ``[]``, ``{}``, ``()``, ``list()``."""
    if isinstance(node, ir.Call):
        if node.args or node.keywords:
            return False
        return isinstance(node.func, ir.Name) and node.func.id in _EMPTY_CALLS
    if isinstance(node, ir.Display):
        return not node.elements
    return isinstance(node, ir.DictExpr) and not node.items


def given_or_empty(interp: Interpreter, value: Value) -> Value:
    """``value or []`` for an unknown value: a container with unknown content."""
    term = to_term(value)
    return interp.unknown(_REASON, None if term is None else make("or", term, "[]"))


def _replaces(interp: Interpreter, targets: tuple[ir.Expression, ...]) -> bool:
    """Whether one of the targets is a parameter that this path takes as not passed."""
    return any(isinstance(target, ir.Name) and _is_missing(interp, target) for target in targets)


def _is_missing(interp: Interpreter, name: ir.Name) -> bool:
    value = interp.frame.scope.variables.get(name.id)
    if not isinstance(value, UnknownV) or value.term not in interp.path.absent:
        return False
    return interp.path.known(value.term) is False


def tests_missing(interp: Interpreter, test: ir.Expression) -> bool:
    """Whether a test that just held says that a parameter was not passed."""
    if isinstance(test, ir.UnaryOp) and test.op == "not":
        test = test.operand
    elif isinstance(test, ir.Compare):
        test = test.left
    return isinstance(test, ir.Name) and _is_missing(interp, test)


def reserved(interp: Interpreter, value: Value) -> Value:
    """The value; an empty container is opened, since it may hold anything."""
    if isinstance(value, (ListV, DictV, SetV)) and not value.items:
        interp.heap.touch(value)
        value.open, value.reason = True, _REASON
    return interp.unknown(_REASON) if value == () else value

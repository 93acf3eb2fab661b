"""What rounds of a loop may do that the followed round did not.

The body of a loop over unknown items is followed on one path.  Where that path depends on the item
(``if name.startswith("x"): continue``), other rounds take other branches: the names and attributes that
these bind and the containers that they fill are unknown after the loop.
"""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import Changes, attributes_assigned, changes_in
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.terms import is_asked_anew, is_free
from kerasmergelint.tracker.values.unseen_runs import value_in, value_of_name
from kerasmergelint.tracker.values.value import Value

_REASON = "it may be filled in other rounds of a loop"
_ASSIGNED = "it may be assigned in other rounds of a loop"
_ABSENT = object()


def are_alike(interp: Interpreter, answers: int) -> bool:
    """Whether every round takes the same branches as one before which so many questions had answers."""
    asked = list(interp.path.answers)[answers:]
    return all(is_free(question) and not is_asked_anew(question) for question in asked)


class OtherRounds:
    """The values, before the loop, of the names and attributes that its body changes."""

    def __init__(self, interp: Interpreter, body: tuple[ir.Statement, ...]) -> None:
        self._changes: Changes = changes_in(body)
        self._answers = len(interp.path.answers)
        scope = interp.frame.scope
        self._before = {
            name: scope.variables[name] for name in self._changes.names if name in scope.variables
        }
        owners = ((value_of_name(scope, name), attr) for name, attr in attributes_assigned(body))
        self._attributes = [
            (owner, attr, owner.attributes[attr])
            for owner, attr in owners
            if isinstance(owner, Instance) and attr in owner.attributes
        ]

    def forget(self, interp: Interpreter) -> None:
        """Forget what rounds that were not followed may have changed."""
        if are_alike(interp, self._answers):
            return
        variables = interp.frame.scope.variables
        interp.heap.touch(interp.frame.scope)
        for name, before in self._before.items():
            if variables.get(name, _ABSENT) is before:
                variables[name] = interp.unknown(_ASSIGNED)
        for owner, attr, before in self._attributes:
            if owner.attributes.get(attr, _ABSENT) is before:
                interp.heap.touch(owner)
                owner.attributes[attr] = interp.unknown(_ASSIGNED)
        for expression in self._changes.filled:
            _open(interp, value_in(interp.frame.scope, expression))


def _open(interp: Interpreter, value: Value) -> None:
    if isinstance(value, (ListV, DictV, SetV)) and not value.open:
        interp.heap.touch(value)
        value.open, value.reason = True, _REASON

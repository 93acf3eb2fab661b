"""How a run goes on after a bug of ours: what the call or statement may have done is unknown.

A call is taken for that of an unknown function.  A statement may have bound any of its names and
changed all that it mentions; one that may have returned, or left a loop, takes the block around with it.
"""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.leaving import leaving
from kerasmergelint.syntax.names import attributes_assigned, binds, walk
from kerasmergelint.tracker.machine.bugs import REASON
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.targets import bind
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.signals import OutOfBudget, Returned, Signal
from kerasmergelint.tracker.values.unseen_runs import value_in, value_of_name
from kerasmergelint.tracker.values.value import Args, Keywords, Value

_WITH_BLOCKS = (ir.If, ir.For, ir.While, ir.Try, ir.With, ir.Match)


def after_call(
    interp: Interpreter, callee: Value, args: Args, keywords: Keywords, error: Exception
) -> Value:
    """The value of a call that met a bug."""
    _note(interp, error)
    interp.forget((callee, *args, *keywords.values()), REASON)
    return interp.unknown(REASON)


def after_statement(interp: Interpreter, statement: ir.Statement, error: Exception) -> Signal:
    """Go on after a statement that met a bug, if it is known where the program does."""
    if isinstance(statement, _WITH_BLOCKS):
        if interp.all_paths is not None:
            raise OutOfBudget from error  # the states of its branches were not joined
        inside = leaving((statement,))
        if inside.returns or inside.breaks or inside.continues:
            raise error
    _note(interp, error)
    if isinstance(statement, ir.Return):
        return Returned(interp.unknown(REASON))
    if isinstance(statement, ir.Raise):
        raise Raised(interp.unknown(REASON))
    _forget_all(interp, (statement,))
    return None


def _note(interp: Interpreter, error: Exception) -> None:
    interp.bugs.add(error)
    interp.outputs.cut = True  # merges may have been missed


def _forget_all(interp: Interpreter, body: tuple[ir.Statement, ...]) -> None:
    """Forget what a block binds, and the contents of all that it mentions."""
    for node in walk(body):
        if isinstance(node, (ir.Name, ir.Attribute)):
            interp.forget(value_in(interp.frame.scope, node), REASON)
    for name in binds(body):
        bind(interp, name, interp.unknown(REASON))
    for owner_name, attribute in attributes_assigned(body):
        owner = value_of_name(interp.frame.scope, owner_name)
        if isinstance(owner, Instance):
            interp.heap.touch(owner)
            owner.attributes[attribute] = interp.unknown(REASON)

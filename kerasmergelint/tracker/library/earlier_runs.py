"""Whether there is a file or a folder, such as an earlier run of the program leaves."""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import asked_of
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import Args, Value


def is_there(interp: Interpreter, what: str, args: Args, site: Site) -> Value:
    """Whether the file or folder that is asked for exists: one answer for each place and name.

    Nobody chooses it in a call that passes None or an empty text, of which one side has no use:
    ``net_of("")`` knows that the weights of an earlier run are there.
    """
    reason = f"whether a {what} exists"
    if any(frame.called_from and _passes_nothing(frame.called_from) for frame in interp.frames):
        return interp.unknown(reason)
    return interp.unknown(reason, asked_of("exists", args, site.node))


def _passes_nothing(call: Site) -> bool:
    if not isinstance(call.node, ir.Call):
        return False
    passed = (*call.node.args, *(value for _, value in call.node.keywords))
    return any(isinstance(one, ir.Const) and one.value in (None, "") for one in passed)

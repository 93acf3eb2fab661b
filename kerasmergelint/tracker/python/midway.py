"""A block under ``try`` that may have raised somewhere, which nobody knows.

Files may be missing, packages not installed, texts no numbers.  Where the run met something of that kind
in the block, and a handler would have gone on, what the block and the handlers change is unknown
afterwards; where one of them jumps, the path decides whether the block raised.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import attributes_assigned, changes_in, walk
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.foreign import is_always_there
from kerasmergelint.tracker.values.forgetting import forget_changes
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.unseen_runs import value_in, value_of_name

Block = tuple[ir.Statement, ...]

_REASON = "it depends on whether something raises"
_OF_IMPORTS = frozenset({"ImportError", "ModuleNotFoundError"})
_ENDS = frozenset({"exit", "quit", "_exit", "abort"})
_JUMPS = (ir.Return, ir.Break, ir.Continue)


class Midway:
    """The state before a block, of which parts may still stand after it."""

    def __init__(self, interp: Interpreter, block: Block) -> None:
        self._doubts = interp.doubts
        self._not_found = interp.not_found
        self._block = block
        self._changes = changes_in(block)
        scope = interp.frame.scope
        variables = scope.variables
        self._names = {n: variables[n] for n in self._changes.names if n in variables}
        self._attributes = [
            (owner, name, owner.attributes[name])
            for owner, name in ((value_of_name(scope, n), a) for n, a in attributes_assigned(block))
            if isinstance(owner, Instance) and name in owner.attributes
        ]

    def may_have_raised(self, interp: Interpreter) -> bool:
        """Whether the block met something that may raise, for all that is known."""
        return interp.doubts != self._doubts or self.may_lack(interp)

    def may_lack(self, interp: Interpreter) -> bool:
        """Whether it imports a package that need not be installed."""
        return interp.not_found != self._not_found or _imports_missing(interp, self._block)

    def going_on(self, interp: Interpreter, node: ir.Try) -> list[ir.Handler]:
        """The handlers that may have run, and do not end the program or pass the exception on."""
        lacks = self.may_lack(interp)
        if not lacks and interp.doubts == self._doubts:
            return []
        return [
            handler
            for handler in node.handlers
            if not _ends(handler.body) and (lacks or not _is_about_imports(handler))
        ]

    def forget(self, interp: Interpreter) -> None:
        """Forget what the block may not have come to; on all paths at once, all that it binds."""
        variables = interp.frame.scope.variables
        interp.heap.touch(interp.frame.scope)
        for name, before in self._names.items():
            if interp.all_paths is not None or variables.get(name, before) is not before:
                variables[name] = interp.unknown(_REASON)
        for owner, name, before in self._attributes:
            if interp.all_paths is not None or owner.attributes.get(name, before) is not before:
                interp.heap.touch(owner)
                owner.attributes[name] = interp.unknown(_REASON)
        for container in self._changes.filled:
            interp.forget(value_in(interp.frame.scope, container), _REASON)


def forget_handlers(interp: Interpreter, handlers: list[ir.Handler]) -> None:
    """Forget what handlers would have changed."""
    for handler in handlers:
        forget_changes(interp.heap, interp.frame.scope, handler.body, _REASON)


def _is_about_imports(handler: ir.Handler) -> bool:
    types = handler.type.elements if isinstance(handler.type, ir.TupleExpr) else (handler.type,)
    return all(isinstance(one, ir.Name) and one.id in _OF_IMPORTS for one in types)


def jumps(body: Block) -> bool:
    """Whether a handler leaves the function or the loop around it."""
    return any(type(node) in _JUMPS for node in walk(body))


def passes_on(body: Block) -> bool:
    """Whether a handler tells of the exception, and then raises it again or ends the program."""
    last = body[-1]
    again = isinstance(last, ir.Raise) and last.exception is None
    return (again or _exits(last)) and not jumps(body)


def _ends(body: Block) -> bool:
    return isinstance(body[-1], ir.Raise) or _exits(body[-1])


def _exits(statement: ir.Statement) -> bool:
    if not isinstance(statement, ir.ExprStmt) or not isinstance(statement.value, ir.Call):
        return False
    function = statement.value.func
    name = function.attr if isinstance(function, ir.Attribute) else getattr(function, "id", "")
    return name in _ENDS


def _imports_missing(interp: Interpreter, block: Block) -> bool:
    """Whether the block imports a package that need not be installed."""
    path = interp.frame.module.path
    folder = Path(path).parent if path else None
    return any(
        not is_always_there(dotted) and interp.modules.find(dotted, folder) is None
        for dotted in _imported(block)
    )


def _imported(block: Block) -> Iterator[str]:
    for node in block:
        if isinstance(node, ir.Import):
            yield from (dotted for dotted, _ in node.names)
        elif isinstance(node, ir.ImportFrom) and not node.level:
            yield node.module

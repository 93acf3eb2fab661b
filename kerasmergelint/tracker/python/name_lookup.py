"""Names that are read: by the rules of Python, local, enclosing, module, builtin."""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.bindings import bound_in
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.builtin_names import builtin
from kerasmergelint.tracker.values.scope import LazyV, Scope
from kerasmergelint.tracker.values.value import UnknownV, Value

_MISSING = object()


def variable(interp: Interpreter, node: ir.Name) -> Value:
    """Usually a variable of this function, of one around it or of its module, or a builtin."""
    frame, name = interp.frames[-1], node.id
    scope = frame.scope
    value = _MISSING
    if frame.code is None or not frame.code.global_names:
        value = scope.variables.get(name, _MISSING)
        unsure, parent = scope.open, scope.parent
        while value is _MISSING and parent is not None:
            value = parent.variables.get(name, _MISSING)
            unsure, parent = unsure or parent.open, parent.parent
        if value is _MISSING and not unsure:
            value = builtin(name) or _MISSING
    if value is _MISSING or type(value) is LazyV:
        value = lookup(interp, scope, name)
    return interp.resolve(value) if type(value) is UnknownV else value


# Builtins that star imports of NumPy, math and Keras's backend are known to replace.
_REBOUND_BY_STARS = frozenset(
    {"sum", "min", "max", "abs", "round", "any", "all", "pow", "map", "print", "eval", "reversed"}
)


def lookup(interp: Interpreter, scope: Scope, name: str) -> Value:
    """A name by Python's rules: local, enclosing, module, builtin."""
    code = interp.frame.code
    if code is not None and name in code.global_names:
        scope = scope.top
    value = scope.read(name, _MISSING)
    if value is not _MISSING:
        return value
    unsure = scope.open
    parent = scope.parent
    while parent is not None:
        value = parent.read(name, _MISSING)
        if value is not _MISSING:
            return value
        unsure = unsure or parent.open
        parent = parent.parent
    found = builtin(name)
    if found is not None and not (unsure and name in _REBOUND_BY_STARS):
        return found
    if not unsure and (interp.expects("NameError") or _is_bound_nowhere(interp, scope, name)):
        raise interp.raised("NameError", f"{name} is not bound")
    return interp.unknown(f"the name {name} is not known")


def _is_bound_nowhere(interp: Interpreter, scope: Scope, name: str) -> bool:
    """Whether no line of the program's file could bind a name; other files do so only for packages."""
    module = scope.top.module
    if module is None or name.startswith("__") or interp.modules.is_library(module.path):
        return False
    code = interp.modules.codes.get(module.path)
    bound = None if code is None else bound_in(code.source.text)
    return bound is not None and name not in bound

"""Names that are read: by the rules of Python, local, enclosing, module, builtin."""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.bindings import Bound, bound_in
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.builtin_names import builtin
from kerasmergelint.tracker.values.scope import LazyV, ModuleV, Scope
from kerasmergelint.tracker.values.value import External, UnknownV, Value

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
    """Whether no line of the program's file could bind a name, nor one that a star import brings into it.

    Other files do so only for packages.
    """
    module = scope.top.module
    if module is None or name.startswith("__") or interp.modules.is_library(module.path):
        return False
    bound = _bound_in(interp, module)
    if bound is None or name in bound.names:
        return False
    return all(_is_star_without(interp, module, star, name) for star in bound.stars)


def _bound_in(interp: Interpreter, module: ModuleV) -> Bound | None:
    code = interp.modules.codes.get(module.path)
    return None if code is None else bound_in(code.source.text)


def _is_star_without(
    interp: Interpreter, module: ModuleV, star: tuple[str, int], name: str
) -> bool:
    """Whether a star import cannot bring a name: all that binds names is known of what it names."""
    dotted, level = star
    if interp.frame.module is not module:
        return False
    value = interp.modules.resolve_from(interp, dotted, level)
    if isinstance(value, External):
        # `keras.layers` of early Keras hands out all that its own modules import.
        known = interp.semantics.star_names(interp, value.dotted)
        return known is not None and dotted.startswith("tensorflow.") and name not in known.names
    if not isinstance(value, ModuleV) or interp.modules.is_library(value.path):
        return False
    bound = _bound_in(interp, value)
    return bound is not None and not bound.stars and name not in bound.names

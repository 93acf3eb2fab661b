"""The builtins that reach into the running program, or out of it."""

from __future__ import annotations

import ast
import builtins as python
from keyword import iskeyword

from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.members import own_names
from kerasmergelint.tracker.python.modules import bind_anything
from kerasmergelint.tracker.python.name_lookup import lookup
from kerasmergelint.tracker.values.constants import asked_of, is_constant
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.exceptions import ExceptionV, class_name
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, Instance
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.value import Args, Keywords, Value


def _globals(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A live view of the module's names: assigning through it binds them."""
    scope = interp.frame.scope.top
    interp.heap.touch(scope)
    made = DictV(interp.heap, {})
    made.items = scope.variables
    return made


def _locals(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return DictV(interp.heap, dict(interp.frame.scope.variables))


def _vars(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """Those of an object, a class or a module; without an argument, those of the function."""
    if not args:
        return _locals(interp, args, keywords, site)
    if isinstance(args[0], (Instance, ClassV, ModuleV)):
        return interp.attribute(args[0], "__dict__", site)
    return interp.unknown("the names in something unknown")


def _dir(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """The names that a module, a class of the program's own or an object of one has, in order."""
    whole = args[0] if args else None
    found: set[str] = set(dir(object))
    for part in (whole, whole.cls if isinstance(whole, Instance) else whole):
        if not isinstance(part, (Instance, ClassV, ModuleV)):
            return interp.unknown("the names in something unknown")
        names = own_names(part)
        if names is None:
            return interp.unknown("the names in something that is not fully known")
        found.update(names)
    return ListV(interp.heap, [*sorted(found)])


def _eval(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``eval("Name")`` of a plain dotted name, or of numbers and texts in their brackets."""
    text = args[0] if args else None
    if not isinstance(text, str) or len(text) > _LONGEST:
        return interp.unknown("eval of something unknown")
    if not all(p.isidentifier() and not iskeyword(p) for p in text.strip().split(".")):
        try:
            return _value_of(interp, ast.literal_eval(text.strip()))
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return interp.unknown("eval of something unknown")
    first, *rest = text.strip().split(".")
    value = lookup(interp, interp.frame.scope, first)
    for name in rest:
        value = interp.attribute(value, name, site)
    return value


_LONGEST = 10_000


def _value_of(interp: Interpreter, literal: object) -> Value:
    """What a literal stands for, as a value."""
    interp.step()
    if isinstance(literal, list):
        return ListV(interp.heap, [_value_of(interp, item) for item in literal])
    if isinstance(literal, tuple):
        return tuple(_value_of(interp, item) for item in literal)
    if isinstance(literal, dict):
        items = {key: _value_of(interp, item) for key, item in literal.items()}
        return DictV(interp.heap, items)
    return literal if is_constant(literal) else interp.unknown("eval of a set")


def _exec(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    bind_anything(interp, interp.frame.scope.top)
    return None


def _exit(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    raise interp.raised("SystemExit")


def _input(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return interp.unknown("what the user types", asked_of("typed", args, site.node))


def _nothing(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return None


def _import(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    name = args[0] if args else None
    return (
        interp.modules.load(interp, name) if isinstance(name, str) else interp.unknown("__import__")
    )


def _slice(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return slice(*args)


def _exception(name: str) -> Native:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        return ExceptionV(class_name(name), tuple(args))

    return native


_EXCEPTIONS = {
    name: _exception(name)
    for name in dir(python)
    if isinstance(getattr(python, name), type) and issubclass(getattr(python, name), BaseException)
}


FUNCTIONS: dict[str, Native] = {
    **_EXCEPTIONS,
    "globals": _globals, "locals": _locals, "vars": _vars, "dir": _dir, "eval": _eval, "exec": _exec,
    "exit": _exit, "quit": _exit, "input": _input, "print": _nothing, "__import__": _import,
    "slice": _slice,
}  # fmt: skip

"""What a call that cannot be followed does to the unknown objects that it is about.

``cfg.wide`` may have another value behind ``cfg.update(args)``, and so may ``len(skips)`` behind
``skips.pop()``.  A call whose result nobody uses is there for its effects; of the others, the name
tells.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.regex import regex
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.objects import Instance, is_all_own
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import UnknownV, Value

# The names of functions that may give something else each time.
_ANOTHER_EACH_TIME = regex(
    r"(?:next|pop|read|recv|draw|fetch|pick)(?:_|$)|(?:popleft|popitem|readline|poll|step|advance|toggle"
    r"|flip|toss|roll|sample|choices?|random|rand|randn|randint|uniform|normal|integers|permutation|now|time)$"
)
# Functions without arguments that are asked for what does not change.
_GETS = regex(r"(?:get|is|has|as|to|use|can|should)(?:_|$)")


def gives_another(callee: Term, *, arguments: bool) -> bool:
    """Whether an unknown function may give something else when it is called again."""
    if not isinstance(callee, tuple) or not callee:
        return False
    is_method = callee[0] == "attr"
    name = callee[-1]
    if not isinstance(name, str):
        return False
    if _ANOTHER_EACH_TIME.match(name):
        return True
    return not arguments and not is_method and _GETS.match(name) is None


def of_call(interp: Interpreter, callee: Term) -> None:
    """The object whose method gives something else each time is another one afterwards."""
    if isinstance(callee, tuple) and callee[0] == "attr":
        interp.path.change(callee[1], interp.opaque_term())


def of_statement(interp: Interpreter, call: ir.Expression) -> None:
    """``cfg.update(args)`` or ``setup(cfg)`` as a statement of its own, if what it gives is not known."""
    if isinstance(call, ir.Call):
        for value in _named(interp, call):
            if isinstance(value, UnknownV):
                interp.path.change(value.term, interp.opaque_term())
            elif isinstance(value, Instance) and _is_inherited(value, call.func):
                interp.forget(value, "a method that it inherits was called")


def _is_inherited(instance: Instance, function: ir.Expression) -> bool:
    """Whether a library's method is called, which may call back: ``thread.start()`` runs ``run``."""
    if instance.layer is not None or is_all_own(instance.cls):
        return False
    return isinstance(function, ir.Attribute) and find(instance.cls, function.attr) is None


def _named(interp: Interpreter, call: ir.Call) -> Iterator[Value]:
    """The object whose method a call is, or else the arguments, where they have names."""
    if isinstance(call.func, ir.Attribute):
        about: tuple[ir.Expression, ...] = (call.func.value,)
    else:
        about = call.args
    for expression in about:
        if _is_name(expression):
            yield interp.evaluate(expression)


def _is_name(expression: ir.Expression) -> bool:
    """Whether this is ``name`` or ``name.of.another``, which can be evaluated once more."""
    while isinstance(expression, ir.Attribute):
        expression = expression.value
    return isinstance(expression, ir.Name)

"""``with``: what its managers bind, what they do on exit, and which exceptions they swallow."""

from __future__ import annotations

from kerasmergelint.regex import regex
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import has_handlers, may_return_true
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.frames import Handlers
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import iterators, special
from kerasmergelint.tracker.python.exceptions import named_classes
from kerasmergelint.tracker.python.iterators import END, UNSURE, Missing
from kerasmergelint.tracker.python.midway import Midway
from kerasmergelint.tracker.python.plans import Plan
from kerasmergelint.tracker.python.targets import assign
from kerasmergelint.tracker.values.containers import GeneratorV
from kerasmergelint.tracker.values.exceptions import ManagerV, Raised, class_of, covers
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import FunctionV
from kerasmergelint.tracker.values.training import ASKED_TAPE, TapeV
from kerasmergelint.tracker.values.value import External, UnknownV, Value

# Methods of test cases, and similar functions, that swallow the exception they expect or are told of.
_EXPECTING = regex(r"(?i)raises|expect|suppress|ignor|catch|swallow|fail|exitstack")


def run_with(interp: Interpreter, node: ir.With) -> Plan:
    """Several managers are like nested statements."""
    return _managed(interp, node, 0)


def _managed(interp: Interpreter, node: ir.With, index: int) -> Plan:
    if index == len(node.items):
        return (yield node.body)
    context, target = node.items[index]
    site = interp.site(context)
    manager = _manager(interp, context)
    entered = _enter(interp, manager, site)
    before = Midway(interp, node.body) if isinstance(manager, ManagerV) else None
    try:
        with aside.catching(interp, _handlers(manager)), aside.within_manager(interp, manager):
            if target is not None:
                assign(interp, target, entered)
            signal = yield from _managed(interp, node, index + 1)
    except Raised as raised:
        with aside.handling(interp, raised.exception):
            if _swallows(interp, manager, raised, site):
                return None
        raise
    if before is not None and before.may_have_raised(interp):
        before.forget(interp)
        swallowed = interp.unknown("what is swallowed")
        if signal is not None and interp.ask(swallowed, site, prefer=False):
            return None
    _leave(interp, manager, site)
    return signal


def _manager(interp: Interpreter, context: ir.Expression) -> Value:
    """The manager; the name alone may tell that an unknown one expects an exception.

    One that was made before may be of that kind.
    """
    manager = interp.evaluate(context)
    if not isinstance(manager, UnknownV):
        return manager
    unsure = interp.unknown("an exception that is expected")
    if isinstance(context, ir.Name):
        return ManagerV(unsure, (unsure,), expects_failure=True)
    if isinstance(context, ir.Call):
        func = context.func
        name = func.attr if isinstance(func, ir.Attribute) else getattr(func, "id", "")
        if _EXPECTING.search(name) is not None:
            classes = named_classes(interp, context.args[:1]) if context.args else None
            return ManagerV(unsure, (unsure,) if classes is None else classes, expects_failure=True)
    return manager


def _enter(interp: Interpreter, manager: Value, site: Site) -> Value:
    """What ``with manager as x`` binds."""
    if isinstance(manager, ManagerV):
        return manager.entered
    if isinstance(manager, TapeV):
        interp.path.written[ASKED_TAPE, manager.term] = None  # it records anew
        return manager
    if isinstance(manager, External):
        return manager  # an object of a library: it gives itself
    if isinstance(manager, GeneratorV):
        item = iterators.pull(interp, manager, site)
        if item is END:
            raise interp.raised("RuntimeError", "generator didn't yield")
        return interp.unknown("what a context manager gives") if item is UNSURE else item
    entered = special.call(interp, manager, "__enter__", [], site)
    if entered == special.NOT_IMPLEMENTED:
        return interp.unknown("what a context manager gives")
    return entered


def _leave(interp: Interpreter, manager: Value, site: Site) -> None:
    """Leave the manager after the body has ended normally."""
    if isinstance(manager, GeneratorV):
        if not isinstance(iterators.pull(interp, manager, site), Missing):
            raise interp.raised("RuntimeError", "generator didn't stop")
    else:
        special.call(interp, manager, "__exit__", [None, None, None], site)


def _handlers(manager: Value) -> Handlers:
    """What a manager may swallow, known before its exit; nothing for nearly all."""
    if isinstance(manager, ManagerV):
        return Handlers(None if manager.expects_failure else manager.swallowed)
    if isinstance(manager, GeneratorV):
        code = manager.code
        return Handlers(None if code is None or has_handlers(code.body) else ())
    method = special.method(manager, "__exit__")
    function = None if method is None else method.function
    if isinstance(function, FunctionV) and may_return_true(function.code.body):
        return Handlers(None)
    return Handlers(())


def _swallows(interp: Interpreter, manager: Value, raised: Raised, site: Site) -> bool:
    """Leave the manager after the body has raised; whether the exception is swallowed."""
    if isinstance(manager, ManagerV):
        known = covers(manager.swallowed, raised.exception)
        return interp.ask(interp.unknown("what is swallowed"), site) if known is None else known
    if isinstance(manager, GeneratorV):
        return _thrown_into(interp, manager, raised)
    about = [class_of(raised.exception), raised.exception, interp.unknown("a traceback")]
    answer = special.call(interp, manager, "__exit__", about, site)
    return answer != special.NOT_IMPLEMENTED and interp.ask(answer, site, prefer=False)


def _thrown_into(interp: Interpreter, manager: GeneratorV, raised: Raised) -> bool:
    """A manager made of a generator swallows what that does not raise again."""
    try:
        item = iterators.throw(interp, manager, raised)
    except Raised as again:
        if again.exception is raised.exception:
            return False
        raise
    if item is UNSURE:
        return False
    if item is END:
        return True
    raise interp.raised("RuntimeError", "generator didn't stop after throw()")

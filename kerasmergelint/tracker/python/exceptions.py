"""``raise`` and ``try``, and which handler catches an exception."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.frames import Handlers
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.regions import AllPaths
from kerasmergelint.tracker.python import midway
from kerasmergelint.tracker.python.alternatives import both
from kerasmergelint.tracker.python.plans import Plan, follow
from kerasmergelint.tracker.python.targets import bind, unbind
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.exceptions import (
    ExceptionV,
    Raised,
    class_name,
    covers,
    is_exception,
    is_exception_class,
)
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, Instance
from kerasmergelint.tracker.values.signals import Signal
from kerasmergelint.tracker.values.value import External, UnknownV, Value

# -- raise ----------------------------------------------------------------------------------


def run_raise(interp: Interpreter, node: ir.Raise) -> Signal:
    if node.exception is None:
        if not interp.handled:
            raise interp.raised("RuntimeError", "no active exception to reraise")
        raise Raised(interp.handled[-1])
    exception = as_exception(interp, interp.evaluate(node.exception), interp.site(node))
    if node.cause is not None:
        interp.evaluate(node.cause)
    raise Raised(exception)


def as_exception(interp: Interpreter, value: Value, site: Site) -> Value:
    """The exception that ``raise value`` raises: a class is called."""
    if isinstance(value, ClassV) and (value.unknown_base or is_exception_class(value)):
        return interp.call(value, [], {}, site)
    if isinstance(value, External):
        return ExceptionV(class_name(value.dotted), None if "." in value.dotted else ())
    if isinstance(value, Instance) and value.cls.unknown_base:
        return value
    if isinstance(value, UnknownV) or is_exception(value):
        return value
    raise interp.raised("TypeError", "exceptions must derive from BaseException")


# -- try ------------------------------------------------------------------------------------


def run_try(interp: Interpreter, node: ir.Try) -> Plan:
    """``finally`` runs however the rest ends; if it leaves itself, that outcome is dropped."""
    if not node.final:
        return (yield from _guarded(interp, node))
    try:
        signal = yield from _guarded(interp, node)
    except Raised as raised:
        with aside.handling(interp, raised.exception):
            final = yield node.final
        if final is not None:
            return final
        raise
    final = yield node.final
    return signal if final is None else final


def _guarded(interp: Interpreter, node: ir.Try) -> Plan:
    """Body, handlers and ``else``; the handlers guard the body only."""
    before = midway.Midway(interp, (*node.body, *node.orelse))
    try:
        with aside.catching(interp, _handlers(interp, node)):
            signal = yield node.body
    except Raised as raised:
        if node.star:
            return (yield from _share_out(interp, node, raised.exception))
        with aside.handling(interp, raised.exception):
            handler = _matching(interp, node, raised.exception)
            if handler is not None:
                return (yield from _handle(interp, handler, raised.exception))
        others = before.going_on(interp, node)  # something else may have been raised before
        if others and interp.all_paths is not None and interp.frame.generator is None:
            last = _caught(interp, before, others.pop())
            return _either_way(interp, interp.all_paths, before, others, last)
        raise
    handlers = before.going_on(interp, node)
    if not handlers:
        return signal if signal is not None else (yield node.orelse)
    return (yield from _unsure(interp, node, before, handlers, signal))


def _unsure(
    interp: Interpreter,
    node: ir.Try,
    before: midway.Midway,
    handlers: list[ir.Handler],
    signal: Signal,
) -> Plan:
    """Go on after a body that ended with a signal, or raised."""
    deciding = [one for one in handlers if signal is not None or midway.jumps(one.body)]
    well = _went_well(interp, node, before, handlers, signal)
    if interp.all_paths is not None and interp.frame.generator is None:
        return _either_way(interp, interp.all_paths, before, deciding, well)
    for handler in deciding:
        raises = interp.unknown("whether something raises")
        if interp.ask(raises, interp.site(handler), prefer=False):
            return (yield from _caught(interp, before, handler))
    return (yield from well)


def _went_well(
    interp: Interpreter,
    node: ir.Try,
    before: midway.Midway,
    handlers: list[ir.Handler],
    signal: Signal,
) -> Plan:
    """What follows if the body did not raise, or a handler that went on."""
    if signal is None:
        signal = yield node.orelse
    going_on = [one for one in handlers if not midway.jumps(one.body)]
    if going_on:
        before.forget(interp)
        midway.forget_handlers(interp, going_on)
    return signal


def _either_way(
    interp: Interpreter,
    paths: AllPaths,
    before: midway.Midway,
    deciding: Sequence[ir.Handler],
    well: Plan,
) -> Signal:
    """Each handler, and what follows without one, where all paths are followed at once."""
    if not deciding:
        return follow(interp, well)
    handler, *rest = deciding

    return both(
        interp,
        paths,
        interp.unknown("whether something raises"),
        lambda: follow(interp, _caught(interp, before, handler)),
        lambda: _either_way(interp, paths, before, rest, well),
    )


def _caught(interp: Interpreter, before: midway.Midway, handler: ir.Handler) -> Plan:
    """A handler of what the body may have raised anywhere."""
    before.forget(interp)
    return (yield from _handle(interp, handler, interp.unknown("an exception")))


def _handle(interp: Interpreter, handler: ir.Handler, exception: Value) -> Plan:
    """The body of a handler; its name is unbound afterwards, however it ends."""
    if handler.name is None:
        return (yield handler.body)
    bind(interp, handler.name, exception)
    try:
        signal = yield handler.body
    except Raised:
        unbind(interp, handler.name)
        raise
    unbind(interp, handler.name)
    return signal


def _matching(interp: Interpreter, node: ir.Try, exception: Value) -> ir.Handler | None:
    """The first handler that catches the exception."""
    for handler in node.handlers:
        if handler.type is None:
            return handler
        if _catches(interp, handler, interp.evaluate(handler.type), exception):
            return handler
    return None


def _catches(interp: Interpreter, handler: ir.Handler, cls: Value, exception: Value) -> bool:
    answer = covers(cls, exception)
    if answer is None:
        unsure = interp.unknown("which exceptions are caught here")
        return interp.ask(unsure, interp.site(handler))
    return answer


def _handlers(interp: Interpreter, node: ir.Try) -> Handlers:
    """What the handlers catch for good, as far as that is known in advance."""
    types = [handler.type for handler in node.handlers if not midway.passes_on(handler.body)]
    if None in types:
        return Handlers(None)
    return Handlers(named_classes(interp, tuple(t for t in types if t is not None)))


def named_classes(
    interp: Interpreter, expressions: tuple[ir.Expression, ...]
) -> tuple[Value, ...] | None:
    """The classes that handler expressions name; None if unknown, or if evaluating them has effects.

    Python evaluates these expressions only when there is an exception.
    """
    if not all(map(_only_names, expressions)):
        return None
    try:
        classes = tuple(_flat(interp.evaluate(expression) for expression in expressions))
    except Raised:
        return None
    return None if any(isinstance(cls, UnknownV) for cls in classes) else classes


def _only_names(expression: ir.Expression) -> bool:
    if isinstance(expression, ir.TupleExpr):
        return all(map(_only_names, expression.elements))
    while isinstance(expression, ir.Attribute):
        expression = expression.value
    return isinstance(expression, ir.Name)


def _flat(classes: Iterable[Value]) -> Iterator[Value]:
    for cls in classes:
        if isinstance(cls, tuple):
            yield from _flat(cls)
        else:
            yield cls


# -- except* --------------------------------------------------------------------------------

_GROUPS = ("ExceptionGroup", "BaseExceptionGroup")


def _share_out(interp: Interpreter, node: ir.Try, exception: Value) -> Plan:
    """Each handler gets its part of a group; the rest is raised in the end."""
    rest = _members(interp, exception)
    raised: list[Value] = []
    for handler in node.handlers:
        assert handler.type is not None
        cls = interp.evaluate(handler.type)
        caught = [member for member in rest if _catches(interp, handler, cls, member)]
        if not caught:
            continue
        rest = [member for member in rest if not any(member is other for other in caught)]
        group = _group(interp, caught)
        try:
            with aside.handling(interp, group):
                yield from _handle(interp, handler, group)
        except Raised as again:
            raised.append(again.exception)
    if rest:
        raised.append(exception if rest == [exception] else _group(interp, rest))
    if raised:
        raise Raised(raised[0] if len(raised) == 1 else _group(interp, raised))
    return None


def _members(interp: Interpreter, exception: Value) -> list[Value]:
    """The exceptions in a group, nested groups included; any other exception stands alone."""
    if not isinstance(exception, ExceptionV) or exception.type_name not in _GROUPS:
        return [exception]
    inside = exception.args[1] if exception.args is not None and len(exception.args) == 2 else None
    items = inside.items if isinstance(inside, ListV) and not inside.open else inside
    if not isinstance(items, (list, tuple)):
        return [interp.unknown("what is in a group of exceptions")]
    return [member for item in items for member in _members(interp, item)]


def _group(interp: Interpreter, members: list[Value]) -> ExceptionV:
    plain = all(covers(External("Exception"), member) for member in members)
    name = "ExceptionGroup" if plain else "BaseExceptionGroup"
    return ExceptionV(name, (interp.unknown("a message"), ListV(interp.heap, members)))

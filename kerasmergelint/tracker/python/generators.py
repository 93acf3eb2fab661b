"""Generator functions: their statements run as far as the next ``yield``, when an item is asked for."""

from __future__ import annotations

import copy
from collections.abc import Callable, Generator
from functools import lru_cache
from typing import Any

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.leaving import Leaving, leaving
from kerasmergelint.syntax.names import parts, walk, yields
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python import iterators, statements
from kerasmergelint.tracker.python.iterators import Missing
from kerasmergelint.tracker.python.plans import Block, Course, Plan
from kerasmergelint.tracker.values.containers import GeneratorV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.signals import Signal
from kerasmergelint.tracker.values.value import Value

# It stops with each item, goes on with what is sent, and ends like a block of statements.
Stopping = Generator[Value, Value, Signal]


def run(interp: Interpreter, body: Block) -> Stopping:
    """Like ``execute``, but it stops wherever the statements yield."""
    for statement in body:
        interp.step()
        signal = yield from _statement(interp, statement)
        if signal is not None:
            return signal
    return None


def _statement(interp: Interpreter, node: Any) -> Stopping:
    kind = type(node)
    if kind in _BLOCKS and _runs_through(node):
        return statements.HANDLERS[kind](interp, node)
    plan_of = statements.PLANS.get(kind)
    if plan_of is not None:
        return (yield from _follow(interp, plan_of(interp, node)))
    expression = _EXPRESSIONS.get(kind)
    if expression is not None:
        node = yield from _with_value(interp, node, expression)
    chosen = statements.CHOICES.get(kind)
    if chosen is not None:
        return (yield from run(interp, chosen(interp, node)))
    return statements.HANDLERS[kind](interp, node)


_BLOCKS = frozenset({*statements.PLANS, *statements.CHOICES})


@lru_cache(maxsize=1024)
def _runs_through(node: ir.Statement) -> bool:
    """Whether a statement neither stops nor leaves the loop or function: where all paths are followed
    at once, only such a one can have its branches joined.
    """
    return not any(type(part) in _YIELDS for part in walk((node,))) and leaving((node,)) == Leaving(
        returns=False, breaks=False, continues=False
    )


# The field with the expression in which a statement may stop.
_EXPRESSIONS: dict[type, str] = {
    ir.Assign: "value", ir.AugAssign: "value", ir.AnnAssign: "value", ir.ExprStmt: "value",
    ir.Return: "value", ir.If: "test", ir.Match: "subject", ir.Assert: "test", ir.Raise: "exception",
}  # fmt: skip


def _with_value(interp: Interpreter, node: Any, field: str) -> Generator[Value, Value, Any]:
    """The node with the value of an expression in its place, if there is a stop in that."""
    expression = getattr(node, field)
    if expression is None or not yields(expression):
        return node
    node = copy.copy(node)
    value = yield from _evaluate(interp, expression)
    setattr(node, field, ir.Const(expression.origin, value))
    return node


def _follow(interp: Interpreter, plan: Plan) -> Stopping:
    """The blocks of a plan, with the stops in them."""
    with Course(plan) as course:
        while course.block is not None:
            try:
                signal = yield from run(interp, course.block)
            except Raised as raised:
                course.throw(raised)
            else:
                course.send(signal)
    return course.signal


# -- yield ----------------------------------------------------------------------------------

# The same for an expression: in the end it has a value.
Expression = Generator[Value, Value, Value]


def _evaluate(interp: Interpreter, node: Any) -> Expression:
    """The parts of an expression one after the other, and the expression itself when they are known."""
    kind = type(node)
    if kind in _YIELDS:
        return (yield from _YIELDS[kind](interp, node))
    if not yields(node) or kind not in _IN_ORDER:
        return interp.evaluate(node)
    node = copy.copy(node)
    for field in parts(kind):
        setattr(node, field, (yield from _settled(interp, getattr(node, field))))
    return interp.evaluate(node)


def _settled(interp: Interpreter, part: Any) -> Expression:
    """A part of an expression with the values in the place of what has been evaluated."""
    if isinstance(part, tuple):
        settled = []
        for item in part:
            settled.append((yield from _settled(interp, item)))
        return tuple(settled)
    if isinstance(part, ir.Starred):
        value = yield from _evaluate(interp, part.value)
        return ir.Starred(part.origin, ir.Const(part.origin, value))
    if part is None or isinstance(part, str):
        return part
    value = yield from _evaluate(interp, part)
    return ir.Const(part.origin, value)


def _yield(interp: Interpreter, node: ir.Yield) -> Expression:
    value = None
    if node.value is not None:
        value = yield from _evaluate(interp, node.value)
    return (yield from _stop(interp, value))


def _stop(interp: Interpreter, value: Value) -> Expression:
    """Hand out an item; once nobody knows which ones are handed out, run on without a stop."""
    generator = interp.frame.generator
    if generator is None or generator.lost:
        return iterators.passed_over(interp)
    return (yield value)


def _yield_from(interp: Interpreter, node: ir.YieldFrom) -> Expression:
    """What is sent and thrown goes on to the inner one, whose result is the value."""
    site = interp.site(node)
    source = yield from _evaluate(interp, node.value)
    inner = iterators.start(interp, source, site)
    item = iterators.pull(interp, inner, site)
    while not isinstance(item, Missing):
        try:
            sent = yield from _stop(interp, item)
        except Raised as raised:
            item = iterators.throw(interp, inner, raised)
        else:
            item = iterators.send(interp, inner, sent, site)
    if item is Missing.UNSURE:
        return iterators.passed_over(interp)
    return inner.result if isinstance(inner, GeneratorV) else None


_YIELDS: dict[type, Callable[[Interpreter, Own], Expression]] = {
    ir.Yield: _yield,
    ir.YieldFrom: _yield_from,
}
# All their parts are evaluated, from left to right.
_IN_ORDER = frozenset({
    ir.Call, ir.BinOp, ir.UnaryOp, ir.TupleExpr, ir.ListExpr, ir.SetExpr, ir.DictExpr,
    ir.Attribute, ir.Subscript, ir.SliceExpr, ir.NamedExpr, ir.Await,
})  # fmt: skip

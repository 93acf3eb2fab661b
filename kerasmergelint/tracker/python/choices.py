"""Expressions that evaluate some of their parts only: ``and``, ``or``, ``a if test else b``."""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.regions import AllPaths
from kerasmergelint.tracker.python import (
    placeholders,
)
from kerasmergelint.tracker.python.alternatives import value_of_both
from kerasmergelint.tracker.values.constants import to_term
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import UnknownV, Value

# Each unknown operand of a chain is a region in those before it.
_LONGEST_BOTH_WAYS = 200


def boolop(interp: Interpreter, node: ir.BoolOp) -> Value:
    """``and`` and ``or`` give one of their operands; an unknown one is kept as a question."""
    return _operands_from(interp, node, 0)


def _operands_from(interp: Interpreter, node: ir.BoolOp, start: int) -> Value:
    """The rest of a chain.  Where it has no effects, no choice is needed to go on behind an unknown one."""
    stop_at = node.op == "or"
    last = len(node.values) - 1
    for index in range(start, last):
        value = interp.evaluate(node.values[index])
        known = interp.truth(value)
        if known is stop_at:
            return value
        if known is not None:
            continue
        if stop_at and index == last - 1 and placeholders.is_empty_display(node.values[last]):
            return placeholders.given_or_empty(interp, value)
        paths = interp.both_ways(value)
        if paths is not None and last - index > _LONGEST_BOTH_WAYS:
            return interp.unknown("a chain of conditions that is too long to follow")
        if paths is not None:
            return _both_operands(interp, paths, node, index, value)
        interp.step()
        if interp.ask(value, interp.site(node), prefer=not stop_at):
            if stop_at:
                return value
        elif not stop_at:
            return False if not isinstance(value, UnknownV) or _is_question(value) else value
    return interp.evaluate(node.values[last])


def _both_operands(
    interp: Interpreter, paths: AllPaths, node: ir.BoolOp, index: int, value: Value
) -> Value:
    """One operand or the rest of the chain; two questions make a third."""
    found: list[Value] = []

    def go_on() -> Value:
        found.append(_operands_from(interp, node, index + 1))
        return found[-1]

    ways = (lambda: value, go_on) if node.op == "or" else (go_on, lambda: value)
    result = value_of_both(interp, paths, value, *ways)
    terms = [to_term(part) for part in (value, *found)]
    if None in terms or not (isinstance(value, UnknownV) and _is_question(value)):
        return result
    return UnknownV("a condition", make(node.op, *terms))


_QUESTIONS = (
    "==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in", "not", "isinstance",
)  # fmt: skip


def _is_question(value: UnknownV) -> bool:
    """Whether an unknown stands for a comparison, and so is a bool."""
    return isinstance(value.term, tuple) and bool(value.term) and value.term[0] in _QUESTIONS


def ifexp(interp: Interpreter, node: ir.IfExp) -> Value:
    test = interp.evaluate(node.test)
    paths = None if interp.truth(test) is not None else interp.both_ways(test)
    if paths is not None:
        return value_of_both(
            interp,
            paths,
            test,
            lambda: interp.evaluate(node.body),
            lambda: interp.evaluate(node.orelse),
        )
    chosen = interp.ask(test, interp.site(node))
    value = interp.evaluate(node.body if chosen else node.orelse)
    if placeholders.is_empty_display(node.body if chosen else node.orelse):
        missing = placeholders.tests_missing(interp, node.test)
        return placeholders.reserved(interp, value) if missing else value
    return value

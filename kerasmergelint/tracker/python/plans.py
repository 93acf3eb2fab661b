"""Statements that run blocks, as plans: which block runs next, depending on how the last one ended.

A plan is a generator.  It yields a block, is sent the signal with which the block ended or has its
exception thrown in, and returns the signal of the whole statement.  The blocks may be run at once,
as here, or with a pause at every ``yield`` of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.signals import Signal

Block = tuple[ir.Statement, ...]
Plan = Generator[Block, Signal, Signal]


def at_once(plan_of: Callable[[Interpreter, Any], Plan]) -> Callable[[Interpreter, Any], Signal]:
    """The handler of a statement with a plan."""
    return lambda interp, node: follow(interp, plan_of(interp, node))


def follow(interp: Interpreter, plan: Plan) -> Signal:
    """Run the blocks of a plan until it is done."""
    return follow_by(interp.execute, plan)


def follow_by(run: Callable[[Block], Signal], plan: Plan) -> Signal:
    """The same, with a way to run a block.

    What is no exception of the program (there are no steps left) passes through without a block more.
    """
    try:
        block = next(plan)
        while True:
            try:
                signal = run(block)
            except Raised as raised:
                block = plan.throw(raised)
            else:
                block = plan.send(signal)
    except StopIteration as done:
        ended: Signal = done.value
        return ended
    finally:
        plan.close()

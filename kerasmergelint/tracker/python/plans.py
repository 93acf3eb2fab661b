"""Statements that run blocks, as plans: which block runs next, depending on how the last one ended.

A plan is a generator.  It yields a block, is sent the signal with which the block ended or has its
exception thrown in, and returns the signal of the whole statement.  The blocks may be run at once,
as here, or with a pause at every ``yield`` of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Generator

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.signals import Signal

Block = tuple[ir.Statement, ...]
Plan = Generator[Block, Signal, Signal]


def at_once(plan_of: Callable[[Interpreter, Own], Plan]) -> Callable[[Interpreter, Own], Signal]:
    """The handler of a statement with a plan."""
    return lambda interp, node: follow(interp, plan_of(interp, node))


def follow(interp: Interpreter, plan: Plan) -> Signal:
    """Run the blocks of a plan until it is done."""
    return follow_by(interp.execute, plan)


def follow_by(run: Callable[[Block], Signal], plan: Plan) -> Signal:
    """The same, with a way to run a block."""
    with Course(plan) as course:
        while course.block is not None:
            try:
                signal = run(course.block)
            except Raised as raised:
                course.throw(raised)
            else:
                course.send(signal)
    return course.signal


class Course:
    """A plan in progress: the ``block`` to run next; None once it is done, with a ``signal``.

    Anything but an exception of the program (running out of steps, say) ends it without another
    block.
    """

    __slots__ = ("_plan", "block", "signal")

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.block: Block | None = None
        self.signal: Signal = None

    def __enter__(self) -> Course:
        self.send(None)
        return self

    def __exit__(self, *raised: object) -> None:
        self._plan.close()

    def send(self, signal: Signal) -> None:
        """The block has ended with this signal; None starts the plan."""
        try:
            self.block = self._plan.send(signal)
        except StopIteration as done:
            self.block, self.signal = None, done.value

    def throw(self, raised: Raised) -> None:
        """The block has raised."""
        try:
            self.block = self._plan.throw(raised)
        except StopIteration as done:
            self.block, self.signal = None, done.value

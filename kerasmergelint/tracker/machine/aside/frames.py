"""What is on the stacks of the machine: frames, the handlers of ``try``, and what generators take along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from kerasmergelint.tracker.machine.aside.fields import on_top
from kerasmergelint.tracker.machine.frames import Frame, Handlers
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.regions import AllPaths, Region
from kerasmergelint.tracker.values.containers import GeneratorV
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.signals import OutOfBudget
from kerasmergelint.tracker.values.value import Value


class within:
    """With this frame on top of the stack."""

    __slots__ = ("frame", "frames")

    def __init__(self, interp: Interpreter, frame: Frame) -> None:
        if len(interp.frames) >= interp.budget.depth:
            raise OutOfBudget
        self.frame = frame
        self.frames = interp.frames

    def __enter__(self) -> Frame:
        self.frames.append(self.frame)
        return self.frame

    def __exit__(self, *exception: object) -> None:
        self.frames.pop()


@contextmanager
def in_scope(interp: Interpreter, frame: Frame, scope: Scope) -> Iterator[None]:
    """Let a frame, even one whose call is over, look names up in this scope."""
    saved = frame.scope
    running = bool(interp.frames) and interp.frames[-1] is frame
    if not running:
        interp.frames.append(frame)
    frame.scope = scope
    try:
        yield
    finally:
        frame.scope = saved
        if not running:
            interp.frames.pop()


def catching(interp: Interpreter, handlers: Handlers) -> AbstractContextManager[None]:
    """Within the body of a ``try`` statement."""
    return on_top(interp.handlers, handlers)


def handling(interp: Interpreter, exception: Value) -> AbstractContextManager[None]:
    """Within a block that runs because of an exception, the one that a bare ``raise`` raises again."""
    return on_top(interp.handled, exception)


def within_region(paths: AllPaths, region: Region) -> AbstractContextManager[None]:
    """Within a part of the program that can be left early."""
    return on_top(paths.regions, region)


class Suspension(AbstractContextManager["Suspension"]):
    """What a generator takes along when it yields, and brings back: its frame, its scope, its handlers.

    The frame of a generator expression is that of the code around it, which may be running.
    """

    def __init__(self, interp: Interpreter, frame: Frame, scope: Scope) -> None:
        self._interp, self._frame, self._scope = interp, frame, scope
        self._entered = False
        self._below = (0, 0)
        self._handlers: list[Handlers] = []
        self._handled: list[Value] = []

    def __enter__(self) -> Suspension:
        interp, frame = self._interp, self._frame
        self._entered = not interp.frames or interp.frames[-1] is not frame
        if self._entered:
            within(interp, frame).__enter__()
        self._scope, frame.scope = frame.scope, self._scope
        self._below = len(interp.handlers), len(interp.handled)
        interp.handlers += self._handlers
        interp.handled += self._handled
        return self

    def __exit__(self, *exception: object) -> None:
        interp, frame = self._interp, self._frame
        handlers, handled = self._below
        self._handlers, self._handled = interp.handlers[handlers:], interp.handled[handled:]
        del interp.handlers[handlers:], interp.handled[handled:]
        self._scope, frame.scope = frame.scope, self._scope
        if self._entered:
            interp.frames.pop()


class resumed:
    """While a generator of the program runs on, until its next item or its end.

    Not a generator itself: what the program's raises, StopIteration included, must pass unchanged.
    """

    __slots__ = ("_generator", "_interp")

    def __init__(self, interp: Interpreter, generator: GeneratorV) -> None:
        self._interp, self._generator = interp, generator

    def __enter__(self) -> None:
        self._generator.around.__enter__()
        self._generator.running = True
        self._interp.resumed += 1

    def __exit__(self, *exception: object) -> None:
        self._interp.resumed -= 1
        self._generator.running = False
        self._generator.around.__exit__(None, None, None)

"""Every save and restore of the interpreter's state: what holds within a block, and no longer.

Each restores the state however the block is left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from types import TracebackType
from typing import TypeVar

from kerasmergelint.keras_api.agreement import common
from kerasmergelint.keras_api.protocol import Broken, KerasVersion, Outcome
from kerasmergelint.keras_api.releases import REASON
from kerasmergelint.keras_api.versions import V2, V3, Versions, in_order, newest, when_in_words
from kerasmergelint.tracker.machine.asking import Asker
from kerasmergelint.tracker.machine.frames import Frame, Handlers
from kerasmergelint.tracker.machine.interpreter import Budget, Interpreter, Outputs
from kerasmergelint.tracker.machine.paths import Path
from kerasmergelint.tracker.machine.regions import AllPaths, Loose, Region
from kerasmergelint.tracker.values.graph import Node, Site
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.signals import OutOfBudget
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import Value

Answer = TypeVar("Answer")
Anything = TypeVar("Anything")
_AS_BEFORE = nullcontext()


class within:
    """With this frame on top of the stack.

    Not a generator like the others: this is entered at every call, and takes a third of the time.
    """

    __slots__ = ("frame", "frames")

    def __init__(self, interp: Interpreter, frame: Frame) -> None:
        if len(interp.frames) >= interp.budget.depth:
            raise OutOfBudget
        self.frame = frame
        self.frames = interp.frames

    def __enter__(self) -> Frame:
        self.frames.append(self.frame)
        return self.frame

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.frames.pop()


@contextmanager
def in_scope(interp: Interpreter, frame: Frame, scope: Scope) -> Iterator[None]:
    """Let a frame, even one whose call is over, look names up in this scope."""
    saved = frame.scope
    on_top = bool(interp.frames) and interp.frames[-1] is frame
    if not on_top:
        interp.frames.append(frame)
    frame.scope = scope
    try:
        yield
    finally:
        frame.scope = saved
        if not on_top:
            interp.frames.pop()


# -- exceptions -----------------------------------------------------------------------------


@contextmanager
def catching(interp: Interpreter, handlers: Handlers) -> Iterator[None]:
    """Within the body of a ``try`` statement."""
    with _on(interp.handlers, handlers):
        yield


@contextmanager
def handling(interp: Interpreter, exception: Value) -> Iterator[None]:
    """Within a block that runs because of an exception, the one that a bare ``raise`` raises again."""
    with _on(interp.handled, exception):
        yield


@contextmanager
def _on(stack: list[Anything], top: Anything) -> Iterator[None]:
    stack.append(top)
    try:
        yield
    finally:
        _take_off(stack, top)


def _take_off(stack: list[Anything], top: Anything) -> None:
    """Remove what a block put on a stack.

    A generator of the program that is never resumed ends when Python collects it, at any time; its
    entries left the stack when it was suspended.
    """
    if stack and stack[-1] is top:
        stack.pop()


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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        interp, frame = self._interp, self._frame
        handlers, handled = self._below
        self._handlers, self._handled = interp.handlers[handlers:], interp.handled[handled:]
        del interp.handlers[handlers:], interp.handled[handled:]
        self._scope, frame.scope = frame.scope, self._scope
        if self._entered:
            interp.frames.pop()


# -- the version of Keras -------------------------------------------------------------------


def speaking(interp: Interpreter, version: KerasVersion | None) -> AbstractContextManager[None]:
    """Within a call whose name spells out the generation of Keras; None changes nothing."""
    if version is None or (version.major == interp.version.major and interp.version_certain):
        return _AS_BEFORE
    return _speaking(interp, V2 if version in V2 else V3)


@contextmanager
def _speaking(interp: Interpreter, generation: Versions) -> Iterator[None]:
    saved = interp.version, interp.versions
    interp.versions = interp.versions & generation or generation
    interp.version = newest(interp.versions)
    try:
        yield
    finally:
        interp.version, interp.versions = saved


def applied(interp: Interpreter, rule: Callable[[KerasVersion], Answer]) -> Answer:
    """The answer of a rule; Broken only if every version that may be meant refuses."""
    try:
        return rule(interp.version)
    except Broken as broken:
        for other in in_order(interp.versions - {interp.version}):
            try:
                answer = rule(other)
            except Broken:
                continue
            interp.divided += 1
            return answer
        raise _with_range(interp, rule, broken) from None


def _with_range(
    interp: Interpreter, rule: Callable[[KerasVersion], Answer], broken: Broken
) -> Broken:
    """A failure of Keras 3 says since which version, if an older one is known to accept the call."""
    if not interp.versions <= V3:
        return broken
    lenient = {version for version in V3 - interp.versions if _passes(rule, version)}
    if not lenient:
        return broken
    detail = f"{broken.problem.detail} ({when_in_words(V3 - lenient)})"
    return Broken(replace(broken.problem, detail=detail))


def _passes(rule: Callable[[KerasVersion], Answer], version: KerasVersion) -> bool:
    """Whether a version accepts the call for certain, or its rule is not known exactly."""
    try:
        answer = rule(version)
    except Broken:
        return False
    return not (isinstance(answer, Outcome) and REASON in answer.doubts)


def agreed(
    interp: Interpreter, rule: Callable[[KerasVersion], Outcome], others: Collection[KerasVersion]
) -> Outcome:
    """The outcome of a rule, where the other versions that may be meant do not contradict it."""
    outcome = applied(interp, rule)
    for version in others:
        try:
            other = rule(version)
        except Broken:
            continue  # the program ends there
        if other.outputs != outcome.outputs:
            doubts = (*outcome.doubts, "versions of Keras 3 answer differently")
            outcome = Outcome(common(outcome.outputs, other.outputs), doubts, outcome.hazards)
    return outcome


# -- both ways ------------------------------------------------------------------------------


@contextmanager
def all_paths(interp: Interpreter) -> Iterator[None]:
    """Within a run that takes both branches of what it cannot decide, and only finds out what is safe."""
    saved = interp.recorder, interp.conditions, interp.heap.thorough
    interp.recorder, interp.conditions, interp.heap.thorough = None, False, True
    interp.all_paths = AllPaths()
    try:
        yield
    finally:
        interp.recorder, interp.conditions, interp.heap.thorough = saved
        interp.all_paths = None


def loose(interp: Interpreter) -> Loose:
    """The current state outside of the heap."""
    return Loose(
        interp.path,
        dict(interp.names.counts),
        interp.image_data_format,
        interp.dtype_policy,
    )


def loosen(interp: Interpreter, state: Loose) -> None:
    """Go back to such a state."""
    interp.path = state.path
    interp.names.counts = dict(state.names)
    interp.image_data_format = state.image_data_format
    interp.dtype_policy = state.dtype_policy


# -- calls that are not the program's -------------------------------------------------------


@contextmanager
def tracing(interp: Interpreter) -> Iterator[None]:
    """Within a layer, a model or a rule: calls there do not enter the program's graph."""
    interp.tracing += 1
    try:
        yield
    finally:
        interp.tracing -= 1


@contextmanager
def going_through(interp: Interpreter) -> Iterator[None]:
    """Within a model that is called once more, layer by layer; it asks for nothing that is not known yet."""
    saved, interp.going_through = interp.going_through, True
    asker, interp.asker = interp.asker, None
    try:
        with tracing(interp):
            yield
    finally:
        interp.going_through, interp.asker = saved, asker


@contextmanager
def inside_custom(interp: Interpreter, fed_by: tuple[str, Site] | None) -> Iterator[None]:
    """Within a layer of the program's own, by its name and the call that gave it its inputs."""
    interp.custom_calls.append(fed_by)
    try:
        with tracing(interp):
            yield
    finally:
        interp.custom_calls.pop()


@contextmanager
def unreported(interp: Interpreter) -> Iterator[None]:
    """Within code that is not the program's: its failures and merges are not reported."""
    outputs = interp.outputs
    events, merges = len(outputs.events), len(outputs.merges)
    demands = len(outputs.demands)
    try:
        yield
    finally:
        del outputs.events[events:], outputs.merges[merges:], outputs.demands[demands:]


@contextmanager
def forgotten(interp: Interpreter) -> Iterator[None]:
    """Within calls that the program does not make: their effects and findings are forgotten."""
    outputs, asker = interp.outputs, interp.asker
    mark = interp.heap.mark()
    interp.outputs, interp.asker = Outputs(), None
    try:
        with tracing(interp):
            yield
    finally:
        interp.outputs, interp.asker = outputs, asker
        interp.heap.rollback_to(mark)


@contextmanager
def second_run(interp: Interpreter, on_merge: Callable[[Node], None]) -> Iterator[Path]:
    """Within another run through a finished graph, on a path of its own."""
    saved = interp.path, interp.handlers, interp.handled, interp.on_merge
    interp.path, interp.handlers, interp.handled, interp.on_merge = Path(), [], [], on_merge
    try:
        with forgotten(interp):
            yield interp.path
    finally:
        interp.path, interp.handlers, interp.handled, interp.on_merge = saved


@contextmanager
def importing(interp: Interpreter, births: int) -> Iterator[None]:
    """While another file of the project runs, on its own path; what it reports is not this file's.

    Objects that it made stay, and so do its changes to others, even if this run is undone later.
    """
    saved = interp.path, interp.handlers, interp.handled, interp.tracing, interp.asker
    events = len(interp.outputs.events)
    logged = [len(mark.log) for mark in interp.heap.marks]
    interp.path, interp.handlers, interp.handled, interp.tracing = Path(), [], [], 0
    interp.asker = None
    try:
        yield
    finally:
        interp.path, interp.handlers, interp.handled, interp.tracing, interp.asker = saved
        del interp.outputs.events[events:]
        interp.heap.keep_since(births, logged)


@contextmanager
def at_most(interp: Interpreter, steps: int) -> Iterator[None]:
    """Within a block that may use at most so many steps of the budget."""
    budget = interp.budget
    saved = budget.steps
    budget.steps = min(saved, budget.used + steps)
    try:
        yield
    finally:
        budget.steps = saved


@contextmanager
def beyond(interp: Interpreter, steps: int) -> Iterator[None]:
    """Within a block that has so many steps of its own."""
    budget = interp.budget
    saved, budget.steps = budget.steps, budget.used + steps
    try:
        yield
    finally:
        budget.steps = saved


@contextmanager
def entering(interp: Interpreter) -> Iterator[None]:
    """While separate runs start from the state that a run left behind."""
    saved = interp.outputs, interp.path, interp.names
    try:
        yield
    finally:
        interp.outputs, interp.path, interp.names = saved


@contextmanager
def paid_from(interp: Interpreter, budget: Budget) -> Iterator[None]:
    """While another budget pays; what is entered meanwhile is still to be entered."""
    saved = interp.budget, set(interp.entered)
    interp.budget = budget
    try:
        yield
    finally:
        interp.budget, interp.entered = saved


@contextmanager
def undone(interp: Interpreter) -> Iterator[None]:
    """Within a run whose effects on the heap are undone, and whose frames are left."""
    mark, frames = interp.heap.mark(), len(interp.frames)
    try:
        yield
    finally:
        del interp.frames[frames:]
        interp.heap.rollback_to(mark)


@contextmanager
def numbered_from(interp: Interpreter, births: int, opaque_terms: int) -> Iterator[None]:
    """Within a run that numbers what it makes like others do, so that they can be compared."""
    saved = interp.heap.births, interp.opaque_terms
    interp.heap.births, interp.opaque_terms = births, opaque_terms
    try:
        yield
    finally:
        interp.heap.births = max(saved[0], interp.heap.births)
        interp.opaque_terms = max(saved[1], interp.opaque_terms)


@contextmanager
def asked(interp: Interpreter, asker: Asker) -> Iterator[None]:
    """While somebody decides what is not known."""
    saved, interp.asker = interp.asker, asker
    try:
        yield
    finally:
        interp.asker = saved


@contextmanager
def watched(
    interp: Interpreter, on_merge: Callable[[Node], None], on_rounds: Callable[[Term], None]
) -> Iterator[None]:
    """While somebody is told of each merge, and of the rounds of loops."""
    saved = interp.on_merge, interp.on_rounds
    interp.on_merge, interp.on_rounds = on_merge, on_rounds
    try:
        yield
    finally:
        interp.on_merge, interp.on_rounds = saved


@contextmanager
def within_region(paths: AllPaths, region: Region) -> Iterator[None]:
    """Within a part of the program that can be left early."""
    with _on(paths.regions, region):
        yield

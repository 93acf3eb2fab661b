"""Every save and restore of the interpreter's state: what holds within a block, and no longer.

Each restores the state however the block is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import TracebackType
from typing import TypeVar

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.keras_api.versions import V2, V3, Versions, newest
from kerasmergelint.tracker.machine.asking import Asker
from kerasmergelint.tracker.machine.frames import Frame, Handlers
from kerasmergelint.tracker.machine.interpreter import Budget, Interpreter, Outputs
from kerasmergelint.tracker.machine.paths import Path
from kerasmergelint.tracker.machine.regions import AllPaths, Loose, Region
from kerasmergelint.tracker.machine.semantics import Semantics
from kerasmergelint.tracker.values.containers import GeneratorV
from kerasmergelint.tracker.values.graph import Node, Site
from kerasmergelint.tracker.values.heap import Change
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.signals import OutOfBudget
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import Value

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

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._interp.resumed -= 1
        self._generator.running = False
        self._generator.around.__exit__(kind, exception, traceback)


# -- the version of Keras -------------------------------------------------------------------


def speaks(interp: Interpreter, version: KerasVersion | None) -> bool:
    """Whether a call whose name spells out this generation of Keras means no other than any call."""
    return version is None or (version.major == interp.version.major and interp.version_certain)


def speaking(interp: Interpreter, version: KerasVersion | None) -> AbstractContextManager[None]:
    """Within a call whose name spells out the generation of Keras; None changes nothing."""
    if version is None or speaks(interp, version):
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


@contextmanager
def mending(interp: Interpreter, semantics: Semantics[Interpreter]) -> Iterator[None]:
    """Within a run that goes on after failures, statements by these tables."""
    saved = interp.mending, interp.semantics
    interp.mending, interp.semantics = True, semantics
    try:
        yield
    finally:
        interp.mending, interp.semantics = saved


@contextmanager
def supposing(interp: Interpreter, asker: Asker) -> Iterator[None]:
    """Within a run that gives unknown sizes names, and whose asker takes unknowns for tensors."""
    saved, interp.naming = interp.naming, True
    try:
        with asked(interp, asker):
            yield
    finally:
        interp.naming = saved


def loose(interp: Interpreter) -> Loose:
    """The current state outside the heap."""
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
    """Within a block that may use at most ``steps`` more of the budget."""
    budget = interp.budget
    saved = budget.steps
    budget.steps = min(saved, budget.used + steps)
    try:
        yield
    finally:
        budget.steps = saved


@contextmanager
def beyond(interp: Interpreter, steps: int) -> Iterator[None]:
    """Within a block that has ``steps`` of its own."""
    budget = interp.budget
    saved, budget.steps = budget.steps, budget.used + steps
    try:
        yield
    finally:
        budget.steps = saved


@dataclass(slots=True)
class Spending:
    """The steps that imports have used: of files of the project, and of installed packages."""

    on_project: int = 0
    on_libraries: int = 0
    importing: bool = False

    def is_over(self, budget: Budget, *, library: bool) -> bool:
        """Whether no step is left for another file."""
        if library:
            return self.on_libraries >= budget.steps
        return self.on_project >= budget.steps // 3


@contextmanager
def paid_by_project(interp: Interpreter, spending: Spending) -> Iterator[None]:
    """Within the import of a file of the project: all of them may use a third of the steps.

    The file itself comes first: some packages import all of themselves, through star imports in every file.
    """
    if spending.importing:  # part of another import, which pays
        yield
        return
    used = interp.budget.used
    spending.importing = True
    try:
        with at_most(interp, interp.budget.steps // 3 - spending.on_project):
            yield
    finally:
        spending.importing = False
        spending.on_project += interp.budget.used - used


@contextmanager
def paying_itself(interp: Interpreter, spending: Spending) -> Iterator[None]:
    """Within the import of an installed package: they have as many steps of their own as the program has."""
    used, on_project, importing = interp.budget.used, spending.on_project, spending.importing
    spending.importing = True
    try:
        with beyond(interp, interp.budget.steps - spending.on_libraries):
            yield
    finally:
        spending.on_libraries += max(interp.budget.used - used, 0)
        interp.budget.used, spending.on_project, spending.importing = used, on_project, importing


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
    """While another budget pays; what is entered meanwhile counts as not entered yet."""
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
def noting_changes(interp: Interpreter) -> Iterator[list[Change]]:
    """The objects that a block changes, with their content before; complete once the block is left."""
    changed: list[Change] = []
    mark = interp.heap.mark()
    try:
        yield changed
    finally:
        changed += interp.heap.release(mark)


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

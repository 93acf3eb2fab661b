"""Runs within the run: code that is not the program's, or the program's once more under other terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.keras_api.versions import V2, V3, newest
from kerasmergelint.tracker.machine.aside.fields import holding, on_top
from kerasmergelint.tracker.machine.asking import Asker
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.machine.paths import Path
from kerasmergelint.tracker.machine.regions import AllPaths, Loose
from kerasmergelint.tracker.machine.semantics import Semantics
from kerasmergelint.tracker.values.graph import Node, Site
from kerasmergelint.tracker.values.heap import Change
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import UnknownV, Value

_AS_BEFORE = nullcontext()


# -- the version of Keras -------------------------------------------------------------------


def speaks(interp: Interpreter, version: KerasVersion | None) -> bool:
    """Whether a call whose name spells out this generation of Keras means no other than any call."""
    return version is None or (version.major == interp.version.major and interp.version_certain)


def speaking(interp: Interpreter, version: KerasVersion | None) -> AbstractContextManager[None]:
    """Within a call whose name spells out the generation of Keras; None changes nothing."""
    if version is None or speaks(interp, version):
        return _AS_BEFORE
    generation = V2 if version in V2 else V3
    versions = interp.versions & generation or generation
    return holding(interp, versions=versions, version=newest(versions))


# -- calls that are not the program's -------------------------------------------------------


def tracing(interp: Interpreter) -> AbstractContextManager[None]:
    """Within a layer, a model or a rule: calls there do not enter the program's graph."""
    return holding(interp, tracing=interp.tracing + 1)


def within_manager(interp: Interpreter, manager: Value) -> AbstractContextManager[None]:
    """Within a ``with`` that has this manager."""
    unknown = isinstance(manager, UnknownV)
    return holding(interp, within_unknown=True) if unknown else _AS_BEFORE


def going_through(interp: Interpreter) -> AbstractContextManager[None]:
    """Within a model that is called once more, layer by layer; it asks for nothing that is not known yet."""
    return holding(interp, going_through=True, asker=None, tracing=interp.tracing + 1)


@contextmanager
def inside_custom(interp: Interpreter, fed_by: tuple[str, Site] | None) -> Iterator[None]:
    """Within a layer of the program's own, by its name and the call that gave it its inputs."""
    with on_top(interp.custom_calls, fed_by), tracing(interp):
        yield


@contextmanager
def unreported(interp: Interpreter) -> Iterator[None]:
    """Within code that is not the program's: its failures and merges are not reported."""
    outputs = interp.outputs
    before = outputs.reported
    try:
        yield
    finally:
        outputs.take_back(before)


@contextmanager
def without_findings(interp: Interpreter) -> Iterator[None]:
    """Within calls that the program may never make: what fails there is no finding."""
    events = interp.outputs.events
    before = len(events)
    try:
        yield
    finally:
        del events[before:]


@contextmanager
def merges_known(interp: Interpreter) -> Iterator[None]:
    """Within another run of a model: its merges were reported where they were built."""
    merges = interp.outputs.merges
    before = len(merges)
    try:
        yield
    finally:
        del merges[before:]


def unheard(interp: Interpreter) -> AbstractContextManager[None]:
    """Within calls that the program may not make: they report nothing, and ask for nothing."""
    return holding(interp, outputs=Outputs(), asker=None, tracing=interp.tracing + 1)


@contextmanager
def forgotten(interp: Interpreter) -> Iterator[None]:
    """Within calls that the program does not make: their effects and findings are forgotten."""
    mark = interp.heap.mark()
    try:
        with unheard(interp):
            yield
    finally:
        interp.heap.rollback_to(mark)


@contextmanager
def importing(interp: Interpreter, births: int) -> Iterator[None]:
    """While another file of the project runs, on its own path; what it reports is not this file's.

    Objects that it made stay, and so do its changes to others, even if this run is undone later.
    """
    events = len(interp.outputs.events)
    logged = [len(mark.log) for mark in interp.heap.marks]
    try:
        with holding(interp, path=Path(), handlers=[], handled=[], tracing=0, asker=None):
            yield
    finally:
        del interp.outputs.events[events:]
        interp.heap.keep_since(births, logged)


# -- the program once more ------------------------------------------------------------------


@contextmanager
def all_paths(interp: Interpreter) -> Iterator[None]:
    """Within a run that takes both branches of what it cannot decide, and only finds out what is safe.

    Since it reports no failures, what it enters does not count as entered.
    """
    entered = set(interp.entered)
    with (
        holding(interp.heap, thorough=True),
        holding(interp, all_paths=AllPaths(), recorder=None, conditions=False, entered=entered),
    ):
        yield


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


def mending(interp: Interpreter, semantics: Semantics[Interpreter]) -> AbstractContextManager[None]:
    """Within a run that goes on after failures, statements by these tables."""
    return holding(interp, mending=True, semantics=semantics)


def supposing(interp: Interpreter, asker: Asker) -> AbstractContextManager[None]:
    """Within a run that gives unknown sizes names, and whose asker takes unknowns for tensors."""
    return holding(interp, naming=True, asker=asker)


def asked(interp: Interpreter, asker: Asker) -> AbstractContextManager[None]:
    """While somebody decides what is not known."""
    return holding(interp, asker=asker)


def watched(
    interp: Interpreter,
    on_merge: Callable[[Node], None],
    on_rounds: Callable[[Term], None],
    on_operator: Callable[[Value, Value, Site], None],
    on_unpacking: Callable[[Value, int], None],
) -> AbstractContextManager[None]:
    """While somebody is told of each merge, of the rounds of loops, of operators, and of what is unpacked."""
    return holding(
        interp,
        on_merge=on_merge,
        on_rounds=on_rounds,
        on_operator=on_operator,
        on_unpacking=on_unpacking,
    )


def entering(interp: Interpreter) -> AbstractContextManager[None]:
    """While separate runs start from the state that a run left behind."""
    return holding(interp, outputs=interp.outputs, path=interp.path, names=interp.names)


@contextmanager
def entering_anew(interp: Interpreter) -> Iterator[set[int]]:
    """What a block enters, while nothing counts as entered but that; afterwards all does."""
    entered: set[int] = set()
    try:
        with holding(interp, entered=entered):
            yield entered
    finally:
        interp.entered |= entered


@contextmanager
def second_run(interp: Interpreter, on_merge: Callable[[Node], None]) -> Iterator[Path]:
    """Within another run through a finished graph, on a path of its own."""
    path = Path()
    with holding(interp, path=path, handlers=[], handled=[], on_merge=on_merge), forgotten(interp):
        yield path


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

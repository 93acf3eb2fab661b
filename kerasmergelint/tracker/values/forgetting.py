"""What is left of a value that was passed to something unknown: its contents may be anything now.

A function among them may have been called, any number of times.
"""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.values.constants import PLAIN_TYPES
from kerasmergelint.tracker.values.containers import (
    DictV,
    GeneratorV,
    IteratorV,
    ListV,
    SetV,
    ViewV,
)
from kerasmergelint.tracker.values.frames import FrameV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.layers import LAYERS, SequentialV
from kerasmergelint.tracker.values.memory import written
from kerasmergelint.tracker.values.objects import (
    MUTABLE,
    BoundMethod,
    DictObject,
    FunctionV,
    Instance,
)
from kerasmergelint.tracker.values.pictures import PictureV
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.unseen_runs import (
    UnseenRun,
    run_of_block,
    run_of_function,
    runs_of_methods,
    take_place,
)
from kerasmergelint.tracker.values.value import External, UnknownV, Value


def forget(heap: Heap, value: Value, reason: str) -> set[int]:
    """Forget the contents of a value, and of what it holds.

    Returns the serials of the layers among them: these are passed around often, and hardly ever changed.
    """
    if type(value) in _WITHOUT_CONTENT:
        return set()
    return _forget_all(heap, [value], reason)


_WITHOUT_CONTENT = PLAIN_TYPES | {UnknownV, External}
_FUNCTIONS = frozenset({FunctionV, BoundMethod})


def forget_functions(heap: Heap, values: Sequence[Value], reason: str) -> None:
    """The same for what was passed to a library that calls functions, but changes nothing else."""
    if _FUNCTIONS.isdisjoint(map(type, values)):
        return  # as nearly always
    for value in values:
        if isinstance(value, FunctionV):
            _forget_all(heap, [run_of_function(value)], reason)
        elif isinstance(value, BoundMethod) and isinstance(value.function, FunctionV):
            _forget_all(heap, [run_of_function(value.function, value.receiver)], reason)


def forget_run(heap: Heap, function: FunctionV, receiver: Value, reason: str) -> None:
    """Forget what a call may have changed, but for its other arguments, that was not followed."""
    _forget_all(heap, [run_of_function(function, receiver)], reason)


def forget_changes(heap: Heap, scope: Scope, body: tuple[ir.Statement, ...], reason: str) -> None:
    """Forget what a block may have changed that was not followed."""
    _forget_all(heap, [run_of_block(body, scope)], reason)


def _forget_all(heap: Heap, stack: list[Value | UnseenRun], reason: str) -> set[int]:
    seen, layers = set[int](), set[int]()
    runs: list[UnseenRun] = []
    while stack:
        thing = stack.pop()
        if isinstance(thing, tuple):
            stack.extend(thing)
        elif isinstance(thing, BoundMethod):
            stack += (thing.receiver, thing.function)
        elif isinstance(thing, ViewV):
            stack.append(thing.source)
        elif isinstance(thing, FunctionV):
            stack.append(run_of_function(thing))
        elif isinstance(thing, UnseenRun):
            if thing not in runs:
                runs.append(thing)
                stack.extend(take_place(heap, thing, reason))
        elif type(thing) is TensorV:
            written(thing)
        elif isinstance(thing, (IteratorV, GeneratorV, FrameV, PictureV)):
            thing.forget(heap)
        elif isinstance(thing, LAYERS):
            layers.add(thing.serial)
            if isinstance(thing, SequentialV) and not thing.compiled:
                heap.touch(thing)  # other layers may be added
                thing.open, thing.output = True, None
        elif isinstance(thing, MUTABLE) and thing.serial not in seen:
            seen.add(thing.serial)
            if isinstance(thing, Instance) and thing.layer is not None:
                layers.add(thing.serial)
                continue
            heap.touch(thing)
            thing.open, thing.reason = True, reason
            stack.extend(_parts(thing))
            if isinstance(thing, Instance):
                stack.extend(runs_of_methods(thing))
    return layers


def _parts(thing: ListV | SetV | DictV | Instance) -> list[Value]:
    if isinstance(thing, (ListV, SetV)):
        return list(thing.items)
    if isinstance(thing, DictV):
        return list(thing.items.values())
    if isinstance(thing, DictObject):
        return [thing.content, *thing.attributes.values()]
    return list(thing.attributes.values())

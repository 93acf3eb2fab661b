"""What is left of a value that was passed to something unknown: its contents may be anything now."""

from __future__ import annotations

from kerasmergelint.tracker.values.containers import (
    DictV,
    GeneratorV,
    IteratorV,
    ListV,
    SetV,
    ViewV,
)
from kerasmergelint.tracker.values.frames import FrameV
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.layers import LAYERS, SequentialV
from kerasmergelint.tracker.values.objects import (
    MUTABLE,
    BoundMethod,
    DictObject,
    FunctionV,
    Instance,
)
from kerasmergelint.tracker.values.pictures import PictureV
from kerasmergelint.tracker.values.value import UnknownV, Value


def forget(heap: Heap, value: Value, reason: str) -> set[int]:
    """Forget the contents of a value, and of what it holds.

    Returns the serials of the layers among them: these are passed around often, and hardly ever changed.
    """
    stack, seen, layers = [value], set[int](), set[int]()
    while stack:
        thing = stack.pop()
        if isinstance(thing, tuple):
            stack.extend(thing)
        elif isinstance(thing, BoundMethod):
            stack.append(thing.receiver)
        elif isinstance(thing, ViewV):
            stack.append(thing.source)
        elif isinstance(thing, FunctionV):
            _forget_bound_by(heap, thing, reason)
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
    return layers


def _forget_bound_by(heap: Heap, function: FunctionV, reason: str) -> None:
    """Names outside of a function that it binds: whoever was given it may have called it."""
    for name in function.code.global_names | function.code.nonlocal_names:
        scope = function.scope.top if name in function.code.global_names else function.scope
        while name not in scope.variables and scope.parent is not None:
            scope = scope.parent
        if name in scope.variables:
            heap.touch(scope)
            scope.variables[name] = UnknownV(f"{name} may have changed: {reason}")


def _parts(thing: ListV | SetV | DictV | Instance) -> list[Value]:
    if isinstance(thing, (ListV, SetV)):
        return list(thing.items)
    if isinstance(thing, DictV):
        return list(thing.items.values())
    if isinstance(thing, DictObject):
        return [thing.content, *thing.attributes.values()]
    return list(thing.attributes.values())

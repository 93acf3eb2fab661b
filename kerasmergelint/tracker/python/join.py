"""The join of two states: what is true of both."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, reduce
from typing import Any

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, AnyShape, Dim, OpenShape, Shape
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import is_number
from kerasmergelint.tracker.values.containers import (
    FILLED,
    DictV,
    GeneratorV,
    IteratorV,
    ListV,
    SetV,
)
from kerasmergelint.tracker.values.frames import FrameV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.heap import HeapObject
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.pictures import PictureV
from kerasmergelint.tracker.values.scope import LazyV, Scope
from kerasmergelint.tracker.values.tensor_arrays import TensorArrayV
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import UnknownV, Value


def join(interp: Interpreter, left: Value, right: Value) -> Value:
    """A value that covers both."""
    if left is right:
        return left
    if isinstance(left, LazyV) and right is not None and left.loaded is right:
        return right  # a module that is first needed in a round was imported before
    if isinstance(left, TensorV) and isinstance(right, TensorV):
        spec = join_specs(left.spec, right.spec)
        if spec == left.spec:
            return left
        return TensorV(spec)
    if isinstance(left, tuple) and isinstance(right, tuple) and len(left) == len(right):
        return tuple(join(interp, a, b) for a, b in zip(left, right))
    if isinstance(left, TensorArrayV) and isinstance(right, TensorArrayV):
        joined = join_arrays(left, right)
        return left if joined == left else joined
    if isinstance(left, (HeapObject, TensorV)) or isinstance(right, (HeapObject, TensorV)):
        return interp.unknown("it differs between rounds of a loop")
    if type(left) is type(right) and left == right:
        return left
    return interp.unknown("it differs between rounds of a loop")


# Of more items it is not asked what they have in common.
_MOST_ALIKE = 1_000
_JOINS_A_STEP = 8


def any_of(interp: Interpreter, items: Sequence[Value]) -> Value:
    """One of these items, whichever: what is true of each."""
    if not 0 < len(items) <= _MOST_ALIKE:
        return interp.unknown("an item at an unknown index")
    interp.work(len(items) // _JOINS_A_STEP)
    return _whichever(interp, items)


def _whichever(interp: Interpreter, items: Sequence[Value]) -> Value:
    """Of arrays only the shape: their content may differ, and other values are things of their own."""
    rows = [item for item in items if isinstance(item, tuple)]
    if len(rows) == len(items) and len({len(row) for row in rows}) == 1:
        return tuple(_whichever(interp, column) for column in zip(*rows))
    common = reduce(partial(join, interp), items)
    if isinstance(common, TensorV) and common.spec.kind in (TensorKind.ARRAY, TensorKind.EAGER):
        return TensorV(replace(common.spec, data=None))
    if common == items[0] and not isinstance(common, (HeapObject, TensorV)):
        return common
    if all(map(is_number, items)):
        kind = "int" if all(type(item) is int for item in items) else "abs"
        return UnknownV("one of several numbers", _number(kind, interp.opaque_term()))
    return interp.unknown("an item at an unknown index")


def _number(kind: str, which: Term) -> Term:
    """A number that nobody is free to choose, unlike what is random."""
    return ("call", ("name", kind), which)


def join_arrays(left: TensorArrayV, right: TensorArrayV) -> TensorArrayV:
    """An array that holds what either holds; one to which nothing was written says nothing."""
    dtype = left.dtype if left.dtype == right.dtype else None
    if left.element is None or right.element is None:
        return TensorArrayV(left.element or right.element, dtype)
    return TensorArrayV(join_specs(left.element, right.element), dtype)


def join_specs(left: TensorSpec, right: TensorSpec) -> TensorSpec:
    dtype = left.dtype if left.dtype == right.dtype else None
    kind = left.kind if left.kind is right.kind else TensorKind.ANY
    return TensorSpec(join_shapes(left.shape, right.shape), dtype, kind)


def join_shapes(left: AnyShape, right: AnyShape) -> AnyShape:
    """The shape that both are instances of."""
    if isinstance(left, Shape) and isinstance(right, Shape) and left.rank == right.rank:
        return Shape(tuple(a if a == b else UNKNOWN for a, b in zip(left.dims, right.dims)))
    tails = [s.dims if isinstance(s, Shape) else s.tail for s in (left, right)]
    least = min(s.rank if isinstance(s, Shape) else s.min_rank for s in (left, right))
    common: list[Dim] = []
    for a, b in zip(reversed(tails[0]), reversed(tails[1])):
        if a != b:
            break
        common.insert(0, a)
    return OpenShape(tuple(common), least)


def join_contents(interp: Interpreter, thing: Any, before: Any) -> bool:
    """Make an object cover its present and former content; returns whether that changed nothing."""
    if isinstance(thing, Scope):
        variables, was_open = before
        thing.open = thing.open or was_open
        return _join_mapping(interp, thing.variables, variables)
    if isinstance(thing, (ListV, SetV)):
        return _join_sequence(interp, thing, before[0])
    if isinstance(thing, DictV):
        items, was_open, _ = before
        new_keys = thing.items.keys() - items.keys()
        stable = _join_mapping(interp, thing.items, items)
        if (new_keys or was_open) and not thing.open:
            thing.open, thing.reason, stable = True, FILLED, False
        return stable
    if isinstance(thing, Instance):
        attributes, was_open, _, _, *kept = before
        thing.open = thing.open or was_open
        thing.cover(*kept)
        return _join_mapping(interp, thing.attributes, attributes)
    if isinstance(thing, (IteratorV, GeneratorV)):
        thing.forget(interp.heap)
    if isinstance(thing, (FrameV, PictureV)) and thing.snapshot() != before:
        thing.forget(interp.heap)
        return False
    return True


def _join_mapping(interp: Interpreter, now: dict[Any, Value], before: dict[Any, Value]) -> bool:
    stable = True
    for key, old in before.items():
        if key not in now:
            continue
        joined = join(interp, old, now[key])
        if isinstance(old, UnknownV):
            now[key] = old
        elif joined is not old:
            stable = False
            now[key] = joined
    return stable


def _join_sequence(interp: Interpreter, thing: ListV | SetV, before: list[Value]) -> bool:
    if thing.open:
        return True
    if len(thing.items) == len(before):
        joined = [join(interp, old, new) for old, new in zip(before, thing.items)]
        stable = all(a is b for a, b in zip(joined, before))
        thing.items = joined
        return stable
    thing.open, thing.reason = True, FILLED
    return False

"""The join of the states after two branches of which either may have been taken.

Unlike a loop's, this join is symmetric: neither state came before the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import Config, ShapeNest, TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, AnyShape, Dim, Shape
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.regions import CannotJoin, Loose
from kerasmergelint.tracker.python.join import join_arrays, join_shapes
from kerasmergelint.tracker.values.constants import PLAIN_TYPES
from kerasmergelint.tracker.values.containers import (
    DictContent,
    DictV,
    GeneratorV,
    IteratorContent,
    IteratorV,
    ListV,
    SequenceContent,
    SetV,
)
from kerasmergelint.tracker.values.frames import FrameContent, FrameV
from kerasmergelint.tracker.values.graph import Node, TensorV
from kerasmergelint.tracker.values.heap import HeapObject
from kerasmergelint.tracker.values.layers import (
    LayerContent,
    LayerState,
    LayerV,
    ModelContent,
    ModelV,
    SequentialContent,
    SequentialV,
)
from kerasmergelint.tracker.values.objects import ClassContent, ClassV, Instance, InstanceContent
from kerasmergelint.tracker.values.pictures import PictureContent, PictureV
from kerasmergelint.tracker.values.scope import Scope, ScopeContent
from kerasmergelint.tracker.values.tensor_arrays import TensorArrayV
from kerasmergelint.tracker.values.terms import Term, to_dim
from kerasmergelint.tracker.values.value import UnknownV, Value

_REASON = "it depends on a condition that is not known"
_ABSENT = object()
Key = TypeVar("Key")


def either(interp: Interpreter, one: Value, other: Value) -> Value:
    """A value that is one or the other."""
    if one is other:
        return one
    if isinstance(one, TensorV) and isinstance(other, TensorV):
        return _either_tensor(interp, one, other)
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return tuple(either(interp, a, b) for a, b in zip(one, other))
    if isinstance(one, TensorArrayV) and isinstance(other, TensorArrayV):
        return join_arrays(one, other)
    on_heap = isinstance(one, (HeapObject, TensorV)) or isinstance(other, (HeapObject, TensorV))
    if not on_heap and type(one) is type(other) and one == other:
        return one
    return UnknownV(_REASON, _name(interp))


def _name(interp: Interpreter) -> Term:
    """A term for "one of two values": which is unknown, but the same wherever the value goes."""
    return ("either", interp.opaque_term())


def _either_tensor(interp: Interpreter, one: TensorV, other: TensorV) -> TensorV:
    a, b = one.spec, other.spec
    if a == b and one.node is other.node and one.index == other.index:
        return one
    if isinstance(a.shape, Shape) and isinstance(b.shape, Shape) and a.shape.rank == b.shape.rank:
        pairs = zip(a.shape.dims, b.shape.dims)
        shape: AnyShape = Shape(tuple(_either_dim(interp, x, y) for x, y in pairs))
    else:
        shape = join_shapes(a.shape, b.shape)
    dtype = a.dtype if a.dtype == b.dtype else None
    kind = a.kind if a.kind is b.kind else TensorKind.ANY
    # Part of both graphs, and cannot be replayed on other inputs.
    node = Node("either", interp.site(None), (one, other), None)
    node.outputs = TensorV(TensorSpec(shape, dtype, kind), node)
    return node.outputs


def _either_dim(interp: Interpreter, one: Dim, other: Dim) -> Dim:
    return one if one == other else to_dim(_name(interp))


# -- what objects hold ----------------------------------------------------------------------


def join_object(interp: Interpreter, thing: HeapObject, other: object) -> None:
    """Make an object cover its content in both states."""
    now = thing.snapshot()
    if _is_same(now, other):
        return
    joined = _join_of(type(thing))(interp, now, other)
    interp.heap.touch(thing)
    thing.restore(joined)


def _is_same(now: object, other: object) -> bool:
    """Whether two snapshots are the same; equal parts that are not identical are compared."""
    if now is other:
        return True
    if type(now) is not type(other):
        return False
    if isinstance(now, dict) and isinstance(other, dict):
        if len(now) != len(other):
            return False
        return all(value is other.get(key, _ABSENT) for key, value in now.items())
    if isinstance(now, (tuple, list)) and isinstance(other, (tuple, list)):
        return len(now) == len(other) and all(_is_same(a, b) for a, b in zip(now, other))
    return type(now) in PLAIN_TYPES and bool(now == other)


def _mappings(
    interp: Interpreter, one: dict[Key, Value], other: dict[Key, Value]
) -> dict[Key, Value]:
    """Names that only one side binds stay bound: otherwise code that reads them would raise."""
    return _by_key(interp, one, other, lambda value: value)


def _by_key(
    interp: Interpreter,
    one: dict[Key, Value],
    other: dict[Key, Value],
    alone: Callable[[Value], Value],
) -> dict[Key, Value]:
    """The joined values of common keys, and ``alone`` of those on one side only."""
    return {
        key: either(interp, one[key], other[key])
        if key in one and key in other
        else alone(one.get(key, other.get(key)))
        for key in (*one, *(key for key in other if key not in one))
    }


def _scopes(interp: Interpreter, now: ScopeContent, other: ScopeContent) -> ScopeContent:
    return _mappings(interp, now[0], other[0]), now[1] or other[1]


def _sequences(
    interp: Interpreter, now: SequenceContent, other: SequenceContent
) -> SequenceContent:
    items, was_open, reason = now
    if len(items) != len(other[0]):
        return items, True, _REASON
    pairs = zip(items, other[0])
    return [either(interp, a, b) for a, b in pairs], was_open or other[1], reason or other[2]


def _dicts(interp: Interpreter, now: DictContent, other: DictContent) -> DictContent:
    items, was_open, reason = now
    if items.keys() == other[0].keys():
        joined = {key: either(interp, value, other[0][key]) for key, value in items.items()}
        return joined, was_open or other[1], reason or other[2]
    return _mappings(interp, items, other[0]), True, _REASON


def _instances(
    interp: Interpreter, now: InstanceContent, other: InstanceContent
) -> InstanceContent:
    attributes, was_open, reason, layer = now
    joined = _attributes(interp, attributes, other[0])
    return joined, was_open or other[1], reason or other[2], _layer_states(layer, other[3])


def _attributes(
    interp: Interpreter, one: dict[str, Value], other: dict[str, Value]
) -> dict[str, Value]:
    """An attribute that only one side sets: on the other, the class or ``hasattr`` may decide."""
    return _by_key(interp, one, other, lambda _: interp.unknown(_REASON))


def _layer_states(one: LayerState | None, other: LayerState | None) -> LayerState | None:
    if one == other:
        return one
    if one is None or other is None:
        raise CannotJoin
    first = _first(one.first, other.first)
    nodes = _nodes(one.nodes, other.nodes)
    joined = replace(one, first=first, built=one.built or other.built, nodes=nodes)
    if replace(other, first=first, built=joined.built, nodes=nodes, name=one.name) != joined:
        raise CannotJoin
    return joined


def _first(one: ShapeNest, other: ShapeNest) -> ShapeNest:
    """The shapes that a layer was built for; it may not be built yet."""
    if one is None or other is None or one == other:
        return other if one is None else one
    if isinstance(one, Shape) and isinstance(other, Shape) and one.rank == other.rank:
        return Shape(tuple(a if a == b else UNKNOWN for a, b in zip(one.dims, other.dims)))
    raise CannotJoin


def _nodes(one: tuple[Node, ...], other: tuple[Node, ...]) -> tuple[Node, ...]:
    """The calls of a layer: the common ones, then those of each side."""
    return max(one, other, key=len)


def _classes(interp: Interpreter, now: ClassContent, other: ClassContent) -> ClassContent:
    return _attributes(interp, now[0], other[0]), now[1] or other[1], now[2] or other[2]


def _layers(interp: Interpreter, now: LayerContent, other: LayerContent) -> LayerContent:
    first, nodes, attributes, name, config, serial = now
    if config is not other[4]:
        config, serial = _configs(config, other[4]), None
    return (
        _first(first, other[0]),
        _nodes(nodes, other[1]),
        _attributes(interp, attributes, other[2]),
        name,
        config,
        serial,
    )


def _configs(one: Config, other: Config) -> Config:
    """What a layer is configured to, of which the program may have replaced a part."""
    return {key: value if other.get(key) == value else UNKNOWN for key, value in one.items()}


def _models(interp: Interpreter, now: ModelContent, other: ModelContent) -> ModelContent:
    """How it was compiled does not change what its layers do: either way will do."""
    nodes, attributes, name, compiled = now
    joined = _attributes(interp, attributes, other[1])
    return _nodes(nodes, other[0]), joined, name, compiled or other[3]


def _sequentials(
    interp: Interpreter, now: SequentialContent, other: SequentialContent
) -> SequentialContent:
    layers, given, output, nodes, was_open, attributes, name, compiled = now
    compiled = compiled or other[7]
    joined = _attributes(interp, attributes, other[5])
    calls = _nodes(nodes, other[3])
    if layers == other[0] and given is other[1] and output is other[2]:
        return layers, given, output, calls, was_open or other[4], joined, name, compiled
    return layers, given, None, calls, True, joined, name, compiled


def _generators(interp: Interpreter, now: int, other: int) -> int:
    """How far it got in the other state: one that has gone on since cannot go back, and is lost."""
    return other


def _iterators(
    interp: Interpreter, now: IteratorContent, other: IteratorContent
) -> IteratorContent:
    return now[0], True


def _frames(interp: Interpreter, now: FrameContent, other: FrameContent) -> FrameContent:
    held = {name: value for name, value in now[2].items() if other[2].get(name) is value}
    columns = now[0] if now[0] == other[0] else None
    return columns, now[1] if now[1] == other[1] else UNKNOWN, held


def _pictures(interp: Interpreter, now: PictureContent, other: PictureContent) -> PictureContent:
    height, width = (a if a == b else UNKNOWN for a, b in zip(now[1:], other[1:]))
    return now[0] if now[0] == other[0] else None, height, width


# Each takes two snapshots of its type, and gives a third.
_JOINS: Mapping[type, Callable[..., object]] = {
    Scope: _scopes,
    ListV: _sequences,
    SetV: _sequences,
    IteratorV: _iterators,
    GeneratorV: _generators,
    DictV: _dicts,
    Instance: _instances,
    ClassV: _classes,
    LayerV: _layers,
    ModelV: _models,
    SequentialV: _sequentials,
    FrameV: _frames,
    PictureV: _pictures,
}


def _join_of(kind: type[HeapObject]) -> Callable[..., object]:
    """How to join objects of a class, or of one that keeps no more than it."""
    for base in kind.__mro__:
        if base in _JOINS and kind.snapshot is getattr(base, "snapshot", None):
            return _of_names if base is DictV and kind is not DictV else _JOINS[base]
    raise CannotJoin


def _of_names(interp: Interpreter, now: DictContent, other: DictContent) -> DictContent:
    """Variables of the environment, flags, options: one that only one side has may be there or not."""
    joined = _attributes(interp, now[0], other[0])
    return joined, now[1] or other[1], now[2] or other[2]


# -- what is not an object-------------------------------------------------------------------


def join_loose(interp: Interpreter, start: Loose, other: Loose) -> None:
    """Join the state outside the heap; only assumptions from before the branch stay."""
    now = aside.loose(interp)
    written = _attributes(interp, now.path.written, other.path.written)
    names = {
        stem: max(now.names.get(stem, 0), other.names.get(stem, 0))
        for stem in now.names.keys() | other.names.keys()
    }
    start.path.written = written
    start.path.changed = {**other.path.changed, **now.path.changed}
    aside.loosen(
        interp,
        Loose(
            start.path,
            names,
            either(interp, now.image_data_format, other.image_data_format),
            either(interp, now.dtype_policy, other.dtype_policy),
        ),
    )

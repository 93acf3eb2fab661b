"""Functions, classes and their instances."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import islice
from typing import Any, Final, Literal

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.keras_api import names
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.heap import Heap, HeapObject
from kerasmergelint.tracker.values.layers import LAYERS, LayerState, ModelV, SequentialV
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.terms import opaque
from kerasmergelint.tracker.values.training import Compiled
from kerasmergelint.tracker.values.value import Args, External, Keywords, UnknownV, Value


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """Earlier results of a function by its arguments, up to a bound."""

    answers: DictV
    most: int | None


@dataclass(frozen=True, slots=True, eq=False)
class FunctionV:
    """A function: its code, its defaults, the scope that it closes over.

    ``memory`` is that of ``functools.lru_cache``; ``finish`` makes what callers get of the result;
    ``enter`` makes what the body of a ``tf.function`` gets of the arguments.
    """

    code: ir.FunctionCode
    defaults: dict[str, Value]
    scope: Scope
    name: str
    owner: ClassV | None = None
    attributes: dict[str, Value] = field(default_factory=dict)
    memory: Memory | None = None
    finish: Callable[..., Value] | None = None
    enter: Callable[..., tuple[Args, Keywords]] | None = None


@dataclass(frozen=True, slots=True)
class BoundMethod:
    """A callable with its first argument."""

    receiver: Value
    function: Value


@dataclass(frozen=True, slots=True)
class NativeV:
    """A function that the tracker itself implements: a builtin, or a method of a builtin type.

    ``parameters`` are their names, without ``self``, where a program may ask for them; () if nobody can tell.
    """

    name: str
    function: Callable[..., Value]
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PartialV:
    """``functools.partial``."""

    function: Value
    args: tuple[Value, ...]
    keywords: Keywords


@dataclass(frozen=True, slots=True, eq=False)
class PropertyV:
    """``property``, or ``functools.cached_property``."""

    getter: Value
    setter: Value = None
    deleter: Value = None
    cached: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class StaticMethodV:
    function: Value


@dataclass(frozen=True, slots=True, eq=False)
class ClassMethodV:
    function: Value


ClassKind = Literal["class", "enum", "dataclass", "namedtuple", "namespace"]
RECORDS: Final = ("dataclass", "namedtuple")  # the kinds that have fields

# What their snapshots hold: names with their values, whether there may be others, and why.
ClassContent = tuple[dict[str, Value], bool, str]
InstanceContent = tuple[dict[str, Value], bool, str, LayerState | None]


class ClassV(HeapObject):
    """A class that the program defines.

    ``bases`` may hold externals and layer types; ``fields`` are (name, default or MISSING) of a
    dataclass or named tuple.  ``open``: attributes may have been replaced.
    """

    __slots__ = (
        "bases",
        "code",
        "consistent",
        "declared",
        "fields",
        "kind",
        "looks_up",
        "members",
        "mro",
        "name",
        "namespace",
        "open",
        "reason",
        "scope",
        "unknown_base",
    )

    def __init__(
        self,
        heap: Heap,
        name: str,
        bases: tuple[Value, ...],
        namespace: dict[str, Value],
        code: ir.ClassDef | None,
        scope: Scope | None,
    ) -> None:
        super().__init__(heap)
        self.name = name
        self.bases = bases
        self.namespace = namespace
        self.code = code
        self.scope = scope
        self.fields: list[tuple[str, Value]] | None = None
        self.declared: list[tuple[str, Value]] = []  # annotated in its own body, fields or not
        self.kind: ClassKind = "class"
        self.members: dict[str, Value] = {}  # of an enum, made when first asked for
        self.open = False
        self.reason = ""
        order = _linearized(self)
        self.consistent = order is not None  # whether Python finds an order for its bases
        self.mro: tuple[Value, ...] = order or _in_any_order(self)
        self.unknown_base = any(isinstance(base, UnknownV) for base in self.mro)
        self.looks_up = any(  # whether it has a ``__getattribute__`` of the program's own
            isinstance(base, ClassV) and "__getattribute__" in base.namespace for base in self.mro
        )

    def snapshot(self) -> ClassContent:
        return (dict(self.namespace), self.open, self.reason)

    def restore(self, content: ClassContent) -> None:
        self.namespace, self.open, self.reason = content


def is_all_own(cls: ClassV) -> bool:
    """Whether the program defines everything that the class inherits."""
    return all(
        isinstance(base, ClassV)
        or (isinstance(base, External) and base.dotted in ("object", "abc.ABC"))
        for base in cls.mro
    )


_OBJECT = External("object")


def _linearized(cls: ClassV) -> tuple[Value, ...] | None:
    """The method resolution order, by C3; None if the bases contradict each other.

    The bases of library classes are unknown, but that all layers of Keras are of ``Layer``; ``object``
    comes last, if it is named at all.
    """
    if len(cls.bases) < 2:
        return (cls, *_order_of(cls.bases[0])) if cls.bases else (cls,)
    orders = [_order_of(base) for base in cls.bases] + [cls.bases]
    orders += _of_keras(
        {entry for order in orders for entry in order if isinstance(entry, External)}
    )
    last = (_OBJECT,) if any(_OBJECT in order for order in orders) else ()
    merged = _merged([deque(entry for entry in order if entry != _OBJECT) for order in orders])
    return None if merged is None else (cls, *merged, *last)


def _of_keras(named: set[External]) -> list[tuple[Value, ...]]:
    """What stands before what among the classes of Keras: each layer and model before ``Layer``."""
    roots = [entry for entry in named if names.is_base_layer(entry.dotted)]
    derived = [entry for entry in named if roots and names.is_kind_of_layer(entry.dotted)]
    return [(entry, root) for entry in derived for root in roots]


def _merged(waiting: list[deque[Value]]) -> list[Value] | None:
    """Always the first head of a queue that stands behind no other, in time linear in their lengths."""
    behind = Counter(_key(entry) for queue in waiting for entry in islice(queue, 1, None))
    heads: dict[object, list[int]] = {}  # the queues that an entry is the head of
    for number, queue in enumerate(waiting):
        if queue:
            heads.setdefault(_key(queue[0]), []).append(number)
    ready = sorted(number for key, of in heads.items() if not behind[key] for number in of)
    order: list[Value] = []
    while ready:
        queue = waiting[heappop(ready)]
        if not queue or behind[_key(queue[0])]:
            continue  # its head was another's, too, and went with that
        order.append(queue[0])
        moved = heads.pop(_key(queue[0]))
        for number in moved:
            waiting[number].popleft()
        followers = {number: _key(waiting[number][0]) for number in moved if waiting[number]}
        for number, key in followers.items():
            behind[key] -= 1
            heads.setdefault(key, []).append(number)
        for key in set(followers.values()):
            for number in heads[key] if not behind[key] else ():
                heappush(ready, number)
    return None if heads else order


def _order_of(base: Value) -> tuple[Value, ...]:
    return base.mro if isinstance(base, ClassV) else (base,)


def _in_any_order(cls: ClassV) -> tuple[Value, ...]:
    """Depth first, each base after all classes that inherit from it."""
    chain = [cls, *(entry for base in cls.bases for entry in _order_of(base))]
    return tuple(reversed({_key(entry): entry for entry in reversed(chain)}.values()))


def _key(entry: Value) -> object:
    """What identifies a class."""
    return entry if isinstance(entry, (External, UnknownV)) else id(entry)


class Instance(HeapObject):
    """An instance of a class that the program defines.  ``open``: attributes may have changed."""

    __slots__ = ("attributes", "cls", "layer", "open", "reason")

    def __init__(self, heap: Heap, cls: ClassV) -> None:
        super().__init__(heap)
        self.cls = cls
        self.attributes: dict[str, Value] = {}
        self.open = False
        self.reason = ""
        self.layer: LayerState | None = None  # if it is a layer or model

    @property
    def state(self) -> LayerState:
        """The state of an instance that is certainly a layer or model."""
        assert self.layer is not None
        return self.layer

    def snapshot(self) -> tuple[Any, ...]:
        """What classes that keep more than attributes keep follows at the end."""
        return (dict(self.attributes), self.open, self.reason, self.layer)

    def restore(self, content: Any) -> None:
        self.attributes, self.open, self.reason, self.layer = content

    def cover(self, *kept: Any) -> None:
        """Make what it keeps beside its attributes cover what it kept before a loop as well."""

    def hide_class(self) -> None:
        """Attributes of unknown names were set: they may hide those of the class."""
        for base in self.cls.mro:
            for name, value in base.namespace.items() if isinstance(base, ClassV) else ():
                if not isinstance(value, _METHODS) and not name.startswith("__"):
                    unknown = UnknownV(self.reason, opaque(("attribute", self.serial, name)))
                    self.attributes.setdefault(name, unknown)


_METHODS = (FunctionV, NativeV, PropertyV, StaticMethodV, ClassMethodV, ClassV)


_DICTS = ("dict", "collections.OrderedDict", "collections.UserDict", "UserDict", "OrderedDict")


class DictObject(Instance):
    """An instance of a class that inherits from ``dict``, with its content as a dict.

    ``shared``: its attributes are its items, after ``self.__dict__ = self``.
    """

    __slots__ = ("content", "shared")

    def __init__(self, heap: Heap, cls: ClassV) -> None:
        super().__init__(heap, cls)
        self.content = DictV(heap, {})
        self.shared = False

    def snapshot(self) -> tuple[Any, ...]:
        return (*super().snapshot(), self.shared)

    def restore(self, content: Any) -> None:
        *inherited, self.shared = content
        super().restore(inherited)


# The attribute under which an instance has what a library's base class keeps: no name of Python's.
BASE_PART = "part of the base class"


def instance_of(heap: Heap, cls: ClassV) -> Instance:
    """A new, empty instance of a class."""
    of_dict = any(isinstance(base, External) and base.dotted in _DICTS for base in cls.mro)
    return DictObject(heap, cls) if of_dict else Instance(heap, cls)


class AttributesV(DictV):
    """``instance.__dict__``: changes to it change the instance."""

    __slots__ = ("owner",)

    def __init__(self, heap: Heap, owner: Instance) -> None:
        HeapObject.__init__(self, heap)
        self.owner = owner
        self.default = None

    @property
    def items(self) -> dict[str, Value]:
        return self.owner.attributes

    @items.setter
    def items(self, content: dict[str, Value]) -> None:
        self.owner.attributes = content

    @property
    def open(self) -> bool:
        return self.owner.open

    @open.setter
    def open(self, is_open: bool) -> None:
        self.owner.open = is_open
        if is_open:
            self.owner.hide_class()

    @property
    def reason(self) -> str:
        return self.owner.reason

    @reason.setter
    def reason(self, reason: str) -> None:
        self.owner.reason = reason


@dataclass(frozen=True, slots=True)
class SuperV:
    """``super()``: look up after ``cls`` in the order of ``receiver``'s class."""

    cls: ClassV
    receiver: Value


def is_layer(value: Value) -> bool:
    """Whether a value is a layer or model object."""
    return isinstance(value, LAYERS) or (isinstance(value, Instance) and value.layer is not None)


MUTABLE = (ListV, DictV, SetV, Instance)


def compiled_with(model: Value) -> Compiled | None:
    """What a model was compiled with, if known."""
    if isinstance(model, Instance):
        return model.state.compiled
    return model.compiled if isinstance(model, (ModelV, SequentialV)) else None

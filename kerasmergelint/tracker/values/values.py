"""Abstract values: what the tracker knows of a Python value.

Constants are themselves: ``None``, numbers, strings, tuples, slices and ranges of Python stand for
exactly that value (a tuple may hold abstract values).  Everything mutable is a heap object with an
identity.  What is not known is an :class:`UnknownV` that carries why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kerasmergelint.keras_api.protocol import TensorSpec
from kerasmergelint.shapes import Expr
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.values.heap import Heap, HeapObject
from kerasmergelint.tracker.values.signals import OutOfBudget
from kerasmergelint.tracker.values.terms import Term

if TYPE_CHECKING:
    from kerasmergelint.tracker.values.graph import Node
    from kerasmergelint.tracker.values.scope import Scope

Value = Any


# Never changed, like the others; but "frozen" would triple the time to make one, and it is made more
# often than anything else.
@dataclass(slots=True, unsafe_hash=True)
class UnknownV:
    """Nothing is known but where knowledge ended (``reason``) and what to call it (``term``)."""

    reason: str
    term: Term = None


@dataclass(frozen=True, slots=True)
class SymInt:
    """An int that is not known yet: an expression over symbols."""

    expr: Expr


class ListV(HeapObject):
    """A list, or another mutable sequence.  ``open``: it may hold more, or other, items."""

    __slots__ = ("items", "kind", "open", "reason")

    def __init__(self, heap: Heap, items: list[Value], kind: str = "list") -> None:
        super().__init__(heap)
        self.items = items
        self.kind = kind
        self.open = False
        self.reason = ""

    def snapshot(self) -> Any:
        return (list(self.items), self.open, self.reason)

    def restore(self, content: Any) -> None:
        self.items, self.open, self.reason = content


class DictV(HeapObject):
    """A dict with known keys.  ``open``: it may hold others, and any of these may have changed."""

    __slots__ = ("default", "items", "open", "reason")

    def __init__(self, heap: Heap, items: dict[Any, Value]) -> None:
        super().__init__(heap)
        self.items = items
        self.open = False
        self.reason = ""
        self.default: Value | None = None

    def snapshot(self) -> Any:
        return (dict(self.items), self.open, self.reason)

    def restore(self, content: Any) -> None:
        self.items, self.open, self.reason = content


class SetV(HeapObject):
    """A set; kept in insertion order, since an abstract run must be repeatable."""

    __slots__ = ("items", "open", "reason")

    def __init__(self, heap: Heap, items: list[Value]) -> None:
        super().__init__(heap)
        self.items = items
        self.open = False
        self.reason = ""

    def snapshot(self) -> Any:
        return (list(self.items), self.open, self.reason)

    def restore(self, content: Any) -> None:
        self.items, self.open, self.reason = content


class IteratorV(HeapObject):
    """An iterator over items that are known; ``position`` is what has been consumed."""

    __slots__ = ("items", "position")

    def __init__(self, heap: Heap, items: list[Value]) -> None:
        super().__init__(heap)
        self.items = items
        self.position = 0

    def snapshot(self) -> Any:
        return self.position

    def restore(self, content: Any) -> None:
        self.position = content


class GeneratorV(HeapObject):
    """A generator that has not started; it is run to its end when first iterated."""

    __slots__ = ("produced", "start")

    def __init__(self, heap: Heap, start: Callable[[], list[Value] | None]) -> None:
        super().__init__(heap)
        self.start = start
        self.produced: IteratorV | None = None

    def snapshot(self) -> Any:
        return self.produced

    def restore(self, content: Any) -> None:
        self.produced = content


@dataclass(frozen=True, slots=True, eq=False)
class FunctionV:
    """A function: its code, the values of its defaults, the scope that it closes over."""

    code: ir.FunctionCode
    defaults: dict[str, Value]
    scope: Scope
    name: str
    owner: ClassV | None = None
    attributes: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoundMethod:
    """A callable with its first argument."""

    receiver: Value
    function: Value


@dataclass(frozen=True, slots=True)
class NativeV:
    """A function that the tracker itself implements: a builtin, or a method of a builtin type."""

    name: str
    function: Callable[..., Value]


@dataclass(frozen=True, slots=True, eq=False)
class PartialV:
    """``functools.partial``."""

    function: Value
    args: tuple[Value, ...]
    keywords: dict[str, Value]


@dataclass(frozen=True, slots=True, eq=False)
class PropertyV:
    getter: Value
    setter: Value | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StaticMethodV:
    function: Value


@dataclass(frozen=True, slots=True, eq=False)
class ClassMethodV:
    function: Value


class ClassV(HeapObject):
    """A class that the program defines.

    ``bases`` may hold externals and layer types; ``fields`` are (name, default or MISSING) of a
    dataclass or named tuple.
    """

    __slots__ = (
        "bases",
        "code",
        "fields",
        "kind",
        "mro",
        "name",
        "namespace",
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
        self.kind = "class"
        self.mro: tuple[Value, ...] = linearize(self)
        self.unknown_base = any(isinstance(base, UnknownV) for base in self.mro)

    def snapshot(self) -> Any:
        return dict(self.namespace)

    def restore(self, content: Any) -> None:
        self.namespace = content


def linearize(cls: ClassV) -> tuple[Value, ...]:
    """The method resolution order: depth first, each base after all classes that inherit from it."""
    chain: list[Value] = [cls]
    for base in cls.bases:
        chain.extend(base.mro if isinstance(base, ClassV) else (base,))
    kept: list[Value] = []
    seen: set[Value] = set()
    for entry in reversed(chain):
        key = entry if isinstance(entry, (External, UnknownV)) else id(entry)
        if key not in seen:
            seen.add(key)
            kept.append(entry)
    return tuple(reversed(kept))


class Instance(HeapObject):
    """An object of a class that the program defines.  ``open``: attributes may have changed."""

    __slots__ = ("attributes", "cls", "layer", "open", "reason")

    def __init__(self, heap: Heap, cls: ClassV) -> None:
        super().__init__(heap)
        self.cls = cls
        self.attributes: dict[str, Value] = {}
        self.open = False
        self.reason = ""
        self.layer: Any = None  # a graph.LayerState, if it is a layer or model

    def snapshot(self) -> Any:
        return (dict(self.attributes), self.open, self.reason, self.layer)

    def restore(self, content: Any) -> None:
        self.attributes, self.open, self.reason, self.layer = content


@dataclass(frozen=True, slots=True)
class SuperV:
    """``super()``: look up after ``cls`` in the order of ``receiver``'s class."""

    cls: ClassV
    receiver: Value


class ModuleV(HeapObject):
    """A file of the project, as a module object."""

    __slots__ = ("name", "package", "path", "scope")

    def __init__(self, heap: Heap, name: str, path: str, scope: Scope, *, package: bool) -> None:
        super().__init__(heap)
        self.name = name
        self.path = path
        self.scope = scope
        self.package = package

    def snapshot(self) -> Any:
        return None

    def restore(self, content: Any) -> None:
        """Nothing of its own: the scope logs itself."""


@dataclass(frozen=True, slots=True, eq=False)
class LazyV:
    """A name that an import binds, before it is needed; ``load`` evaluates the module."""

    load: Callable[[Any], Value]


@dataclass(frozen=True, slots=True)
class External:
    """Something of a library, by its full dotted name: ``External("tensorflow.keras.layers.Add")``."""

    dotted: str

    def child(self, name: str) -> External:
        return External(f"{self.dotted}.{name}")


@dataclass(frozen=True, slots=True)
class ExceptionV:
    """An exception object: its class name, and the class if the program defines it."""

    type_name: str
    cls: ClassV | None = None
    args: tuple[Value, ...] = ()


class TensorV:
    """A tensor.  ``node`` is the call that made it, None for the argument of a traced function.

    ``data`` is the value of a small constant array, as nested tuples, if it is known.
    """

    __slots__ = ("data", "index", "node", "spec")

    def __init__(
        self,
        spec: TensorSpec,
        node: Node | None = None,
        index: int = 0,
        data: Any = None,
    ) -> None:
        self.spec = spec
        self.node = node
        self.index = index
        self.data = data

    def __repr__(self) -> str:
        return f"TensorV({self.spec})"


@dataclass(frozen=True, slots=True)
class Spread:
    """``*value`` in a call, where the items of ``value`` are not known."""

    value: Value


MUTABLE = (ListV, DictV, SetV, Instance)


_MAX_LEAVES = 100_000


def leaves(value: Value) -> Iterator[Value]:
    """The leaves of a nest of lists, tuples and dicts, in Keras's order.

    A nest that shares its parts, or holds itself, can have more than anyone could count.
    """
    stack, seen = [value], 0
    while stack:
        thing = stack.pop()
        seen += 1
        if seen + len(stack) > _MAX_LEAVES:
            raise OutOfBudget
        kind = type(thing)
        if kind is ListV:
            stack.extend(reversed(thing.items))
        elif kind is tuple or kind is list:
            stack.extend(reversed(thing))
        elif kind is DictV:
            stack.extend(reversed(list(thing.items.values())))
        else:
            yield thing

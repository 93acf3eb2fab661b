"""Functions, classes and their instances."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.heap import Heap, HeapObject
from kerasmergelint.tracker.values.layers import LAYERS, LayerState
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.value import External, Keywords, UnknownV, Value


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
    keywords: Keywords


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
    dataclass or named tuple.  ``open``: attributes may have been replaced.
    """

    __slots__ = (
        "bases",
        "code",
        "fields",
        "kind",
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
        self.kind = "class"
        self.members: dict[str, Value] = {}  # of an enum, once they are asked for
        self.open = False
        self.reason = ""
        self.mro: tuple[Value, ...] = linearize(self)
        self.unknown_base = any(isinstance(base, UnknownV) for base in self.mro)

    def snapshot(self) -> Any:
        return (dict(self.namespace), self.open, self.reason)

    def restore(self, content: Any) -> None:
        self.namespace, self.open, self.reason = content


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
        self.layer: LayerState | None = None  # if it is a layer or model

    @property
    def state(self) -> LayerState:
        """The state of an instance that certainly is a layer or model."""
        assert self.layer is not None
        return self.layer

    def snapshot(self) -> Any:
        return (dict(self.attributes), self.open, self.reason, self.layer)

    def restore(self, content: Any) -> None:
        self.attributes, self.open, self.reason, self.layer = content


@dataclass(frozen=True, slots=True)
class SuperV:
    """``super()``: look up after ``cls`` in the order of ``receiver``'s class."""

    cls: ClassV
    receiver: Value


def is_layer(value: Value) -> bool:
    """Whether a value is a layer or model object."""
    return isinstance(value, LAYERS) or (isinstance(value, Instance) and value.layer is not None)


MUTABLE = (ListV, DictV, SetV, Instance)

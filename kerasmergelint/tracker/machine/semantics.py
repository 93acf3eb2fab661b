"""The tables that say what code and values do: the machine below, the rooms above that fill them.

The interpreter looks up by type what an expression evaluates to, what calling a value gives, and so
on.  Each room exports the entries for its own types as a :class:`Semantics`; the program puts them
together.  So the Python room need not know layers, nor the Keras room the hazards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from kerasmergelint.dataclass import dataclass, field, field_names
from kerasmergelint.keras_api.protocol import Problem
from kerasmergelint.keras_api.star_imports import Starred
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.values.graph import Node, Site
from kerasmergelint.tracker.values.layers import Making, ModelV
from kerasmergelint.tracker.values.objects import ClassV, Instance
from kerasmergelint.tracker.values.signals import Signal
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value

I = TypeVar("I")  # noqa: E741  the interpreter, which is made of these tables
Handler = TypeVar("Handler")
# What a handler is for has the type under which the handler stands in its table: no annotation can say so.
Own = Any


class Table(dict[type, Handler]):
    """Handlers by type; a type without one has that of its nearest base class."""

    def __missing__(self, kind: type) -> Handler:
        for base in kind.__mro__[1:]:
            if base in self:
                handler = self[kind] = self[base]
                return handler
        raise KeyError(kind)


@dataclass(frozen=True, slots=True)
class BaseClasses(Generic[I]):
    """What instances get from a library's base class that a class of the program inherits from."""

    adopt: Callable[[I, Instance, Making | None], None]
    initialise: Callable[[I, Instance, Args, Keywords, Site], Value]
    call: Callable[[I, Instance, Args, Keywords, Site], Value]
    attribute: Callable[[I, Instance, str, Site], Value]
    has_attribute: Callable[[Instance, str], bool | None]
    refuses: Callable[[I, Instance, str, Site], bool]  # assigns an attribute
    assigned: Callable[[I, Instance, str, Value], None]  # once it was not refused
    inherited: Callable[[I, Instance, str], Value]  # what ``super().name`` is
    of_class: Callable[[I, ClassV, External, str, Site], Value]  # what a class has from a base
    build: Callable[[I, Instance, Value], Value]  # ``build``, of a class that has its own
    is_instance: Callable[[I, Instance, str], bool | None]


@dataclass(frozen=True, slots=True)
class Observers(Generic[I]):
    """Called when a node was made, and when a call of one of the program's own layers is over."""

    node: Callable[[I, Node], None]
    model: Callable[[I, ModelV], None]
    zipped: Callable[[I, list[list[Value]], Site], None]
    traced: Callable[[I], None]
    data: Callable[[I, ModelV, list[Value]], Problem | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables(Generic[I]):
    """One table for each operation on code or values: the share of one room, or all together.

    ``no_truth`` raises for a value that is neither true nor false; it is asked where ``truth`` does
    not know.  ``class_of`` gives the class that ``type(x)`` is, and ``is_instance`` answers for the
    dotted name of a library's class.
    """

    evaluate: Mapping[type, Callable[[I, Own], Value]] = field(default_factory=dict)
    execute: Mapping[type, Callable[[I, Own], Signal]] = field(default_factory=dict)
    call: Mapping[type, Callable[[I, Own, Args, Keywords, Site], Value]] = field(
        default_factory=dict
    )
    attribute: Mapping[type, Callable[[I, Own, str, Site], Value]] = field(default_factory=dict)
    has_attribute: Mapping[type, Callable[[I, Own, str], bool | None]] = field(default_factory=dict)
    set_attribute: Mapping[type, Callable[[I, Own, str, Value, Site], None]] = field(
        default_factory=dict
    )
    item: Mapping[type, Callable[[I, Own, Value, Site], Value]] = field(default_factory=dict)
    set_item: Mapping[type, Callable[[I, Own, Value, Value, Site], None]] = field(
        default_factory=dict
    )
    delete_item: Mapping[type, Callable[[I, Own, Value], None]] = field(default_factory=dict)
    iterate: Mapping[type, Callable[[I, Own, Site], list[Value] | None]] = field(
        default_factory=dict
    )
    any_item: Mapping[type, Callable[[I, Own], Value]] = field(default_factory=dict)
    truth: Mapping[type, Callable[[I, Own], bool | None]] = field(default_factory=dict)
    no_truth: Mapping[type, Callable[[I, Own, Site], None]] = field(default_factory=dict)
    binary: Mapping[type, Callable[[I, str, Value, Value, Site], Value]] = field(
        default_factory=dict
    )
    unary: Mapping[type, Callable[[I, str, Own, Site], Value]] = field(default_factory=dict)
    compare: Mapping[type, Callable[[I, str, Value, Value, Site], Value]] = field(
        default_factory=dict
    )
    length: Mapping[type, Callable[[I, Own, Site], Value]] = field(default_factory=dict)
    class_of: Mapping[type, Callable[[Own], Value]] = field(default_factory=dict)
    is_instance: Mapping[type, Callable[[I, Own, str], bool | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Semantics(Tables[I]):
    """All tables, the base classes that a library ships, and the observers.

    ``star_names`` are the names that ``from library import *`` binds, where they are known;
    ``after_bug`` goes on after a statement that met a bug of ours.
    """

    base_classes: BaseClasses[I]
    observers: Observers[I]
    star_names: Callable[[I, str], Starred | None]
    after_bug: Callable[[I, ir.Statement, Exception], Signal]


def together(
    parts: Sequence[Tables[I]],
    *,
    base_classes: BaseClasses[I],
    observers: Observers[I],
    star_names: Callable[[I, str], Starred | None],
    after_bug: Callable[[I, ir.Statement, Exception], Signal],
) -> Semantics[I]:
    """The tables of all rooms; no type may have two handlers for the same operation."""
    merged: dict[str, Any] = {}
    for name in field_names(Tables):
        table = merged[name] = Table[Any]()
        for part in parts:
            share = getattr(part, name)
            twice = table.keys() & share.keys()
            if twice:
                raise ValueError(f"two handlers for {name} of {sorted(map(str, twice))}")
            table.update(share)
    return Semantics(
        base_classes=base_classes,
        observers=observers,
        star_names=star_names,
        after_bug=after_bug,
        **merged,
    )

"""Abstract values: what the tracker knows of a Python value.

Constants are themselves: ``None``, numbers, strings, tuples, slices and ranges stand for exactly
that value (a tuple may hold abstract values).  Everything mutable is a heap object with an
identity.  An unknown value is an :class:`UnknownV`, which says why.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard, TypeVar

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes import Expr
from kerasmergelint.tracker.values.terms import Term

Value = object

# The arguments of a call.


class Rest(enum.Enum):
    """The key under which keywords hold ``**value`` if not all items of the value are known."""

    KEYWORDS = enum.auto()

    __hash__ = object.__hash__  # quicker than that of its name


REST: Final = Rest.KEYWORDS

# The arguments of a call; among the positional ones :class:`Spread` stands for ``*value``.
Args = list[Value]
Keywords = dict[str | Rest, Value]


def keyed(arguments: Mapping[str, Value]) -> Keywords:
    """Arguments by name, as keywords."""
    return dict(arguments.items())


def are_all_known(args: Args, keywords: Keywords) -> bool:
    """Whether no ``*`` or ``**`` may give a call more arguments than these."""
    return REST not in keywords and not any(isinstance(argument, Spread) for argument in args)


def named(keywords: Keywords) -> dict[str, Value]:
    """The keywords whose names are known."""
    return {name: value for name, value in keywords.items() if name is not REST}


# Never changed, like the others; but "frozen" would triple the time to make one, and nothing is
# made more often.
@dataclass(slots=True, unsafe_hash=True)
class UnknownV:
    """An unknown value: ``reason`` says where knowledge ended, ``term`` what to call it."""

    reason: str
    term: Term = None


@dataclass(frozen=True, slots=True)
class SymInt:
    """An int given by an expression over symbols."""

    expr: Expr


@dataclass(frozen=True, slots=True)
class External:
    """An object of a library, by its full dotted name: ``External("tensorflow.keras.layers.Add")``."""

    dotted: str

    def child(self, name: str) -> External:
        return External(f"{self.dotted}.{name}")


@dataclass(frozen=True, slots=True)
class Spread:
    """``*value`` in a call if the items of ``value`` are unknown."""

    value: Value


Kind = TypeVar("Kind")


def all_are(items: Sequence[Value], kind: type[Kind]) -> TypeGuard[Sequence[Kind]]:
    """Whether all values are of a type."""
    return all(isinstance(item, kind) for item in items)

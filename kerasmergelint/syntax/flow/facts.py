"""What a value may be, as far as names tell: a set of facts, each from one assignment."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from typing import Union

import libcst as cst

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.merge_names import Role, meaning


class Kind(Enum):
    """A value whose kind alone matters."""

    TENSOR = auto()
    ARRAY = auto()  # of NumPy
    PLAIN = auto()  # a number, a string, None ...
    OPEN = auto()  # names do not tell


@dataclass(frozen=True, slots=True)
class Named:
    """A module, class or function of another file, by its full dotted name."""

    dotted: str


@dataclass(frozen=True, slots=True)
class Defined:
    """A class or function of this file."""

    node: cst.ClassDef | cst.FunctionDef | cst.Lambda


@dataclass(frozen=True, slots=True)
class Method:
    """A function of this file that is bound to its first argument."""

    node: cst.FunctionDef


@dataclass(frozen=True, slots=True)
class Made:
    """An instance of a class."""

    of: Named | Defined


@dataclass(frozen=True, slots=True)
class Holding:
    """A list, dict, generator ... that contains this."""

    item: Fact


@dataclass(frozen=True, slots=True)
class Giving:
    """A callable that returns this."""

    result: Fact


Fact = Union[Kind, Named, Defined, Method, Made, Holding, Giving]
Facts = frozenset[Fact]

NOTHING: Facts = frozenset()
TENSOR: Facts = frozenset({Kind.TENSOR})
ARRAY: Facts = frozenset({Kind.ARRAY})
PLAIN: Facts = frozenset({Kind.PLAIN})
OPEN: Facts = frozenset({Kind.OPEN})

_DEEPEST = 3


def held(facts: Facts) -> Facts:
    """A container of these."""
    return frozenset(Holding(fact if _depth(fact) < _DEEPEST else Kind.OPEN) for fact in facts)


def _depth(fact: Fact) -> int:
    depth = 0
    while isinstance(fact, Holding):
        depth, fact = depth + 1, fact.item
    return depth


def items(facts: Facts) -> Facts:
    """The result of iterating or indexing: a part of a tensor is a tensor, too."""
    return union(_items(fact) for fact in facts)


def _items(fact: Fact) -> Facts:
    if isinstance(fact, Holding):
        return frozenset({fact.item})
    return frozenset({fact}) if isinstance(fact, Kind) else OPEN


def _is_open(fact: Fact) -> bool:
    """Whether a fact says nothing: a name of another file may be anything there."""
    return fact is Kind.OPEN or (
        isinstance(fact, Named) and meaning(fact.dotted).role in (Role.OPEN, Role.OTHER)
    )


def union(parts: Iterable[Facts]) -> Facts:
    return NOTHING.union(*parts)


class Tensor(Enum):
    """Whether a value is a tensor."""

    YES = auto()
    OPEN = auto()
    UNLIKELY = auto()  # it may be, but may also be a number or an array
    NO = auto()


def tensor(facts: Facts) -> Tensor:
    """Whether a value with these facts is a tensor."""
    if Kind.TENSOR in facts:
        return Tensor.YES
    if not facts or any(map(_is_open, facts)):
        return Tensor.UNLIKELY if facts & (PLAIN | ARRAY) else Tensor.OPEN
    return Tensor.UNLIKELY if Kind.ARRAY in facts else Tensor.NO

"""What an attribute of a value may be."""

from __future__ import annotations

import libcst as cst

from kerasmergelint.keras_api.merge_names import Role, meaning
from kerasmergelint.syntax.flow.classes import Classes
from kerasmergelint.syntax.flow.facts import (
    NOTHING,
    OPEN,
    PLAIN,
    TENSOR,
    Defined,
    Fact,
    Facts,
    Giving,
    Holding,
    Kind,
    Made,
    Named,
    held,
)

_LONGEST_NAME = 200
# Of tensors and arrays.
_NUMBERS = frozenset({"ndim", "dtype", "name", "size", "rank", "nbytes", "device", "graph"})
_SHAPES = frozenset({"shape", "_keras_shape"})
_ASK_SHAPE = frozenset({"get_shape", "tolist", "item", "_shape_tuple"})
# Of layers and models.
_TENSORS = frozenset({"input", "output", "inputs", "outputs"})
# Of lists and dicts.
_ITEMS = frozenset({"pop", "get", "setdefault", "popitem", "__getitem__"})
_COPIES = frozenset({"values", "items", "copy"})


def attribute(classes: Classes, owner: Fact, name: str, spoken: str) -> Facts:
    """``owner.name``; ``spoken`` is the last word of the owner's expression."""
    if isinstance(owner, Named):
        dotted = f"{owner.dotted}.{name}"
        return frozenset({Named(dotted)}) if len(dotted) < _LONGEST_NAME else OPEN
    if isinstance(owner, Kind):
        return _of_kind(classes, owner, name, spoken)
    if isinstance(owner, Holding):
        return _of_container(owner, name)
    if isinstance(owner, Defined) and isinstance(owner.node, cst.ClassDef):
        return classes.attribute(owner.node, name, of_instance=False)
    if isinstance(owner, Made):
        return _of_instance(classes, owner, name)
    return OPEN


def _of_kind(classes: Classes, kind: Kind, name: str, spoken: str) -> Facts:
    if kind is Kind.PLAIN:
        return PLAIN | frozenset({Giving(kind)})
    if kind is Kind.OPEN:
        return OPEN | classes.layers_named(name) | by_words(f"?.{spoken}.{name}")
    if name in _NUMBERS:
        return PLAIN
    if name in _SHAPES:
        return PLAIN | held(PLAIN)
    if name in _ASK_SHAPE:
        return frozenset({Giving(Kind.PLAIN), Giving(Holding(Kind.PLAIN))})
    if name == "numpy":
        return frozenset({Giving(Kind.ARRAY)})
    return frozenset({kind, Giving(kind)})


def by_words(dotted: str) -> Facts:
    """An unknown value may be what its name says: ``layers.add`` of a parameter ``layers``."""
    named = meaning(dotted).role in (Role.MERGE, Role.MERGE_LAYER)
    return frozenset({Named(dotted)}) if named else NOTHING


def _of_container(owner: Holding, name: str) -> Facts:
    if name in _ITEMS:
        return frozenset({Giving(owner.item)})
    if name in _COPIES:
        return frozenset({Giving(owner)})
    return frozenset({Giving(Kind.PLAIN)})


def _of_instance(classes: Classes, owner: Made, name: str) -> Facts:
    node = owner.of.node if isinstance(owner.of, Defined) else None
    if isinstance(node, cst.ClassDef):
        found = classes.attribute(node, name, of_instance=True)
        if not found <= OPEN or not classes.is_layer(node):
            return found
    if name in ("call", "__call__"):
        return frozenset({owner})
    return TENSOR | held(TENSOR) if name in _TENSORS else OPEN

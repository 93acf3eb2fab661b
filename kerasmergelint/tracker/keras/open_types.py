"""Tensors whose type is that of a number, or of an argument, which only callers know: ``tf.constant(scale)``.

TensorFlow makes an int32 of an int, and a float32 of a float.
"""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves
from kerasmergelint.tracker.values.graph import Node, TensorV, parts_of
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import UnknownV, Value

# What makes a tensor of numbers, of their type.
_OF_NUMBERS = frozenset({"constant", "convert_to_tensor", "fill", "one_hot", "range"})
# Where the numbers are among the arguments, if they are not the first of them.
_PLACES_OF_NUMBERS = {"fill": (1, 2), "one_hot": (2, 4), "range": (0, 3)}
# The arguments that tell the type where no keyword does.
_PLACE_OF_DTYPE = {"cast": 1, "zeros": 1, "ones": 1, "constant": 1, "convert_to_tensor": 1}
_OF_BACKEND = "K."  # whose functions make floats, whatever they are given
_MOST_STEPS = 6  # from what is merged to what made a tensor of a number


def is_open(tensor: Value, steps: int = _MOST_STEPS) -> bool:
    """Whether a tensor has whatever type a number or an argument has."""
    if not isinstance(tensor, TensorV) or tensor.spec.dtype is not None or tensor.node is None:
        return False
    node = tensor.node
    given = _given_dtype(node)
    if given is not None:
        return isinstance(given, UnknownV) and _is_chosen(given.term)
    if _name(node) in _OF_NUMBERS:
        return any(map(_may_be_whole, _numbers(node)))
    if node.layer is not None or not steps:
        return False
    parts = [part for part in parts_of(node) if isinstance(part, (TensorV, UnknownV))]
    return bool(parts) and all(is_open(part, steps - 1) for part in parts)


def _name(node: Node) -> str:
    """The name of the function that was called, wherever the program finds it."""
    name = str(node.key or "")
    return "" if name.startswith(_OF_BACKEND) else name.rpartition(".")[2]


def _given_dtype(node: Node) -> Value:
    """The argument that tells the type."""
    if not isinstance(node.inputs, tuple) or len(node.inputs) != 2:
        return None
    args, keywords = node.inputs
    if not isinstance(args, tuple) or not isinstance(keywords, DictV):
        return None
    place = _PLACE_OF_DTYPE.get(_name(node))
    by_place = args[place] if place is not None and place < len(args) else None
    return keywords.items.get("dtype", by_place)


def _is_chosen(term: Term) -> bool:
    """Whether a caller names the type: it is not that of something, ``x.dtype``, ``self.compute_dtype``."""
    if not isinstance(term, tuple) or term[0] not in ("param", "attr", "item"):
        return False
    return term[0] == "param" or not str(term[-1]).endswith("dtype")


def _numbers(node: Node) -> list[Value]:
    """What a tensor is made of; nothing if it is a list with a float, which makes all of them floats."""
    name = _name(node)
    args, keywords = node.inputs if isinstance(node.inputs, tuple) else ((), None)
    given = [*args, *(keywords.items.values() if isinstance(keywords, DictV) else ())]
    first, last = _PLACES_OF_NUMBERS.get(name, (0, 1))
    given = given[first:last]
    found = [leaf for value in given for leaf in leaves(value)]
    in_list = name == "range" or isinstance(given[0] if given else None, (tuple, ListV))
    return [] if in_list and any(isinstance(leaf, float) for leaf in found) else found


def _may_be_whole(value: Value, steps: int = _MOST_STEPS) -> bool:
    """Whether a value may be an int, an array of them, or of doubles."""
    if isinstance(value, UnknownV):
        return not _is_fraction(value.term)
    if not isinstance(value, TensorV) or value.spec.dtype is not None:
        return False
    if value.node is None or is_open(value):  # a parameter that may be a tensor
        return True
    if value.spec.kind is TensorKind.ARRAY:  # NumPy makes doubles
        return True
    node = value.node
    if node.layer is not None or node.key is not None or node.label == "/" or not steps:
        return False
    return all(type(part) is int or _may_be_whole(part, steps - 1) for part in parts_of(node))


_GIVE_FLOATS = tuple(
    ("name", name) for name in ("float", "math.sqrt", "math.log", "math.exp", "math.pow")
)
_SIGNS = frozenset({"+", "-", "*", "**"})


def _is_fraction(term: Term) -> bool:
    """Whether a term stands for a float if it is a number: a quotient, or what a float goes into."""
    if isinstance(term, float):
        return True
    if not isinstance(term, tuple) or not term:
        return False
    if term[0] == "call":
        return term[1] in _GIVE_FLOATS
    return bool(term[0] == "/" or (term[0] in _SIGNS and any(map(_is_fraction, term[1:]))))

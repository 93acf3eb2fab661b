"""The arguments that give a tensor its type: the numbers that it is made of, or the name of the type.

TensorFlow makes an int32 of an int, and a float32 of a float.
"""

from __future__ import annotations

from kerasmergelint.shapes import Expr
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves
from kerasmergelint.tracker.values.graph import Node
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import Value

# What makes a tensor of numbers, of their type.
_OF_NUMBERS = frozenset({"constant", "convert_to_tensor", "fill", "one_hot", "range"})
# Where the numbers are among the arguments, if they are not the first of them.
_PLACES_OF_NUMBERS = {"fill": (1, 2), "one_hot": (2, 4), "range": (0, 3)}
# The arguments that tell the type where no keyword does.
_PLACE_OF_DTYPE = {"cast": 1, "zeros": 1, "ones": 1, "constant": 1, "convert_to_tensor": 1}
_OF_BACKEND = ("K.variable", "K.constant")  # which make floats of anything


def given_dtype(node: Node) -> Value:
    """The argument that tells the type."""
    if not isinstance(node.inputs, tuple) or len(node.inputs) != 2:
        return None
    args, keywords = node.inputs
    if not isinstance(args, tuple) or not isinstance(keywords, DictV):
        return None
    place = _PLACE_OF_DTYPE.get(_name(node))
    by_place = args[place] if place is not None and place < len(args) else None
    return keywords.items.get("dtype", by_place)


def numbers(node: Node) -> list[Value] | None:
    """What a tensor is made of, if that is numbers; nothing for a list that a float makes one of floats."""
    name = _name(node)
    if node.key in _OF_BACKEND:
        return []
    if name not in _OF_NUMBERS:
        return None
    args, keywords = node.inputs if isinstance(node.inputs, tuple) else ((), None)
    given = [*args, *(keywords.items.values() if isinstance(keywords, DictV) else ())]
    first, last = _PLACES_OF_NUMBERS.get(name, (0, 1))
    given = given[first:last]
    found = [leaf for value in given for leaf in leaves(value)]
    in_list = name == "range" or isinstance(given[0] if given else None, (tuple, ListV))
    return [] if in_list and any(isinstance(leaf, float) for leaf in found) else found


def _name(node: Node) -> str:
    """The name of the function that was called, wherever the program finds it."""
    return str(node.key or "").rpartition(".")[2]


def dtype_of_number(term: Term) -> str | None:
    """The type of the tensor that TensorFlow makes of a number; None if only a run knows it."""
    if is_fraction(term):
        return "float32"
    return "int32" if _is_whole(term) else None


_GIVE_FLOATS = tuple(
    ("name", name) for name in ("float", "math.sqrt", "math.log", "math.exp", "math.pow")
)
_GIVE_INTS = tuple(("name", name) for name in ("int", "len", "ord", "math.floor", "math.ceil"))
_CAST = (("name", "float"), ("name", "int"))
_GIVE_ONE = tuple(name for name in (*_GIVE_FLOATS, *_GIVE_INTS) if name not in _CAST)
_OPERATORS = frozenset({"+", "-", "*", "**", "/", "//", "%"})
_SIGNS = frozenset({"+", "-", "*", "**"})
_KEEP_INTS = frozenset({"+", "-", "*", "//", "%"})


def is_fraction(term: Term) -> bool:
    """Whether a term stands for a float if it is a number: a quotient, or what a float goes into."""
    if isinstance(term, float):
        return True
    if not isinstance(term, tuple) or not term:
        return False
    if term[0] == "call":
        return term[1] in _GIVE_FLOATS
    return bool(term[0] == "/" or (term[0] in _SIGNS and any(map(is_fraction, term[1:]))))


def has_no_axes(term: Term) -> bool:
    """Whether a term certainly stands for a single number.

    In a graph ``float(x)`` and ``int(x)`` of a tensor are casts, and what a caller gives may be one:
    functions are mapped over data.

    >>> has_no_axes(("+", ("call", ("name", "len"), ("param", "f", "names")), 1))
    True
    >>> has_no_axes(("call", ("name", "float"), ("param", "f", "image")))
    False
    """
    if isinstance(term, (int, float, Expr)):
        return True
    if not isinstance(term, tuple) or not term:
        return False
    if term[0] == "call":
        return term[1] in _GIVE_ONE or (term[1] in _CAST and all(map(has_no_axes, term[2:])))
    return term[0] in _OPERATORS and all(map(has_no_axes, term[1:]))


def _is_whole(term: Term) -> bool:
    """Whether a term stands for an int: a size, what functions count, or what is computed of those."""
    if isinstance(term, (int, Expr)):
        return not isinstance(term, bool)
    if not isinstance(term, tuple) or not term:
        return False
    if term[0] == "call":
        return term[1] in _GIVE_INTS
    return term[0] in _KEEP_INTS and all(map(_is_whole, term[1:]))

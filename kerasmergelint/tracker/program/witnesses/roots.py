"""The roots of an unknown value: what has to be chosen to determine it."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes import Expr
from kerasmergelint.tracker.machine.asking import Use
from kerasmergelint.tracker.values.terms import Term

# Attributes and methods that tensors have.
_OF_TENSORS = frozenset({"shape", "ndim", "get_shape", "dtype", "rank", "ndims", "as_list"})
_LEN = ("name", "len")
_PASSING = frozenset({"int", "float", "str", "range", "list", "tuple", "reversed", "sorted", "set",
                      "enumerate", "abs", "round", "bool", "sum", "max", "min"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Root:
    """Something that can be chosen: what it is used as, and its least length or number of axes."""

    term: Term
    use: Use
    at_least: int = 0


def roots_of(term: Term, use: Use = Use.NUMBER) -> Iterator[Root]:
    """What a value is computed from, in the order in which the program names it.

    >>> list(roots_of(("item", ("attr", ("param", "f", "x"), "shape"), 2)))
    [Root(term=('param', 'f', 'x'), use=<Use.TENSOR: 'a tensor'>, at_least=3)]
    """
    if not isinstance(term, tuple) or not term or isinstance(term, Expr):
        return
    head, *parts = term
    if head == "item" and len(parts) == 2 and type(parts[1]) is int:
        yield from _of_item(parts[0], parts[1], term, use)
    elif head == "attr" and parts[1] in _OF_TENSORS:
        yield from list(roots_of(parts[0], Use.TENSOR)) or [Root(term, use)]
    elif head == "call" and parts[0] == _LEN and len(parts) == 2:
        yield from roots_of(parts[1], Use.ITEMS)
    elif head == "call" and isinstance(parts[0], tuple) and parts[0][:1] == ("name",):
        yield from _of_call(parts[0][1], parts[1:], term, use)
    elif head in _CHOSEN_AS_A_WHOLE:
        yield Root(term, use)
    elif head == "isinstance":
        yield from roots_of(parts[0], Use.ANSWER)
    else:
        asked = head in ("not", "and", "or", "is")
        inner = Use.ANSWER if asked else use if head == "+" and use is Use.ITEMS else Use.NUMBER
        for part in parts:
            yield from roots_of(part, inner)


_CHOSEN_AS_A_WHOLE = frozenset(
    {"param", "attr", "item", "call", "opaque", "either", "random", "name", "default", "foreign"}
)


def _of_item(owner: Term, index: int, term: Term, use: Use) -> Iterator[Root]:
    count = index + 1 if index >= 0 else -index
    if isinstance(owner, tuple) and owner[:1] == ("attr",) and owner[2] == "shape":
        for root in roots_of(owner[1], Use.TENSOR):
            yield Root(root.term, root.use, max(count, root.at_least))
    elif isinstance(owner, tuple) and owner[:1] == ("param",):
        yield Root(owner, Use.ITEMS, count)
        yield Root(term, use)  # where the items of a sequence are chosen one by one
    else:
        yield Root(term, use)


def _of_call(name: str, parts: list[Term], term: Term, use: Use) -> Iterator[Root]:
    if name not in _PASSING or not parts:
        yield Root(term, use)
        return
    for part in parts:
        yield from roots_of(part, Use.NUMBER if name in ("int", "float", "range") else use)


def constants_beside(term: Term, root: Term) -> Iterator[object]:
    """The constants that a question compares something with.

    >>> list(constants_beside(("==", ("param", "f", "mode"), "a"), ("param", "f", "mode")))
    ['a']
    """
    if not isinstance(term, tuple) or not term:
        return
    if len(term) == 3 and term[0] in ("==", "<", "is", "in"):
        for one, other in ((term[1], term[2]), (term[2], term[1])):
            if any(found.term == root for found in roots_of(one)):
                if isinstance(other, tuple) and other[:1] == ("tuple",):
                    yield from (part for part in other[1:] if not isinstance(part, tuple))
                elif not isinstance(other, (tuple, Expr)):
                    yield other
    for part in term[1:]:
        yield from constants_beside(part, root)

"""Sets, and the views of dicts, which are sets as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeGuard

from kerasmergelint.tracker.machine.interpreter import Interpreter, Method
from kerasmergelint.tracker.python.keys import dict_key
from kerasmergelint.tracker.values.containers import SetV, ViewV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import Args, Keywords, Value

SetLike = SetV | ViewV | frozenset[Value]
_Items = dict[Any, None]


def _common(large: _Items, small: _Items) -> _Items:
    """The intersection; of two equal items, Python keeps that of the smaller set."""
    return {item: None for item in small if item in large}


_ALGEBRA: dict[str, Callable[[_Items, _Items], _Items]] = {
    "|": lambda left, right: {**left, **right},
    "&": lambda left, right: (
        _common(left, right) if len(right) <= len(left) else _common(right, left)
    ),
    "-": lambda left, right: {item: None for item in left if item not in right},
    "^": lambda left, right: {
        **{item: None for item in left if item not in right},
        **{item: None for item in right if item not in left},
    },
}
_RELATIONS: dict[str, Callable[[_Items, _Items], bool]] = {
    "==": lambda left, right: left.keys() == right.keys(),
    "<=": lambda left, right: left.keys() <= right.keys(),
    "<": lambda left, right: left.keys() < right.keys(),
    ">=": lambda left, right: left.keys() >= right.keys(),
    ">": lambda left, right: left.keys() > right.keys(),
}


def is_set(value: Value) -> TypeGuard[SetLike]:
    """Whether it is a set, a frozen one, or a view of keys or pairs."""
    return isinstance(value, (SetV, frozenset)) or (
        isinstance(value, ViewV) and value.part != "values"
    )


def known(value: SetLike) -> _Items | None:
    """The items of a set, in order; None if they are not all known."""
    if isinstance(value, frozenset):
        return dict.fromkeys(in_order(list(value)))
    return None if value.open else distinct(value.items)


def distinct(items: list[Value]) -> _Items | None:
    """Each item once; None if it is not known which of them are equal."""
    keys = [dict_key(item) for item in items]
    return None if None in keys else dict.fromkeys(key[0] for key in keys if key is not None)


def in_order(items: list[Value]) -> list[Value]:
    """The items in Python's order, if that is the same in every process: small integers ascend."""
    if all(type(item) is int for item in items):
        return list(set(items))
    return items


def combine(interp: Interpreter, operator: str, left: SetLike, right: Value) -> Value:
    """``left | right`` and the like; TypeError if one is not a set."""
    function = _ALGEBRA.get(operator)
    if function is None or not is_set(right):
        raise interp.raised("TypeError", "unsupported operands for a set")
    return algebra(interp, function, left, [right])


def algebra(
    interp: Interpreter,
    function: Callable[[_Items, _Items], _Items],
    left: SetLike,
    others: Sequence[SetLike],
) -> SetV | frozenset[Value]:
    """A new set; open, without known items, if an operand is unknown."""
    result = known(left)
    for other in others:
        items = known(other)
        if result is None or items is None:
            made = SetV(interp.heap, [])
            made.open, made.reason = True, "an operator on sets that are not all known"
            return made
        interp.charge(len(result) + len(items))
        result = function(result, items)
    if isinstance(left, frozenset):
        return frozenset(result or ())
    return SetV(interp.heap, list(result or ()))


def relation(operator: str, left: SetLike, right: SetLike) -> bool | None:
    """``left <= right`` and the like; None if it is not known."""
    items = known(left), known(right)
    if items[0] is None or items[1] is None:
        return None
    return _RELATIONS[operator](items[0], items[1])


def of(interp: Interpreter, items: list[Value] | None) -> SetV:
    """A set of the items of an iterable; None if that is unknown."""
    interp.charge(len(items or ()))
    found = None if items is None else distinct(items)
    made = SetV(interp.heap, list(found or ()))
    if found is None:
        made.open, made.reason = True, "a set of something unknown"
    return made


# -- methods --------------------------------------------------------------------------------


def _others(interp: Interpreter, args: Args, site: Site) -> list[SetV]:
    return [of(interp, interp.iterate(argument, site)) for argument in args]


def _new(operator: str) -> Method:
    """``union`` and the like, of any iterables."""

    def native(
        interp: Interpreter, made: SetLike, args: Args, keywords: Keywords, site: Site
    ) -> Value:
        return algebra(interp, _ALGEBRA[operator], made, _others(interp, args, site))

    return native


def _in_place(operator: str) -> Method:
    """``update`` and the like."""

    def native(
        interp: Interpreter, made: SetV, args: Args, keywords: Keywords, site: Site
    ) -> Value:
        result = algebra(interp, _ALGEBRA[operator], made, _others(interp, args, site))
        assert isinstance(result, SetV)
        interp.heap.touch(made)
        made.restore(result.snapshot())
        return None

    return native


def _test(operator: str) -> Method:
    def native(
        interp: Interpreter, made: SetLike, args: Args, keywords: Keywords, site: Site
    ) -> Value:
        answer = relation(operator, made, _others(interp, args[:1], site)[0])
        return interp.unknown("a relation of sets") if answer is None else answer

    return native


def _is_disjoint(
    interp: Interpreter, made: SetLike, args: Args, keywords: Keywords, site: Site
) -> Value:
    common = algebra(interp, _ALGEBRA["&"], made, _others(interp, args, site))
    answer = interp.truth(common)
    return interp.unknown("a relation of sets") if answer is None else not answer


def _add(interp: Interpreter, made: SetV, args: Args, keywords: Keywords, site: Site) -> Value:
    return _in_place("|")(interp, made, [tuple(args[:1])], keywords, site)


def _discard(interp: Interpreter, made: SetV, args: Args, keywords: Keywords, site: Site) -> Value:
    return _in_place("-")(interp, made, [tuple(args[:1])], keywords, site)


def _remove(interp: Interpreter, made: SetV, args: Args, keywords: Keywords, site: Site) -> Value:
    items = known(made)
    key = dict_key(args[0]) if args else None
    if items is not None and key is not None and key[0] not in items:
        raise interp.raised("KeyError")
    return _discard(interp, made, args, keywords, site)


def _pop(interp: Interpreter, made: SetV, args: Args, keywords: Keywords, site: Site) -> Value:
    """``pop``; which item goes is known for a single one and for numbers only."""
    interp.heap.touch(made)
    if not made.open and not made.items:
        raise interp.raised("KeyError", "pop from an empty set")
    items = in_order(made.items)
    if made.open or (len(items) > 1 and items is made.items):
        made.open, made.reason = True, "an item was popped"
        return interp.unknown("an item of a set")
    made.items = items[1:]
    return items[0]


def _clear(interp: Interpreter, made: SetV, args: Args, keywords: Keywords, site: Site) -> Value:
    interp.heap.touch(made)
    made.items, made.open = [], False
    return None


def _copy(interp: Interpreter, made: SetV, args: Args, keywords: Keywords, site: Site) -> Value:
    other = SetV(interp.heap, list(made.items))
    other.open, other.reason = made.open, made.reason
    return other


FROZEN_METHODS: dict[str, Method] = {
    "union": _new("|"), "intersection": _new("&"), "difference": _new("-"),
    "symmetric_difference": _new("^"),
    "issubset": _test("<="), "issuperset": _test(">="), "isdisjoint": _is_disjoint,
    "copy": lambda interp, made, args, keywords, site: made,
}  # fmt: skip
METHODS: dict[str, Method] = {
    **FROZEN_METHODS,
    "add": _add, "discard": _discard, "remove": _remove, "pop": _pop, "clear": _clear,
    "copy": _copy, "update": _in_place("|"), "intersection_update": _in_place("&"),
    "difference_update": _in_place("-"), "symmetric_difference_update": _in_place("^"),
}  # fmt: skip

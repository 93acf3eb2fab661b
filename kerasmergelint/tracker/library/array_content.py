"""NumPy functions that rearrange the numbers of a small constant array.

Each returns the new content, or None if the content or an argument is unknown; then only the shape
is followed (:mod:`array_ops`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from kerasmergelint.keras_api.protocol import MOST_NUMBERS
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import Args, Keywords, Value, all_are

Native = Callable[["Interpreter", Args, Keywords, Site], Value]
Method = Callable[["Interpreter", TensorV, Args, Keywords, Site], Value]


def with_content(content: Callable[..., object], otherwise: Native) -> Native:
    """A function whose result has known content if its arguments do."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        data = [arrays.data_of(argument) for argument in args]
        if args and not keywords and not any(part is None for part in data):
            try:
                result = content(*data)
            except TypeError:  # it takes no axis, or the content is no such numbers
                result = None
            made = None if result is None else _made(interp, result)
            if made is not None:
                return made
        return otherwise(interp, args, keywords, site)

    return native


def in_order_of_items(otherwise: Native) -> Native:
    """A function that gives the items of its first argument in their order, in another shape."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        found = otherwise(interp, args, keywords, site)
        return found if not args or "order" in keywords else _refilled(found, args[0])

    return native


def keeps_content(otherwise: Method) -> Method:
    """The same for a method."""

    def method(
        interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
    ) -> Value:
        found = otherwise(interp, array, args, keywords, site)
        reordered = "order" in keywords or any(isinstance(argument, str) for argument in args)
        return found if reordered else _refilled(found, array)

    return method


def _refilled(found: Value, given: Value) -> Value:
    """An array whose shape is known, with the numbers of another one."""
    dims = found.spec.dims if isinstance(found, TensorV) else None
    content = given.data if isinstance(given, TensorV) else None
    if not isinstance(found, TensorV) or not isinstance(content, tuple) or found.data is not None:
        return found
    if not dims or not all_are(dims, int):
        return found
    data = arrays.in_shape(list(arrays.flat(content)), tuple(dims))
    return TensorV(found.spec, found.node, found.index, data, role=found.role)


def _made(interp: Interpreter, result: object) -> Value | None:
    if isinstance(result, list):
        parts: list[Value] = [arrays.make(part) for part in result]
        return None if any(part is None for part in parts) else ListV(interp.heap, parts)
    return arrays.make(result)


def _split(data: Any, where: Any) -> list[Any] | None:
    """``np.split(a, sections)`` or ``np.split(a, indices)``, as a list of parts."""
    if not isinstance(data, tuple):
        return None
    if isinstance(where, int):
        if where <= 0 or len(data) % where:
            return None
        step = len(data) // where
        where = tuple(range(step, len(data), step))
    if not isinstance(where, tuple) or not all(isinstance(index, int) for index in where):
        return None
    edges = [0, *where, len(data)]
    return [data[low:high] for low, high in itertools.pairwise(edges)]


def _flat_only(function: Callable[..., object]) -> Callable[..., object]:
    """For functions whose axis does not matter for vectors."""

    def content(data: Any, *rest: Any) -> object:
        flat = isinstance(data, tuple) and not any(isinstance(item, tuple) for item in data)
        return function(data, *rest) if flat else None

    return content


def _repeat(data: Any, times: Any) -> object:
    return tuple(item for item in data for _ in range(times)) if _small(data, times) else None


def _tile(data: Any, times: Any) -> object:
    return data * times if _small(data, times) else None


def _small(data: Any, times: Any) -> bool:
    return isinstance(times, int) and 0 <= times * max(len(data), 1) <= MOST_NUMBERS


def _concatenate(parts: Any) -> object:
    if not all(isinstance(part, tuple) for part in parts):
        return None
    if sum(len(part) for part in parts) > MOST_NUMBERS:
        return None
    return tuple(item for part in parts for item in part)


def _of_vectors(parts: Any) -> object:
    """``np.hstack`` joins vectors end to end."""
    vectors = isinstance(parts, tuple) and all(isinstance(part, tuple) for part in parts)
    if not vectors or any(isinstance(item, tuple) for part in parts for item in part):
        return None
    return _concatenate(parts)


def _append(data: Any, more: Any) -> object:
    if len(data) > MOST_NUMBERS:
        return None
    return (*data, *(more if isinstance(more, tuple) else (more,)))


def _resize(data: Any, size: Any) -> object:
    """``np.resize(a, size)``: its numbers, again and again."""
    if not data or not isinstance(size, int) or not 0 < size <= MOST_NUMBERS:
        return None
    return (data * -(-size // len(data)))[:size]


def _clip(data: Any, low: Any, high: Any) -> object:
    if not all(isinstance(number, (int, float)) for number in (low, high, *data)):
        return None
    return tuple(min(max(number, low), high) for number in data)


def _where(chosen: Any, one: Any, other: Any) -> object:
    """Of numbers, or of vectors as long as the condition."""
    sides = [side if isinstance(side, tuple) else (side,) * len(chosen) for side in (one, other)]
    if any(len(side) != len(chosen) for side in sides):
        return None
    return tuple(a if choice else b for choice, a, b in zip(chosen, *sides))


def _difference(data: Any) -> object:
    return tuple(after - before for before, after in itertools.pairwise(data))


CONTENTS: dict[str, Callable[..., object]] = {
    "split": _split,
    "repeat": _flat_only(_repeat),
    "tile": _flat_only(_tile),
    "concatenate": _concatenate,
    "hstack": _of_vectors,
    "append": _flat_only(_append),
    "resize": _flat_only(_resize),
    "clip": _flat_only(_clip),
    "where": _flat_only(_where),
    "flip": _flat_only(lambda data: data[::-1]),
    "diff": _flat_only(_difference),
    "sort": _flat_only(lambda data: tuple(sorted(data))),
    "unique": _flat_only(lambda data: tuple(sorted(set(data)))),
}


def to_list(interp: Interpreter, array: TensorV) -> Value:
    """``array.tolist()``: nested lists of Python numbers."""
    if array.data is None:
        return interp.unknown("the values of an array")
    return _listed(interp, array.data)


def _listed(interp: Interpreter, data: Any) -> Value:
    if isinstance(data, tuple):
        return ListV(interp.heap, [_listed(interp, item) for item in data])
    return data

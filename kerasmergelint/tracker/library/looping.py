"""Functions that call a function again and again: ``while_loop``, ``scan``, ``map_fn``.

Its first calls are followed, and what they have in common is what a loop of any length gives. A loop may
have no round at all: then a failure in one is no finding. Rows are another matter: with at least one of
them there is a first round, and a batch always has one.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.keras.convert import new_size
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.branch_join import either
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.constants import as_dim
from kerasmergelint.tracker.values.containers import ListV, mapped
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import Args, Keywords, Value


def items_of(value: Value) -> tuple[Value, ...] | None:
    """The items of a tuple or a known list."""
    if isinstance(value, ListV) and not value.open:
        return tuple(value.items)
    return value if isinstance(value, tuple) else None


def joined(interp: Interpreter, one: Value, other: Value) -> Value:
    """One or the other; item by item, if both have equally many."""
    first, second = items_of(one), items_of(other)
    if first is None or second is None:
        return either(interp, one, other)
    if len(first) != len(second):
        return interp.unknown("one of two lists")
    return tuple(joined(interp, a, b) for a, b in zip(first, second))


def _called(interp: Interpreter, function: Value, args: tuple[Value, ...], site: Site) -> Value:
    with aside.without_findings(interp):
        return interp.call(function, list(args), {}, site)


def _first_round(interp: Interpreter, rows: Dim) -> AbstractContextManager[None]:
    """What is found in the first of so many rounds counts, unless there may be none."""
    batch = rows is None and interp.tracing
    some = batch or (type(rows) is int and rows > 0)
    return nullcontext() if some else aside.without_findings(interp)


# -- state that goes round ------------------------------------------------------------------


def _while(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``while_loop(cond, body, loop_vars)``: the body takes the variables one by one."""
    bound = bind_native(interp, ("cond", "body", "loop_vars"), args, keywords)
    body, state = bound.get("body"), items_of(bound.get("loop_vars"))
    if body is None or state is None:
        return interp.unknown("what a loop leaves")
    state = tuple(map(_as_tensor, state))
    for _ in range(2):  # sizes that change in the first round are open in the second
        if bound.get("cond") is not None:
            _called(interp, bound["cond"], state, site)
        after = _after(interp, state, _called(interp, body, state, site))
        if after is None:
            return interp.unknown("what a loop leaves")
        state = after
    return state


def _as_tensor(value: Value) -> Value:
    """A number as the tensor that a loop makes of it."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    dtype = "int32" if isinstance(value, int) else "float32"
    return TensorV(TensorSpec(Shape(()), dtype, TensorKind.ANY))


def _after(
    interp: Interpreter, before: tuple[Value, ...], result: Value
) -> tuple[Value, ...] | None:
    """The state of a loop after any number of rounds, as far as one round tells."""
    after = items_of(result)
    if after is None or len(after) != len(before) or any(map(_is_symbolic, before)):
        return None
    return tuple(joined(interp, one, other) for one, other in zip(before, after))


def _for(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``fori_loop(lower, upper, body_fun, init_val)``: the body takes the number of the round and a value."""
    bound = bind_native(interp, ("lower", "upper", "body_fun", "init_val"), args, keywords)
    body, value = bound.get("body_fun"), bound.get("init_val")
    if body is None or _is_symbolic(value):
        return interp.unknown("what a loop leaves")
    for _ in range(2):
        number = _as_tensor(0)
        value = joined(interp, value, _called(interp, body, (number, value), site))
    return value


def _is_symbolic(value: Value) -> bool:
    return isinstance(value, TensorV) and value.spec.kind is TensorKind.KERAS


# -- rows one by one ------------------------------------------------------------------------


def _map(function: str, rows: str) -> Native:
    """``map_fn(fn, elems)``: applies the function to each row, and stacks the results."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        bound = bind_native(interp, (function, rows), args, keywords)
        row, count = _rows_of(bound.get(rows))
        if row is None or bound.get(function) is None:
            return interp.unknown("the rows of a map")
        with _first_round(interp, count):
            result = interp.call(bound[function], [row], {}, site)
        return _stacked(interp, result, count)

    return native


def _scan(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``ops.scan(f, init, xs, length)``: the last state, and a result for each row."""
    bound = bind_native(interp, ("f", "init", "xs", "length"), args, keywords)
    row, count = _rows_of(bound.get("xs"))
    if bound.get("xs") is None:
        length = as_dim(bound.get("length"))
        count = UNKNOWN if length is None else length
    if bound.get("f") is None or (row is None and bound.get("xs") is not None):
        return interp.unknown("what a scan gives")
    with _first_round(interp, count):
        pair = items_of(interp.call(bound["f"], [bound.get("init"), row], {}, site))
    if pair is None or len(pair) != 2:
        return interp.unknown("what a scan gives")
    return joined(interp, bound.get("init"), pair[0]), _stacked(interp, pair[1], count)


def _associative(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``ops.associative_scan(f, elems, reverse, axis)``: the function combines places and keeps shapes."""
    bound = bind_native(interp, ("f", "elems", "reverse", "axis"), args, keywords)
    elems, axis = bound.get("elems"), bound.get("axis", 0)
    some = _part_of(elems, axis, new_size(interp)) if type(axis) is int else None
    if bound.get("f") is None or some is None:
        return interp.unknown("what an associative scan gives")
    _called(interp, bound["f"], (some, some), site)
    return mapped(
        interp.heap, elems, lambda leaf: TensorV(leaf.spec) if isinstance(leaf, TensorV) else leaf
    )


def _part_of(value: Value, axis: int, size: Dim) -> Value:
    """A nest of tensors, of which so many places along an axis are taken; None if that is not known."""
    several = items_of(value)
    if several is not None:
        parts = [_part_of(part, axis, size) for part in several]
        return None if None in parts else tuple(parts)
    dims = value.spec.dims if isinstance(value, TensorV) else None
    if not isinstance(value, TensorV) or not dims or not -len(dims) <= axis < len(dims):
        return None
    if _is_symbolic(value):
        return None
    sizes = list(dims)
    sizes[axis] = size
    return TensorV(value.spec.with_shape(Shape(tuple(sizes))))


def _accumulated(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.scan(fn, elems, initializer)``: the state after each row."""
    state, count = _folded(interp, args, keywords, site)
    return _stacked(interp, state, count)


def _fold(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.foldl(fn, elems, initializer)``: the state after the last row."""
    return _folded(interp, args, keywords, site)[0]


def _folded(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> tuple[Value, Dim]:
    """The state after some rows, and how many there are; the first row begins, without an initial state."""
    bound = bind_native(interp, ("fn", "elems", "initializer"), args, keywords)
    row, count = _rows_of(bound.get("elems"))
    if row is None or bound.get("fn") is None:
        return interp.unknown("the rows of a fold"), UNKNOWN
    first = bound.get("initializer")
    state = row if first is None else first
    with _first_round(interp, count):
        after = interp.call(bound["fn"], [state, row], {}, site)
    return (after if isinstance(state, (int, float)) else joined(interp, state, after)), count


def _rows_of(value: Value) -> tuple[Value, Dim]:
    """One row of a nest of tensors, or None if that is not known; and how many rows there are."""
    several = items_of(value)
    if several is not None:
        parts = [_rows_of(part) for part in several]
        if not parts or any(row is None for row, _ in parts):
            return None, UNKNOWN
        return tuple(row for row, _ in parts), parts[0][1]
    dims = value.spec.dims if isinstance(value, TensorV) else None
    if not isinstance(value, TensorV) or not dims or _is_symbolic(value):
        return None, UNKNOWN
    return TensorV(replace(value.spec, shape=Shape(dims[1:]), data=None)), dims[0]


def _stacked(interp: Interpreter, result: Value, count: Dim) -> Value:
    """The results for single rows, stacked."""
    several = items_of(result)
    if several is not None:
        return tuple(_stacked(interp, part, count) for part in several)
    if not isinstance(result, TensorV) or result.spec.dims is None:
        return interp.unknown("what a function gives for each row")
    return TensorV(result.spec.with_shape(Shape((count, *result.spec.dims))))


_MAP = _map("fn", "elems")
FUNCTIONS: dict[str, Native] = {
    "tensorflow.map_fn": _MAP,
    "tensorflow.vectorized_map": _MAP,
    "tensorflow.scan": _accumulated,
    "tensorflow.foldl": _fold,
    "tensorflow.foldr": _fold,
    "tensorflow.while_loop": _while,
}
# Of ``keras.backend`` and ``keras.ops``.
BACKEND: dict[str, Native] = {"map_fn": _MAP, "foldl": _fold, "foldr": _fold}
OPS: dict[str, Native] = {
    "while_loop": _while,
    "fori_loop": _for,
    "scan": _scan,
    "associative_scan": _associative,
    "map": _map("f", "xs"),
    "vectorized_map": _map("function", "elements"),
}

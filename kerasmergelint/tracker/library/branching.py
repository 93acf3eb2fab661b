"""Functions that take functions, and choose between them or run them for each row.

In a graph both branches are traced, otherwise only one runs: a failure in one of them is no
finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.joined import either
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, NativeV, PartialV
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value

_CALLABLE = (FunctionV, BoundMethod, PartialV, NativeV, External)


@contextmanager
def _without_findings(interp: Interpreter) -> Iterator[None]:
    count = len(interp.outputs.events)
    yield
    del interp.outputs.events[count:]


def _chosen(condition: str, then: str, otherwise: str) -> Native:
    """A function of a condition and two branches, by the names of its parameters, in their order."""

    def choose(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        bound = bind_native(interp, (condition, then, otherwise), args, keywords)
        if then not in bound or otherwise not in bound:
            return interp.unknown("one of two branches")
        with _without_findings(interp):
            one, other = (_result(interp, bound[name], site) for name in (then, otherwise))
        return _joined(interp, one, other)

    return choose


def _result(interp: Interpreter, branch: Value, site: Site) -> Value:
    return interp.call(branch, [], {}, site) if isinstance(branch, _CALLABLE) else branch


def _joined(interp: Interpreter, one: Value, other: Value) -> Value:
    """One or the other; item by item, if both have equally many."""
    pairs = [v.items if isinstance(v, ListV) and not v.open else v for v in (one, other)]
    first, second = pairs
    if not isinstance(first, (list, tuple)) or not isinstance(second, (list, tuple)):
        return either(interp, one, other)
    if len(first) != len(second):
        return interp.unknown("one of two lists")
    return tuple(_joined(interp, a, b) for a, b in zip(first, second))


def _in_phase(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``K.in_train_phase(x, alt)``: one or the other; either may be a function."""
    bound = bind_native(interp, ("x", "alt"), args, keywords)
    return _chosen("training", "x", "alt")(interp, [None, *bound.values()], {}, site)


def _map(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.map_fn(fn, elems)``: applies the function to each row, and stacks the results."""
    bound = bind_native(interp, ("fn", "elems"), args, keywords)
    function, rows = bound.get("fn"), bound.get("elems")
    listed = rows.items if isinstance(rows, ListV) and not rows.open else rows
    several = listed if isinstance(listed, (list, tuple)) else (rows,)
    parts = [_row(part) for part in several]
    if function is None or None in parts:
        return interp.unknown("the rows of a map")
    with _without_findings(interp):
        given = tuple(parts) if several is listed else parts[0]
        result = interp.call(function, [given], {}, site)
    return _stacked(result, several[0]) or interp.unknown("what a map gives")


def _row(rows: Value) -> Value | None:
    dims = rows.spec.dims if isinstance(rows, TensorV) else None
    if not isinstance(rows, TensorV) or not dims:
        return None
    return TensorV(replace(rows.spec, shape=Shape(dims[1:])))


def _stacked(result: Value, rows: Value) -> Value | None:
    """The results for single rows, stacked."""
    if not isinstance(result, TensorV) or result.spec.dims is None:
        return None
    assert isinstance(rows, TensorV) and rows.spec.dims
    return TensorV(replace(result.spec, shape=Shape((rows.spec.dims[0], *result.spec.dims))))


_COND = _chosen("pred", "true_fn", "false_fn")
_SWITCH = _chosen("condition", "then_expression", "else_expression")
FUNCTIONS: dict[str, Callable[[Interpreter, Args, Keywords, Site], Value]] = {
    "tensorflow.cond": _COND,
    "tensorflow.compat.v1.cond": _COND,
    "tensorflow.map_fn": _map,
    "tensorflow.vectorized_map": _map,
}
_BACKEND: dict[str, Native] = {
    "switch": _SWITCH, "in_train_phase": _in_phase, "in_test_phase": _in_phase, "map_fn": _map,
}  # fmt: skip


def of_backend(name: str, on_tensors: Native | None) -> Native | None:
    """A function of the backend by its name; ``on_tensors`` is what it does when it is given no functions."""
    native = _BACKEND.get(name)
    if native is None or on_tensors is None:
        return native or on_tensors

    def call(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        given = (*args, *keywords.values())
        takes_functions = any(isinstance(value, _CALLABLE) for value in given)
        return (native if takes_functions else on_tensors)(interp, args, keywords, site)

    return call

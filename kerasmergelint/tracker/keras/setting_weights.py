"""``get_weights`` and ``set_weights``: the arrays must have the shapes of the weights, one by one."""

from __future__ import annotations

from math import prod

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.layers.merge_inputs import is_eager
from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind
from kerasmergelint.tracker.keras import counting, weights
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import ListV, mapped
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import AnyLayer, LayerV
from kerasmergelint.tracker.values.value import Args, Keywords, Value


def get_weights(
    interp: Interpreter, layer: Value, args: Args, keywords: Keywords, site: Site
) -> Value:
    """The numbers of all weights, as arrays."""
    if not isinstance(layer, AnyLayer):
        return interp.unknown("the weights of a layer")
    found = weights.listed(interp, layer, "weights")

    def one(leaf: Value) -> Value:
        return (
            TensorV(replace(leaf.spec, kind=TensorKind.ARRAY))
            if isinstance(leaf, TensorV)
            else leaf
        )

    return mapped(interp.heap, found, one)


def set_weights(
    interp: Interpreter, layer: Value, args: Args, keywords: Keywords, site: Site
) -> Value:
    """Fail where the numbers of all arrays and of all weights differ, or one shape does."""
    given = interp.resolve(args[0] if args else keywords.get("weights"))
    items = given.items if isinstance(given, ListV) and not given.open else given
    held, wanted = _numbers(interp, items), counting.parameters(layer)
    other = _of_other_shape(interp, layer, items)
    if held is not None and wanted is not None and held != wanted:
        detail = f"the arrays hold {held:,} numbers, and the weights {wanted:,}"
        problem = Problem(ProblemKind.ARGUMENT, "ValueError", f"set_weights: {detail}")
        raise interp.fails(problem, site)
    if other is not None:
        raise interp.fails(
            Problem(ProblemKind.ARGUMENT, "ValueError", other[0], hint=other[1]), site
        )
    return None


def _of_other_shape(
    interp: Interpreter, layer: Value, arrays: Value
) -> tuple[str, str | None] | None:
    """Which array has not the shape of its weight, and what may help; None if none, or that is not known."""
    found = weights.listed(interp, layer, "weights") if isinstance(layer, AnyLayer) else None
    if not isinstance(found, ListV) or not isinstance(arrays, (list, tuple)):
        return None
    held, wanted = (
        [_dims(interp, array) for array in arrays],
        [_dims(interp, w) for w in found.items],
    )
    if len(held) != len(wanted):
        return None
    for number, (one, other) in enumerate(zip(held, wanted, strict=True)):
        if one is not None and other is not None and one != other:
            detail = f"set_weights: array {number} is {one}, and its weight {other}"
            turned = len(one) == 2 and one == other[::-1]
            return detail, "transpose it: kernels of Keras have inputs first" if turned else None
    return None


def begins_with(interp: Interpreter, layer: LayerV, argument: Value, site: Site) -> None:
    """``Embedding(rows, width, weights=[table])``: Keras 3 builds the layer, and sets them."""
    given = interp.resolve(argument)
    items = given.items if isinstance(given, ListV) and not given.open else [given]
    table = interp.resolve(items[0]) if len(items) == 1 else None
    dims = table.spec.dims if isinstance(table, TensorV) and is_eager(table.spec) else None
    wanted = (layer.config.get("input_dim"), layer.config.get("output_dim"))
    if dims is None or not all(type(size) is int for size in (*dims, *wanted)) or dims == wanted:
        return
    detail = f"the table of the weights is {dims}, and the layer's {wanted}"
    raise interp.fails(Problem(ProblemKind.ARGUMENT, "ValueError", detail), site)


def _numbers(interp: Interpreter, arrays: Value) -> int | None:
    """How many numbers some arrays hold together; None if that is not known."""
    if not isinstance(arrays, (list, tuple)):
        return None
    total = 0
    for array in arrays:
        dims = _dims(interp, array)
        if dims is None:
            return None
        total += prod(dims)
    return total


def _dims(interp: Interpreter, array: Value) -> tuple[int, ...] | None:
    """The sizes of an array; None if they are not all known."""
    array = interp.resolve(array)
    dims = array.spec.dims if isinstance(array, TensorV) and is_eager(array.spec) else None
    sizes = tuple(dim for dim in dims or () if type(dim) is int)
    return None if dims is None or len(sizes) != len(dims) else sizes

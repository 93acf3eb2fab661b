"""NumPy's functions on whole arrays, as far as their shapes go."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.library.array_content import (
    CONTENTS,
    in_order_of_items,
    with_content,
)
from kerasmergelint.tracker.library.array_making import array_of, check_rectangle, made
from kerasmergelint.tracker.library.array_ops import PLACES, in_order, of_places, through_op
from kerasmergelint.tracker.library.array_totals import has_another_total, sizes_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.own_exceptions import other_total
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.constants import as_dim
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import Args, Keywords, Value


def _stacked(
    axis_of: Callable[[int], int], least: int, new_axis: int | None = None
) -> Callable[..., Value]:
    """``hstack`` and ``vstack``: along an axis that depends on the rank; vectors along a new one."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        items = interp.iterate(args[0], site) if args else None
        parts = tuple(array_of(interp, item) for item in items or ())
        shapes = [part.spec.shape for part in parts if isinstance(part, TensorV)]
        vectors = all(isinstance(shape, Shape) and shape.rank == 1 for shape in shapes)
        if shapes and vectors and new_axis is not None:
            return through_op("stack")(interp, [parts, new_axis], {}, site)
        if not shapes or not all(isinstance(s, Shape) and s.rank >= least for s in shapes):
            return interp.unknown("a stack of arrays")
        rank = shapes[0].rank if isinstance(shapes[0], Shape) else 0
        return through_op("concatenate")(interp, [parts, axis_of(rank)], {}, site)

    return native


def _delete(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.delete(array, places, axis)``: without an axis, from the flattened array."""
    bound = bind_native(interp, ("arr", "obj", "axis"), args, keywords)
    array, axis = interp.resolve(bound.get("arr")), bound.get("axis")
    dims = array.spec.dims if isinstance(array, TensorV) else None
    gone = arrays.data_of(interp.resolve(bound.get("obj")))
    if dims is None or type(axis) is not int or not -len(dims) <= axis < len(dims):
        return interp.unknown("an array without some of its items")
    left: Dim = UNKNOWN
    size = dims[axis]
    places = list(arrays.flat(gone)) if gone is not None else []
    if isinstance(size, int) and places and all(_is_place(place, size) for place in places):
        left = size - len({place % size for place in places})
    kept = list(dims)
    kept[axis] = left
    return TensorV(TensorSpec(Shape(tuple(kept)), None, TensorKind.ARRAY))


def _is_place(index: object, size: int) -> bool:
    return type(index) is int and -size <= index < size


def _eye(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    size = as_dim(args[0]) if args else None
    columns = as_dim(args[1]) if len(args) > 1 else size
    return made(interp, (size, columns))


def _reshape(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.reshape(array, shape)``"""
    array = interp.resolve(args[0]) if len(args) == 2 and not keywords else None
    check_rectangle(interp, array, site)
    if isinstance(array, TensorV) and has_another_total(array, args[1]):
        whole = site.node.args[0] if isinstance(site.node, ir.Call) and site.node.args else None
        raise other_total(interp, array, whole, sizes_of(args[1]), site)
    return through_op("reshape")(interp, args, keywords, site)


def _of_unknown_type(native: Native) -> Native:
    """A function whose type depends on how its other arguments are given: ``percentile(x, [50])``."""

    def untyped(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        found = native(interp, args, keywords, site)
        if not isinstance(found, TensorV):
            return found
        return TensorV(replace(found.spec, dtype=None), found.node, found.index)

    return untyped


_SAME_NAMES = (
    "expand_dims", "reshape", "transpose", "concatenate", "stack", "squeeze", "tile", "repeat",
    "matmul", "swapaxes", "broadcast_to",
    "flip", "clip", "add", "subtract", "multiply", "divide", "tanh", "sin", "cos",
    "ravel", "moveaxis", "split", "einsum", "tensordot", "dot", "cumprod", "sign", "roll",
)  # fmt: skip

# They keep the numbers in their order.
_REORDER_NOTHING = ("expand_dims", "squeeze", "ravel")

_AT_PLACES = ("percentile", "quantile", "nanpercentile", "nanquantile")

FUNCTIONS: dict[str, Native] = {
    **{f"numpy.{name}": through_op(name) for name in _SAME_NAMES},
    **{f"numpy.{name}": in_order_of_items(through_op(name)) for name in _REORDER_NOTHING},
    **{f"numpy.{name}": of_places(name) for name in PLACES},
    **{f"numpy.{name}": with_content(f, through_op(name)) for name, f in CONTENTS.items()},
    **{f"numpy.{name}": _of_unknown_type(through_op(name)) for name in _AT_PLACES},
    "numpy.reshape": in_order_of_items(_reshape),
    "numpy.sort": in_order(with_content(CONTENTS["sort"], through_op("sort"))),
    "numpy.argsort": in_order(of_places("argsort")),
    "numpy.hstack": with_content(
        CONTENTS["hstack"], _stacked(lambda rank: 1 if rank > 1 else 0, 1)
    ),
    "numpy.column_stack": _stacked(lambda rank: 1, 2, 1),
    "numpy.vstack": _stacked(lambda rank: 0, 2, 0),
    "numpy.delete": _delete,
    "numpy.eye": _eye,
    "numpy.identity": _eye,
}

"""``add_weight``: a weight that a layer or metric of the program makes."""

from __future__ import annotations

from kerasmergelint.keras_api import differences
from kerasmergelint.keras_api.problems import DIVIDE_WHOLE, int_as_shape, refused, undefined
from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.shapes import format_shape
from kerasmergelint.tracker.keras.convert import value_to_shape
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Role, Site, TensorV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value


def add_weight(
    interp: Interpreter, args: Args, keywords: Keywords, own_dtype: Value, site: Site
) -> Value:
    """``add_weight`` of a layer or metric: a tensor of the given shape, with data.

    Initializers that Keras ships need all sizes; one that the program wrote may do without.
    """
    if args and isinstance(args[0], str):
        if args[0] and interp.surely(differences.TAKES_SHAPES_OF_WEIGHTS_FIRST):
            return interp.broken(_name_before_shape(args[0]), site, "add_weight", None)
        bound = bind_native(interp, ("name", "shape", "dtype", "initializer"), args, keywords)
    else:
        bound = bind_native(interp, ("shape", "initializer", "dtype"), args, keywords)
    shape = interp.resolve(bound.get("shape", ()))
    if shape is None:
        shape = ()
    problem = _no_shape(interp, shape)
    if problem is not None:
        return interp.broken(problem, site, "add_weight", None)
    dtype = bound.get("dtype")
    # Within call(), weights of a mixed policy are cast automatically, so their dtype says nothing.
    plain = "float32" if interp.dtype_policy == "float32" and own_dtype is None else None
    known = dtype if isinstance(dtype, str) else plain if dtype is None else None
    made = TensorSpec(value_to_shape(interp, shape), known, TensorKind.EAGER)
    initializer = bound.get("initializer")
    shipped = initializer is None or isinstance(initializer, str)
    if shipped and None in (made.dims or ()):
        told = f"`add_weight` gets the shape {format_shape(made.shape)}, in which a size is None"
        raise interp.fails(undefined(told).problem, site)
    return TensorV(made, role=Role.WEIGHT)


def add_to_metric(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """The same of a metric, for which Keras 3 has no default initializer."""
    placed = len(args) > 1 or any(isinstance(argument, Spread) for argument in args)
    given = placed or "initializer" in keywords or REST in keywords
    if not given and interp.surely(differences.WEIGHTS_OF_METRICS_NEED_INITIALIZERS):
        told = "the weight of a metric needs an initializer"
        return interp.broken(refused(told, "ValueError").problem, site, "add_weight", None)
    return add_weight(interp, args, keywords, None, site)


def _name_before_shape(name: str) -> Problem:
    return Problem(
        ProblemKind.NOT_IN_KERAS_3,
        "ValueError",
        f"the first argument of `add_weight` is the shape, got the name {name!r}",
        hint=f"write `name={name!r}`",
    )


def _no_shape(interp: Interpreter, shape: Value) -> Problem | None:
    """Why no weight has this shape; None if one may."""
    items = shape.items if isinstance(shape, ListV) else shape
    if isinstance(items, bool):
        return None
    if isinstance(items, int) and interp.surely(differences.REFUSES_INT_AS_SHAPE):
        return int_as_shape(items).problem
    sizes = items if isinstance(items, (list, tuple)) else (items,)
    for size in sizes:
        if isinstance(size, (float, str, tuple, ListV)):
            shown = "a list of sizes" if isinstance(size, (tuple, ListV)) else repr(size)
            hint = DIVIDE_WHOLE if isinstance(size, float) else None
            return refused(f"{shown} in `shape` is no size", hint=hint).problem
        if isinstance(size, int) and size < 0:
            return refused(f"{size} in `shape` is no size").problem
    return None

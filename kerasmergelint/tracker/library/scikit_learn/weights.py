"""``sklearn.utils.class_weight``: a weight for each class, or for each sample."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.shapes import UNKNOWN, Shape
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.library.preparation import array, as_array
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.own_exceptions import not_scaled
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value


def _of_classes(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``compute_class_weight(class_weight, *, classes, y)``"""
    if len(args) > 1 and not any(isinstance(argument, Spread) for argument in args):
        detail = "compute_class_weight takes `classes` and `y` by name"
        hint = "write classes=..., y=..."
        raise interp.fails(Problem(ProblemKind.PYTHON, "TypeError", detail, hint=hint), site)
    bound = bind_native(interp, ("class_weight",), args, keywords)
    if REST in keywords:
        return interp.unknown("the weights of classes")
    labels = as_array(interp, interp.resolve(bound.get("y")))
    dims = None if labels is None else labels.spec.dims
    if dims is not None and (len(dims) > 2 or (len(dims) == 2 and never_equal(dims[1], 1))):
        detail = f"compute_class_weight: labels are a vector, not {Shape(dims)}"
        raise not_scaled(interp, detail, site)
    classes = as_array(interp, interp.resolve(bound.get("classes")))
    dims = None if classes is None else classes.spec.dims
    return array(((dims[0] if dims else UNKNOWN),), "float64")


def _of_samples(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``compute_sample_weight(class_weight, y)``"""
    bound = bind_native(interp, ("class_weight", "y"), args, keywords)
    labels = as_array(interp, interp.resolve(bound.get("y")))
    dims = None if labels is None else labels.spec.dims
    return array(((dims[0] if dims else UNKNOWN),), "float64")


FUNCTIONS: dict[str, Native] = {
    "sklearn.utils.class_weight.compute_class_weight": _of_classes,
    "sklearn.utils.class_weight.compute_sample_weight": _of_samples,
}

"""Symbolic tensors have no numbers: NumPy gets none of them, and neither does the program.

Within a graph, so in losses, metrics, training steps and layers that Keras traces, TensorFlow says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.array_numbers import is_in_graph
from kerasmergelint.tracker.python.own_exceptions import is_traced
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import Args, Value

# Measured: what asks its first argument for numbers, and what asks all of them.
_OF_ONE = frozenset(
    {"abs", "absolute", "all", "amax", "amin", "any", "arccos", "arcsin", "arctan", "argmax", "argmin",
     "argsort", "argwhere", "around", "average", "bincount", "ceil", "clip", "cos", "cosh",
     "count_nonzero", "cumprod", "cumsum", "diag", "diff", "exp", "exp2", "expand_dims", "expm1", "fabs",
     "floor", "histogram", "isfinite", "isinf", "isnan", "linalg.det", "linalg.inv", "linalg.norm",
     "linalg.svd", "log", "log10", "log1p", "log2", "logical_not", "max", "mean", "median", "min",
     "nan_to_num", "nanmean", "nansum", "negative", "nonzero", "pad", "percentile", "prod", "quantile",
     "ravel", "reciprocal", "repeat", "reshape", "rint", "roll", "rot90", "round", "sign", "sin", "sinh",
     "sort", "sqrt", "square", "std", "sum", "tan", "tanh", "trace", "transpose", "tril", "triu", "unique",
     "var"}
)  # fmt: skip
_OF_ALL = frozenset(
    {"add", "arctan2", "divide", "dot", "equal", "greater", "greater_equal", "inner", "less",
     "less_equal", "logical_and", "logical_or", "matmul", "maximum", "minimum", "mod", "multiply",
     "not_equal", "outer", "power", "subtract", "tensordot"}
)  # fmt: skip
_OF_ITEMS = frozenset(
    {"array", "asarray", "concatenate", "hstack", "stack", "vstack", "column_stack"}
)


def refuse(interp: Interpreter, dotted: str, args: Args, site: Site) -> None:
    """Report a function of NumPy, or a metric of scikit-learn, on a symbolic tensor."""
    library, _, name = dotted.partition(".")
    of_metrics = dotted.startswith("sklearn.metrics.")
    if library != "numpy" and not of_metrics:
        return
    for value in args[:2] if of_metrics else _asked(interp, name, args):
        exception = _exception(interp, interp.resolve(value))
        if exception is not None:
            detail = f"{dotted} takes numbers, and gets a symbolic tensor"
            hint = "use the function of TensorFlow or keras.ops"
            problem = Problem(ProblemKind.PYTHON, exception, detail, hint=hint)
            raise interp.fails(problem, site, (value,))


def _asked(interp: Interpreter, name: str, args: Args) -> Iterator[Value]:
    """The arguments that a function makes arrays of."""
    if name in _OF_ONE or name in _OF_ITEMS:
        args = args[:1]
    elif name not in _OF_ALL:
        return
    for argument in args:
        value = interp.resolve(argument)
        items = value.items if isinstance(value, ListV) and not value.open else value
        if name in _OF_ITEMS and isinstance(items, (list, tuple)):
            yield from items
        else:
            yield value


def _exception(interp: Interpreter, value: Value) -> str | None:
    """What it raises to ask this for numbers; None if it may have some."""
    if not isinstance(value, TensorV) or value.data is not None:
        return None
    if value.spec.kind is TensorKind.KERAS and value.node is not None and interp.surely(V3):
        return "ValueError"
    return "NotImplementedError" if is_in_graph(interp, value) else None


def refuse_numpy_method(interp: Interpreter, tensor: TensorV, site: Site) -> None:
    """Report ``tensor.numpy`` where there is none: of arrays, and of symbolic tensors."""
    if is_in_graph(interp, tensor):
        detail = "a tensor of a graph has no `numpy`"
        hint = "stay with TensorFlow's functions, or compile with run_eagerly=True"
    elif tensor.spec.kind is TensorKind.KERAS and tensor.node is not None and interp.surely(V3):
        detail = "a symbolic Keras tensor has no `numpy`"
        hint = "numbers come from `model.predict` or from a call on data"
    elif tensor.spec.kind is TensorKind.ARRAY and not is_traced(interp):  # layers get tensors
        detail, hint = "an array of NumPy has no `numpy`", "it is one already: leave `.numpy()` out"
    else:
        return
    problem = Problem(ProblemKind.NO_ATTRIBUTE, "AttributeError", detail, hint=hint)
    raise interp.fails(problem, site, (tensor,))

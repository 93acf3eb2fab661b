"""Arrays and tensors that are asked for one number, one text or one truth.

Only arrays of several numbers are refused by every release of NumPy: of one number, some take it.
"""

from __future__ import annotations

from math import prod

from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.own_exceptions import is_traced
from kerasmergelint.tracker.values.graph import Role, Site, TensorV
from kerasmergelint.tracker.values.training import RUNS_EAGERLY

_OF_DATA = (TensorKind.EAGER, TensorKind.ARRAY)
_FLOATS = ("float16", "float32", "float64")
_ONE_OF_THEM = "take one of them, as in `x[0, 0]`, or reduce them"


def is_in_graph(interp: Interpreter, tensor: TensorV) -> bool:
    """Whether this is certainly a tensor of a graph that is being traced."""
    if tensor.spec.kind is not TensorKind.GRAPH or tensor.data is not None:
        return False
    return RUNS_EAGERLY not in interp.patched and is_traced(interp)


def check_truth(interp: Interpreter, tensor: TensorV, site: Site) -> None:
    """``if x > 0:`` of several numbers."""
    if tensor.role is not Role.ROWS and _holds_several(tensor):
        detail = f"{_what(tensor)} is neither true nor false"
        hint = "reduce it with `.any()` or `.all()`, or take one of them"
        _fail(interp, "ValueError", detail, hint, tensor, site)
    elif _branches_by_several(interp, tensor, site):
        detail = f"{_what(tensor)} is neither true nor false"
        hint = "reduce it with `tf.reduce_all` or `tf.reduce_any`, or use `tf.where`"
        _fail(interp, "ValueError", detail, hint, tensor, site)


def _branches_by_several(interp: Interpreter, tensor: TensorV, site: Site) -> bool:
    """Whether a graph would branch by several numbers; what `not x` and the like become has no truth."""
    if not isinstance(site.node, (ir.If, ir.While)) or interp.inside_custom:
        return False
    known = [size for size in tensor.spec.dims or () if isinstance(size, int)]
    return prod(known) > 1 and is_in_graph(interp, tensor)


def check_number(interp: Interpreter, tensor: TensorV, site: Site) -> None:
    """``float(x)`` of several numbers."""
    if tensor.role is Role.TENSOR and _holds_several(tensor):
        _fail(interp, "TypeError", f"{_what(tensor)} is no number", _ONE_OF_THEM, tensor, site)


def check_rounded(interp: Interpreter, tensor: TensorV, site: Site) -> None:
    """``round(x)`` of an array, which NumPy has a function for."""
    if tensor.role is Role.TENSOR and tensor.spec.kind is TensorKind.ARRAY and tensor.spec.dims:
        detail = f"{_what(tensor)} is not rounded by `round`"
        _fail(interp, "TypeError", detail, "use `np.round(x)`", tensor, site)


def check_index(interp: Interpreter, tensor: TensorV, site: Site) -> None:
    """``names[x]`` of a list: it takes one integer."""
    if tensor.role is not Role.TENSOR or tensor.spec.kind not in _OF_DATA:
        return
    if tensor.spec.dims:
        hint = "make an array of the list, or take one of the numbers"
        _fail(interp, "TypeError", f"{_what(tensor)} is no index of a list", hint, tensor, site)
    if tensor.spec.dims == () and tensor.spec.dtype in _FLOATS:
        hint = "make an integer of it, as `int(x)` does"
        _fail(
            interp, "TypeError", f"a {tensor.spec.dtype} is no index of a list", hint, tensor, site
        )


def check_key(interp: Interpreter, tensor: TensorV, site: Site) -> None:
    """``names[x]`` of a dict: arrays have no hash, and numbers of NumPy have."""
    if tensor.role is Role.TENSOR and tensor.spec.kind is TensorKind.ARRAY and tensor.spec.dims:
        hint = "take one of the numbers"
        _fail(interp, "TypeError", f"{_what(tensor)} is no key of a dict", hint, tensor, site)


def check_formatted(interp: Interpreter, tensor: TensorV, site: Site) -> None:
    """``f"{x:.2f}"`` of what is no number."""
    if tensor.role is not Role.TENSOR:
        return
    if tensor.spec.kind in _OF_DATA and tensor.spec.dims:
        detail = f"{_what(tensor)} cannot be formatted as a number is"
        _fail(interp, "TypeError", detail, _ONE_OF_THEM, tensor, site)
    if is_in_graph(interp, tensor) and not interp.inside_custom:
        detail = "a tensor of a graph has no number that could be formatted"
        _fail(interp, "TypeError", detail, "use `tf.print`", tensor, site)


def _fail(
    interp: Interpreter, exception: str, detail: str, hint: str, tensor: TensorV, site: Site
) -> None:
    problem = Problem(ProblemKind.PYTHON, exception, detail, hint=hint)
    raise interp.fails(problem, site, (tensor,))


def _holds_several(tensor: TensorV) -> bool:
    dims = tensor.spec.dims
    if tensor.spec.kind not in _OF_DATA or not dims:
        return False
    sizes = [size for size in dims if isinstance(size, int)]
    return len(sizes) == len(dims) and prod(sizes) > 1


def _what(tensor: TensorV) -> str:
    kind = "an array" if tensor.spec.kind is TensorKind.ARRAY else "a tensor"
    return f"{kind} of shape {tensor.spec.shape}"

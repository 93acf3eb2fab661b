"""Functions that take functions, and choose between them.

In a graph both branches are traced, otherwise only one runs: a failure in one of them is no
finding.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce

from kerasmergelint.tracker.library import looping
from kerasmergelint.tracker.library.looping import items_of, joined
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, NativeV, PartialV
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value

_CALLABLE = (FunctionV, BoundMethod, PartialV, NativeV, External)


def _chosen(condition: str, then: str, otherwise: str) -> Native:
    """A function of a condition and two branches, by the names of its parameters, in their order."""

    def choose(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        bound = bind_native(interp, (condition, then, otherwise), args, keywords)
        if then not in bound or otherwise not in bound:
            return interp.unknown("one of two branches")
        with aside.without_findings(interp):
            one, other = (_result(interp, bound[name], site) for name in (then, otherwise))
        return joined(interp, one, other)

    return choose


def _result(interp: Interpreter, branch: Value, site: Site) -> Value:
    return interp.call(branch, [], {}, site) if isinstance(branch, _CALLABLE) else branch


def _in_phase(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``K.in_train_phase(x, alt)``: one or the other; either may be a function."""
    bound = bind_native(interp, ("x", "alt"), args, keywords)
    return _chosen("training", "x", "alt")(interp, [None, *bound.values()], {}, site)


def _switch(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``ops.switch(index, branches, *operands)``: one of several functions of the operands."""
    branches = items_of(args[1] if len(args) > 1 else keywords.get("branches"))
    if not branches:
        return interp.unknown("one of several branches")
    with aside.without_findings(interp):
        results = [interp.call(branch, list(args[2:]), {}, site) for branch in branches]
    return reduce(partial(joined, interp), results)


_COND = _chosen("pred", "true_fn", "false_fn")
_SWITCH = _chosen("condition", "then_expression", "else_expression")
FUNCTIONS: dict[str, Callable[[Interpreter, Args, Keywords, Site], Value]] = {
    "tensorflow.cond": _COND,
    "tensorflow.compat.v1.cond": _COND,
}
OPS: dict[str, Native] = {"cond": _COND, "switch": _switch}
_BACKEND: dict[str, Native] = {
    "switch": _SWITCH, "in_train_phase": _in_phase, "in_test_phase": _in_phase, **looping.BACKEND,
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

"""Losses and metrics of the program's own, as Keras calls them: with the targets and the outputs."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV
from kerasmergelint.tracker.values.value import Value


def arguments_problem(function: Value, what: str) -> Problem | None:
    """Why a function cannot be called with two arguments in a row."""
    bound = isinstance(function, BoundMethod)
    inner = function.function if isinstance(function, BoundMethod) else function
    if not isinstance(inner, FunctionV) or "__wrapped__" in inner.attributes:
        return None
    given = 2 + bound
    parameters = inner.code.parameters
    places = [one for one in parameters if one.kind in ir.BY_PLACE]
    needed = [one.name for one in places[given:] if one.name not in inner.defaults]
    named = [one for one in parameters if one.kind == "keyword"]
    needed += [one.name for one in named if one.name not in inner.defaults]
    if needed:
        detail = f"{what} {inner.name}() gets no argument for `{needed[0]}`"
        hint = "a function that makes the function of `y_true` and `y_pred` can pass it on"
        return _problem(detail, hint)
    if len(places) < given and all(one.kind != "var_positional" for one in parameters):
        detail = f"{what} {inner.name}() takes {len(places) - bound} of `y_true` and `y_pred`"
        return _problem(detail, "it is called with both of them")
    return None


def result_problem(function: Value, result: Value) -> Problem | None:
    """Why what a loss gives is none: a function without a ``return`` gives None."""
    inner = function.function if isinstance(function, BoundMethod) else function
    if result is not None or not isinstance(inner, FunctionV):
        return None
    detail = f"the loss {inner.name}() gives None"
    return Problem(ProblemKind.TARGETS, "ValueError", detail, hint="return what it computes")


def _problem(detail: str, hint: str) -> Problem:
    return Problem(ProblemKind.TARGETS, "TypeError", detail, hint=hint)

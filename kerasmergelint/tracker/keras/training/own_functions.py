"""What Keras calls of the program's own: losses, metrics, and the functions of callbacks."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, Instance
from kerasmergelint.tracker.values.value import External, Value


def arguments_problem(function: Value, what: str) -> Problem | None:
    """Why a function cannot be called with two arguments in a row."""
    call = _call_of(function, 2)
    if call is None:
        return None
    if call.needed:
        detail = f"{what} {call.name}() gets no argument for `{call.needed[0]}`"
        hint = "a function that makes the function of `y_true` and `y_pred` can pass it on"
        return _problem(detail, hint)
    if call.takes is not None and call.takes < 2:
        detail = f"{what} {call.name}() takes {call.takes} of `y_true` and `y_pred`"
        return _problem(detail, "it is called with both of them")
    return None


@dataclass(frozen=True, slots=True)
class _Call:
    """A call by place: the parameters that get nothing, how many are taken (None: any number)."""

    name: str
    needed: tuple[str, ...]
    takes: int | None


def _call_of(function: Value, given: int) -> _Call | None:
    """What a call of a function with so many arguments comes to; None if that is not known."""
    bound = isinstance(function, BoundMethod)
    inner = function.function if isinstance(function, BoundMethod) else function
    if not isinstance(inner, FunctionV) or "__wrapped__" in inner.attributes:
        return None
    parameters = inner.code.parameters
    places = [one for one in parameters if one.kind in ir.BY_PLACE]
    needed = [one.name for one in places[given + bound :] if one.name not in inner.defaults]
    named = [one for one in parameters if one.kind == "keyword"]
    needed += [one.name for one in named if one.name not in inner.defaults]
    takes_any = any(one.kind == "var_positional" for one in parameters)
    return _Call(inner.name, tuple(needed), None if takes_any else len(places) - bound)


def takes(function: Value, *given: str) -> bool | None:
    """Whether a function can be called with these arguments by place; None if that is not known."""
    call = _call_of(function, len(given))
    if call is None:
        return None
    return not call.needed and (call.takes is None or call.takes >= len(given))


def hook_problem(function: Value, hook: str, *given: str) -> Problem | None:
    """Why a callback cannot call a function of the program with these arguments by place."""
    call = _call_of(function, len(given))
    if call is None or takes(function, *given):
        return None
    words = " and ".join(f"`{name}`" for name in given)
    lacks = f"needs `{call.needed[0]}`" if call.needed else f"takes {call.takes}"
    detail = f"{hook} calls {call.name}() with {words}, and it {lacks}"
    return Problem(ProblemKind.FIRST_RUN, "TypeError", detail)


def metric_problem(metric: Value) -> Problem | None:
    """Why a metric of the program's own class cannot measure anything."""
    if not isinstance(metric, Instance) or metric.cls.unknown_base or metric.open:
        return None
    bases = [base for base in metric.cls.mro if isinstance(base, External)]
    if not bases or inner_path(bases[0].dotted) != "metrics.Metric":
        return None
    if find(metric.cls, "result") is None:
        detail = f"the metric {metric.cls.name} has no `result`"
        return Problem(ProblemKind.FIRST_RUN, "NotImplementedError", detail)
    update = find(metric.cls, "update_state")
    function = None if update is None else update[1]
    if not isinstance(function, FunctionV):
        return None
    parameters = function.code.parameters
    if any(one.name == "sample_weight" or one.kind == "var_keyword" for one in parameters):
        return None
    detail = f"{metric.cls.name}.update_state() takes no `sample_weight`, which Keras passes"
    return Problem(ProblemKind.FIRST_RUN, "TypeError", detail, hint="add `sample_weight=None`")


def result_problem(function: Value, result: Value) -> Problem | None:
    """Why what a loss gives is none: a function without a ``return`` gives None."""
    inner = function.function if isinstance(function, BoundMethod) else function
    if result is not None or not isinstance(inner, FunctionV):
        return None
    detail = f"the loss {inner.name}() gives None"
    return Problem(ProblemKind.TARGETS, "ValueError", detail, hint="return what it computes")


def step_problem(step: FunctionV, result: Value, method: str) -> Problem | None:
    """Why a step of the program's own ends training: TensorFlow takes no None out of a graph."""
    if result is not None or method not in ("fit", "evaluate"):
        return None
    detail = f"{step.name}() gives None"
    hint = "return a dict of what was measured, such as the loss"
    return Problem(ProblemKind.FIRST_RUN, "ValueError", detail, hint=hint)


def _problem(detail: str, hint: str) -> Problem:
    return Problem(ProblemKind.TARGETS, "TypeError", detail, hint=hint)

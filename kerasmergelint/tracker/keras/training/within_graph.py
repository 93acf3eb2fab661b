"""Training methods called where Keras traces: in a loss, a metric or a step; or on symbolic tensors."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.own_exceptions import is_traced
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.training import RUNS_EAGERLY
from kerasmergelint.tracker.values.value import Value

_CALL = "call the model: `model(x)`"


def problem(interp: Interpreter, name: str, x: Value) -> Problem | None:
    """Why ``model.predict`` and its like cannot run here."""
    if RUNS_EAGERLY in interp.patched or not interp.surely(V3):
        return None
    kinds = {leaf.spec.kind for leaf in leaves(x) if isinstance(leaf, TensorV) and leaf.node}
    if TensorKind.KERAS in kinds and name == "predict":
        detail = f"`{name}` takes data, and gets a symbolic Keras tensor"
        return Problem(ProblemKind.FIRST_RUN, "TypeError", detail, hint=_CALL)
    in_graph = {leaf.spec.kind for leaf in leaves(x) if isinstance(leaf, TensorV)}
    traced = interp.tracing > 0 and not interp.inside_custom
    if traced or (TensorKind.GRAPH in in_graph and is_traced(interp)):
        detail = f"`{name}` runs on data, and this is code that Keras traces"
        return Problem(ProblemKind.FIRST_RUN, "RuntimeError", detail, hint=_CALL)
    return None

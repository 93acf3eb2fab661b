"""The shape that a program leaves in ``result``: by Keras, which runs it, and by the tracker."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.protocol import Problem
from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import evaluate
from kerasmergelint.tracker.values.graph import TensorV

REFUSED = "refused"


def by_keras(program: str) -> Any:
    scope: dict[str, Any] = {}
    try:
        exec(compile(program, "program.py", "exec"), scope)
    except Exception:
        return REFUSED
    return tuple(scope["result"].shape)


def by_tracker(program: str, keras_version: str = "3") -> Any:
    report = evaluate(program, "program.py", Settings(keras_version=keras_version))
    if any(isinstance(event.problem, Problem) for event in report.events):
        return REFUSED
    assert report.module is not None
    found = report.module.scope.variables["result"]
    assert isinstance(found, TensorV)
    return found.spec.dims

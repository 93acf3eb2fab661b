"""For which sizes a model works, as we say, and as TensorFlow finds out by running it."""

from __future__ import annotations

import os
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.shapes import Divisibility
from kerasmergelint.tracker.hazards import sizes
from kerasmergelint.tracker.program.analysis import evaluate
from tests.tracker.size_models import MODELS

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

# Larger than whatever the windows of the models need.
_LEAST = 48
_NAMES = {3: ("length",), 4: ("height", "width"), 5: ("depth", "height", "width")}


def conditions(source: str) -> dict[str, Divisibility]:
    report = evaluate(source, "model.py", Settings())
    assert report.interpreter is not None
    assert report.models
    return sizes.conditions_of(sizes.needs_of(report.interpreter, report.models[-1]))


def real_model(source: str) -> Any:
    namespace: dict[str, Any] = {}
    exec(compile(source, "model.py", "exec"), namespace)
    return namespace["model"]


def runs(model: Any, dims: list[int]) -> bool:
    import numpy as np

    try:
        model(np.zeros((1, *dims, model.input_shape[-1]), "float32"))
    except Exception:
        return False
    return True


def test_there_are_enough_models() -> None:
    assert len(MODELS) >= 20
    assert sum(bool(conditions(source)) for source in MODELS.values()) >= 20


@pytest.mark.oracle
@pytest.mark.parametrize("name", MODELS)
def test_it_works_where_we_say_and_nowhere_else(name: str) -> None:
    found, model = conditions(MODELS[name]), real_model(MODELS[name])
    fixed = model.input_shape[1:-1]
    names = _NAMES[len(fixed) + 2]
    good = [
        size or next(n for n in range(_LEAST, 4 * _LEAST) if _holds(found, axis, n))
        for axis, size in zip(names, fixed)
    ]
    assert None in fixed, "a model of which no size is open says nothing"
    assert runs(model, good)
    for place, (axis, size) in enumerate(zip(names, fixed)):
        if size is not None:
            continue
        modulus = found[axis].modulus if axis in found else 4
        step = max(modulus // 8, 1)
        for wanted in [*range(good[place] + 1, good[place] + modulus, step), good[place] + modulus]:
            dims = [*good[:place], wanted, *good[place + 1 :]]
            assert runs(model, dims) == _holds(found, axis, wanted), dims


def _holds(found: dict[str, Divisibility], axis: str, size: int) -> bool:
    return axis not in found or found[axis].holds(size)

"""What stands behind the name of an activation that Keras does not have is not reached."""

from __future__ import annotations

import importlib

import pytest

from kerasmergelint.keras_api import activations
from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import evaluate

MODULES = ["keras", "tf_keras"]
LAYERS = ["Dense(2, {})", "Activation({})", "LSTM(2, recurrent_{})", "Conv2D(2, 3, {})"]
PROGRAM = """
from keras import Input, layers

layers.Dense(4, activation={name!r})
layers.Add()([Input((3,)), Input((5,))])
"""


def findings(name: str) -> int:
    program = PROGRAM.format(name=name)
    return len(evaluate(program, "program.py", Settings(keras_version="3")).events)


@pytest.mark.parametrize("name", ["rule", "Relu", "sigmod"])
def test_nothing_behind_it_is_found(name: str) -> None:
    assert findings(name) == 0
    assert findings("relu") == 1


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("layer", LAYERS)
def test_keras_refuses_other_names(module: str, layer: str) -> None:
    pytest.importorskip(module)
    layers = importlib.import_module(f"{module}.layers")
    made = layer.replace("({})", "('rule')").format("activation='rule'")
    with pytest.raises(ValueError, match="activation"):
        eval(made, vars(layers))


@pytest.mark.parametrize("module", MODULES)
def test_keras_has_no_further_names(module: str) -> None:
    pytest.importorskip(module)
    known = importlib.import_module(f"{module}.activations")
    candidates = {*dir(known), *dir(importlib.import_module(f"{module}.layers")), "rule", "Relu"}
    assert {name for name in candidates if _finds(known, name)} <= activations.NAMES


def _finds(known: object, name: str) -> bool:
    try:
        known.get(name)  # type: ignore[attr-defined]
    except (ValueError, TypeError):
        return False
    return True

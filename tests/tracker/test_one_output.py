"""A model with a list of one output gives a list or a tensor, next to TensorFlow's answer."""

from __future__ import annotations

import importlib

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import evaluate
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.value import Value

VERSIONS = {"keras": "3", "tf_keras": "2"}
OUTPUTS = ["x", "[x]", "(x,)", "[x, x]"]
CALLS = {
    "data": "y = model(np.zeros((3, 4), 'float32'))",
    "a tensor": "y = model(tf.zeros((3, 4)))",
    "a list": "y = model([np.zeros((3, 4), 'float32')])",
    "symbolic": "y = model(keras.Input((4,)))",
    "in a graph": "@tf.function\ndef run():\n    global y\n    y = model(tf.zeros((3, 4)))\nrun()",
}
PROGRAM = """
import numpy as np
import tensorflow as tf
import {module} as keras
i = keras.Input((4,))
x = keras.layers.Dense(2)(i)
model = keras.Model([i], {outputs})
{call}
"""


def kind_of(value: object) -> str:
    if isinstance(value, tuple):
        return "tuple"
    return "list" if isinstance(value, (list, ListV)) else "tensor"


@pytest.mark.parametrize("module", VERSIONS)
@pytest.mark.parametrize("outputs", OUTPUTS)
@pytest.mark.parametrize("call", CALLS)
def test_what_a_call_gives(module: str, outputs: str, call: str) -> None:
    pytest.importorskip(module)
    program = PROGRAM.format(module=module, outputs=outputs, call=CALLS[call])
    names: dict[str, object] = {"keras": importlib.import_module(module)}
    exec(program, names)
    settings = Settings(keras_version=VERSIONS[module])
    report = evaluate(program.replace("tf_keras", "keras"), "program.py", settings)
    assert report.module is not None
    found: Value = report.module.scope.variables["y"]
    assert isinstance(found, (TensorV, ListV, tuple))
    assert kind_of(found) == kind_of(names["y"])

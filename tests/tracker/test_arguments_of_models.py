"""What the constructors of models and `Input` take, next to TensorFlow's answer."""

from __future__ import annotations

import importlib

import pytest

from kerasmergelint.keras_api.protocol import ProblemKind
from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import evaluate

BEFORE = """
from {module} import Input, Model, Sequential, layers
x = Input((4,))
y = layers.Dense(2)(x)
class Own(Model):
    def __init__(self, *args):
        super().__init__(*args)
"""
DENSE = "layers.Dense(2)"
REFUSED = {
    "keras": [
        f"Sequential({DENSE})",
        f"Sequential({DENSE}, {DENSE})",
        f"Sequential({DENSE}, {DENSE}, {DENSE}, {DENSE})",
        "Sequential(input_shape=(2,))",
        "Model(x, y, 'small')",
        "Own(x, y, 'small')",
        "Model(x, y, outputs=y)",
        "Input(input_shape=(2,))",
    ],
    "tf_keras": [
        f"Sequential({DENSE}, {DENSE}, {DENSE})",
        "Sequential(input_shape=(2,))",
        "Input(input_shape=(2,))",
    ],
}
TAKEN = [
    "Sequential()",
    f"Sequential([{DENSE}])",
    f"Sequential(layers=[{DENSE}], name='small')",
    "Sequential(*[[]])",
    "Sequential(**{'name': 'small'})",
    "Model(x, y)",
    "Model(x, outputs=y)",
    "Model(*[x, y])",
    "Model(x, y, name='small')",
    "Own(x, y)",
    "Input((3,), 2, name='small')",
    "Input(batch_shape=(2, 3), dtype='int32', sparse=True)",
]
TAKEN_BY = {
    "keras": [*TAKEN, f"Sequential([{DENSE}], False, 'small')"],
    "tf_keras": [
        *TAKEN,
        f"Sequential({DENSE})",
        f"Sequential({DENSE}, 'small')",
        "Model(x, y, 'small')",
    ],
}
VERSIONS = {"keras": "3", "tf_keras": "2"}


def answer(call: str, module: str) -> list[str]:
    """What is found, by the exceptions."""
    program = BEFORE.format(module="keras") + call + "\n"
    events = evaluate(program, "program.py", Settings(keras_version=VERSIONS[module])).events
    kinds = {ProblemKind.ARGUMENT, ProblemKind.NOT_IN_KERAS_3}
    return [event.problem.exception for event in events if event.problem.kind in kinds]


def tried(call: str, module: str) -> list[str]:
    """What Keras itself raises."""
    pytest.importorskip(module)
    names = dict(vars(importlib.import_module(module)))
    exec(BEFORE.format(module=module), names)
    try:
        eval(call, names)
    except Exception as error:
        return [type(error).__name__]
    return []


CALLS = [(call, module) for module in VERSIONS for call in [*REFUSED[module], *TAKEN_BY[module]]]


@pytest.mark.parametrize(("call", "module"), CALLS)
def test_what_keras_refuses_is_reported(call: str, module: str) -> None:
    raised = tried(call, module)
    assert bool(raised) == (call in REFUSED[module])
    assert answer(call, module) == raised

"""`self.name = ...` in a layer of Keras 2, and of its copy inside TensorFlow: a property without a setter."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api.protocol import ProblemKind
from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import evaluate

LAYER = """
from {module}.layers import Layer

class Own(Layer):
    def __init__(self, name=None, **kwargs):
        self.name = name
        super().__init__(**kwargs)
"""


@pytest.mark.parametrize("module", ["tf_keras", "tensorflow.python.keras"])
def test_it_is_refused(module: str) -> None:
    pytest.importorskip(module)
    names: dict[str, type] = {}
    exec(LAYER.format(module=module), names)
    with pytest.raises(AttributeError):
        names["Own"]()
    events = evaluate(LAYER.format(module=module) + "Own()\n", "own.py", Settings()).events
    assert [event.problem.kind for event in events] == [ProblemKind.RESERVED_ATTRIBUTE]


def test_keras_3_takes_it() -> None:
    pytest.importorskip("keras")
    names: dict[str, type] = {}
    exec(LAYER.format(module="keras"), names)
    assert names["Own"]().name is not None
    assert evaluate(LAYER.format(module="keras") + "Own()\n", "own.py", Settings()).events == []

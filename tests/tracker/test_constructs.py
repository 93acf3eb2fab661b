"""Shapes survive the Python that model authors write; CPython and Keras themselves say what they are."""

from __future__ import annotations

import sys
from types import CodeType
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.program.analysis import evaluate
from tests.tracker import stand_in
from tests.tracker.constructs import CONSTRUCTS, NEEDS_KERAS, source_of


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_shape_survives(name: str) -> None:
    report = evaluate(source_of(name), "program.py", Settings(keras_version="3"))
    assert not report.errors
    assert not report.events
    assert report.calls[-1].outputs == (Shape(CONSTRUCTS[name][1]),)


@pytest.mark.parametrize("name", [name for name in CONSTRUCTS if name not in NEEDS_KERAS])
def test_python_agrees(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stand-in for Keras, so that the whole table is run wherever the tests are."""
    if "numpy" in source_of(name):
        pytest.importorskip("numpy")
    for module, content in stand_in.modules().items():
        monkeypatch.setitem(sys.modules, module, content)
    monkeypatch.setattr(stand_in.Layer, "outputs", [])
    exec(_compiled(name), {"__name__": "__main__"})
    assert stand_in.Layer.outputs[-1] == CONSTRUCTS[name][1]


def test_few_constructs_need_keras() -> None:
    assert NEEDS_KERAS.keys() <= CONSTRUCTS.keys()
    assert len(NEEDS_KERAS) <= 5


@pytest.mark.oracle
@pytest.mark.parametrize("name", CONSTRUCTS)
def test_keras_agrees(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last call of a layer that is not inside another one."""
    import keras

    shapes: list[tuple[int | None, ...]] = []
    call = keras.layers.Layer.__call__
    depth = 0

    def watched(self: Any, *args: Any, **kwargs: Any) -> Any:
        nonlocal depth
        depth += 1
        try:
            result = call(self, *args, **kwargs)
        finally:
            depth -= 1
        if not depth:
            shapes.append(tuple(result.shape))
        return result

    monkeypatch.setattr(keras.layers.Layer, "__call__", watched)
    exec(_compiled(name), {"__name__": "__main__"})
    assert shapes[-1] == CONSTRUCTS[name][1]


def _compiled(name: str) -> CodeType:
    """Without what this file imports from the future."""
    return compile(source_of(name), "program.py", "exec", dont_inherit=True)

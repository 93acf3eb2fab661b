"""Shapes survive the Python that model authors write; Keras itself says what they are."""

from __future__ import annotations

from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.program.analysis import evaluate
from tests.tracker.constructs import CONSTRUCTS, source_of


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_shape_survives(name: str) -> None:
    report = evaluate(source_of(name), "program.py", Settings(keras_version=3))
    assert not report.errors
    assert not report.events
    assert report.calls[-1].outputs == (Shape(CONSTRUCTS[name][1]),)


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
    exec(compile(source_of(name), "program.py", "exec"), {"__name__": "__main__"})
    assert shapes[-1] == CONSTRUCTS[name][1]

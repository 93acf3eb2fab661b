"""Probes: one call of a layer or op, written so that any environment can make it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.draws import each_draw
from tests.keras_api import layer_draws, op_answers, op_draws
from tests.keras_api.op_answers import GRAPH, SYMBOLIC

Probe = dict[str, Any]


def encoded(value: Any) -> Any:
    """A value of a draw as JSON has it; raises TypeError for what JSON cannot say."""
    if isinstance(value, (layer_draws.T, op_answers.T)):
        return {"t": [list(value.dims), value.dtype]}
    if isinstance(value, layer_draws.Sub):
        return {"layer": value.name, "config": encoded(dict(value.config))}
    if isinstance(value, list):
        return [encoded(item) for item in value]
    if isinstance(value, tuple):
        return {"tuple": [encoded(item) for item in value]}
    if isinstance(value, dict):
        return {"dict": {key: encoded(item) for key, item in value.items()}}
    if isinstance(value, (bool, int, float, str, type(None))):
        return value
    raise TypeError(type(value).__name__)


def of_layers(times: int) -> Iterator[Probe]:
    """Draws of each layer of Keras 3."""
    for title, case in layer_draws.CASES.items():
        if layer_draws.V3 in case.versions:
            drawn: list[layer_draws.Draw] = []
            each_draw(layer_draws.draws(title), times, f"{title}, probes", drawn.append)
            for draw in drawn:
                try:
                    yield {
                        "layer": draw.name,
                        "config": encoded(dict(draw.config)),
                        "inputs": encoded(draw.first.inputs),
                        "arguments": encoded(dict(draw.first.arguments)),
                    }
                except TypeError:
                    continue


def of_ops(times: int) -> Iterator[Probe]:
    """Draws of each function of ``keras.ops`` and of the activations, in two worlds."""
    for name, strategy in op_draws.table().items():
        if not name.startswith(("ops.", "activations.")):
            continue
        drawn: list[op_answers.Drawn] = []
        each_draw(strategy, times, f"{name}, probes", drawn.append)
        for args, kwargs in drawn:
            for world in (SYMBOLIC, GRAPH):
                try:
                    yield {
                        "op": name,
                        "world": world,
                        "args": encoded(list(args)),
                        "kwargs": encoded(kwargs),
                    }
                except TypeError:
                    continue

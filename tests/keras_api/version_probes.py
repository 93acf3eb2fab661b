"""Probes: one call of a layer or op, written so that any environment can make it."""

from __future__ import annotations

import json
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


def all_probes(of_each_layer: int, of_each_op: int) -> list[Probe]:
    """The probes of layers and ops, each once, and those of what is known to differ."""
    probes = [
        *of_layers(of_each_layer),
        *of_ops(of_each_op),
        *of_windows(),
        *of_vectors(),
        *of_axes(),
    ]
    return list({json.dumps(probe, sort_keys=True): probe for probe in probes}.values())


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


# -- what is drawn too rarely ---------------------------------------------------------------


def of_windows() -> Iterator[Probe]:
    """Windows and kernels that fit, and that do not; output paddings."""
    for spatial in (1, 2, 3):
        dims = (None, *(4,) * spatial, 3)
        for name in ("MaxPooling", "AveragePooling"):
            for size, strides in ((3, None), (7, None), (7, 1), (7, 2)):
                config = {"pool_size": size, "strides": strides}
                yield _layer(f"{name}{spatial}D", config, layer_draws.T(dims))
        for size, dilation in ((3, 1), (3, 2), (7, 1)):
            config = {"filters": 4, "kernel_size": size, "dilation_rate": dilation}
            yield _layer(f"Conv{spatial}D", config, layer_draws.T(dims))
        for extra in (0, 1, 2):
            config = {"filters": 4, "kernel_size": 3, "strides": 2, "output_padding": extra}
            yield _layer(f"Conv{spatial}DTranspose", config, layer_draws.T(dims))


def of_vectors() -> Iterator[Probe]:
    """Products with vectors and numbers."""
    shapes = [
        ((4,), (4,)),
        ((3,), (4,)),
        ((3, 4), (4,)),
        ((4,), (4, 3)),
        ((None, 4), (4,)),
        ((), (3,)),
    ]
    for name in ("matmul", "dot", "inner", "outer", "vdot", "tensordot"):
        for left, right in shapes:
            yield from _ops(name, op_answers.T(left), op_answers.T(right))


def of_axes() -> Iterator[Probe]:
    """Axes that a tensor has, and that it does not have."""
    names = (
        "sum mean max min argmax argmin cumsum cumprod sort argsort softmax log_softmax flip norm"
    )
    for name in names.split():
        for axis in (-4, -1, 1, 3):
            yield from _ops(name, op_answers.T((None, 4)), axis=axis)
    for name in ("stack", "concatenate"):
        for axis in (-5, 2, 5):
            yield from _ops(name, [op_answers.T((3, 4)), op_answers.T((3, 4))], axis=axis)
    for name in ("argmax", "argmin", "sum"):
        yield from _ops(name, op_answers.T((3, 4)), axis=-1, keepdims=True)


def _layer(name: str, config: dict[str, Any], inputs: Any) -> Probe:
    empty = encoded({})
    return {"layer": name, "config": encoded(config), "inputs": encoded(inputs), "arguments": empty}


def _ops(name: str, *args: Any, **kwargs: Any) -> Iterator[Probe]:
    for world in (SYMBOLIC, GRAPH):
        yield {
            "op": f"ops.{name}", "world": world, "args": encoded(list(args)), "kwargs": encoded(kwargs),
        }  # fmt: skip

"""The first run of a model, for real: ``fit`` and similar methods where a finding says that they fail.

Everywhere else stand-ins replace them, since training takes long.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from . import kerases, watching

_METHODS = ("fit", "evaluate", "predict", "train_on_batch", "test_on_batch", "predict_on_batch")
# One step is enough to fail, and silence keeps the output small.
_SHORT = {"epochs": 1, "initial_epoch": 0, "steps_per_epoch": 1, "validation_steps": 1, "steps": 1,
          "verbose": 0, "callbacks": None}  # fmt: skip


def methods() -> dict[str, Any]:
    """Keras's own methods; call this before stand-ins are installed."""
    return {name: getattr(kerases.keras().Model, name) for name in _METHODS}


def install(own: dict[str, Any], watch: watching.Watch) -> None:
    """Let findings reach Keras's own methods instead of the stand-ins."""
    model = kerases.keras().Model
    everywhere = any(finding.get("first_run") for finding in watch.findings)
    for name, original in own.items():
        setattr(model, name, _chosen(original, getattr(model, name), watch, everywhere))


def _chosen(
    original: Callable[..., Any], stand_in: Callable[..., Any], watch: watching.Watch, always: bool
) -> Callable[..., Any]:
    @functools.wraps(original)
    def method(self: object, *args: object, **keywords: object) -> Any:
        if always or watch.leads_to_finding():
            return _shortened(original, self, args, keywords)
        return stand_in(self, *args, **keywords)

    return method


def _shortened(original: Callable[..., Any], model: Any, args: Any, keywords: Any) -> Any:
    """Call it for a single step, or for the batches that tell; a wrong call raises as it would."""
    signature = inspect.signature(original)
    bound = signature.bind(model, *args, **keywords)
    short = {**_SHORT, **_telling(bound.arguments.get("x"))}
    for name, value in short.items():
        if name in signature.parameters:
            bound.arguments[name] = value
    return original(*bound.args, **bound.kwargs)


def _telling(data: Any) -> dict[str, Any]:
    """The batches of a ``PyDataset`` of which a finding may speak, each in its own step."""
    kind = _data_set()
    if kind is None or not isinstance(data, kind) or not hasattr(data, "__len__"):
        return {}
    few = _few(kind, data)
    return {"x": few, "steps_per_epoch": len(few), "steps": len(few), "shuffle": False}


def _few(kind: Any, data: Any) -> Any:
    """The first two batches, from which Keras takes its shapes, and the last one, which may differ."""
    count = len(data)
    indices = sorted({0, 1, count - 1} & set(range(count)))

    class Few(kind):  # type: ignore[misc]
        def __len__(self) -> int:
            return len(indices)

        def __getitem__(self, index: int) -> Any:
            return data[indices[index]]

    return Few()


def _data_set() -> Any:
    utils = kerases.keras().utils
    return getattr(utils, "PyDataset", None) or getattr(utils, "Sequence", None)

"""What ``fit`` and ``evaluate`` give: the names and the number of what a model measures."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.keras.model_layers import layers_of
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.arithmetic import number_of
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layer_names import snake_case
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.measured import EVALUATED, CallbackV, HistoryV, Measured
from kerasmergelint.tracker.values.objects import FunctionV, compiled_with
from kerasmergelint.tracker.values.training import MetricV
from kerasmergelint.tracker.values.value import UnknownV, Value

# What these callbacks add to what an epoch measures; others may add anything.
_ADDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("BackupAndRestore", "CSVLogger", "EarlyStopping", "ModelCheckpoint", "TensorBoard",
         "TerminateOnNaN"),
        frozenset(),
    ),
    **dict.fromkeys(("LearningRateScheduler", "ReduceLROnPlateau"), frozenset({"learning_rate"})),
}  # fmt: skip


def history(interp: Interpreter, model: Value, outputs: Value, bound: dict[str, Value]) -> Value:
    """What ``fit`` gives."""
    metrics = _metrics(interp, model, outputs)
    added = _added(interp, bound.get("callbacks"))
    validated = _validates(interp, bound)
    if metrics is None or added is None or validated is None:
        return HistoryV(None)
    names = {"loss", *added}
    stems: list[str] = []
    for metric in metrics:
        if isinstance(metric, str):
            names.add(metric)
        elif isinstance(metric, FunctionV):
            stems.append(metric.name.strip("<>"))
        elif metric.label is not None:
            names.add(metric.label)
        else:
            stems.append(snake_case(metric.name))
    return HistoryV(Measured(frozenset(names), tuple(stems), validated))


def scores(interp: Interpreter, model: Value, outputs: Value) -> Value | None:
    """What ``evaluate`` gives: a number, or the loss and a number for each metric; None if unknown."""
    metrics = _metrics(interp, model, outputs)
    if metrics is None:
        return None

    def number() -> Value:
        return number_of(interp, "float", [interp.unknown(EVALUATED)])

    return ListV(interp.heap, [number() for _ in ("loss", *metrics)]) if metrics else number()


_Metric = str | MetricV | FunctionV


def _metrics(interp: Interpreter, model: Value, outputs: Value) -> list[_Metric] | None:
    """What is measured besides the loss of a single output; None if that is not known."""
    compiled = compiled_with(model)
    if compiled is None or compiled.loss is None or compiled.again or not interp.surely(V3):
        return None
    if not isinstance(outputs, TensorV) or not isinstance(model, (ModelV, SequentialV)):
        return None
    layers = layers_of(interp, model)
    if layers is None or not all(isinstance(layer, LayerV) for layer in layers):
        return None
    found: list[_Metric] = []
    for given in (compiled.metrics, compiled.weighted_metrics):
        for metric in _flat(interp, given):
            if not isinstance(metric, (str, MetricV, FunctionV)):
                return None
            found.append(metric)
    names = [metric for metric in found if isinstance(metric, str)]
    return found if len(set(names)) == len(names) else None


def _flat(interp: Interpreter, given: Value) -> Iterator[Value]:
    given = interp.resolve(given)
    if isinstance(given, ListV) and not given.open:
        given = tuple(given.items)
    if not isinstance(given, tuple):
        if given is not None:
            yield given
        return
    for item in given:
        yield from _flat(interp, item)


def _added(interp: Interpreter, given: Value) -> frozenset[str] | None:
    """What callbacks add to the measurements; None if that is not known."""
    found: frozenset[str] = frozenset()
    for callback in _flat(interp, given):
        added = _ADDS.get(callback.name) if isinstance(callback, CallbackV) else None
        if added is None:
            return None
        found |= added
    return found


def _validates(interp: Interpreter, bound: dict[str, Value]) -> bool | None:
    """Whether ``fit`` looks at validation data; None if that is not known."""
    data = interp.resolve(bound.get("validation_data"))
    split = interp.resolve(bound.get("validation_split"))
    if data is None and (split is None or split == 0):
        return False
    if isinstance(split, float) and split > 0:
        return True
    return None if data is None or isinstance(data, UnknownV) else True

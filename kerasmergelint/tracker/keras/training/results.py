"""What ``fit`` and ``evaluate`` give: the names and the number of what a model measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.keras.model_layers import layers_of
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.arithmetic import number_of
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layer_names import snake_case
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.measured import EVALUATED, CallbackV, HistoryV, LogsV, Measured
from kerasmergelint.tracker.values.objects import FunctionV, Instance, compiled_with
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
    added = _added(_flat(interp, bound.get("callbacks")))
    return HistoryV(_measured(interp, model, outputs, bound, added))


def logs(
    interp: Interpreter, model: Value, outputs: Value, bound: dict[str, Value]
) -> Measured | None:
    """What callbacks are told at the end of an epoch; those of the program are seen to add to it."""
    callbacks = _flat(interp, bound.get("callbacks"))
    added = _added(one for one in callbacks if not _is_run(one))
    return _measured(interp, model, outputs, bound, added)


def _is_run(callback: Value) -> bool:
    """Whether what a callback does is followed."""
    functions = isinstance(callback, CallbackV) and callback.name == "LambdaCallback"
    return functions or isinstance(callback, Instance)


def _measured(
    interp: Interpreter,
    model: Value,
    outputs: Value,
    bound: dict[str, Value],
    added: frozenset[str] | None,
) -> Measured | None:
    metrics, validated = _metrics(interp, model, outputs), _validates(interp, bound)
    if metrics is None or added is None or validated is None:
        return None
    return _named(metrics, added, validated)


def _named(metrics: list[_Metric], added: frozenset[str], validated: bool) -> Measured:
    """The names that Keras gives to what is measured."""
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
    return Measured(frozenset(names), tuple(stems), validated)


def scores(
    interp: Interpreter, model: Value, outputs: Value, bound: dict[str, Value]
) -> Value | None:
    """What ``evaluate`` gives: a number, or the loss and a number for each metric; None if unknown."""
    metrics = _metrics(interp, model, outputs)
    by_name = interp.resolve(bound.get("return_dict", False))
    if metrics is None or not isinstance(by_name, bool):
        return None
    if by_name:
        return LogsV(_named(metrics, frozenset(), validated=False))

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


def _added(callbacks: Iterable[Value]) -> frozenset[str] | None:
    """What callbacks add to the measurements; None if that is not known."""
    found: frozenset[str] = frozenset()
    for callback in callbacks:
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

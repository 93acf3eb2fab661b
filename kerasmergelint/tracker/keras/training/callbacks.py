"""Callbacks: what ``fit`` calls of the program's own classes and functions in its first epoch."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.keras.training import own_functions
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.arithmetic import number_of
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.measured import MORE, CallbackV, LogsV, Measured
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassV,
    FunctionV,
    Instance,
    compiled_with,
)
from kerasmergelint.tracker.values.training import OptimizerV
from kerasmergelint.tracker.values.value import Args, External, Value

# In the order of the first epoch, and whether the number of an epoch or batch is passed.
_HOOKS = {
    "on_train_begin": False, "schedule": True, "on_epoch_begin": True, "on_train_batch_begin": True,
    "on_batch_begin": True, "on_train_batch_end": True, "on_batch_end": True,
    "on_epoch_end": True, "on_train_end": False,
}  # fmt: skip
# Keras itself calls one of these by the other name: not where a class has a method of that.
_INSTEAD = {"on_batch_begin": "on_train_batch_begin", "on_batch_end": "on_train_batch_end"}
_SCHEDULE = "schedule"
_AFTER_EPOCHS = ("on_epoch_end", "on_train_end")
_AFTER_BATCHES = ("on_train_batch_end", "on_batch_end")


def run(
    interp: Interpreter,
    model: Value,
    bound: dict[str, Value],
    measured: Measured | None,
    site: Site,
) -> None:
    """Call the hooks of the callbacks passed to ``fit``, until one fails."""
    given, epochs = bound.get("callbacks"), _sure_epochs(interp, bound)
    callbacks = [callback for callback in _flat(interp, given) if _is_followed(callback)]
    for callback in callbacks:
        if isinstance(callback, Instance):
            interp.heap.touch(callback)
            callback.attributes["model"] = model
    found = interp.outputs.failures
    for hook, counts in _HOOKS.items():
        for callback in callbacks:
            function = _function(callback, hook)
            if function is None:
                continue
            if hook == _SCHEDULE:
                _call_schedule(interp, model, function, epochs, site)
            else:
                numbers: list[Value] = [0] if counts else []
                logs = _logs(interp, hook, measured)
                _call_hook(interp, hook, function, [*numbers, logs], site)
            if interp.outputs.failures > found:
                return
    problem = _unnamed(interp, given, measured)
    if problem is not None:
        interp.broken(problem, site, "fit", None)


def _unnamed(interp: Interpreter, given: Value, measured: Measured | None) -> Problem | None:
    """Why a checkpoint finds no name for its file: it is to hold what is not measured."""
    for callback in _flat(interp, given):
        name = callback.file_name if isinstance(callback, CallbackV) else None
        if name is None or measured is None or (MORE, measured) in interp.path.written:
            continue
        for field in _fields(name):
            if field != "epoch" and _is_missing(measured, field):
                detail = f"the name of a checkpoint holds `{field}`, which is not measured"
                hint = "pass `validation_data` to `fit`" if field.startswith("val_") else None
                return Problem(ProblemKind.FIRST_RUN, "KeyError", detail, hint=hint)
    return None


# Keras before 2.3 measured accuracies under these names, and the rate is another name since 3.
_OF_OLD = {"acc": "accuracy", "val_acc": "val_accuracy", "lr": "learning_rate"}


def _is_missing(measured: Measured, field: str) -> bool:
    """Whether no release measures anything by this name here."""
    return measured.lacks(field) and (
        field not in _OF_OLD or (field != "lr" and measured.lacks(_OF_OLD[field]))
    )


def _fields(name: str) -> list[str]:
    """The names of the fields in a format; none if they are not plain names.

    >>> _fields("{epoch:02d}-{val_loss:.2f}.keras"), _fields("{logs[loss]}"), _fields("{")
    (['epoch', 'val_loss'], [], [])
    """
    from string import Formatter  # late: only for names that have fields

    try:
        found = [field for _, field, _, _ in Formatter().parse(name) if field is not None]
    except ValueError:
        return []
    return found if all(map(str.isidentifier, found)) else []


def _is_followed(callback: Value) -> bool:
    """Whether a callback is of a class that the program derives from Keras's, or calls its functions."""
    if isinstance(callback, Instance):
        return any(map(_is_of_keras, callback.cls.mro))
    return isinstance(callback, CallbackV) and bool(callback.functions)


def _function(callback: Value, hook: str) -> Value:
    """What a callback calls for a hook; None if nothing."""
    if isinstance(callback, CallbackV):
        return dict(callback.functions).get(hook)
    if not isinstance(callback, Instance) or hook == _SCHEDULE:  # a method of that name is its own
        return None
    method = find(callback.cls, hook)
    if method is None or not isinstance(method[1], FunctionV):
        return None
    if hook in _INSTEAD and find(callback.cls, _INSTEAD[hook]) is not None:
        return None
    return BoundMethod(callback, method[1])


def _call_hook(interp: Interpreter, hook: str, function: Value, given: Args, site: Site) -> None:
    names = ("epoch" if "epoch" in hook else "batch", "logs")[-len(given) :]
    problem = own_functions.hook_problem(function, hook, *names)
    if problem is None:
        interp.call(function, given, {}, site)
    else:
        interp.broken(problem, site, "fit", None)


def _call_schedule(
    interp: Interpreter, model: Value, function: Value, epochs: range, site: Site
) -> None:
    """``LearningRateScheduler(schedule)``, which takes the epoch, and the rate so far if it can."""
    compiled = compiled_with(model)
    optimizer = None if compiled is None else compiled.optimizer
    if isinstance(optimizer, OptimizerV) and optimizer.scheduled:
        detail = "the learning rate is a schedule of the optimizer's own, and the callback sets it"
        hint = "use one of the two"
        both_set = Problem(ProblemKind.FIRST_RUN, "TypeError", detail, hint=hint)
        interp.broken(both_set, site, "fit", None)
        return
    rate = number_of(interp, "float", [interp.unknown("the learning rate")])
    both = own_functions.takes(function, "epoch", "lr")
    if both is None:
        return
    problem = None if both else own_functions.hook_problem(function, _SCHEDULE, "epoch")
    for epoch in epochs if problem is None else ():
        given = interp.call(function, [epoch, rate] if both else [epoch], {}, site)
        problem = _no_rate(interp, given, epoch)
        if problem is not None:
            break
    if problem is not None:
        interp.broken(problem, site, "fit", None)


def _no_rate(interp: Interpreter, given: Value, epoch: int) -> Problem | None:
    """Why what a schedule gives is refused."""
    traced = isinstance(given, TensorV) and given.spec.kind is TensorKind.EAGER
    tensor = traced and interp.written_for(V3)  # Keras 2 took it
    if given is not None and not tensor and type(given) not in (int, bool, str, tuple):
        return None
    shown = "None" if given is None else "a tensor" if tensor else f"{given!r}"
    detail = f"the schedule of the learning rate gives {shown} for epoch {epoch}, and no float"
    return Problem(ProblemKind.FIRST_RUN, "ValueError", detail, hint="return a float")


def _sure_epochs(interp: Interpreter, bound: dict[str, Value]) -> range:
    """The epochs that `fit` certainly comes to: the first one, and others if nothing can end it before."""
    known = [interp.resolve(bound.get(name, 0)) for name in ("epochs", "initial_epoch")]
    names = {getattr(one, "name", "") for one in _flat(interp, bound.get("callbacks"))}
    if known[1] != 0 or type(known[0]) is not int or not names <= _NEVER_STOP:
        return range(1)
    return range(max(1, min(known[0], _MOST_EPOCHS)))


_NEVER_STOP = frozenset({"CSVLogger", "LearningRateScheduler", "ModelCheckpoint", "TensorBoard"})
_MOST_EPOCHS = 200


def class_problem(interp: Interpreter, given: Value) -> Problem | None:
    """Why Keras refuses callbacks: a class is among them, not an object of it."""
    given = interp.resolve(given)
    items = given.items if isinstance(given, ListV) and not given.open else given
    for item in items if isinstance(items, (list, tuple)) else ():
        callback = interp.resolve(item)
        own = isinstance(callback, ClassV) and any(map(_is_of_keras, callback.mro))
        if own or _is_of_keras(callback):
            name = callback.name if isinstance(callback, ClassV) else str(callback)
            name = name.rpartition(".")[2]
            detail = f"callbacks: {name} is a class, and no object of it"
            hint = f"write `{name}(...)`"
            return Problem(ProblemKind.ARGUMENT, "TypeError", detail, hint=hint)
    return None


def _flat(interp: Interpreter, given: Value) -> Iterator[Value]:
    """The callbacks of a list, or a single one."""
    given = interp.resolve(given)
    items = given.items if isinstance(given, ListV) else given
    for item in items if isinstance(items, (list, tuple)) else (items,):
        yield interp.resolve(item)


def _is_of_keras(base: Value) -> bool:
    path = inner_path(base.dotted) if isinstance(base, External) else None
    return path is not None and path.startswith("callbacks.")


def _logs(interp: Interpreter, hook: str, measured: Measured | None) -> Value:
    """What was measured so far, by names."""
    if measured is not None and hook in _AFTER_EPOCHS:
        return LogsV(measured)
    if measured is not None and hook in _AFTER_BATCHES:
        return LogsV(replace(measured, validated=False))
    logs = DictV(interp.heap, {})
    logs.open = True
    return logs

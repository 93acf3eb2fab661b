"""``keras.callbacks``: what their constructors refuse."""

from __future__ import annotations

from kerasmergelint.keras_api.problems import refused
from kerasmergelint.tracker.library.backend import always
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.measured import CallbackV
from kerasmergelint.tracker.values.value import Args, Keywords, Value

_NAMES = (
    "BackupAndRestore", "CSVLogger", "EarlyStopping", "LambdaCallback", "LearningRateScheduler",
    "ReduceLROnPlateau", "RemoteMonitor", "TensorBoard", "TerminateOnNaN",
)  # fmt: skip


def _reduce(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``ReduceLROnPlateau(monitor, factor, ...)``: the learning rate must become smaller."""
    bound = bind_native(interp, ("monitor", "factor"), args, keywords)
    factor = interp.resolve(bound.get("factor"))
    if isinstance(factor, (int, float)) and factor >= 1.0:
        broken = refused(f"the factor {factor} does not reduce the learning rate")
        return interp.broken(broken.problem, site, "ReduceLROnPlateau", None)
    return CallbackV("ReduceLROnPlateau")


def _schedule(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``LearningRateScheduler(schedule)``"""
    bound = bind_native(interp, ("schedule",), args, keywords)
    return CallbackV(
        "LearningRateScheduler", (("schedule", interp.resolve(bound.get("schedule"))),)
    )


def _functions(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``LambdaCallback(on_epoch_end=...)``"""
    bound = bind_native(interp, _BY_PLACE, args, keywords)
    functions = ((name, interp.resolve(function)) for name, function in bound.items())
    return CallbackV("LambdaCallback", tuple(functions))


# The places further on are not those of Keras 2.
_BY_PLACE = ("on_epoch_begin", "on_epoch_end")
_OWN: dict[str, Native] = {
    "LambdaCallback": _functions,
    "LearningRateScheduler": _schedule,
    "ReduceLROnPlateau": _reduce,
}

# By the path in Keras.
BY_PATH: dict[str, Native] = {
    f"callbacks.{name}": _OWN.get(name) or always(CallbackV(name)) for name in _NAMES
}

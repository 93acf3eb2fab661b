"""``history = model.fit(...)``, and what it does not hold."""

from __future__ import annotations

from functools import partial

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.arithmetic import number_of
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.own_exceptions import note_absent
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.measured import (
    EVALUATED,
    MORE,
    HistoryV,
    LogsV,
    Measured,
    RecordsV,
    measured,
)
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.value import Args, Keywords, Value

# Keras before 2.3 wrote the short names, whichever the program gave; the rate is `learning_rate` since 3.
_OF_OLD = {"acc": "accuracy", "val_acc": "val_accuracy", "lr": "learning_rate"}


def attribute(interp: Interpreter, history: HistoryV, name: str, site: Site) -> Value:
    if name == "history" and history.measured is not None:
        return RecordsV(history.measured)
    return interp.unknown(f"the attribute {name} of what `fit` gives")


def item_of_history(interp: Interpreter, history: HistoryV, key: Value, site: Site) -> Value:
    """``history["loss"]``: what was measured is one attribute further on."""
    detail = "what `fit` gives is an object, which has no items"
    hint = "look in its attribute `history`"
    raise interp.fails(Problem(ProblemKind.PYTHON, "TypeError", detail, hint=hint), site)


_READS = frozenset({"copy", "get", "items", "keys", "values"})


def attribute_of_records(interp: Interpreter, records: RecordsV, name: str, site: Site) -> Value:
    if name not in _READS:
        _note_more(interp, records.measured)
    return interp.unknown(f"{name} of what was measured")


def set_attribute(
    interp: Interpreter, history: HistoryV, name: str, content: Value, site: Site
) -> None:
    """``history.history = {...}``"""
    if history.measured is not None:
        _note_more(interp, history.measured)


def set_item(
    interp: Interpreter, records: RecordsV, key: Value, content: Value, site: Site
) -> None:
    """``history.history["seconds"] = [...]``: it holds what the program puts there, too."""
    _note_more(interp, records.measured)


def _note_more(interp: Interpreter, measured: Measured) -> None:
    interp.path.written[MORE, measured] = True


def item(interp: Interpreter, records: RecordsV, key: Value, site: Site) -> Value:
    """``history.history["val_loss"]``, which raises if nothing was validated."""
    key = interp.resolve(key)
    if _lacks(interp, records.measured, key):
        problem = _missing(str(key), records.measured)
        if problem.kind is ProblemKind.PYTHON or not interp.presumes:
            raise interp.fails(problem, site)
    sure = type(key) is str and (MORE, records.measured) not in interp.path.written
    return interp.unknown("what was measured", measured(str(key)) if sure else None)


# -- logs -----------------------------------------------------------------------------------


def item_of_logs(interp: Interpreter, logs: LogsV, key: Value, site: Site) -> Value:
    """``logs["accuracy"]``"""
    key = interp.resolve(key)
    if _lacks(interp, logs.measured, key):
        problem = _missing(str(key), logs.measured, "logs have")
        if problem.kind is ProblemKind.PYTHON or not interp.presumes:
            raise interp.fails(problem, site)
    return number_of(interp, "float", [interp.unknown(EVALUATED)])


def attribute_of_logs(interp: Interpreter, logs: LogsV, name: str, site: Site) -> Value:
    if name == "get":
        return NativeV(name, partial(_get, logs))
    if name not in _READS:
        _note_more(interp, logs.measured)
    return interp.unknown(f"{name} of what was measured")


def _get(logs: LogsV, interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``logs.get("acc")``, which is None where nothing of that name was measured."""
    bound = bind_native(interp, ("key", "default"), args, keywords)
    key = interp.resolve(bound.get("key"))
    if not _lacks(interp, logs.measured, key):
        return interp.unknown("what was measured")
    if "default" not in bound:
        note_absent(interp, _missing(str(key), logs.measured, "logs have"), site)
    return bound.get("default")


def set_item_of_logs(
    interp: Interpreter, logs: LogsV, key: Value, content: Value, site: Site
) -> None:
    """``logs["lr"] = rate``: the callbacks that come later find it, too."""
    _note_more(interp, logs.measured)


def _lacks(interp: Interpreter, measured: Measured, key: Value) -> bool:
    """Whether nothing of this name was measured, nor put there by the program."""
    unknown = type(key) is not str or not interp.surely(V3)
    return not unknown and measured.lacks(str(key)) and (MORE, measured) not in interp.path.written


def _missing(key: str, measured: Measured, who: str = "history has") -> Problem:
    instead = _OF_OLD.get(key)
    old = instead is not None and not measured.lacks(instead)
    unvalidated = key.startswith("val_") and not measured.validated
    names = ", ".join(f"'{name}'" for name in sorted(measured.names))
    why = "nothing was validated" if unvalidated else f"there are {names}"
    hint = f"it is {instead!r}" if old else None
    if unvalidated:
        hint = "pass `validation_data` or `validation_split` to `fit`"
    kind = ProblemKind.NOT_IN_KERAS_3 if old else ProblemKind.PYTHON
    return Problem(kind, "KeyError", f"the {who} no {key!r}: {why}", hint=hint)

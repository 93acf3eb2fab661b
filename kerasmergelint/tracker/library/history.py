"""``history = model.fit(...)``, and what it does not hold."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.measured import HistoryV, Measured, RecordsV, measured
from kerasmergelint.tracker.values.value import Value

# Keras before 2.3 wrote the short names, whichever the program gave; the rate is `learning_rate` since 3.
_OF_OLD = {"acc": "accuracy", "val_acc": "val_accuracy", "lr": "learning_rate"}


def attribute(interp: Interpreter, history: HistoryV, name: str, site: Site) -> Value:
    if name == "history" and history.measured is not None:
        return RecordsV(history.measured)
    return interp.unknown(f"the attribute {name} of what `fit` gives")


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
    interp.path.written[_MORE, measured] = True


_MORE = "more in a history than what was measured"


def item(interp: Interpreter, records: RecordsV, key: Value, site: Site) -> Value:
    """``history.history["val_loss"]``, which raises if nothing was validated."""
    key = interp.resolve(key)
    lacks = type(key) is str and interp.surely(V3) and records.measured.lacks(key)
    if lacks and (_MORE, records.measured) not in interp.path.written:
        problem = _missing(str(key), records.measured)
        if problem.kind is ProblemKind.PYTHON or not interp.presumes:
            raise interp.fails(problem, site)
    sure = type(key) is str and (_MORE, records.measured) not in interp.path.written
    return interp.unknown("what was measured", measured(str(key)) if sure else None)


def _missing(key: str, measured: Measured) -> Problem:
    instead = _OF_OLD.get(key)
    old = instead is not None and not measured.lacks(instead)
    unvalidated = key.startswith("val_") and not measured.validated
    names = ", ".join(f"'{name}'" for name in sorted(measured.names))
    why = "nothing was validated" if unvalidated else f"there are {names}"
    hint = f"it is {instead!r}" if old else None
    if unvalidated:
        hint = "pass `validation_data` or `validation_split` to `fit`"
    kind = ProblemKind.NOT_IN_KERAS_3 if old else ProblemKind.PYTHON
    return Problem(kind, "KeyError", f"the history has no {key!r}: {why}", hint=hint)

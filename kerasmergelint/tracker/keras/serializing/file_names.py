"""Names of the files that models and weights are written to: Keras 3 takes those that say what is in them."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import to_term
from kerasmergelint.tracker.values.value import Value

OF_WEIGHTS = (".weights.h5",)
OF_CHECKPOINTS = (".keras", ".h5")
OF_MODELS = (".keras", ".h5", ".hdf5")


def refused(
    interp: Interpreter, path: Value, endings: tuple[str, ...], what: str
) -> Problem | None:
    """Why Keras 3 does not write to a path; None if it does, or the end of the name is not known."""
    name = end_of(interp.resolve(path))
    if name is None or name.endswith(endings) or "://" in name or not interp.surely(V3):
        return None
    detail = f"the name of {what} must end in `{endings[0]}`, got '{name}'"
    return Problem(ProblemKind.ARGUMENT, "ValueError", detail)


def end_of(path: Value) -> str | None:
    """A path, or the last part of one that is joined; None if that is not known."""
    if isinstance(path, str):
        return str(path)
    term = to_term(path)
    last = term[-1] if isinstance(term, tuple) and term[:2] == ("path", "join") else None
    return last if isinstance(last, str) else None

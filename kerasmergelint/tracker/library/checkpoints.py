"""``ModelCheckpoint``: Keras 3 takes only file names that say what is written."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.constants import to_term
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value

_PARAMETERS = ("filepath", "monitor", "verbose", "save_best_only", "save_weights_only")


def _checkpoint(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """Fail for a name of Keras 2, such as ``best.ckpt``."""
    sure = REST not in keywords and not any(isinstance(argument, Spread) for argument in args)
    bound = bind_native(interp, _PARAMETERS, args, keywords) if sure else {}
    name = _end_of(interp.resolve(bound.get("filepath")))
    only = interp.resolve(bound.get("save_weights_only", False))
    wanted = (".weights.h5",) if only is True else (".keras", ".h5")
    if name is not None and type(only) is bool and not name.endswith(wanted) and interp.surely(V3):
        detail = f"the name of a checkpoint must end in `{wanted[0]}`, got '{name}'"
        raise interp.fails(Problem(ProblemKind.ARGUMENT, "ValueError", detail), site)
    return interp.unknown("a callback")


def _end_of(path: Value) -> str | None:
    """A path, or the last part of one that is joined; None if that is not known."""
    if isinstance(path, str):
        return str(path)
    term = to_term(path)
    last = term[-1] if isinstance(term, tuple) and term[:2] == ("path", "join") else None
    return last if isinstance(last, str) else None


BY_PATH: dict[str, Native] = {"callbacks.ModelCheckpoint": _checkpoint}

"""``ModelCheckpoint``: Keras 3 takes only file names that say what is written."""

from __future__ import annotations

from kerasmergelint.tracker.keras.serializing import file_names
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.measured import CallbackV
from kerasmergelint.tracker.values.value import Args, Keywords, Value, are_all_known

_PARAMETERS = (
    "filepath",
    "monitor",
    "verbose",
    "save_best_only",
    "save_weights_only",
    "mode",
    "save_freq",
)


def _checkpoint(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """Report a name of Keras 2, such as ``best.ckpt``; in Keras 2 the program goes on."""
    sure = are_all_known(args, keywords)
    bound = bind_native(interp, _PARAMETERS, args, keywords) if sure else {}
    only = interp.resolve(bound.get("save_weights_only", False))
    endings = file_names.OF_WEIGHTS if only is True else file_names.OF_CHECKPOINTS
    problem = file_names.refused(interp, bound.get("filepath"), endings, "a checkpoint")
    if problem is not None and type(only) is bool:
        interp.broken(problem, site, "", None)
    by_epoch = sure and interp.resolve(bound.get("save_freq", "epoch")) == "epoch"
    name = file_names.end_of(interp.resolve(bound.get("filepath"))) if by_epoch else None
    return CallbackV("ModelCheckpoint", file_name=name)


BY_PATH: dict[str, Native] = {"callbacks.ModelCheckpoint": _checkpoint}

"""Keywords that ``Layer.__init__`` refuses when a class of the program hands them on."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.value import Keywords, named

_TAKEN = frozenset(
    {"activity_regularizer", "autocast", "dtype", "input_dim", "input_shape", "name", "trainable"}
)
# Some Keras 2 took these as well.
_IN_KERAS_2 = frozenset(
    {"batch_input_shape", "batch_size", "dynamic", "implementation", "input_dtype", "weights"}
)


def of_layer(interp: Interpreter, keywords: Keywords) -> Problem | None:
    """Why ``Layer.__init__`` refuses one of them; None if it takes them all, or may."""
    if not interp.surely(V3):
        return None
    for name in named(keywords):
        if name in _TAKEN or (name in _IN_KERAS_2 and interp.presumes):
            continue
        older = name in _IN_KERAS_2
        return Problem(
            ProblemKind.NOT_IN_KERAS_3 if older else ProblemKind.ARGUMENT,
            "ValueError",
            f"`Layer` has no argument `{name}`" + (" in Keras 3" if older else ""),
        )
    return None

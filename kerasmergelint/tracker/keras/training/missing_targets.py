"""Training on data without targets, by a model that was compiled with a loss."""

from __future__ import annotations

from kerasmergelint.keras_api import differences, losses
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.tracker.keras.training.batches import Batch
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, Instance, PartialV
from kerasmergelint.tracker.values.training import LossV
from kerasmergelint.tracker.values.value import External, Value

_LOSSES = (str, LossV, FunctionV, BoundMethod, PartialV, Instance, ListV, DictV, tuple)
_TRAINS = ("fit", "train_on_batch")


def problem(interp: Interpreter, name: str, loss: Value, batch: Batch) -> Problem | None:
    """Report that there is nothing to compare the outputs with; Keras 2 evaluates all the same."""
    loss = interp.resolve(loss)
    if batch.y is not None or not _is_loss(loss) or not _are_inputs_only(batch.x):
        return None
    if name not in _TRAINS and not interp.surely(differences.EVALUATES_WITH_TARGETS):
        return None
    detail = "there are no targets, but the model was compiled with a loss"
    hint = "pass `y`, or data that gives `(x, y)`; an autoencoder's targets are its inputs"
    return Problem(ProblemKind.TARGETS, "ValueError", detail, hint=hint)


def _is_loss(loss: Value) -> bool:
    """Whether it is one, and not None; a name of another module may be either."""
    of_keras = isinstance(loss, External) and losses.loss_function(loss.dotted) is not None
    return of_keras or isinstance(loss, _LOSSES)


def _are_inputs_only(x: Value) -> bool:
    """Whether these are certainly arrays, and no pipeline, which may hold the targets as well."""
    if isinstance(x, (ListV, DictV)) and x.open:
        return False
    parts = list(leaves(x))
    return bool(parts) and all(isinstance(p, TensorV) and p.spec.dims is not None for p in parts)

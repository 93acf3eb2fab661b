"""Which target, loss and weights go with which output of a model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from kerasmergelint.keras_api import differences
from kerasmergelint.keras_api.causes import Cause, OneForSeveral
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.protocol import Broken, Problem, ProblemKind
from kerasmergelint.tracker.keras.training.batches import Batch
from kerasmergelint.tracker.keras.training.outputs import by_name, in_order, is_open, only
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layers import ModelV, SequentialV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import UnknownV, Value

_NAMES = "output_names"


class Compared(NamedTuple):
    """What belongs together: ``weights`` are those of the samples, None for none."""

    loss: Value
    output: Value
    target: Value
    weights: Value


def matched(
    interp: Interpreter, model: Value, loss: Value, outputs: Value, batch: Batch
) -> list[Compared]:
    """Each output with its target and loss, by name if any of the three is a dict.

    Raises Broken if Keras certainly refuses how many there are, or their names.
    """
    _check_nameless(interp, model, loss, outputs, batch)
    if isinstance(batch.y, DictV) or isinstance(outputs, DictV) or isinstance(loss, DictV):
        return _by_name(interp, model, loss, outputs, batch)
    return _in_order(interp, model, loss, outputs, batch)


# -- by name ------------------------------------------------------------------------------------


def _by_name(
    interp: Interpreter, model: Value, loss: Value, outputs: Value, batch: Batch
) -> list[Compared]:
    y = batch.y
    results = by_name(model, outputs)
    if results is None or is_open(loss) or is_open(y):
        return []
    if isinstance(y, TensorV) and len(results) > 1 and interp.surely(differences.COUNTS_TARGETS):
        raise _too_few(len(results), 1)
    listed = isinstance(y, (ListV, tuple)) and not isinstance(outputs, DictV)
    given = in_order(y) if listed else None
    targets = dict(zip(results, given)) if given is not None and len(given) == len(results) else {}
    if isinstance(y, DictV):
        targets = y.items
    _check_names("are targets", targets, results)
    if isinstance(loss, DictV) and (
        interp.surely(differences.CHECKS_LOSSES_OF_DICT) or not isinstance(outputs, DictV)
    ):
        named = (name for name, one in loss.items.items() if one is not None)
        _check_names("is a loss", named, results)
    losses = loss.items if isinstance(loss, DictV) else dict.fromkeys(results, loss)
    weights = _weights(batch.weights, list(results), ordered=listed)
    return [
        Compared(losses[name], output, targets[name], weights.get(name))
        for name, output in results.items()
        if name in targets and name in losses
    ]


def _check_names(what: str, names: Iterable[object], outputs: dict[Any, Value]) -> None:
    """Refuse what is given for an output that does not exist."""
    for name in names:
        if name not in outputs:
            known = ", ".join(f"`{output}`" for output in outputs)
            detail = f"there {what} for `{name}`, but the outputs are {known}"
            raise _refused(detail, "use the names of the outputs")


def _is_nameless(model: Value) -> bool:
    """Whether a model is of the program's own class, and does not say how its outputs are called."""
    if not isinstance(model, Instance) or model.state.model is not None:
        return False
    return find(model.cls, _NAMES) is None and _NAMES not in model.attributes


def _check_nameless(
    interp: Interpreter, model: Value, loss: Value, outputs: Value, batch: Batch
) -> None:
    """Refuse a dict of losses or targets where Keras does not look for names."""
    items = in_order(outputs)
    named = isinstance(loss, DictV) and bool(loss.items)
    in_a_row = isinstance(outputs, (tuple, ListV)) and _is_nameless(model)
    if named and in_a_row and interp.surely(differences.REFUSES_NAME_OF_ONE_LOSS):
        detail = "a dict of losses, but `call` gives outputs without names"
        raise _refused(detail, "return a dict of outputs, or pass a list of losses", "TypeError")
    if items is None or len(items) != 1 or not isinstance(items[0], TensorV):
        return
    own = isinstance(model, Instance) and model.state.model is None
    unnamed = (own or isinstance(model, SequentialV)) and items[0] is outputs
    by_name = isinstance(loss, DictV) and bool(loss.items)
    if unnamed and by_name and interp.surely(differences.REFUSES_NAME_OF_ONE_LOSS):
        detail = "a dict of losses, but the output has no name"
        raise _refused(detail, "pass the loss itself", "TypeError")
    if isinstance(batch.y, DictV) and interp.surely(differences.REFUSES_NAME_OF_ONE_TARGET):
        detail = "the targets are a dict, but the model has a single output, which is not a dict"
        raise _refused(detail, "pass the array itself", "TypeError")


# -- in order -----------------------------------------------------------------------------------


def _in_order(
    interp: Interpreter, model: Value, loss: Value, outputs: Value, batch: Batch
) -> list[Compared]:
    results, targets = in_order(outputs), in_order(batch.y)
    if results is None or targets is None:
        return []
    if len(results) == 1:
        return _single(interp, model, loss, results[0], targets, batch)
    if not all(isinstance(item, TensorV) for item in (*results, *targets)):
        return []
    losses = in_order(loss) if isinstance(loss, (ListV, tuple)) else [loss] * len(results)
    if len(targets) != len(results):
        if losses is None or _count_of_losses(losses) in (None, len(targets)):
            return []
        spread = isinstance(batch.y, TensorV)  # Keras 2 compares a single array with each
        if spread and not interp.surely(differences.COUNTS_TARGETS):
            return []
        raise _too_few(len(results), len(targets))
    if losses is None or len(losses) < len(results):
        return []
    if len(losses) > len(results) and interp.surely(differences.COUNTS_LOSSES):
        many = counted(len(losses), "loss", "losses")
        detail = f"the model has {counted(len(results), 'output')}, but {many}"
        raise _refused(detail, "give one loss for each output")
    weights = _weights(batch.weights, range(len(results)), ordered=True)
    rows = enumerate(zip(losses, results, targets))
    return [Compared(*row, weights.get(index)) for index, row in rows]


def _count_of_losses(losses: Sequence[Value]) -> int | None:
    """How many outputs have a loss: Keras 3 also takes targets for these alone."""
    known = not any(isinstance(loss, UnknownV) for loss in losses)
    return sum(loss is not None for loss in losses) if known else None


def _single(
    interp: Interpreter,
    model: Value,
    loss: Value,
    output: Value,
    targets: list[Value],
    batch: Batch,
) -> list[Compared]:
    """The only output."""
    if len(targets) == 1:
        losses = in_order(loss)
        one = losses[0] if losses is not None and len(losses) == 1 else loss
        return [Compared(one, output, targets[0], only(batch.weights))]
    built = isinstance(model, ModelV) or (isinstance(model, SequentialV) and model.input)
    arrays = all(isinstance(item, (TensorV, int, float)) for item in targets)
    counts = interp.surely(differences.COUNTS_TARGETS_OF_ONE_OUTPUT)
    if counts and built and targets and arrays and isinstance(output, TensorV):
        raise _too_few(1, len(targets))
    return []


def _weights(weights: Value, names: Sequence[object], *, ordered: bool) -> dict[Any, Value]:
    """The weights for each output: one array may count for all."""
    if isinstance(weights, DictV):
        return {} if weights.open else weights.items
    if isinstance(weights, TensorV):
        return dict.fromkeys(names, weights)
    given = in_order(weights) if ordered else None
    return dict(zip(names, given)) if given is not None and len(given) == len(names) else {}


def _too_few(outputs: int, arrays: int) -> Broken:
    many = counted(arrays, "array")
    detail = f"the model has {counted(outputs, 'output')}, got {many} of targets"
    hint = "give one array of targets for each output"
    return _refused(detail, hint, cause=OneForSeveral("output", outputs) if arrays == 1 else None)


def _refused(
    detail: str, hint: str, exception: str = "ValueError", cause: Cause | None = None
) -> Broken:
    return Broken(Problem(ProblemKind.TARGETS, exception, detail, hint=hint, cause=cause))

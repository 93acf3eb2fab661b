"""What a call of ``fit`` and its like asks for, before any data is looked at."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.keras.model_layers import layers_of
from kerasmergelint.tracker.keras.training.compiling import compiling_was_seen
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import FunctionV, compiled_with
from kerasmergelint.tracker.values.training import LossV
from kerasmergelint.tracker.values.value import Value

_WHOLE = ("epochs", "initial_epoch", "steps_per_epoch", "steps", "validation_steps")
_OF_COMPILED = ("fit", "evaluate", "train_on_batch", "test_on_batch")


def problem(
    interp: Interpreter, model: Value, name: str, bound: dict[str, Value]
) -> Problem | None:
    """Why Keras 3 refuses the call itself."""
    if not interp.surely(V3):
        return None
    return (
        _number_problem(interp, bound)
        or _lossless(interp, model, name)
        or _loss_weights_problem(interp, model, name)
        or _callbacks_problem(interp, bound.get("callbacks"))
    )


def _number_problem(interp: Interpreter, bound: dict[str, Value]) -> Problem | None:
    """Counts that are no whole numbers: Python counts no further than to an integer."""
    counts = list(_WHOLE)
    if isinstance(interp.resolve(bound.get("x")), TensorV):
        counts.append("batch_size")
    for name in counts:
        given = interp.resolve(bound.get(name))
        if isinstance(given, (float, str)):
            hint = "divide with `//`, or round with `int(...)`" if given != "" else None
            return _refused("TypeError", f"`{name}` must be an integer, got {given!r}", hint)
    return None


def _lossless(interp: Interpreter, model: Value, name: str) -> Problem | None:
    """A model that is compiled without a loss, and has none of its own."""
    if name not in _OF_COMPILED or not compiling_was_seen(interp, model):
        return None
    compiled = compiled_with(model)
    if compiled is None or compiled.loss is not None or not _adds_no_loss(interp, model):
        return None
    return _refused(
        "ValueError", "the model is compiled without a loss", "pass `loss` to `compile`"
    )


def _adds_no_loss(interp: Interpreter, model: Value) -> bool:
    """Whether a model is made of layers that add no losses of their own."""
    layers = layers_of(interp, model)
    if layers is None:
        return False
    return all(_is_plain(layer) or _adds_no_loss(interp, layer) for layer in layers)


def _is_plain(layer: Value) -> bool:
    if not isinstance(layer, LayerV) or layer.type.name == "ActivityRegularization":
        return False
    return all(value is None for key, value in layer.config.items() if "regularizer" in key)


def _loss_weights_problem(interp: Interpreter, model: Value, name: str) -> Problem | None:
    """As many weights as losses: Keras 2 passed over what was too much."""
    compiled = compiled_with(model) if isinstance(model, (ModelV, SequentialV)) else None
    if compiled is None or name not in _OF_COMPILED or not interp.written_for(V3):
        return None
    losses, given = _counted(interp, compiled.loss), _counted(interp, compiled.loss_weights)
    if losses is None or not given or losses == given or compiled.again:
        return None
    are = "is one loss" if losses == 1 else f"are {losses} losses"
    return _refused("ValueError", f"there {are}, and `loss_weights` holds {given}", None)


def _counted(interp: Interpreter, given: Value) -> int | None:
    """How many losses or weights are given; None if that is not known, or one of them is None."""
    given = interp.resolve(given)
    if isinstance(given, (str, float, FunctionV, LossV)):
        return 1
    items: Value = None
    if isinstance(given, ListV) and not given.open:
        items = given.items
    elif isinstance(given, DictV) and not given.open:
        items = list(given.items.values())
    elif isinstance(given, tuple):
        items = given
    plain = (str, int, float, FunctionV, LossV)
    if not isinstance(items, (list, tuple)) or not all(isinstance(one, plain) for one in items):
        return None
    return len(items)


def _callbacks_problem(interp: Interpreter, given: Value) -> Problem | None:
    """Something in the list of callbacks that is none: a function, a text."""
    for item in _items(interp, given):
        if isinstance(item, FunctionV):
            hint = "pass `keras.callbacks.LambdaCallback(on_epoch_end=...)`"
            detail = f"`callbacks` holds the function {item.name}"
            return _refused("AttributeError", detail, hint)
        if isinstance(item, SetV):
            detail = "`callbacks` holds a set, which Keras takes for one of them"
            return _refused("AttributeError", detail, "write a list")
        if isinstance(item, str):
            return _refused("AttributeError", f"`callbacks` holds the text {item!r}", None)
    return None


def _items(interp: Interpreter, given: Value) -> Iterator[Value]:
    given = interp.resolve(given)
    items = given.items if isinstance(given, ListV) and not given.open else given
    if isinstance(given, SetV):
        yield given
    for item in items if isinstance(items, (list, tuple)) else ():
        yield interp.resolve(item)


def _refused(exception: str, detail: str, hint: str | None) -> Problem:
    return Problem(ProblemKind.ARGUMENT, exception, detail, hint=hint)

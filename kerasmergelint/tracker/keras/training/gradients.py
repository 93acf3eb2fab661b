"""Whether a loss of the program's own has a gradient at all: Keras refuses to train without one."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind
from kerasmergelint.tracker.keras import counting
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, TensorV, ancestors, identity, parts_of
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.training import OUT_OF_PIPELINE
from kerasmergelint.tracker.values.value import SymInt, Value

_NO_TENSORS = (int, float, str, slice, SymInt, type(None))


def problem_of(model: Value, loss: TensorV, target: TensorV, output: TensorV) -> Problem | None:
    """Report a loss that only steps lead to, if nothing else of the model is trained by."""
    last = _last_step(loss, identity(output), identity(target))
    if last is None or not _is_trained_by_loss_only(model):
        return None
    detail = f"the loss has no gradient: the outputs get to it through `{last}` only"
    hint = "compute the loss with what can be differentiated"
    return Problem(ProblemKind.FIRST_RUN, "ValueError", detail, hint=hint)


def note_data(interp: Interpreter, item: Value) -> None:
    """Remember of the tensors in a nest that they are read, so that no weight has led to them."""
    for leaf in leaves(item):
        if isinstance(leaf, TensorV):
            interp.path.written[OUT_OF_PIPELINE, identity(leaf)] = True


def is_data(interp: Interpreter, tensor: TensorV) -> bool:
    """Whether that is known of a tensor."""
    return (OUT_OF_PIPELINE, identity(tensor)) in interp.path.written


def has_none(interp: Interpreter, result: TensorV, by: Value) -> bool:
    """Whether nothing of what a derivative is taken by gets to a result, or all of it through steps.

    Of what is read nothing does, unless the derivative is by that.
    """
    asked = [leaf for leaf in leaves(by) if isinstance(leaf, TensorV)]
    by_data = any(is_data(interp, tensor) for tensor in asked)
    starts = frozenset(map(identity, asked))
    way, last = _ways(result, starts, ends=lambda tensor: not by_data and is_data(interp, tensor))
    return not way and (last is not None or bool(asked))


_Identity = tuple[int, int]


def _last_step(loss: TensorV, output: _Identity, target: _Identity) -> str | None:
    """The call that has no gradient on the last way to the loss; None if there may be another way."""
    another, last = _ways(loss, frozenset({output}), target)
    return None if another else last


# What variables begin with.
_HELD = ("convert_to_tensor", "constant")


def _ways(
    loss: TensorV,
    starts: frozenset[_Identity],
    target: _Identity | None = None,
    ends: Callable[[TensorV], bool] = lambda tensor: False,
) -> tuple[bool, str | None]:
    """Whether there may be a way to the loss, and which call cut off the last that there is not."""
    stack, seen, last = [loss], set[_Identity](), None
    while stack:
        tensor = stack.pop()
        if identity(tensor) in seen or identity(tensor) == target or ends(tensor):
            continue
        seen.add(identity(tensor))
        node = tensor.node
        if identity(tensor) in starts:
            return True, last
        if tensor.spec.kind is TensorKind.ARRAY:
            continue  # what NumPy makes is not recorded
        if node is None:
            if not _is_discrete(tensor):
                return True, last
        elif _has_no_gradient(tensor, node):
            last = node.label
        elif node.layer is not None or str(node.key).endswith(_HELD):
            return True, last
        else:
            parts = parts_of(node)
            stack += [part for part in parts if isinstance(part, TensorV)]
            if not all(isinstance(part, (TensorV, *_NO_TENSORS)) for part in parts):
                return True, last
    return False, last


def _has_no_gradient(tensor: TensorV, node: Node) -> bool:
    return Kind.FLAT in node.kind or _is_discrete(tensor)


def _is_discrete(tensor: TensorV) -> bool:
    """Whole numbers and truth values have no gradient, whatever makes them."""
    dtype = tensor.spec.dtype
    return dtype is not None and ("int" in dtype or dtype == "bool")


def _is_trained_by_loss_only(model: Value) -> bool:
    """Whether no layer adds a loss of its own, as far as that is known."""
    if isinstance(model, SequentialV):
        return not model.open and all(map(_adds_nothing, model.layers))
    if not isinstance(model, ModelV) or counting.is_open(model):
        return False
    made_by = (node.layer for node in ancestors(model.outputs))
    return all(layer is None or _adds_nothing(layer) for layer in made_by)


def _adds_nothing(layer: Value) -> bool:
    if not isinstance(layer, LayerV):
        return _is_trained_by_loss_only(layer)
    regularized = any(
        name.endswith("_regularizer") and value is not None for name, value in layer.config.items()
    )
    return not regularized and not any(
        isinstance(v, (LayerV, ModelV)) for v in layer.config.values()
    )

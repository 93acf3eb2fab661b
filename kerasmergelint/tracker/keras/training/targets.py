"""Outputs against targets, by the losses that a model was compiled with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from kerasmergelint.keras_api import losses
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.protocol import (
    Broken,
    Problem,
    ProblemKind,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V3, since
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.keras.training.batches import Batch
from kerasmergelint.tracker.keras.training.measuring import only, weights_problem
from kerasmergelint.tracker.keras.training.outputs import by_name, in_order, is_open
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, PartialV
from kerasmergelint.tracker.values.training import LossV
from kerasmergelint.tracker.values.value import External, Value


def compare(
    interp: Interpreter,
    model: Value,
    loss: Value,
    outputs: Value,
    batch: Batch,
    site: Site,
    callee: str,
) -> None:
    """Report the first loss that certainly refuses its output and target."""
    if isinstance(batch.y, DictV) or isinstance(outputs, DictV) or isinstance(loss, DictV):
        matched = _by_name(interp, model, loss, outputs, batch, site, callee)
    else:
        matched = _in_order(interp, model, loss, outputs, batch, site, callee)
    for one, output, target, weights in matched:
        found = len(interp.outputs.events)
        values = _pair(interp, one, output, target, site, callee)
        problem = weights_problem(interp, values, weights)
        if problem is not None:
            interp.broken(problem, site, callee, None)
        if len(interp.outputs.events) > found:
            return


class Compared(NamedTuple):
    """What belongs together: ``weights`` are those of the samples, None for none."""

    loss: Value
    output: Value
    target: Value
    weights: Value


def _of_each(weights: Value, names: Sequence[Any], *, ordered: bool) -> dict[Any, Value]:
    """The weights for each output: one array may count for all."""
    if isinstance(weights, DictV):
        return {} if weights.open else weights.items
    if isinstance(weights, TensorV):
        return dict.fromkeys(names, weights)
    given = in_order(weights) if ordered else None
    return dict(zip(names, given)) if given is not None and len(given) == len(names) else {}


# -- by name ------------------------------------------------------------------------------------


def _by_name(
    interp: Interpreter,
    model: Value,
    loss: Value,
    outputs: Value,
    batch: Batch,
    site: Site,
    callee: str,
) -> list[Compared]:
    """Targets and losses given by output name."""
    y = batch.y
    results = by_name(model, outputs)
    if results is None or is_open(loss) or is_open(y):
        return []
    listed = isinstance(y, (ListV, tuple)) and not isinstance(outputs, DictV)
    given = in_order(y) if listed else None
    if isinstance(y, TensorV) and len(results) > 1 and _only_3(interp):
        _too_few(interp, len(results), "1 array", site, callee)
        return []
    targets = dict(zip(results, given)) if given is not None and len(given) == len(results) else {}
    if isinstance(y, DictV):
        targets = y.items
    keys = []
    if isinstance(loss, DictV) and (_only_3(interp) or not isinstance(outputs, DictV)):
        keys = [name for name, one in loss.items.items() if one is not None]
    for what, names in (("are targets", list(targets)), ("is a loss", keys)):
        wrong = next((name for name in names if name not in results), None)
        if wrong is not None:
            known = ", ".join(f"`{name}`" for name in results)
            detail = f"there {what} for `{wrong}`, but the outputs are {known}"
            _report(interp, detail, site, callee, "use the names of the outputs")
            return []
    losses_of = loss.items if isinstance(loss, DictV) else dict.fromkeys(results, loss)
    weights = _of_each(batch.weights, list(results), ordered=listed)
    return [
        Compared(losses_of[name], output, targets[name], weights.get(name))
        for name, output in results.items()
        if name in targets and name in losses_of
    ]


# Keras 3.3 took more targets than outputs, and left out the rest.
_COUNTS_TARGETS = since("3.8")


# -- in order -----------------------------------------------------------------------------------


def _in_order(
    interp: Interpreter,
    model: Value,
    loss: Value,
    outputs: Value,
    batch: Batch,
    site: Site,
    callee: str,
) -> list[Compared]:
    """Each output with its loss and target; a wrong number of them is reported."""
    y = batch.y
    results, targets = in_order(outputs), in_order(y)
    if results is None or targets is None:
        return []
    if len(results) == 1:
        single = in_order(loss)
        one = single[0] if single is not None and len(single) == 1 else loss
        if len(targets) == 1:
            return [Compared(one, results[0], targets[0], only(batch.weights))]
        built = isinstance(model, ModelV) or (isinstance(model, SequentialV) and model.input)
        strict = interp.versions <= _COUNTS_TARGETS
        if built and strict and isinstance(results[0], TensorV) and len(targets) > 1:
            arrays = all(isinstance(item, (TensorV, int, float)) for item in targets)
            if arrays:
                _too_few(interp, 1, f"{len(targets)} arrays", site, callee)
        return []
    if not all(isinstance(item, TensorV) for item in (*results, *targets)):
        return []
    only_3 = _only_3(interp)
    if len(targets) != len(results):
        if only_3 or not isinstance(y, TensorV):  # Keras 2 compares a single array with each
            few = "1 array" if len(targets) == 1 else f"{len(targets)} arrays"
            _too_few(interp, len(results), few, site, callee)
        return []
    given = in_order(loss) if isinstance(loss, (ListV, tuple)) else [loss] * len(results)
    if given is None or len(given) < len(results):
        return []
    if len(given) > len(results) and only_3:
        outputs, losses = counted(len(results), "output"), counted(len(given), "loss", "losses")
        detail = f"the model has {outputs}, but {losses}"
        _report(interp, detail, site, callee, "give one loss for each output")
        return []
    weights = _of_each(batch.weights, range(len(results)), ordered=True)
    rows = enumerate(zip(given, results, targets))
    return [Compared(*row, weights.get(index)) for index, row in rows]


def _only_3(interp: Interpreter) -> bool:
    return interp.version in V3 and interp.version_certain


def _too_few(interp: Interpreter, outputs: int, given: str, site: Site, callee: str) -> None:
    detail = f"the model has {counted(outputs, 'output')}, got {given} of targets"
    _report(interp, detail, site, callee, "give one array of targets for each output")


def _report(interp: Interpreter, detail: str, site: Site, callee: str, hint: str) -> None:
    problem = Problem(ProblemKind.TARGETS, "ValueError", detail, hint=hint)
    interp.broken(problem, site, callee, None)


def _pair(
    interp: Interpreter,
    loss: Value,
    output: Value,
    target: Value,
    site: Site,
    callee: str,
) -> losses.Dims | None:
    """One loss on one output: what it gives for each sample, if that is known."""
    loss = interp.resolve(loss)
    if not isinstance(output, TensorV) or not isinstance(target, TensorV):
        return None
    given, expected = output.spec.dims, target.spec.dims
    if given is None or expected is None:
        return None
    name = _name_of(loss)
    if name is not None:
        try:
            both = expected, given
            last = _activation(output)
            return aside.applied(interp, lambda version: losses.checked(name, *both, version, last))
        except Broken as broken:
            interp.broken(broken.problem, site, callee, None)
    elif isinstance(loss, (FunctionV, BoundMethod, PartialV)):
        return _own_loss(interp, loss, output, target, site)
    return None


def _activation(output: TensorV) -> str | None:
    """The name of the activation that made an output."""
    layer = output.node.layer if output.node is not None else None
    if isinstance(layer, SequentialV) and layer.layers:
        layer = layer.layers[-1]
    found = layer.config.get("activation") if isinstance(layer, LayerV) else None
    return found if isinstance(found, str) else None


def _name_of(loss: Value) -> str | None:
    if isinstance(loss, str):
        return losses.loss_named(loss)
    if isinstance(loss, LossV):
        return loss.name
    return losses.loss_function(loss.dotted) if isinstance(loss, External) else None


def _own_loss(
    interp: Interpreter, loss: Value, output: TensorV, target: TensorV, site: Site
) -> losses.Dims | None:
    """The program's own function of target and output, as Keras calls it: what it gives."""
    if not interp.version_certain and len(output.spec.dims or ()) != len(target.spec.dims or ()):
        return None  # the versions bring them to one rank in different ways
    both = losses.aligned(target.spec.dims or (), output.spec.dims or (), interp.version)
    if both is None:
        return None
    dtype = "float32" if interp.version in V3 and interp.version_certain else None
    specs = [TensorSpec(Shape(dims), dtype, TensorKind.GRAPH) for dims in both]
    given = replace(specs[1], dtype=dtype or output.spec.dtype)
    with aside.tracing(interp):
        node = output.node if given.dims == output.spec.dims else None
        made = interp.call(loss, [TensorV(specs[0]), TensorV(given, node)], {}, site)
    return made.spec.dims if isinstance(made, TensorV) else None

"""Outputs against targets, by the losses that a model was compiled with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import differences, losses
from kerasmergelint.keras_api.protocol import Broken, KerasVersion, TensorKind, TensorSpec
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.keras.training import gradients, matching, own_functions, samples
from kerasmergelint.tracker.keras.training.batches import Batch
from kerasmergelint.tracker.keras.training.measuring import weights_problem
from kerasmergelint.tracker.machine import aside, by_version
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV, SequentialV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, Instance, PartialV
from kerasmergelint.tracker.values.training import LossV
from kerasmergelint.tracker.values.value import External, Value

Aligned = Callable[
    [losses.Dims, losses.Dims, KerasVersion], "tuple[losses.Dims, losses.Dims] | None"
]


def compare(
    interp: Interpreter,
    model: Value,
    loss: Value,
    outputs: Value,
    batch: Batch,
    site: Site,
    callee: str,
) -> None:
    """Report the first loss that certainly refuses its output and target, or has none."""
    try:
        matched = matching.matched(interp, model, loss, outputs, batch)
    except Broken as broken:
        interp.broken(broken.problem, site, callee, None)
        return
    # The model, if training it needs the gradient of the only loss.
    trained = model if len(matched) == 1 and callee in ("fit", "train_on_batch") else None
    for one, output, target, weights in matched:
        found = interp.outputs.failures
        values = _pair(interp, trained, one, output, target, site, callee)
        problem = weights_problem(interp, values, weights)
        if problem is not None:
            interp.broken(problem, site, callee, None)
        if interp.outputs.failures > found:
            return


def _pair(
    interp: Interpreter,
    trained: Value,
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
    expected, dims = target.spec.dims, output.spec.dims
    if dims is None or expected is None:
        return None
    name = _name_of(loss)
    if name is not None:
        try:
            last = _activation(output)
            return by_version.applied(
                interp, lambda version: _checked(name, expected, dims, version, last)
            )
        except Broken as broken:
            interp.broken(broken.problem, site, callee, None)
        return None
    aligned = losses.of_object if isinstance(loss, Instance) else losses.aligned
    loss = _method_of(loss)
    if isinstance(loss, (FunctionV, BoundMethod, PartialV)):
        refused = own_functions.arguments_problem(loss, "the loss")
        if refused is not None:
            interp.broken(refused, site, callee, None)
            return None
        compared, given = _own_loss(interp, loss, aligned, output, target, site)
        refused = own_functions.result_problem(loss, given)
        if refused is not None:
            interp.broken(refused, site, callee, None)
        made = given if isinstance(given, TensorV) else None
        if made is None:
            return None
        problem = gradients.problem_of(trained, made, *compared)
        mixing = samples.hazard_in(made, compared[1])
        if problem is not None:
            interp.broken(problem, site, callee, None)
        elif mixing is not None:
            hazard, node = mixing
            interp.report(hazard, node.site, node.label, node.inputs, node.recipe)
        return made.spec.dims
    return None


def _checked(
    name: str, target: losses.Dims, output: losses.Dims, version: KerasVersion, last: str | None
) -> losses.Dims | None:
    """A loss per sample; TensorFlow before 2.7 fed targets of one axis as a column, so both must fail."""
    try:
        return losses.checked(name, target, output, version, last)
    except Broken as broken:
        if version in differences.MAY_FEED_COLUMNS and len(target) == 1:
            with suppress(Broken):
                losses.checked(name, (*target, 1), output, version, last)
                return None
        raise broken


def _method_of(loss: Value) -> Value:
    """``call`` of a loss of a class of the program's own, which gets what a function gets."""
    method = find(loss.cls, "call") if isinstance(loss, Instance) else None
    return loss if method is None else BoundMethod(loss, method[1])


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
    interp: Interpreter,
    loss: Value,
    aligned: Aligned,
    output: TensorV,
    target: TensorV,
    site: Site,
) -> tuple[tuple[TensorV, TensorV], Value]:
    """The program's own function as Keras calls it: target and output as it gets them, what it gives."""
    rank, of_target = len(output.spec.dims or ()), len(target.spec.dims or ())
    # The versions bring them to one rank in different ways.
    unclear = not interp.version_certain and rank != of_target
    is_column = of_target == 1 and interp.version in differences.MAY_FEED_COLUMNS
    unclear = unclear or (is_column and rank > 2)
    both = aligned(target.spec.dims or (), output.spec.dims or (), interp.version)
    if unclear or both is None:
        return (target, output), interp.unknown("what a loss gives")
    dtype = "float32" if interp.surely(differences.CASTS_TO_FLOAT32) else None
    specs = [TensorSpec(Shape(dims), dtype, TensorKind.GRAPH) for dims in both]
    shown = replace(specs[1], dtype=dtype or output.spec.dtype)
    node = output.node if shown.dims == output.spec.dims else None
    given = TensorV(specs[0]), TensorV(shown, node)
    with aside.tracing(interp):
        made = interp.call(loss, list(given), {}, site)
    return given, made

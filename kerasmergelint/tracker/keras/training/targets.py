"""Outputs against targets: the losses that a model was compiled with."""

from __future__ import annotations

from dataclasses import replace

from kerasmergelint.keras_api import losses
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    Problem,
    ProblemKind,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import Dim, Shape
from kerasmergelint.tracker.keras.training.batches import BATCH, Batch, is_open
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV, SequentialV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, PartialV
from kerasmergelint.tracker.values.training import LossV
from kerasmergelint.tracker.values.value import External, Value


def compare(
    interp: Interpreter, loss: Value, outputs: Value, batch: Batch, site: Site, callee: str
) -> None:
    """Report the first loss that certainly refuses its output and target."""
    results, targets = _items(outputs), _items(batch.y)
    if results is None or targets is None:
        return
    if len(results) > 1:
        several = _several(interp, loss, results, targets, site, callee)
        for one, output, target in several or ():
            if _pair(interp, one, output, target, batch.size, site, callee):
                return
    elif len(results) == 1 and len(targets) == 1:
        single = _items(loss)
        one = single[0] if single is not None and len(single) == 1 else loss
        _pair(interp, one, results[0], targets[0], batch.size, site, callee)


def _items(nest: Value) -> list[Value] | None:
    """The members of a flat nest; a single value is its only member.  Names are not followed."""
    if is_open(nest) or isinstance(nest, DictV):
        return None
    if isinstance(nest, ListV):
        return list(nest.items)
    return list(nest) if isinstance(nest, (tuple, list)) else [nest]


def _several(
    interp: Interpreter,
    loss: Value,
    outputs: list[Value],
    targets: list[Value],
    site: Site,
    callee: str,
) -> list[tuple[Value, Value, Value]] | None:
    """Each output of several with its loss and its target; a wrong number is reported."""
    if not all(isinstance(item, TensorV) for item in (*outputs, *targets)):
        return None
    if len(targets) != len(outputs):
        one = "1 output" if len(outputs) == 1 else f"{len(outputs)} outputs"
        detail = f"the model has {one}, got {len(targets)} {_targets(len(targets))}"
        _report(interp, detail, site, callee, "give one array of targets for each output")
        return None
    given = _items(loss) if isinstance(loss, (ListV, tuple)) else [loss] * len(outputs)
    if given is None:
        return None
    if len(given) != len(outputs):
        if len(given) > len(outputs):
            detail = f"the model has {len(outputs)} outputs, and {len(given)} losses"
            _report(interp, detail, site, callee, "give one loss for each output")
        return None
    return list(zip(given, outputs, targets))


def _targets(count: int) -> str:
    return "array of targets" if count == 1 else "arrays of targets"


def _report(interp: Interpreter, detail: str, site: Site, callee: str, hint: str) -> None:
    problem = Problem(ProblemKind.TARGETS, "ValueError", detail, hint=hint)
    interp.broken(problem, site, callee, None)


def _pair(
    interp: Interpreter,
    loss: Value,
    output: Value,
    target: Value,
    size: Dim,
    site: Site,
    callee: str,
) -> bool:
    """One loss on one output; whether it fails."""
    loss = interp.resolve(loss)
    if not isinstance(output, TensorV) or not isinstance(target, TensorV):
        return False
    given, expected = output.spec.dims, target.spec.dims
    if given is None or expected is None:
        return False
    name = _name_of(loss)
    found = len(interp.outputs.events)
    if name is not None:
        try:
            both = _sized(expected, size), _sized(given, size)
            last = _activation(output)
            aside.applied(interp, lambda version: losses.checked(name, *both, version, last))
        except Broken as broken:
            interp.broken(broken.problem, site, callee, None)
    elif isinstance(loss, (FunctionV, BoundMethod, PartialV)):
        _own_loss(interp, loss, output, target, site)
    return len(interp.outputs.events) > found


def _activation(output: TensorV) -> str | None:
    """The activation that an output comes from, by its name."""
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


def _sized(dims: tuple[Dim, ...], size: Dim) -> tuple[Dim, ...]:
    """With the size of the first batch, where that is known."""
    return (size, *dims[1:]) if dims and dims[0] == BATCH and isinstance(size, int) else dims


def _own_loss(
    interp: Interpreter, loss: Value, output: TensorV, target: TensorV, site: Site
) -> None:
    """The program's own function of target and output, as Keras calls it."""
    if not interp.version_certain and len(output.spec.dims or ()) != len(target.spec.dims or ()):
        return  # the versions bring them to one rank in different ways
    both = _brought_together(interp.version, target.spec.dims or (), output.spec.dims or ())
    if both is None:
        return
    dtype = "float32" if interp.version in V3 and interp.version_certain else None
    specs = [TensorSpec(Shape(dims), dtype, TensorKind.GRAPH) for dims in both]
    given = replace(specs[1], dtype=dtype or output.spec.dtype)
    with aside.tracing(interp):
        interp.call(loss, [TensorV(specs[0]), TensorV(given)], {}, site)


def _brought_together(
    version: KerasVersion, target: tuple[Dim, ...], output: tuple[Dim, ...]
) -> tuple[tuple[Dim, ...], tuple[Dim, ...]] | None:
    if version not in V3 and len(target) == 1:
        target = (*target, 1)
    return losses.aligned(target, output)

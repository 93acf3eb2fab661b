"""What else ``fit`` does with outputs and targets: metrics and sample weights."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api import metrics
from kerasmergelint.keras_api.losses import Dims, aligned, shape_conflict
from kerasmergelint.keras_api.protocol import Broken, Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import Shape, product
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.keras.training.batches import Batch
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, Instance, PartialV
from kerasmergelint.tracker.values.training import Compiled, MetricV
from kerasmergelint.tracker.values.value import Value


def measure(
    interp: Interpreter, compiled: Compiled, outputs: Value, batch: Batch, site: Site, callee: str
) -> None:
    """Report the first metric of a single output that certainly refuses it and its target."""
    output, target = _only(interp, outputs), _only(interp, batch.y)
    if not isinstance(output, TensorV) or not isinstance(target, TensorV):
        return
    found = len(interp.outputs.events)
    for metric in (*_flat(interp, compiled.metrics), *_flat(interp, compiled.weighted_metrics)):
        _one(interp, metric, output, target, site, callee)
        if len(interp.outputs.events) > found:
            return


def _only(interp: Interpreter, nest: Value) -> Value:
    """The single member of a nest; None if there are or may be several."""
    nest = interp.resolve(nest)
    if isinstance(nest, ListV):
        nest = None if nest.open else nest.items
    if isinstance(nest, (list, tuple)):
        return interp.resolve(nest[0]) if len(nest) == 1 else None
    return nest


def _flat(interp: Interpreter, given: Value) -> Iterator[Value]:
    """A nest of lists flattened, as for a single output."""
    given = interp.resolve(given)
    if isinstance(given, ListV):
        given = [] if given.open else given.items
    if isinstance(given, (list, tuple)):
        for item in given:
            yield from _flat(interp, item)
    elif given is not None:
        yield given


def _one(
    interp: Interpreter, metric: Value, output: TensorV, target: TensorV, site: Site, callee: str
) -> None:
    given, expected = output.spec.dims, target.spec.dims
    if given is None or expected is None:
        return
    name = metric.name if isinstance(metric, MetricV) else None
    if isinstance(metric, str):
        name = metrics.metric_named(metric)
    if name is not None:
        known, both = name, (expected, given)
        try:
            aside.applied(interp, lambda version: metrics.check(known, *both, version))
        except Broken as broken:
            interp.broken(broken.problem, site, callee, None)
        return
    own = _own(metric)
    if own is not None and interp.versions <= V3:
        arguments: list[Value] = [_as_given(target), _as_given(output)]
        with aside.tracing(interp):
            interp.call(own, arguments, {}, site)


def _own(metric: Value) -> Value | None:
    """The program's own function of target and output."""
    if isinstance(metric, Instance):
        method = find(metric.cls, "update_state")
        if method is not None and isinstance(method[1], FunctionV):
            return BoundMethod(metric, method[1])
        return None
    return metric if isinstance(metric, (FunctionV, BoundMethod, PartialV)) else None


def _as_given(tensor: TensorV) -> TensorV:
    return TensorV(TensorSpec(tensor.spec.shape, None, TensorKind.GRAPH))


# -- weights ------------------------------------------------------------------------------------


def weights_problem(interp: Interpreter, values: Dims | None, batch: Batch) -> Problem | None:
    """Why Keras 3 refuses sample weights that do not fit the losses per sample."""
    weights = _only(interp, batch.weights)
    if values is None or not isinstance(weights, TensorV) or not interp.versions <= V3:
        return None
    dims = weights.spec.dims
    both = None if not dims else aligned(values, dims, interp.version)
    detail = None if both is None else shape_conflict(*both)
    if detail is None or dims is None:
        return None
    words = f"`sample_weight` {Shape(dims)} for losses {Shape(values)}: {detail}"
    hint = "give one weight for each sample, or for each number that the loss gives"
    return Problem(ProblemKind.TARGETS, "ValueError", words, hint=hint)


def class_weights_problem(interp: Interpreter, y: Value) -> Problem | None:
    """``class_weight`` looks up one class for each sample."""
    target = _only(interp, y)
    dims = target.spec.dims if isinstance(target, TensorV) else None
    if dims is None or len(dims) < 3 or None in dims[1:-1]:
        return None
    if not never_equal(product(dims[1:-1]), 1):
        return None
    detail = f"`class_weight` takes one class for each sample, got targets {Shape(dims)}"
    hint = "pass the weights of all places as `sample_weight`"
    return Problem(ProblemKind.TARGETS, "ValueError", detail, hint=hint)

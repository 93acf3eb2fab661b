"""What else ``fit`` does with outputs and targets: metrics and sample weights."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.keras_api import causes, differences, metrics
from kerasmergelint.keras_api.losses import Dims, aligned, shape_conflict
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.protocol import Broken, Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.shapes import Shape, product
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.keras.training import own_functions
from kerasmergelint.tracker.keras.training.batches import Batch
from kerasmergelint.tracker.keras.training.outputs import by_name, in_order, only
from kerasmergelint.tracker.machine import aside, by_version
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.frames import FrameV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, Instance, PartialV
from kerasmergelint.tracker.values.training import RUNS_EAGERLY, Compiled, MetricV
from kerasmergelint.tracker.values.value import External, Value


def measure(
    interp: Interpreter,
    model: Value,
    compiled: Compiled,
    outputs: Value,
    batch: Batch,
    site: Site,
    callee: str,
) -> None:
    """Report the first metric that certainly refuses its output and target, or has no output."""
    found = interp.outputs.failures
    alone = None if _several(outputs) else batch.weights
    for listed, weights in ((compiled.metrics, None), (compiled.weighted_metrics, alone)):
        given = interp.resolve(listed)
        problem = _assignment_problem(interp, model, given, outputs)
        if problem is not None:
            interp.broken(problem, site, callee, None)
            return
        for metric, output, target in _assigned(interp, model, given, outputs, batch.y):
            if isinstance(output, TensorV) and isinstance(target, TensorV):
                if _is_of_arrays(interp, metric, compiled):
                    interp.broken(_of_arrays(metric), site, callee, None)
                else:
                    _one(interp, metric, output, target, weights, site, callee)
            if interp.outputs.failures > found:
                return


def _several(outputs: Value) -> bool:
    items = outputs.items if isinstance(outputs, (ListV, DictV)) and not outputs.open else outputs
    return isinstance(items, (list, tuple, dict)) and len(items) > 1


def _assignment_problem(
    interp: Interpreter, model: Value, metrics_given: Value, outputs: Value
) -> Problem | None:
    """Metrics in a list of another length than there are outputs, or for a name that none has."""
    if not _several(outputs) or not interp.surely(differences.CHECKS_METRICS):
        return None
    if isinstance(metrics_given, DictV):
        named = by_name(model, outputs)
        if named is None or metrics_given.open:
            return None
        wrong = next((name for name in metrics_given.items if name not in named), None)
        known = ", ".join(f"`{name}`" for name in named)
        detail = f"there are metrics for `{wrong}`, but the outputs are {known}"
        hint = "use the names of the outputs"
        return (
            None if wrong is None else Problem(ProblemKind.TARGETS, "ValueError", detail, hint=hint)
        )
    results = list(outputs.items) if isinstance(outputs, DictV) else in_order(outputs)
    listed = in_order(metrics_given) if isinstance(metrics_given, (ListV, tuple)) else None
    if results is None or not listed or len(listed) == len(results):
        return None
    many = counted(len(listed), "metric")
    detail = f"the model has {counted(len(results), 'output')}, but a list of {many}"
    hint = "give a list of metrics for each output, or a dict by the names of the outputs"
    return Problem(ProblemKind.TARGETS, "ValueError", detail, hint=hint)


def _assigned(
    interp: Interpreter, model: Value, given: Value, outputs: Value, y: Value
) -> Iterator[tuple[Value, Value, Value]]:
    """Each metric with its output and target."""
    if not _several(outputs):
        output, target = only(interp.resolve(outputs)), only(interp.resolve(y))
        yield from ((metric, output, target) for metric in _flat(interp, given))
        return
    named = by_name(model, outputs) or {}
    wanted = y.items if isinstance(y, DictV) and not y.open else {}
    results = None if isinstance(outputs, DictV) else in_order(outputs)
    targets = in_order(y) if results is not None else None
    if targets is not None and len(targets) == len(named):
        wanted = dict(zip(named, targets))
    if isinstance(given, DictV):
        for name in given.items:
            for metric in _flat(interp, given.items[name]):
                yield metric, named.get(name), wanted.get(name)
    elif isinstance(given, (ListV, tuple)) and results is not None and targets is not None:
        for metric, output, target in zip(in_order(given) or [], results, targets):
            yield from ((one, output, target) for one in _flat(interp, metric))


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
    interp: Interpreter,
    metric: Value,
    output: TensorV,
    target: TensorV,
    weights: Value,
    site: Site,
    callee: str,
) -> None:
    given, expected = output.spec.dims, target.spec.dims
    if given is None or expected is None:
        return
    name = metric.name if isinstance(metric, MetricV) else None
    if isinstance(metric, str):
        name = metrics.metric_named(metric)
    if name is not None:
        compare(interp, name, expected, given, site, callee)
        return
    own = _own(metric)
    refused = own_functions.arguments_problem(metric, "the metric")
    refused = refused or own_functions.metric_problem(metric)
    if refused is not None:
        interp.broken(refused, site, callee, None)
    elif own is not None and interp.surely(differences.CALLS_OWN_METRIC):
        arguments: list[Value] = [_as_given(target), _as_given(output)]
        weighted = weights is not None and isinstance(metric, Instance)
        with aside.tracing(interp):
            interp.call(own, arguments, {"sample_weight": weights} if weighted else {}, site)


def _is_of_arrays(interp: Interpreter, metric: Value, compiled: Compiled) -> bool:
    """Whether a metric is a function of scikit-learn, which takes arrays, and gets tensors of a graph."""
    traced = compiled.run_eagerly in (None, False) and RUNS_EAGERLY not in interp.patched
    of_arrays = isinstance(metric, External) and metric.dotted.startswith("sklearn.metrics.")
    return of_arrays and traced and interp.surely(differences.CALLS_OWN_METRIC)


def _of_arrays(metric: Value) -> Problem:
    detail = f"{metric} takes arrays, and gets the tensors of a graph"
    hint = "use a metric of Keras, or call it on what `predict` gives"
    return Problem(ProblemKind.TARGETS, "TypeError", detail, hint=hint)


def compare(
    interp: Interpreter, name: str, target: Dims, output: Dims, site: Site, callee: str
) -> None:
    """Report a metric that Keras ships if it certainly refuses the two."""
    try:
        by_version.applied(interp, lambda version: metrics.check(name, target, output, version))
    except Broken as broken:
        interp.broken(broken.problem, site, callee, None)


def _own(metric: Value) -> Value | None:
    """The program's own function of target and output."""
    if isinstance(metric, Instance):
        method = find(metric.cls, "update_state")
        if method is not None and isinstance(method[1], FunctionV):
            return BoundMethod(metric, method[1])
        inherited = metric.attributes.get("update_state")
        return inherited if isinstance(inherited, BoundMethod) else None
    return metric if isinstance(metric, (FunctionV, BoundMethod, PartialV)) else None


def _as_given(tensor: TensorV) -> TensorV:
    return TensorV(TensorSpec(tensor.spec.shape, None, TensorKind.GRAPH))


# -- weights ------------------------------------------------------------------------------------


def structure_problem(y: Value, weights: Value) -> Problem | None:
    """Why Keras 3 refuses sample weights that are not given as the targets are, one for each."""
    if isinstance(weights, (TensorV, FrameV)) or weights is None:
        return None
    given, wanted = _members(weights), _members(y)
    if given is None or wanted is None or given == wanted:
        return None
    detail = "`sample_weight` does not have the structure of the targets"
    hint = "give one array of weights for each array of targets"
    return _refused_weights(detail, hint, causes.Plain.SAMPLE_WEIGHT)


def _refused_weights(detail: str, hint: str, cause: causes.Plain) -> Problem:
    return Problem(ProblemKind.TARGETS, "ValueError", detail, hint=hint, cause=cause)


def _members(nest: Value) -> object:
    """What tells the structures of two nests of arrays apart; None if unknown."""
    if isinstance(nest, DictV):
        return None if nest.open else frozenset(nest.items)
    items = nest.items if isinstance(nest, ListV) and not nest.open else nest
    if not isinstance(items, (list, tuple)) or len(items) < 2 - isinstance(nest, ListV):
        return None
    return len(items)


def weights_problem(interp: Interpreter, values: Dims | None, weights: Value) -> Problem | None:
    """Why Keras 3 refuses sample weights that do not fit the losses per sample."""
    if values is None or not isinstance(weights, TensorV):
        return None
    if not interp.surely(differences.CHECKS_WEIGHTS):
        return None
    dims = weights.spec.dims
    both = None if not dims else aligned(values, dims, interp.version)
    detail = None if both is None else shape_conflict(*both)
    if detail is None or dims is None:
        return None
    words = f"`sample_weight` {Shape(dims)} for losses {Shape(values)}: {detail}"
    hint = "give one weight for each sample, or for each number that the loss gives"
    return _refused_weights(words, hint, causes.Plain.SAMPLE_WEIGHT)


def class_weights_problem(interp: Interpreter, y: Value) -> Problem | None:
    """``class_weight`` looks up one class for each sample."""
    target = only(interp.resolve(y))
    dims = target.spec.dims if isinstance(target, TensorV) else None
    if dims is None or len(dims) < 3 or None in dims[1:-1]:
        return None
    if not never_equal(product(dims[1:-1]), 1):
        return None
    detail = f"`class_weight` takes one class for each sample, got targets {Shape(dims)}"
    hint = "pass the weight of each position as `sample_weight`"
    return _refused_weights(detail, hint, causes.Plain.CLASS_WEIGHT)


def both_weights() -> Problem:
    """Why Keras 3 refuses weights of samples beside those of classes."""
    detail = "`class_weight` and `sample_weight` are both given"
    hint = "multiply the weights of the samples by those of their classes"
    return _refused_weights(detail, hint, causes.Plain.CLASS_WEIGHT)


def no_table_of_classes(weights: Value) -> Problem | None:
    """Why Keras 3 finds no weight of a class in a list, an array, or the name of a way to compute them."""
    if not isinstance(weights, (ListV, tuple, str, TensorV)):
        return None
    detail = "`class_weight` is no dict, in which Keras looks up the number of a class"
    hint = "pass `dict(enumerate(weights))`"
    return Problem(
        ProblemKind.TARGETS, "AttributeError", detail, hint=hint, cause=causes.Plain.CLASS_WEIGHT
    )

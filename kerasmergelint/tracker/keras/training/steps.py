"""``fit``, ``evaluate``, ``predict`` and similar methods: run one batch through the model and the loss."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import differences
from kerasmergelint.keras_api.protocol import Broken, Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import UNKNOWN, Shape
from kerasmergelint.tracker.keras import object_arguments, object_names
from kerasmergelint.tracker.keras.serializing import saved_weights
from kerasmergelint.tracker.keras.training import (
    asked,
    batches,
    callbacks,
    forward,
    measuring,
    missing_targets,
    outside,
    own_functions,
    results,
    targets,
    within_graph,
)
from kerasmergelint.tracker.keras.training.batches import Batch
from kerasmergelint.tracker.keras.training.compiling import uncompiled
from kerasmergelint.tracker.keras.training.gradients import note_data
from kerasmergelint.tracker.keras.training.pipelines import (
    beside_problem,
    describes_items,
    element_of,
    first_and_last,
    length_problem,
    source_problem,
)
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, IteratorV, ListV, leaves, mapped
from kerasmergelint.tracker.values.frames import FrameV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import ModelV, SequentialV
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    FunctionV,
    Instance,
    PartialV,
    compiled_with,
)
from kerasmergelint.tracker.values.training import RUNS_EAGERLY, DatasetV
from kerasmergelint.tracker.values.value import Args, Keywords, Value, are_all_known

_DEFAULT_BATCH = 32

Method = Callable[[Interpreter, Value, Args, Keywords, Site], Value]

_FIT = (
    "x", "y", "batch_size", "epochs", "verbose", "callbacks", "validation_split", "validation_data",
    "shuffle", "class_weight", "sample_weight",
)  # fmt: skip
_PARAMETERS = {
    "fit": _FIT,
    "evaluate": (
        "x",
        "y",
        "batch_size",
        "verbose",
        "sample_weight",
        "steps",
        "callbacks",
        "return_dict",
    ),
    "predict": ("x", "batch_size", "verbose", "steps"),
    "train_on_batch": ("x", "y", "sample_weight", "class_weight"),
    "test_on_batch": ("x", "y", "sample_weight"),
    "predict_on_batch": ("x",),
}
# The program's own methods that replace what Keras does with a batch.
_HOOKS = {
    "fit": "train_step", "train_on_batch": "train_step", "evaluate": "test_step",
    "test_on_batch": "test_step", "predict": "predict_step", "predict_on_batch": "predict_step",
}  # fmt: skip


def method(name: str) -> Method:
    """The training method of this name."""

    def native(
        interp: Interpreter, model: Value, args: Args, keywords: Keywords, site: Site
    ) -> Value:
        refused = object_arguments.of_method(interp, name, args, keywords)
        if refused is not None:
            return interp.broken(refused, site, name, None)
        bound = bind_native(interp, _PARAMETERS[name], args, keywords)
        here = within_graph.problem(interp, name, bound.get("x"))
        if here is not None:
            raise interp.fails(here, site)
        refused = asked.problem(interp, model, name, bound)
        if refused is not None:
            interp.broken(refused, site, name, None)
            return interp.unknown("what training gives")
        _note_size(interp, name, bound.get("batch_size"), bound)
        if are_all_known(args, keywords):
            outputs = _run(interp, model, name, bound, site)
            if outputs is not None and name.startswith("predict"):
                return _predicted(interp, _alone(interp, model, outputs), bound)
            if outputs is not None and name == "fit":
                return results.history(interp, model, outputs, bound)
            if outputs is not None and name == "evaluate":
                given = results.scores(interp, model, outputs, bound)
                if given is not None:
                    return given
        return interp.unknown("what training gives")

    return native


def _note_size(interp: Interpreter, name: str, size: Value, bound: dict[str, Value]) -> None:
    """Remember a batch size for which the model is made, unless the last batch is a smaller one.

    What is predicted may be a sample alone.
    """
    if not isinstance(size, int) or name.startswith("predict"):
        return
    if name.endswith("_batch") or _left(interp, bound.get("x"), bound) == 0:
        interp.outputs.batch_sizes.add(size)


def _alone(interp: Interpreter, model: Value, outputs: Value) -> Value:
    """The outputs without the list around a single one, which Keras takes off."""
    items = outputs.items if isinstance(outputs, ListV) and not outputs.open else outputs
    if not isinstance(items, (list, tuple)) or len(items) != 1:
        return outputs
    is_list = isinstance(outputs, ListV) or interp.surely(differences.UNPACKS_ONE_OUTPUT)
    known = is_list and isinstance(model, (ModelV, SequentialV))
    return items[0] if known else interp.unknown("what a model predicts")


def _predicted(interp: Interpreter, outputs: Value, bound: dict[str, Value]) -> Value:
    """The outputs as arrays: for all samples, unless only some steps are taken."""
    x, whole = _arrays(interp, bound.get("x")), bound.get("steps") is None
    samples = batches.samples(x) if whole else UNKNOWN

    def one(leaf: Value) -> Value:
        if not isinstance(leaf, TensorV) or not leaf.spec.dims:
            return interp.unknown("what a model predicts")
        shape = Shape((samples, *leaf.spec.dims[1:]))
        return TensorV(TensorSpec(shape, leaf.spec.dtype, TensorKind.ARRAY))

    return mapped(interp.heap, outputs, one)


def _run(
    interp: Interpreter, model: Value, name: str, bound: dict[str, Value], site: Site
) -> Value | None:
    """The outputs for the first batch; None if they are not known, or something fails."""
    problem = uncompiled(interp, model, name)
    problem = problem or callbacks.class_problem(interp, bound.get("callbacks"))
    problem = problem or _names_problem(interp, model, name)
    if problem is not None:
        interp.broken(problem, site, name, None)
        return None
    batch = _batch(interp, model, name, bound, site)
    if batch is None:
        return None
    _note_size(interp, name, batches.samples(batch.x), bound)
    problem = _weights_problem(interp, batch, bound)
    if problem is not None:
        interp.broken(problem, site, name, None)
        return None
    batch = _with_class_weights(interp, batch, bound)
    found = interp.outputs.failures
    outputs = _step(interp, model, name, batch, site)
    if interp.outputs.failures > found:
        return None
    _last_step(interp, model, name, bound, site)
    if interp.outputs.failures == found:
        _last_item(interp, model, name, bound, site)
    if name == "fit":
        if bound.get("callbacks") is not None:
            saved_weights.forget(interp)  # one of them may have written others
        _validate(interp, model, bound, site)
        if interp.outputs.failures == found:
            measured = results.logs(interp, model, outputs, bound)
            callbacks.run(interp, model, bound, measured, site)
    return outputs


def _batch(
    interp: Interpreter, model: Value, name: str, bound: dict[str, Value], site: Site
) -> Batch | None:
    """The first batch; None if it is unknown, or Keras refuses the data, which is reported."""
    x = interp.resolve(bound.get("x"))
    whole = name.endswith("_on_batch")
    try:
        if not whole and interp.surely(differences.REFUSES_ITERATORS):
            _refuse(source_problem(x))
        if batches.is_pipeline(x):
            _refuse(_beside(interp, x, bound) or length_problem(interp, x, site))
            element = element_of(interp, x, site)
            if not _has_own_step(model, name):
                _refuse(batches.parts_problem(element))
            batch = _of_pipeline(interp, x, element, bound)
            if batch is not None and _traces(interp, model, name):
                _refuse(batches.untraced_problem(batch))
            return batch
        return _of_arrays(interp, model, name, x, bound)
    except Broken as broken:
        interp.broken(broken.problem, site, name, None)
        return None


def _refuse(problem: Problem | None) -> None:
    if problem is not None:
        raise Broken(problem)


def _beside(interp: Interpreter, source: Value, bound: dict[str, Value]) -> Problem | None:
    """What stands beside a pipeline in the call, and is refused there."""
    described = describes_items(source) and interp.surely(differences.DESCRIBES_ITEMS)
    if not described and not isinstance(source, DatasetV):
        return None
    refuses = interp.surely(differences.REFUSES_BESIDE_PIPELINE)
    return beside_problem(source, bound) if refuses else None


def _of_pipeline(
    interp: Interpreter, source: Value, element: Value | None, bound: dict[str, Value]
) -> Batch | None:
    if describes_items(source) and interp.surely(differences.DESCRIBES_ITEMS):
        _refuse(batches.item_problem(source, element))
    made = None if element is None else batches.of_pipeline(interp, element)
    if made is None or not _takes_all(bound):
        return made
    return replace(made, samples=batches.of_all(source))


def _traces(interp: Interpreter, model: Value, name: str) -> bool:
    """Whether Keras itself compares outputs with targets, in a graph."""
    compiled = compiled_with(model)
    return (
        name in ("fit", "evaluate")
        and interp.surely(differences.NEEDS_RANKS)
        and compiled is not None
        and compiled.loss is not None
        and not _has_own_step(model, name)
        and not _replaces_loss(model)
        and _is_graph(interp, model)
    )


def _has_own_step(model: Value, name: str) -> bool:
    """Whether the program's own ``train_step`` and the like take a batch apart."""
    return isinstance(model, Instance) and find(model.cls, _HOOKS[name]) is not None


def _of_arrays(
    interp: Interpreter, model: Value, name: str, x: Value, bound: dict[str, Value]
) -> Batch | None:
    whole = name.endswith("_on_batch")
    x, y, weights = (
        _arrays(interp, part) for part in (x, bound.get("y"), bound.get("sample_weight"))
    )
    if not whole:
        x, y, weights = (batches.with_expanded_columns(interp, part) for part in (x, y, weights))
    if not whole:
        _refuse(batches.lengths_problem(x, y, weights))
        if interp.surely(differences.REFUSES_PLAIN_NUMBERS):
            _refuse(batches.content_problem((("x", x), ("y", y), ("sample_weight", weights))))
            if _traces(interp, model, name):
                _refuse(batches.texts_problem(y))
        if interp.surely(differences.REFUSES_OTHER_STRUCTURE):
            _refuse(measuring.structure_problem(y, weights))
        x = batches.with_array_of_lists(x)
    length, split = bound.get("batch_size"), _held_back(bound)
    declared = not interp.surely(differences.BATCHES_32) and _fixes_batch(model)
    # Of a single sample in a longer batch Keras traces a step for any number of samples.
    count = batches.trained_on(batches.samples(x), split)
    single = name in ("fit", "evaluate") and count == 1 and length != 1
    all_used = not single and (length is not None or not declared)
    made = batches.of_arrays(
        interp, x, y, weights, length, whole=whole, split=split, all_used=all_used
    )
    return replace(made, samples=(x, y)) if _takes_all(bound) else made


def _held_back(bound: dict[str, Value]) -> Value:
    """The part of the samples that is kept for validation, unless other data is."""
    return bound.get("validation_split", 0.0) if bound.get("validation_data") is None else 0.0


def _takes_all(bound: dict[str, Value]) -> bool:
    """Whether the steps of an epoch take every sample."""
    given = [bound.get(name) for name in ("steps_per_epoch", "steps", "callbacks")]
    return given == [None, None, None] and bound.get("epochs", 1) != 0


def _last_step(
    interp: Interpreter, model: Value, name: str, bound: dict[str, Value], site: Site
) -> None:
    """The samples that are left over, where the model or the program may count on whole batches."""
    if name.endswith("_batch") or not interp.surely(differences.BATCHES_32):
        return
    if not _fixes_batch(model) and not _is_stepped_by_program(model, name):
        return
    x = interp.resolve(bound.get("x"))
    left = _left_of_pipeline(x, bound) if batches.is_pipeline(x) else _left(interp, x, bound)
    if left < 2:
        return
    if isinstance(x, DatasetV):
        batch = batches.of_pipeline(interp, x.item_of(interp.heap, left))
    else:
        alone = {**bound, "batch_size": left, "validation_split": 0.0}
        batch = _batch(interp, model, name, alone, site)
    if batch is None:
        return
    found = interp.outputs.failures
    with aside.undone(interp):
        _step(interp, model, name, batch, site)
    if interp.outputs.failures == found and _is_graph(interp, model):
        with aside.undone(interp):  # TensorFlow traces the program's code once for both
            _step(interp, model, name, batches.traced(interp, batch), site)


def _is_graph(interp: Interpreter, model: Value) -> bool:
    """Whether a step runs in a graph, which is made before the size of a batch is known."""
    compiled = compiled_with(model)
    eager = compiled is not None and compiled.run_eagerly not in (None, False)
    return not eager and RUNS_EAGERLY not in interp.patched


def _last_item(
    interp: Interpreter, model: Value, name: str, bound: dict[str, Value], site: Site
) -> None:
    """The last batch of a ``PyDataset``, which may be another one than the first."""
    source = interp.resolve(bound.get("x"))
    if not isinstance(source, Instance) or not describes_items(source) or not _takes_all(bound):
        return
    with aside.undone(interp):
        items = first_and_last(interp, source, site)
        if items is None:
            return
        problem = batches.unlike_problem(*items)
        batch = batches.of_pipeline(interp, items[1])
        # Keras traces no step of its own for a single sample.
        if problem is None and batch is not None and batches.samples(batch.x) != 1:
            _step(interp, model, name, batch, site)
    _report(interp, problem, site, name)


def _left(interp: Interpreter, x: Value, bound: dict[str, Value]) -> int:
    """How many samples of arrays come after the whole batches; 0 if that is not known."""
    count, length = batches.samples(_arrays(interp, x)), bound.get("batch_size", _DEFAULT_BATCH)
    count = batches.trained_on(count, _held_back(bound))
    if isinstance(count, int) and isinstance(length, int) and 0 < length <= count:
        return count % length
    return 0


def _left_of_pipeline(x: Value, bound: dict[str, Value]) -> int:
    """The same for a pipeline, of which a number of steps may leave some out."""
    known = x.batches if isinstance(x, DatasetV) else None
    steps = [bound.get(name) for name in ("steps_per_epoch", "steps")]
    return 0 if known is None or steps != [None, None] else known.rest or 0


def _is_stepped_by_program(model: Value, name: str) -> bool:
    """Whether a step runs code of the program's own: its method, or its loss."""
    if isinstance(model, Instance) and find(model.cls, _HOOKS[name]) is not None:
        return True
    compiled = compiled_with(model)
    if compiled is None or name.startswith("predict"):
        return False
    return isinstance(compiled.loss, (FunctionV, BoundMethod, PartialV, Instance))


def _arrays(interp: Interpreter, nest: Value) -> Value:
    """Data with the tables of pandas in it as arrays."""

    def one(leaf: Value) -> Value:
        return leaf.as_array() if isinstance(leaf, FrameV) else leaf

    return mapped(interp.heap, interp.resolve(nest), one)


def _fixes_batch(model: Value) -> bool:
    """Whether an input declares the size of the batch, which may then be taken instead of 32."""
    if isinstance(model, Instance):
        model = model.state.model
    declared = model.inputs if isinstance(model, ModelV) else getattr(model, "input", None)
    shapes = [leaf.spec.dims for leaf in leaves(declared) if isinstance(leaf, TensorV)]
    return any(dims and dims[0] is not None for dims in shapes)


def _names_problem(interp: Interpreter, model: Value, name: str) -> Problem | None:
    """A loss or metric by a name that Keras does not find when it sees the first batch."""
    compiled = compiled_with(model)
    own = isinstance(model, Instance) and find(model.cls, _HOOKS[name]) is not None
    if compiled is None or own or name.startswith("predict") or _replaces_loss(model):
        return None
    return object_names.in_training(interp, compiled)


def _weights_problem(interp: Interpreter, batch: Batch, bound: dict[str, Value]) -> Problem | None:
    """``class_weight`` for several outputs, or for several classes in a sample."""
    weights = interp.resolve(bound.get("class_weight"))
    if not isinstance(weights, DictV):
        return measuring.no_table_of_classes(weights) if interp.surely(V3) else None
    if isinstance(batch.weights, TensorV) and interp.surely(V3):
        return measuring.both_weights()
    y = batch.y
    items = y.items if isinstance(y, (ListV, DictV)) and not y.open else y
    if not isinstance(items, (list, tuple, dict)) or len(items) < 2:
        return measuring.class_weights_problem(interp, y)
    return Problem(
        ProblemKind.TARGETS,
        "ValueError",
        f"`class_weight` needs a model with a single output, got {len(items)} targets",
        hint="pass one `sample_weight` for each output",
    )


def _with_class_weights(interp: Interpreter, batch: Batch, bound: dict[str, Value]) -> Batch:
    """Keras makes sample weights of ``class_weight``, and passes them on as such."""
    if not isinstance(bound.get("class_weight"), DictV) or batch.weights is not None:
        return batch
    return replace(batch, weights=interp.unknown("the weights of the classes"))


def _step(interp: Interpreter, model: Value, name: str, batch: Batch, site: Site) -> Value | None:
    """Run one batch through the model; its outputs, if Keras itself computes them."""
    found = interp.outputs.failures
    own = find(model.cls, _HOOKS[name]) if isinstance(model, Instance) else None
    if own is not None:
        if isinstance(own[1], FunctionV):
            data = _packed(batch)
            note_data(interp, data)
            given = interp.call(BoundMethod(model, own[1]), [data], {}, site)
            whole = interp.surely(differences.STEPS_GIVE_SOMETHING) and _is_graph(interp, model)
            if interp.outputs.failures == found and whole:
                _report(interp, own_functions.step_problem(own[1], given, name), site, name)
        return None
    outputs = forward.run(interp, model, batch.x, site, name)
    compiled = compiled_with(model)
    learns = not name.startswith("predict") and not _replaces_loss(model)
    if outputs is not None and batch.y is None and compiled is not None and learns:
        _report(interp, missing_targets.problem(interp, name, compiled.loss, batch), site, name)
    elif outputs is not None and batch.y is not None and compiled is not None and learns:
        targets.compare(interp, model, compiled.loss, outputs, batch, site, name)
        if interp.outputs.failures == found:
            measuring.measure(interp, model, compiled, outputs, batch, site, name)
        if interp.outputs.failures == found and not compiled.jit_compile:
            problem = outside.labels_problem(interp, model, compiled.loss, outputs, batch)
            _report(interp, problem, site, name)
    elif outputs is not None and batch.y is not None and not name.startswith("predict"):
        _own_compute_loss(interp, model, outputs, batch, site)
    failed = outputs is None or interp.outputs.failures > found
    if not failed and compiled is not None and not compiled.jit_compile:
        _report(interp, outside.tokens_problem(model, outputs, batch), site, name)
    return outputs


def _report(interp: Interpreter, problem: Problem | None, site: Site, name: str) -> None:
    if problem is not None:
        interp.broken(problem, site, name, None)


def _own_compute_loss(
    interp: Interpreter, model: Value, outputs: Value, batch: Batch, site: Site
) -> None:
    """``compute_loss`` of the program's own class, as Keras 3 calls it."""
    own = find(model.cls, "compute_loss") if isinstance(model, Instance) else None
    if own is None or not isinstance(own[1], FunctionV):
        return
    if not interp.surely(differences.CALLS_COMPUTE_LOSS):
        return
    given: Keywords = {
        "x": batch.x,
        "y": batch.y,
        "y_pred": outputs,
        "sample_weight": batch.weights,
    }
    with aside.tracing(interp):
        interp.call(BoundMethod(model, own[1]), [], given, site)


def _replaces_loss(model: Value) -> bool:
    """Whether the program's own class compares outputs and targets itself."""
    return isinstance(model, Instance) and any(
        find(model.cls, name) is not None for name in ("compute_loss", "compile", "__call__")
    )


def _packed(batch: Batch) -> Value:
    """The batch as ``train_step`` gets it."""
    if batch.y is None:
        # Several inputs would otherwise look like inputs and targets.
        return (batch.x,) if isinstance(batch.x, (tuple, ListV)) else batch.x
    return (batch.x, batch.y) if batch.weights is None else (batch.x, batch.y, batch.weights)


def _validate(interp: Interpreter, model: Value, given: dict[str, Value], site: Site) -> None:
    """``validation_data``: evaluated after the first epoch, with the batch size of the training."""
    data = interp.resolve(given.get("validation_data"))
    if batches.is_pipeline(data) or isinstance(data, IteratorV):
        bound = {"x": data}
    else:
        parts = data.items if isinstance(data, ListV) and not data.open else data
        if isinstance(parts, TensorV):
            parts = (parts,)
        if not isinstance(parts, (tuple, list)) or not parts:
            return
        if len(parts) > 3:
            detail = f"`validation_data` has {len(parts)} parts"
            hint = "pass (x, y); several inputs are one part, in a list of their own"
            problem = Problem(ProblemKind.TARGETS, "ValueError", detail, hint=hint)
            interp.broken(problem, site, "fit", None)
            return
        bound = dict(zip(("x", "y", "sample_weight"), parts))
    bound["batch_size"] = given.get("validation_batch_size", given.get("batch_size"))
    batch = _batch(interp, model, "fit", bound, site)
    if batch is not None:
        _step(interp, model, "evaluate", batch, site)


fit = method("fit")
evaluate = method("evaluate")
predict = method("predict")
train_on_batch = method("train_on_batch")
test_on_batch = method("test_on_batch")
predict_on_batch = method("predict_on_batch")

"""Runs a model on one batch, with the shapes of the data."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TypeGuard

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import differences
from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.keras import functional, replaying
from kerasmergelint.tracker.keras.fitting import given_inputs, input_problem
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import leaves, mapped
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import ModelV, SequentialV
from kerasmergelint.tracker.values.objects import ClassV, FunctionV, Instance, compiled_with
from kerasmergelint.tracker.values.value import External, Value


def run(interp: Interpreter, model: Value, x: Value, site: Site, callee: str) -> Value | None:
    """The outputs of a model on a batch; None if it fails, which is reported.

    What fails on inputs of one axis alone is not certain where TensorFlow may be older than 2.7, which
    made columns of them.
    """
    columns = _as_columns(interp, x)
    if columns is None or _passes(interp, model, x, site, callee):
        return _run(interp, model, x, site, callee)
    if _passes(interp, model, columns, site, callee):
        return None
    return _run(interp, model, x, site, callee)


def _as_columns(interp: Interpreter, x: Value) -> Value | None:
    """Inputs whose arrays of one axis have a second one; None if they have none, or if no version does so."""
    ranks = [len(leaf.spec.dims or ()) for leaf in leaves(x) if isinstance(leaf, TensorV)]
    if 1 not in ranks or not interp.versions & differences.MAY_FEED_COLUMNS:
        return None

    def one(leaf: Value) -> Value:
        dims = leaf.spec.dims if isinstance(leaf, TensorV) else None
        if not isinstance(leaf, TensorV) or dims is None or len(dims) != 1:
            return leaf
        return TensorV(replace(leaf.spec, shape=Shape((*dims, 1))))

    return mapped(interp.heap, x, one)


def _passes(interp: Interpreter, model: Value, x: Value, site: Site, callee: str) -> bool:
    """Whether nothing is known to fail in such a run, which is forgotten."""
    try:
        with aside.forgotten(interp):
            _run(interp, model, x, site, callee)
            return interp.outputs.failures == 0
    except Raised:
        return False


def _run(interp: Interpreter, model: Value, x: Value, site: Site, callee: str) -> Value | None:
    target = model
    if isinstance(model, Instance):
        target = model.state.model or model
    if isinstance(target, Instance) and _has_no_call(target):
        detail = f"the class {target.cls.name} has no `call`"
        hint = "define `call`, or the step of this method"
        problem = Problem(ProblemKind.FIRST_RUN, "NotImplementedError", detail, hint=hint)
        interp.broken(problem, site, callee, None)
        return None
    if isinstance(target, ModelV):
        return _functional(interp, target, x, site, callee)
    found = interp.outputs.failures
    built = isinstance(target, SequentialV) and target.input is not None
    with aside.tracing(interp), aside.merges_known(interp) if built else nullcontext():
        outputs = interp.call(model, [x], {}, site)
    if outputs is None and interp.outputs.failures == found and _compares(model, callee):
        detail = f"the `call` of {model.cls.name} gives None, and the loss needs what it computes"
        problem = Problem(ProblemKind.FIRST_RUN, "ValueError", detail, hint="return it")
        interp.broken(problem, site, callee, None)
    if isinstance(target, SequentialV) and built:
        _as_first_run(interp, found, x, target.input, site, callee)
    return None if interp.outputs.failures > found else outputs


def _compares(model: Value, callee: str) -> TypeGuard[Instance]:
    """Whether Keras itself compares what a model of the program's own class gives with targets."""
    compiled = compiled_with(model)
    own = isinstance(model, Instance) and isinstance(_call_of(model), FunctionV)
    return own and compiled is not None and compiled.loss is not None and callee in _COMPARING


_COMPARING = frozenset({"fit", "evaluate", "train_on_batch", "test_on_batch"})


def _call_of(model: Instance) -> Value:
    replaced = any(find(model.cls, name) for name in ("__call__", "compile", "compute_loss"))
    found = None if replaced else find(model.cls, "call")
    return None if found is None else found[1]


def _has_no_call(model: Instance) -> bool:
    """Whether a model of the program's own class, which is not functional, has nothing to call."""
    cls, names = model.cls, ("call", "__call__", "__getattr__")
    bases = [base for base in cls.mro if not isinstance(base, ClassV)]
    known = all(isinstance(b, External) and _defines_no_call(b.dotted) for b in bases)
    own = any(find(cls, name) is not None or name in model.attributes for name in names)
    return model.state.subclassed and known and not own


def _defines_no_call(dotted: str) -> bool:
    return dotted == "object" or inner_path(dotted) in ("Model", "models.Model")


def _functional(
    interp: Interpreter, model: ModelV, x: Value, site: Site, callee: str
) -> Value | None:
    problem = input_problem(interp, model, x)
    if problem is not None:
        recipe = interp.recipe("layer", model, [x], {})
        interp.broken(problem, site, callee, x, recipe)
        return None
    if functional.check_sizes(interp, model, x, site, callee):
        return None
    given = given_inputs(interp, model, x)
    key = _of_run(model, given)
    if key is not None and key in interp.outputs.first_runs:
        return interp.outputs.first_runs[key]
    found, failures = len(interp.outputs.events), interp.outputs.failures
    with aside.merges_known(interp):
        outputs = replaying.outputs_for(interp, model, given, site)
    _as_first_run(interp, found, x, model.inputs, site, callee)
    if interp.outputs.failures > failures:
        return None
    if key is not None:
        interp.outputs.first_runs[key] = outputs
    return outputs


def _of_run(model: ModelV, given: list[Value] | None) -> tuple[object, ...] | None:
    """What decides about the outputs of a model: a loop over batches runs it again and again."""
    leaves_of_all = [] if given is None else [leaf for part in given for leaf in leaves(part)]
    specs = [leaf.spec for leaf in leaves_of_all if isinstance(leaf, TensorV) and leaf.data is None]
    if given is None or len(specs) < len(leaves_of_all):
        return None
    return (model.serial, *((spec.shape, spec.dtype, spec.kind) for spec in specs))


def _as_first_run(
    interp: Interpreter, found: int, x: Value, declared: Value, site: Site, callee: str
) -> None:
    """Report the failure of a Keras layer on the data as one of the data, at the call of ``fit``."""
    kind = ProblemKind.FIRST_RUN if _as_declared(x, declared) else ProblemKind.DATA
    events = interp.outputs.events
    # A program that failed before never gets to its first run.
    before = {(event.callee, event.problem.kind) for event in events[:found] if _fails(event)}
    new = [event for event in events[found:] if _fails(event)]
    told = [event for event in new if (event.callee, event.problem.kind) not in before]
    events[found:] = [_told(event, kind, site, callee) for event in told[:1]]


def _fails(event: Event) -> bool:
    """Whether it is a failure; hazards were reported when the model was built."""
    return isinstance(event.problem, Problem)


_MERGES = frozenset(
    {
        ProblemKind.CONCAT_SIZES,
        ProblemKind.CONCAT_RANKS,
        ProblemKind.BROADCAST,
        ProblemKind.DOT_AXES,
        ProblemKind.OPERATION,
    }
)


def _told(event: Event, kind: ProblemKind, site: Site, callee: str) -> Event:
    """A failing merge keeps its code; for any other layer the data is at fault."""
    problem = event.problem
    if not isinstance(problem, Problem) or event.inside_custom or problem.kind in _MERGES:
        return event
    by_model = event.callee in ("", "Sequential", "Model")
    words = problem.detail if by_model else f"{event.callee} fails: {problem.detail}"
    told = Problem(kind, problem.exception, words, hint=problem.hint, cause=problem.cause)
    return replace(event, problem=told, site=site, callee=callee, operands=())


def _as_declared(x: Value, declared: Value) -> bool:
    """Whether the data has the shapes that the model declares, apart from the batch."""
    given = [leaf.spec.dims for leaf in leaves(x) if isinstance(leaf, TensorV)]
    wanted = [leaf.spec.dims for leaf in leaves(declared) if isinstance(leaf, TensorV)]
    return len(given) == len(wanted) and all(
        a is not None and b is not None and len(a) == len(b) and _sizes_fit(a[1:], b[1:])
        for a, b in zip(given, wanted)
    )


def _sizes_fit(given: tuple[object, ...], wanted: tuple[object, ...]) -> bool:
    return all(want is None or got == want for got, want in zip(given, wanted))

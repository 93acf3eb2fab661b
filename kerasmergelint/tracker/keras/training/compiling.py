"""``model.compile(...)``: what a model is trained with."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import object_signatures
from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.object_names import Kind
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.tracker.keras import object_arguments, object_names
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layers import ModelV, SequentialV
from kerasmergelint.tracker.values.objects import Instance, compiled_with
from kerasmergelint.tracker.values.training import (
    FIRST_APPLIED,
    RUNS_EAGERLY,
    Compiled,
    OptimizerV,
    ScheduleV,
)
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, Spread, Value

_PARAMETERS = ("optimizer", "loss", "loss_weights", "metrics", "weighted_metrics")
_KEPT = ("loss", "metrics", "weighted_metrics", "run_eagerly", "jit_compile")


def compile_model(
    interp: Interpreter, model: Value, args: Args, keywords: Keywords, site: Site
) -> Value:
    """Remember loss and metrics; Keras looks at them when the model sees its first batch."""
    bound = bind_native(interp, _PARAMETERS, args, keywords)
    unsure = REST in keywords or any(isinstance(argument, Spread) for argument in args)
    missing = interp.unknown("a loss that may come through * or **") if unsure else None
    refused = object_arguments.of_method(interp, "compile", args, keywords)
    problem = refused or object_names.unfound(
        interp, Kind.OPTIMIZER, interp.resolve(bound.get("optimizer"))
    )
    problem = problem or _no_list(interp, bound) or _class_of_optimizer(interp, bound)
    if problem is not None:
        interp.broken(problem, site, "compile", None)
    optimizer = interp.resolve(bound.get("optimizer"))
    others_may_build(interp, optimizer)
    loss, metrics, weighted, eagerly, jit = (
        interp.resolve(bound.get(name, missing)) for name in _KEPT
    )
    again = compiled_with(model) is not None
    of_losses = interp.resolve(bound.get("loss_weights"))
    made = Compiled(loss, metrics, weighted, eagerly, jit, again, of_losses, optimizer)
    if made.run_eagerly not in (None, False):
        interp.patched.add(RUNS_EAGERLY)  # or perhaps: of which model is not told apart
    if isinstance(model, (ModelV, SequentialV)):
        interp.heap.touch(model)
        model.compiled = made
    elif isinstance(model, Instance):
        interp.heap.touch(model)
        model.layer = replace(model.state, compiled=made)
    return None


def is_schedule(rate: Value) -> bool:
    """Whether a learning rate is a schedule of Keras's, or of a class that the program derives from it."""
    bases = rate.cls.mro if isinstance(rate, Instance) else ()
    paths = (inner_path(base.dotted) for base in bases if isinstance(base, External))
    return isinstance(rate, ScheduleV) or _SCHEDULE in paths


_SCHEDULE = "optimizers.schedules.LearningRateSchedule"


def others_may_build(interp: Interpreter, optimizer: Value) -> None:
    """What gets an optimizer may give it variables that are not seen."""
    if isinstance(optimizer, OptimizerV) and optimizer.term is not None:
        interp.path.written[FIRST_APPLIED, optimizer.term] = None


def _class_of_optimizer(interp: Interpreter, bound: dict[str, Value]) -> Problem | None:
    """Why `optimizer=Adam` is refused: it is the class, and no object of it."""
    given = interp.resolve(bound.get("optimizer"))
    dotted = given.dotted if isinstance(given, External) else ""
    signature = object_signatures.constructor(dotted)
    if signature is None or not signature.cls.startswith("optimizers."):
        return None
    name = dotted.rpartition(".")[2]
    detail = f"optimizer: {name} is a class, and no object of it"
    return Problem(ProblemKind.ARGUMENT, "ValueError", detail, hint=f"write `{name}(...)`")


def _no_list(interp: Interpreter, bound: dict[str, Value]) -> Problem | None:
    """Why Keras 3 refuses metrics: ``metrics="accuracy"``; Keras 2 took them."""
    for name in ("metrics", "weighted_metrics"):
        given = interp.resolve(bound.get(name))
        if type(given) is str and interp.written_for(V3):
            detail = f"`{name}` is a string"
            hint = f"write {name}=[{given!r}]"
            return Problem(ProblemKind.NOT_IN_KERAS_3, "ValueError", detail, hint=hint)
    return None


def compiling_was_seen(interp: Interpreter, model: Value) -> bool:
    """Whether a model is compiled with what is known of it, and with nothing else."""
    if isinstance(model, Instance):
        if model.cls.unknown_base or model.open or find(model.cls, "compile") is not None:
            return False
    elif not isinstance(model, (ModelV, SequentialV)):
        return False
    return interp.has_followed(model.serial)


def uncompiled(interp: Interpreter, model: Value, method: str) -> Problem | None:
    """Why nothing trains or evaluates a model that was never compiled; None if it may have been."""
    if method.startswith("predict") or compiled_with(model) is not None:
        return None
    if not compiling_was_seen(interp, model):
        return None
    if isinstance(model, Instance):
        trains_as_keras = model.state.base in ("Model", "Sequential") and model.state.model is None
        if not trains_as_keras or find(model.cls, method) is not None:
            return None
    detail = "the model was not compiled"
    if isinstance(model, ModelV) and model.made_with is not None:
        detail = "the application comes without being compiled"
    hint = "call `compile(optimizer, loss)` first"
    return Problem(ProblemKind.FIRST_RUN, "ValueError", detail, hint=hint)

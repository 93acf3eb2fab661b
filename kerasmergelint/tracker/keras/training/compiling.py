"""``model.compile(...)``: what a model is trained with."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.object_names import Kind
from kerasmergelint.tracker.keras import object_arguments, object_names
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layers import ModelV, SequentialV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.training import RUNS_EAGERLY, Compiled
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value

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
    if problem is not None:
        interp.broken(problem, site, "compile", None)
    given = (interp.resolve(bound.get(name, missing)) for name in _KEPT)
    made = Compiled(*given)
    if made.run_eagerly not in (None, False):
        interp.patched.add(RUNS_EAGERLY)  # or perhaps: of which model is not told apart
    if isinstance(model, (ModelV, SequentialV)):
        interp.heap.touch(model)
        model.compiled = made
    elif isinstance(model, Instance):
        interp.heap.touch(model)
        model.layer = replace(model.state, compiled=made)
    return None


def compiled_with(model: Value) -> Compiled | None:
    """What a model was compiled with, if known."""
    if isinstance(model, Instance):
        return model.state.compiled
    return model.compiled if isinstance(model, (ModelV, SequentialV)) else None

"""``keras.optimizers``: what refuses to go on without a gradient."""

from __future__ import annotations

from functools import partial

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.keras.training.compiling import is_schedule, others_may_build
from kerasmergelint.tracker.library.backend import always
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.join import any_of
from kerasmergelint.tracker.values.containers import FILLED, ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.training import FIRST_APPLIED, OptimizerV, ScheduleV
from kerasmergelint.tracker.values.value import Args, Keywords, Value

_NAMES = (
    "Adadelta", "Adafactor", "Adagrad", "Adam", "AdamW", "Adamax", "Ftrl", "Lamb", "Lion", "Nadam",
    "RMSprop", "SGD",
)  # fmt: skip


def _construct(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``Adam(learning_rate)``"""
    bound = bind_native(interp, ("learning_rate",), args, keywords)
    rate = interp.resolve(bound.get("learning_rate"))
    return OptimizerV(interp.opaque_term(), scheduled=is_schedule(rate))


def attribute(interp: Interpreter, optimizer: OptimizerV, name: str, site: Site) -> Value:
    if name == "apply_gradients":
        return NativeV(name, partial(_apply_gradients, optimizer))
    if name == "build":
        return NativeV(name, partial(_build, optimizer))
    if name not in _READS:
        others_may_build(interp, optimizer)
    instead = _GONE.get(name)
    if instead is not None and interp.written_for(V3):
        detail = f"optimizers of Keras 3 have no `{name}`"
        problem = Problem(ProblemKind.NO_ATTRIBUTE, "AttributeError", detail, hint=instead)
        raise interp.fails(problem, site)
    return interp.unknown(f"the attribute {name} of an optimizer")


# These take no variables.
_READS = frozenset({"get_config", "iterations", "learning_rate", "name", "variables"})


def set_attribute(
    interp: Interpreter, optimizer: OptimizerV, name: str, content: Value, site: Site
) -> None:
    """``optimizer.learning_rate = 0.1``: Keras 2 replaced a schedule, Keras 3 does not."""
    rate = interp.resolve(content)
    number = isinstance(rate, (int, float)) and not isinstance(rate, bool)
    if name == "learning_rate" and optimizer.scheduled and number and interp.written_for(V3):
        detail = "the learning rate is a schedule, and cannot be set"
        raise interp.fails(Problem(ProblemKind.FIRST_RUN, "TypeError", detail), site)


# What Keras 3 took away, and what there is instead.
_GONE = {
    "lr": "it is `learning_rate`",
    "minimize": "take the gradients of a `GradientTape` to `apply_gradients`",
    "get_gradients": "take those of a `GradientTape`",
    "get_weights": "read `variables`",
    "weights": "it is `variables`",
}


def _apply_gradients(
    optimizer: OptimizerV, interp: Interpreter, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``optimizer.apply_gradients(zip(gradients, variables))``: some gradient must be there."""
    bound = bind_native(interp, ("grads_and_vars",), args, keywords)
    pairs = _pairs(interp, interp.resolve(bound.get("grads_and_vars")), site)
    if _are_no_pairs(pairs):
        detail = "takes pairs of a gradient and its variable, got gradients alone"
        problem = Problem(ProblemKind.FIRST_RUN, "ValueError", detail, hint=_ZIP)
        return interp.broken(problem, site, "apply_gradients", None)
    if not pairs or not all(isinstance(pair, tuple) and pair and pair[0] is None for pair in pairs):
        strange = _strange(interp, optimizer, pairs)
        if strange is not None:
            return interp.broken(strange, site, "apply_gradients", None)
        return interp.unknown("what applying gradients gives")
    detail = "none of the variables has a gradient: what the loss is made of has none"
    hint = (
        "compute the loss with what can be differentiated, unlike `argmax`, `round` or comparisons"
    )
    problem = Problem(ProblemKind.FIRST_RUN, "ValueError", detail, hint=hint)
    return interp.broken(problem, site, "apply_gradients", None)


_ZIP = "pass `zip(gradients, variables)`"


def _are_no_pairs(items: list[Value]) -> bool:
    """Whether tensors stand where pairs belong, of which the shortest has not two rows."""
    shapes = [item.spec.dims if isinstance(item, TensorV) else None for item in items]
    rows = [dims[0] if dims else None for dims in shapes]
    sizes = [size for size in rows if isinstance(size, int)]
    return bool(rows) and len(sizes) == len(rows) and min(sizes) != 2


def _strange(interp: Interpreter, optimizer: OptimizerV, pairs: list[Value]) -> Problem | None:
    """Why Keras 3 refuses variables: those of the first call are all that an optimizer ever takes.

    Variables are told apart by their shapes alone.
    """
    shapes = [_shape(interp, pair) for pair in pairs]
    if optimizer.term is None or not shapes or None in shapes or not interp.surely(V3):
        return None
    names = tuple(map(str, shapes))
    known = interp.path.written.setdefault((FIRST_APPLIED, optimizer.term), names)
    strange = next((name for name in names if isinstance(known, tuple) and name not in known), None)
    if strange is None:
        return None
    detail = f"the optimizer was first applied to other variables, none of shape {strange}"
    hint = "make an optimizer for each model"
    return Problem(ProblemKind.FIRST_RUN, "ValueError", detail, hint=hint)


def _build(
    optimizer: OptimizerV, interp: Interpreter, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``optimizer.build(variables)``: these are the variables that it takes."""
    bound = bind_native(interp, ("var_list",), args, keywords)
    variables = interp.iterate(bound.get("variables", bound.get("var_list")), site)
    shapes = [_shape_of(interp, variable) for variable in variables or ()]
    if shapes and None not in shapes and optimizer.term is not None:
        interp.path.written.setdefault((FIRST_APPLIED, optimizer.term), tuple(map(str, shapes)))
    else:
        others_may_build(interp, optimizer)
    return None


def _shape(interp: Interpreter, pair: Value) -> Shape | None:
    """The shape of the variable in a pair, if all of its sizes are known."""
    paired = isinstance(pair, tuple) and len(pair) == 2
    return _shape_of(interp, pair[1]) if paired and isinstance(pair, tuple) else None


def _shape_of(interp: Interpreter, variable: Value) -> Shape | None:
    variable = interp.resolve(variable)
    shape = variable.spec.shape if isinstance(variable, TensorV) else None
    known = isinstance(shape, Shape) and all(type(size) is int for size in shape.dims)
    return shape if known and isinstance(shape, Shape) else None


def _pairs(interp: Interpreter, given: Value, site: Site) -> list[Value]:
    """The pairs of a gradient and its variable, or one for all of them; none where they are not known."""
    if isinstance(given, ListV) and given.open:
        return [any_of(interp, given.items)] if given.reason == FILLED else []
    return interp.iterate(given, site) or []


# -- schedules of learning rates ----------------------------------------------------------------

_SCHEDULES = (
    "CosineDecay", "CosineDecayRestarts", "ExponentialDecay", "InverseTimeDecay",
    "PiecewiseConstantDecay", "PolynomialDecay",
)  # fmt: skip


def call_schedule(
    interp: Interpreter, schedule: ScheduleV, args: Args, keywords: Keywords, site: Site
) -> Value:
    return interp.unknown("a learning rate")


def attribute_of_schedule(interp: Interpreter, schedule: ScheduleV, name: str, site: Site) -> Value:
    return interp.unknown(f"the attribute {name} of a schedule")


# By the path in Keras.
BY_PATH: dict[str, Native] = {
    **{f"optimizers.{module}{name}": _construct for module in ("", "legacy.") for name in _NAMES},
    **{f"optimizers.schedules.{name}": always(ScheduleV(name)) for name in _SCHEDULES},
}

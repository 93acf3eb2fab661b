"""``keras.optimizers``: what refuses to go on without a gradient."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.join import any_of
from kerasmergelint.tracker.values.containers import FILLED, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.training import OptimizerV
from kerasmergelint.tracker.values.value import Args, Keywords, Value

_NAMES = (
    "Adadelta", "Adafactor", "Adagrad", "Adam", "AdamW", "Adamax", "Ftrl", "Lamb", "Lion", "Nadam",
    "RMSprop", "SGD",
)  # fmt: skip


def _construct(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return OptimizerV()


def attribute(interp: Interpreter, optimizer: OptimizerV, name: str, site: Site) -> Value:
    if name == "apply_gradients":
        return NativeV(name, _apply_gradients)
    return interp.unknown(f"the attribute {name} of an optimizer")


def _apply_gradients(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``optimizer.apply_gradients(zip(gradients, variables))``: some gradient must be there."""
    bound = bind_native(interp, ("grads_and_vars",), args, keywords)
    pairs = _pairs(interp, interp.resolve(bound.get("grads_and_vars")), site)
    if not pairs or not all(isinstance(pair, tuple) and pair and pair[0] is None for pair in pairs):
        return interp.unknown("what applying gradients gives")
    detail = "none of the variables has a gradient: what the loss is made of has none"
    hint = (
        "compute the loss with what can be differentiated, unlike `argmax`, `round` or comparisons"
    )
    problem = Problem(ProblemKind.FIRST_RUN, "ValueError", detail, hint=hint)
    return interp.broken(problem, site, "apply_gradients", None)


def _pairs(interp: Interpreter, given: Value, site: Site) -> list[Value]:
    """The pairs of a gradient and its variable, or one for all of them; none where they are not known."""
    if isinstance(given, ListV) and given.open:
        return [any_of(interp, given.items)] if given.reason == FILLED else []
    return interp.iterate(given, site) or []


# By the path in Keras.
BY_PATH: dict[str, Native] = {
    f"optimizers.{module}{name}": _construct for module in ("", "legacy.") for name in _NAMES
}

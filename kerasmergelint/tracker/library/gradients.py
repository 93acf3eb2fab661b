"""Gradients: each has the shape of what it is taken by."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind
from kerasmergelint.late import late
from kerasmergelint.shapes import Dim, Shape
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import FILLED, DictV, ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.training import ASKED_TAPE, TapeV
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.keras.training import gradients
else:
    gradients = late("kerasmergelint.tracker.keras.training.gradients")

_TAPE = "tensorflow.GradientTape"
_PARAMETERS = ("target", "sources", "output_gradients", "unconnected_gradients")
# The derivative of one tensor by another; None if their shapes do not tell its own.
_Derivative = Callable[[TensorV, TensorV], TensorV | None]


def _tape(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A tape: what it has recorded does not affect shapes."""
    bound = bind_native(interp, ("persistent",), args, keywords)
    once = interp.resolve(bound.get("persistent", False)) is False and REST not in keywords
    return TapeV(interp.opaque_term(), persistent=not once)


def attribute(interp: Interpreter, tape: TapeV, name: str, site: Site) -> Value:
    """``tape.gradient`` and the like."""
    if name in _DERIVATIVES:
        return NativeV(name, partial(_ask, tape, name))
    if name == "reset":
        interp.path.written[ASKED_TAPE, tape.term] = None
    return interp.attribute(External(_TAPE), name, site)


def _ask(
    tape: TapeV, name: str, interp: Interpreter, args: Args, keywords: Keywords, site: Site
) -> Value:
    """A tape that is not persistent forgets when it is asked, and cannot be asked again.

    The same place may be another round of a loop that nobody knows to take place.
    """
    if name == "gradient" and not tape.persistent:
        before = interp.path.written.get((ASKED_TAPE, tape.term))
        if isinstance(before, Site) and before.node is not site.node:
            detail = "the tape was asked for gradients before, and forgot then what it recorded"
            hint = "pass `persistent=True` to `GradientTape`, or ask for all of them at once"
            problem = Problem(ProblemKind.FIRST_RUN, "RuntimeError", detail, hint=hint)
            raise interp.fails(problem, site)
        interp.path.written[ASKED_TAPE, tape.term] = site
    return _DERIVATIVES[name](interp, args, keywords, site)


def _by(derivative: _Derivative) -> Native:
    """A method of a tape: the derivative of one target by each tensor in a nest of sources."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        bound = bind_native(interp, _PARAMETERS, args, keywords)
        target, source = bound.get("target"), bound.get("sources", bound.get("source"))
        target, source = interp.resolve(target), interp.resolve(source)
        zeros = REST in keywords or "unconnected_gradients" in bound
        if not zeros and isinstance(target, TensorV) and gradients.has_none(interp, target, source):
            return _without(interp, source)
        return _nest(interp, derivative, target, source)

    return native


def _without(interp: Interpreter, source: Value) -> Value:
    """What a tape gives that finds no way: None for each source, of which a model has some."""
    if isinstance(source, TensorV):
        return None
    items = source.items if isinstance(source, ListV) and not source.open else source
    if isinstance(items, (list, tuple)):
        return ListV(interp.heap, [_without(interp, item) for item in items])
    made = ListV(interp.heap, [None])
    made.open, made.reason = True, FILLED
    return made


def _nest(interp: Interpreter, derivative: _Derivative, target: Value, source: Value) -> Value:
    if isinstance(source, ListV) and not source.open:
        items = [_nest(interp, derivative, target, item) for item in source.items]
        return ListV(interp.heap, items)
    if isinstance(source, tuple):
        return tuple(_nest(interp, derivative, target, item) for item in source)
    if isinstance(source, DictV) and not source.open:
        pairs = source.items.items()
        return DictV(interp.heap, {k: _nest(interp, derivative, target, v) for k, v in pairs})
    if not isinstance(source, TensorV) or not _is_traced(source):
        return interp.unknown("a gradient by something unknown")
    if not isinstance(target, TensorV):
        target = TensorV(replace(source.spec, shape=Shape(())))
    return derivative(target, source) or interp.unknown("a derivative by a tensor of unknown rank")


def _is_traced(tensor: TensorV) -> bool:
    """A tape knows neither arrays nor Keras tensors."""
    return tensor.spec.kind not in (TensorKind.ARRAY, TensorKind.KERAS)


def _gradient(target: TensorV, source: TensorV) -> TensorV:
    return TensorV(replace(source.spec, data=None))


def _jacobian(target: TensorV, source: TensorV) -> TensorV | None:
    """Each number of the target by each of the source."""
    return _with_dims(source, target.spec.dims, source.spec.dims)


def _batch_jacobian(target: TensorV, source: TensorV) -> TensorV | None:
    """The same sample by sample."""
    return _with_dims(source, target.spec.dims, source.spec.dims and source.spec.dims[1:])


def _with_dims(
    source: TensorV, first: tuple[Dim, ...] | None, then: tuple[Dim, ...] | None
) -> TensorV | None:
    if first is None or then is None:
        return None
    return TensorV(source.spec.with_shape(Shape((*first, *then))))


_DERIVATIVES: dict[str, Native] = {
    "gradient": _by(_gradient),
    "jacobian": _by(_jacobian),
    "batch_jacobian": _by(_batch_jacobian),
}
FUNCTIONS: dict[str, Native] = {_TAPE: _tape}

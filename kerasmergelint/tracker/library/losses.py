"""``keras.losses``: objects and functions that compare targets with outputs."""

from __future__ import annotations

from functools import partial

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import differences
from kerasmergelint.keras_api.doubts import Doubt
from kerasmergelint.keras_api.losses import (
    UNSAID,
    aligns_itself,
    asked,
    called,
    compared,
    loss_class,
    loss_function,
    per_sample,
)
from kerasmergelint.keras_api.protocol import Broken, Outcome, TensorKind, TensorSpec, strongest
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, AnyShape, Shape
from kerasmergelint.tracker.keras import type_sources
from kerasmergelint.tracker.keras.convert import to_tensor_nest
from kerasmergelint.tracker.keras.outcomes import note_demand
from kerasmergelint.tracker.machine import by_version
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.members import find as find_member
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, Instance, PartialV
from kerasmergelint.tracker.values.training import Gives, LossV
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, Value

CONSTANTS: dict[str, Value] = {  # of Keras 2 only
    f"{root}.losses.Reduction.{name.upper()}": name
    for root in ("keras", "tensorflow.keras", "tf_keras")
    for name in ("auto", "none", "sum", "sum_over_batch_size")
}


def find(dotted: str) -> Native | None:
    """The function for a name of ``keras.losses``."""
    made = loss_class(dotted)
    if made is not None:
        return partial(_construct, made)
    function = loss_function(dotted)
    return None if function is None else partial(_call, LossV(function, gives=Gives.VALUES))


def _construct(name: str, interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A loss object; its reduction decides between one number per sample and one for all."""
    if keywords.get("axis", -1) != -1:
        return interp.unknown("a loss along another axis")
    reduction = keywords.get("reduction", "sum_over_batch_size")
    none = reduction is None or (isinstance(reduction, str) and reduction.lower() == "none")
    sure = isinstance(reduction, (str, type(None)))
    gives = Gives.VALUES_OF_ONE_RANK if none else Gives.NUMBER
    all_classes = keywords.get("ignore_class") is None and len(args) < 2
    return LossV(name, gives if sure else Gives.EITHER, ignores_none=all_classes)


def call(interp: Interpreter, loss: LossV, args: Args, keywords: Keywords, site: Site) -> Value:
    """``loss(y_true, y_pred)``"""
    return _call(loss, interp, args, keywords, site)


def _call(loss: LossV, interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    bound = bind_native(interp, ("y_true", "y_pred"), args, keywords)
    sides = [to_tensor_nest(interp, bound.get(name)) for name in ("y_true", "y_pred")]
    if not all(isinstance(side, TensorSpec) for side in sides) or keywords.get("axis", -1) != -1:
        note_demand(interp, site, loss.name, Outcome(None, (UNSAID,)))
        if loss.gives is Gives.NUMBER:
            return _of_floats(interp, TensorV(TensorSpec(Shape(()), None, TensorKind.ANY)))
        return interp.unknown("a loss of something unknown")
    target, output = sides
    kind = strongest([target.kind, output.kind])
    try:
        shape = _shape(interp, loss, target, output)
    except Broken as broken:
        return interp.broken(broken.problem, site, "", (bound["y_true"], bound["y_pred"]))
    note_demand(interp, site, loss.name, Outcome(None, _asked(interp, loss, target, output)))
    if (len(args) > 2 or "sample_weight" in keywords) and loss.gives is not Gives.NUMBER:
        shape = ANY_SHAPE  # weights may be broadcast, and the axis be another
    kind = TensorKind.EAGER if kind is TensorKind.ARRAY else kind
    node = Node(loss.name, site, (bound["y_true"], bound["y_pred"]), partial(_replayed, loss))
    node.outputs = TensorV(TensorSpec(shape, None, kind), node)
    return _of_floats(interp, node.outputs)


def _replayed(loss: LossV, interp: Interpreter, given: Value, site: Site) -> Value:
    """The same loss of others."""
    both = list(given) if isinstance(given, tuple) else [given]
    return _call(loss, interp, both, {}, site)


def _of_floats(interp: Interpreter, loss: TensorV) -> TensorV:
    """Losses convert what they compare."""
    type_sources.note_floats(interp, loss)
    return loss


def _get(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``losses.get("mse")``: the function of that name, or an object of that class; a loss as it is."""
    given = interp.resolve(args[0] if args else keywords.get("identifier", UNKNOWN))
    if isinstance(given, str):
        found = External(f"keras.losses.{given}")
        if loss_class(found.dotted) is not None:
            return interp.call(found, [], {}, site)
        return interp.unknown("a loss") if loss_function(found.dotted) is None else found
    if given is None or isinstance(given, (External, FunctionV, BoundMethod, PartialV, LossV)):
        return given
    return interp.unknown("a loss")


BY_PATH: dict[str, Native] = {"losses.get": _get}

# -- classes of the program ------------------------------------------------------------------


def _initialise(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``super().__init__(reduction=...)``; its first argument differs between the versions."""
    part, *given = args
    if isinstance(part, Instance) and not given and REST not in keywords:
        interp.heap.touch(part)
        part.attributes["reduction"] = keywords.get("reduction", "sum_over_batch_size")
    return None


def _call_own(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """What an object of a class with a ``call`` of its own gives: its values, reduced."""
    part, loss, *given = args
    bound = bind_native(interp, ("y_true", "y_pred", "sample_weight"), given, keywords)
    own = find_member(loss.cls, "call") if isinstance(loss, Instance) else None
    if own is None or not isinstance(part, Instance) or not {"y_true", "y_pred"} <= bound.keys():
        return interp.unknown("a loss of something unknown")
    both = [_as_computed(interp, bound[name]) for name in ("y_true", "y_pred")]
    values = interp.call(BoundMethod(loss, own[1]), both, {}, site)
    reduction = interp.resolve(part.attributes.get("reduction", UNKNOWN))
    weighted = bound.get("sample_weight") is not None
    if not isinstance(values, TensorV) or weighted or not isinstance(reduction, (str, type(None))):
        return interp.unknown("the values of a loss of the program's own")
    if reduction is None or reduction.lower() == "none":
        return values
    symbolic = values.spec.kind is TensorKind.KERAS
    mean = External("keras.ops.mean" if symbolic else "tensorflow.reduce_mean")
    return interp.call(mean, [values], {}, site)


def _as_computed(interp: Interpreter, given: Value) -> Value:
    """An argument as ``call`` gets it: Keras 3 makes a tensor of an array, and numbers floating."""
    given = interp.resolve(given)
    if not isinstance(given, TensorV):
        return given
    converts = interp.surely(differences.CASTS_TO_FLOAT32)
    kind = given.spec.kind
    if kind is TensorKind.ARRAY:
        kind = TensorKind.EAGER if converts else TensorKind.ANY
    spec = replace(given.spec, kind=kind, dtype="float32" if converts else None, data=None)
    return TensorV(spec, given.node, given.index)


OF_BASE: dict[str, Native] = {"__init__": _initialise, "__call__": _call_own}


def _shape(interp: Interpreter, loss: LossV, target: TensorSpec, output: TensorSpec) -> AnyShape:
    """The shape of a loss.  Raises :class:`Broken` where Keras refuses the two."""
    values, given, made = None, target.dims, output.dims
    if given is not None and made is not None:
        if _is_checked(interp, loss, target, output):
            rule = called if loss.gives is Gives.VALUES else compared
            values = by_version.applied(interp, lambda v: rule(loss.name, given, made, v))
        if values is None:
            values = per_sample(loss.name, given, made)
    if loss.gives is Gives.NUMBER:
        return Shape(())
    return ANY_SHAPE if values is None or loss.gives is Gives.EITHER else Shape(values)


def _asked(
    interp: Interpreter, loss: LossV, target: TensorSpec, output: TensorSpec
) -> tuple[Doubt, ...]:
    """What the loss requires of sizes, where it is known to compare them."""
    if target.dims is None or output.dims is None:
        return (UNSAID,)
    found = asked(loss.name, target.dims, output.dims, interp.version)
    sure = interp.version_certain and _is_checked(interp, loss, target, output)
    return found if sure or not found else (UNSAID,)


def _is_checked(interp: Interpreter, loss: LossV, target: TensorSpec, output: TensorSpec) -> bool:
    """Whether shapes are compared; functions of Keras 2, and some of Keras 3, take any ranks as they are."""
    kinds = (target.kind, output.kind)
    if TensorKind.KERAS in kinds:
        return False
    if TensorKind.ARRAY in kinds and not interp.version_certain:
        return False  # Keras 2 aligns the ranks of tensors only
    aligns = interp.surely(differences.LOSSES_ALIGN_RANKS)
    if loss.gives is not Gives.VALUES:
        return loss.gives is not Gives.VALUES_OF_ONE_RANK or aligns
    return aligns and aligns_itself(loss.name, output.dims or ())

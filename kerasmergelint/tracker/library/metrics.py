"""``keras.metrics``: objects that compare targets with outputs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from kerasmergelint.keras_api.metrics import CHANGING, metric_class
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.late import late
from kerasmergelint.tracker.keras.convert import to_tensor_nest
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import Instance, NativeV
from kerasmergelint.tracker.values.training import MetricV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.keras.training import measuring
else:
    measuring = late("kerasmergelint.tracker.keras.training.measuring")


def find(dotted: str) -> Native | None:
    """What calling a class of ``keras.metrics`` gives."""
    made = metric_class(dotted)
    return None if made is None else partial(_construct, made)


def _construct(name: str, interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    unsure = REST in keywords or any(isinstance(argument, Spread) for argument in args)
    if unsure or CHANGING & set(keywords) or len(args) > 1:
        return interp.unknown("a metric of a part of what it is given")
    label = interp.resolve(keywords.get("name", args[0] if args else None))
    return MetricV(name, label if type(label) is str else None)


def attribute(interp: Interpreter, metric: MetricV, name: str, site: Site) -> Value:
    if name == "update_state":
        return NativeV(name, partial(_update, metric))
    return interp.unknown(f"the attribute {name} of a metric")


def call(interp: Interpreter, metric: MetricV, args: Args, keywords: Keywords, site: Site) -> Value:
    """``metric(y_true, y_pred)``: updates it, and gives what it is then."""
    _update(metric, interp, args, keywords, site)
    return interp.unknown("the value of a metric")


def _update(
    metric: MetricV, interp: Interpreter, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``metric.update_state(y_true, y_pred, sample_weight)``"""
    bound = bind_native(interp, ("y_true", "y_pred", "sample_weight"), args, keywords)
    both = bound.get("y_true"), bound.get("y_pred")
    target, output = (to_tensor_nest(interp, side) for side in both)
    if not isinstance(target, TensorSpec) or not isinstance(output, TensorSpec):
        return None
    symbolic = TensorKind.KERAS in (target.kind, output.kind)
    if target.dims is not None and output.dims is not None and not symbolic:
        measuring.compare(interp, metric.name, target.dims, output.dims, site, "")
    return None


# -- classes of the program that inherit from one ---------------------------------------------

_COMPARES = "what it compares"


def methods_of(name: str) -> Mapping[str, Native]:
    """What a class inherits from the metric of this name; the first argument is the inherited part."""

    def initialise(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        part = args[0]
        assert isinstance(part, Instance)
        interp.heap.touch(part)
        part.attributes[_COMPARES] = _construct(name, interp, args[1:], keywords, site)
        return None

    def update(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        part = args[0]
        metric = part.attributes.get(_COMPARES) if isinstance(part, Instance) else None
        if isinstance(metric, MetricV):
            _update(metric, interp, args[1:], keywords, site)
        return None

    return {"__init__": initialise, "update_state": update}

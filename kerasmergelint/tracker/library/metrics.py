"""``keras.metrics``: objects that compare targets with outputs."""

from __future__ import annotations

from functools import partial

from kerasmergelint.keras_api.metrics import CHANGING, metric_class
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.training import MetricV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value


def find(dotted: str) -> Native | None:
    """What calling a class of ``keras.metrics`` gives."""
    made = metric_class(dotted)
    return None if made is None else partial(_construct, made)


def _construct(name: str, interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    unsure = REST in keywords or any(isinstance(argument, Spread) for argument in args)
    if unsure or CHANGING & set(keywords) or len(args) > 1:
        return interp.unknown("a metric of a part of what it is given")
    return MetricV(name)


def attribute(interp: Interpreter, metric: MetricV, name: str, site: Site) -> Value:
    return interp.unknown(f"the attribute {name} of a metric")

"""Classes of the program that inherit from a library's class whose methods we implement."""

from __future__ import annotations

from collections.abc import Mapping

from kerasmergelint.keras_api.metrics import metric_class
from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.tracker.keras.new_weights import add_to_metric
from kerasmergelint.tracker.library import argument_parser, losses, metrics
from kerasmergelint.tracker.library.native import NativeObject
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import BASE_PART, Instance
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value

_BASES: Mapping[str, Native] = argument_parser.FUNCTIONS


def adopt(interp: Interpreter, instance: Instance) -> None:
    """Give an instance the part that its base class keeps, and the methods that it does not override."""
    for base in instance.cls.mro:
        part = _part(interp, base.dotted) if isinstance(base, External) else None
        if not isinstance(part, Instance):
            continue
        for name, method in part.attributes.items():
            if not name.startswith("__") and find(instance.cls, name) is None:
                instance.attributes[name] = method
        instance.attributes[BASE_PART] = part
        return


def _part(interp: Interpreter, dotted: str) -> Value:
    make = _BASES.get(dotted)
    if make is not None:
        return make(interp, [], {}, Site(interp.frame.module, None))
    compared = metric_class(dotted)
    methods = _OF_KERAS.get(inner_path(dotted) or "")
    if compared is not None:
        methods = {**_WITH_WEIGHTS, **metrics.methods_of(compared)}
    return None if methods is None else NativeObject(interp.heap, dotted, methods)


def _initialise(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return None


def _add_weight(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``add_weight`` of a metric, whose first argument is the object itself."""
    return add_to_metric(interp, args[1:], keywords, site)


_PLAIN: Mapping[str, Native] = {"__init__": _initialise}
_WITH_WEIGHTS = {**_PLAIN, "add_weight": _add_weight, "add_variable": _add_weight}
# By the name within Keras.
_OF_KERAS: Mapping[str, Mapping[str, Native]] = {
    "callbacks.Callback": _PLAIN,
    **dict.fromkeys(("losses.Loss", "Loss"), losses.OF_BASE),
    **dict.fromkeys(("metrics.Metric", "Metric"), _WITH_WEIGHTS),
}

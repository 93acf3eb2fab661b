"""``layer(inputs)`` for layers and models that Keras ships."""

from __future__ import annotations

from kerasmergelint.tracker.keras import functional as functional_models
from kerasmergelint.tracker.keras import layers, naming, positional, traced
from kerasmergelint.tracker.keras import sequential as sequential_models
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, UnknownV, Value


def layer(interp: Interpreter, called: LayerV, args: Args, keywords: Keywords, site: Site) -> Value:
    refused = _refused(interp, called, called.type.name, args, site)
    if refused is not None:
        return refused
    if called.type.name == "Lambda":
        return traced.call_lambda(interp, called, _only_input(args, keywords), site)
    return layers.call_builtin(interp, called, args, keywords, site)


def functional(
    interp: Interpreter, called: ModelV, args: Args, keywords: Keywords, site: Site
) -> Value:
    refused = _refused(interp, called, "Model", args, site)
    if refused is not None:
        return refused
    return functional_models.call(interp, called, _only_input(args, keywords), site)


def sequential(
    interp: Interpreter, called: SequentialV, args: Args, keywords: Keywords, site: Site
) -> Value:
    refused = _refused(interp, called, "Sequential", args, site)
    if refused is not None:
        return refused
    return sequential_models.call(interp, called, _only_input(args, keywords), site)


def _refused(
    interp: Interpreter,
    called: LayerV | ModelV | SequentialV,
    label: str,
    args: Args,
    site: Site,
) -> Value | None:
    """The result of a call whose positional arguments or name Keras refuses; None if it accepts them."""
    layers.charge(interp, args)
    problem = None
    if len(args) != 1 or type(args[0]) is not TensorV:
        problem = positional.refused(interp, called, args, called.version)
    if problem is None and called.named:
        problem = naming.refused_scope(interp, called, args)
    return None if problem is None else interp.broken(problem, site, label, args[0])


def _only_input(args: Args, keywords: Keywords) -> Value:
    missing = UnknownV("the inputs of a call") if REST in keywords else None
    return args[0] if args else keywords.get("inputs", missing)

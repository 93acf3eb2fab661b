"""``layer(inputs)`` for layers and models that Keras ships."""

from __future__ import annotations

from kerasmergelint.tracker.keras import functional as functional_models
from kerasmergelint.tracker.keras import layers, positional, traced
from kerasmergelint.tracker.keras import sequential as sequential_models
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.value import Args, Keywords, Value


def layer(interp: Interpreter, called: LayerV, args: Args, keywords: Keywords, site: Site) -> Value:
    layers.charge(interp, args)
    problem = positional.refused(interp, called, args, called.version)
    if problem is not None:
        return interp.broken(problem, site, called.type.name, args[0])
    if called.type.name == "Lambda":
        return traced.call_lambda(interp, called, _only_input(args, keywords), site)
    return layers.call_builtin(interp, called, args, keywords, site)


def functional(
    interp: Interpreter, called: ModelV, args: Args, keywords: Keywords, site: Site
) -> Value:
    layers.charge(interp, args)
    problem = positional.refused(interp, called, args, called.version)
    if problem is not None:
        return interp.broken(problem, site, "Model", args[0])
    return functional_models.call(interp, called, _only_input(args, keywords), site)


def sequential(
    interp: Interpreter, called: SequentialV, args: Args, keywords: Keywords, site: Site
) -> Value:
    layers.charge(interp, args)
    problem = positional.refused(interp, called, args, called.version)
    if problem is not None:
        return interp.broken(problem, site, "Sequential", args[0])
    return sequential_models.call(interp, called, _only_input(args, keywords), site)


def _only_input(args: Args, keywords: Keywords) -> Value:
    return args[0] if args else keywords.get("inputs")

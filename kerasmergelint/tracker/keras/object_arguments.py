"""Arguments that optimizers, losses, metrics, callbacks and the methods of models do not take."""

from __future__ import annotations

from functools import partial

from kerasmergelint.keras_api import object_signatures, object_values
from kerasmergelint.keras_api.names import inner_path, module_version
from kerasmergelint.keras_api.protocol import Broken, KerasVersion, Problem, ProblemKind
from kerasmergelint.keras_api.signatures import Signature
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.tracker.machine import by_version
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value, named


def of_constructor(
    interp: Interpreter, dotted: str, args: Args, keywords: Keywords
) -> Problem | None:
    """Why a class of this dotted name refuses its arguments; None if it takes them, or may."""
    signature = object_signatures.constructor(dotted)
    if signature is None or module_version(dotted) in V2:
        return None
    problem = _refused(interp, signature, args, keywords)
    return problem or _refused_values(interp, dotted, signature, args, keywords)


def _refused_values(
    interp: Interpreter, dotted: str, signature: Signature, args: Args, keywords: Keywords
) -> Problem | None:
    """Values that Keras 3 refuses, and Keras 2 as well where the program may be for that."""
    if not interp.surely(V3):
        return None
    given = {**dict(zip(signature.names, args)), **named(keywords)}
    plain = {name: _plain(interp, value) for name, value in given.items()}
    reason = partial(object_values.refusal, inner_path(dotted) or "", plain)
    if interp.presumes and reason(KerasVersion.V2) is None:
        return None
    return by_version.refusal(interp, reason)


def _plain(interp: Interpreter, value: Value) -> object:
    """A value, or the tuple of those in a list."""
    value = interp.resolve(value)
    items = tuple(value.items) if isinstance(value, ListV) and not value.open else value
    return tuple(map(interp.resolve, items)) if isinstance(items, tuple) else items


def of_method(interp: Interpreter, name: str, args: Args, keywords: Keywords) -> Problem | None:
    """The same for a method of a model, such as ``fit``."""
    signature = object_signatures.method(name)
    return None if signature is None else _refused(interp, signature, args, keywords)


def _refused(
    interp: Interpreter, signature: Signature, args: Args, keywords: Keywords
) -> Problem | None:
    unsure = REST in keywords or any(isinstance(argument, Spread) for argument in args)
    if unsure or not interp.surely(V3):
        return None
    try:
        signature.bind(args, named(keywords))
    except Broken as broken:
        older = broken.problem.kind is ProblemKind.NOT_IN_KERAS_3
        return None if older and interp.presumes else broken.problem
    return None

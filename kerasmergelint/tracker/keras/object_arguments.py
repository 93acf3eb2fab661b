"""Arguments that optimizers, losses, metrics, callbacks and the methods of models do not take."""

from __future__ import annotations

from kerasmergelint.keras_api import object_signatures
from kerasmergelint.keras_api.names import module_version
from kerasmergelint.keras_api.protocol import Broken, Problem, ProblemKind
from kerasmergelint.keras_api.signatures import Signature
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, named


def of_constructor(
    interp: Interpreter, dotted: str, args: Args, keywords: Keywords
) -> Problem | None:
    """Why a class of this dotted name refuses its arguments; None if it takes them, or may."""
    signature = object_signatures.constructor(dotted)
    if signature is None or module_version(dotted) in V2:
        return None
    return _refused(interp, signature, args, keywords)


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

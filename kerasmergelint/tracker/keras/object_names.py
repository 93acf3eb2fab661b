"""Texts by which Keras is to find an activation, a loss, an optimizer, and finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial

from kerasmergelint.keras_api.causes import UnfoundName
from kerasmergelint.keras_api.object_names import Kind, finds, refusal
from kerasmergelint.keras_api.protocol import Broken, Config, KerasVersion, Problem, ProblemKind
from kerasmergelint.keras_api.versions import Versions
from kerasmergelint.tracker.machine import by_version
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.training import Compiled
from kerasmergelint.tracker.values.value import Args, Keywords, Value

# Every layer is asked for these alone: to go through all that it is configured to would be felt.
_ACTIVATIONS = ("activation", "recurrent_activation")


def may_be_registered(interp: Interpreter, problem: Problem) -> bool:
    """Whether Keras may find the object all the same, since the program registers the name."""
    return isinstance(problem.cause, UnfoundName) and interp.registers_name(problem.cause.name)


def unfound(
    interp: Interpreter, kind: Kind, name: Value, *, at: ProblemKind = ProblemKind.ARGUMENT
) -> Problem | None:
    """Why Keras refuses a text in the place of an object; None if it does not, or may not."""
    if kind is Kind.OPTIMIZER and (name is ... or type(name) in (int, float)):
        shown = "`...`" if name is ... else str(name)
        return Problem(at, "ValueError", f"takes an optimizer, got {shown}")
    if type(name) is not str:
        return None
    problem = by_version.refusal(interp, partial(_refusal, kind, name, at))
    return None if problem is None or may_be_registered(interp, problem) else problem


def check_activations(interp: Interpreter, config: Config) -> None:
    """Leave the path at a strange activation, unless the program may register it.

    It is no finding: another program, which uses this one, may.
    """
    for argument in _ACTIVATIONS:
        name = config.get(argument)
        if type(name) is not str:
            continue
        known = _is_activation(name, interp.versions)
        if not (known or interp.catches("ValueError") or interp.registers_name(name)):
            raise interp.raised("ValueError", f"Keras has no activation {name!r}")


@lru_cache(maxsize=512)
def _is_activation(name: str, versions: Versions) -> bool:
    """Whether one of the versions finds an activation of this name."""
    return any(finds(Kind.ACTIVATION, name, version) for version in versions)


def in_training(interp: Interpreter, compiled: Compiled) -> Problem | None:
    """The first loss or metric that Keras does not find when the model sees its first batch."""
    given = (
        (Kind.LOSS, compiled.loss),
        (Kind.METRIC, compiled.metrics),
        (Kind.METRIC, compiled.weighted_metrics),
    )
    found = (
        unfound(interp, kind, text, at=ProblemKind.TARGETS)
        for kind, nest in given
        for text in _texts(interp, nest)
    )
    return next(filter(None, found), None)


def _refusal(kind: Kind, name: str, at: ProblemKind, version: KerasVersion) -> Broken | None:
    return refusal(kind, name, version, at=at)


def _texts(interp: Interpreter, given: Value) -> Iterator[Value]:
    """The texts in a nest of lists and dicts, as far as it is known."""
    given = interp.resolve(given)
    if isinstance(given, DictV):
        given = [] if given.open else list(given.items.values())
    elif isinstance(given, ListV):
        given = [] if given.open else given.items
    if isinstance(given, (list, tuple)):
        for item in given:
            yield from _texts(interp, item)
    elif type(given) is str:
        yield given


GETTERS = {f"{kind.value}.get": kind for kind in Kind}


def getter(path: str, found: Native | None) -> Native:
    """``losses.get(name)`` and its like: the text is looked up before anything is made of it."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        bound = bind_native(interp, ("identifier",), args, keywords)
        problem = unfound(interp, GETTERS[path], interp.resolve(bound.get("identifier")))
        if problem is not None:
            return interp.broken(problem, site, path, None)
        if found is None:
            return interp.unknown(f"what {path} gives")
        return found(interp, args, keywords, site)

    return native

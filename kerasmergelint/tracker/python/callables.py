"""``callee(...)``: what each kind of value does when it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python import instances, own_exceptions, replacing
from kerasmergelint.tracker.python.calls import call_function, call_unknown
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassV,
    FunctionV,
    Instance,
    NativeV,
    PartialV,
)
from kerasmergelint.tracker.values.value import Args, Keywords, UnknownV, Value


def _method(
    interp: Interpreter, callee: BoundMethod, args: Args, keywords: Keywords, site: Site
) -> Value:
    return interp.call(callee.function, [callee.receiver, *args], keywords, site)


def _native(
    interp: Interpreter, callee: NativeV, args: Args, keywords: Keywords, site: Site
) -> Value:
    return callee.function(interp, args, keywords, site)


def _partial(
    interp: Interpreter, callee: PartialV, args: Args, keywords: Keywords, site: Site
) -> Value:
    merged = {**callee.keywords, **keywords}
    return interp.call(callee.function, [*callee.args, *args], merged, site)


def _unknown(
    interp: Interpreter, callee: UnknownV, args: Args, keywords: Keywords, site: Site
) -> Value:
    if replacing.replaces(callee.term):
        replacing.replace_one(interp, args, keywords, site)
    return call_unknown(interp, callee, args, keywords)


def _not_callable(
    interp: Interpreter, callee: Value, args: Args, keywords: Keywords, site: Site
) -> Value:
    raise own_exceptions.not_callable(interp, callee, site)


def _other(interp: Interpreter, callee: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    return call_unknown(interp, interp.unknown("not a callable that is known"), args, keywords)


CALL: Mapping[type, Callable[[Interpreter, Own, Args, Keywords, Site], Value]] = {
    FunctionV: call_function,
    BoundMethod: _method,
    NativeV: _native,
    ClassV: instances.instantiate,
    Instance: instances.call_instance,
    PartialV: _partial,
    UnknownV: _unknown,
    **dict.fromkeys((type(None), int, float, str, tuple, ListV, DictV, TensorV), _not_callable),
    object: _other,
}

"""``callee(...)``: what each kind of value does when it is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kerasmergelint.tracker.keras import layers
from kerasmergelint.tracker.python import classes
from kerasmergelint.tracker.python.calls import Args, Keywords, call_function, call_unknown
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LAYERS
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassV,
    FunctionV,
    Instance,
    NativeV,
    PartialV,
)
from kerasmergelint.tracker.values.value import External, UnknownV, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter


def call(interp: Interpreter, callee: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    """The result of ``callee(*args, **keywords)``."""
    handler = _HANDLERS.get(type(callee))
    if handler is not None:
        return handler(interp, callee, args, keywords, site)
    if callee is None or isinstance(callee, (int, float, str, tuple, ListV, DictV, TensorV)):
        raise interp.raised("TypeError", "not callable")
    return call_unknown(interp, interp.unknown("not a callable that is known"), args, keywords)


def _method(
    interp: Interpreter, callee: BoundMethod, args: Args, keywords: Keywords, site: Site
) -> Value:
    return call(interp, callee.function, [callee.receiver, *args], keywords, site)


def _native(
    interp: Interpreter, callee: NativeV, args: Args, keywords: Keywords, site: Site
) -> Value:
    return callee.function(interp, args, keywords, site)


def _partial(
    interp: Interpreter, callee: PartialV, args: Args, keywords: Keywords, site: Site
) -> Value:
    merged = {**callee.keywords, **keywords}
    return call(interp, callee.function, [*callee.args, *args], merged, site)


def _external(
    interp: Interpreter, callee: External, args: Args, keywords: Keywords, site: Site
) -> Value:
    return interp.modules.library.call(interp, callee, args, keywords, site)


def _unknown(
    interp: Interpreter, callee: UnknownV, args: Args, keywords: Keywords, site: Site
) -> Value:
    return call_unknown(interp, callee, args, keywords)


# None of these classes has subclasses.
_HANDLERS: dict[type, Callable[[Interpreter, Any, Args, Keywords, Site], Value]] = {
    FunctionV: call_function,
    BoundMethod: _method,
    NativeV: _native,
    ClassV: classes.instantiate,
    Instance: classes.call_instance,
    PartialV: _partial,
    External: _external,
    UnknownV: _unknown,
    **dict.fromkeys(LAYERS, layers.call_layer),
}

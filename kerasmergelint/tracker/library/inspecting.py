"""``inspect``: the parameters of a function, by which a program picks settings for it.

They are known of functions of the program's own, and of the ``call`` of Keras's layers.
"""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import BoundMethod, ClassV, FunctionV, Instance, NativeV
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value

_EMPTY = External("inspect.Parameter.empty")


def _parameters(interp: Interpreter, function: Value) -> dict[str, Value] | None:
    """What a caller gives, with the defaults; None for a function that is not known."""
    if isinstance(function, NativeV) and function.parameters:
        return dict.fromkeys(function.parameters, interp.unknown("a default of Keras's"))
    if isinstance(function, ClassV):
        own = find(function, "__init__")
        function = BoundMethod(function, own[1]) if own is not None else None
    if isinstance(function, BoundMethod) and isinstance(function.function, FunctionV):
        inner = function.function
        return _with_defaults(inner, inner.code.parameters[1:])
    if isinstance(function, FunctionV) and "__wrapped__" not in function.attributes:
        return _with_defaults(function, function.code.parameters)
    return None


def _with_defaults(function: FunctionV, parameters: tuple[ir.Parameter, ...]) -> dict[str, Value]:
    return {one.name: function.defaults.get(one.name, _EMPTY) for one in parameters}


def _signature(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``inspect.signature(function)``: its parameters by their names."""
    found = _parameters(interp, args[0]) if len(args) == 1 else None
    if found is None:
        return interp.unknown("the signature of a function that is not known")
    made: dict[str, Value] = {
        name: _object(
            interp,
            "Parameter",
            name=name,
            default=default,
            kind=interp.unknown("the kind of a parameter"),
            annotation=interp.unknown("an annotation"),
        )
        for name, default in found.items()
    }
    return _object(interp, "Signature", parameters=DictV(interp.heap, made))


def _names(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``inspect.getfullargspec(function).args``, with ``self``."""
    function = args[0] if len(args) == 1 else None
    own = find(function, "__init__") if isinstance(function, ClassV) else None
    inner = function if own is None else own[1]
    inner = inner.function if isinstance(inner, BoundMethod) else inner
    if isinstance(inner, NativeV) and inner.parameters:
        return _object(interp, "FullArgSpec", args=ListV(interp.heap, ["self", *inner.parameters]))
    if not isinstance(inner, FunctionV):
        return interp.unknown("the parameters of a function that is not known")
    names: list[Value] = [one.name for one in inner.code.parameters if one.kind in ir.BY_PLACE]
    return _object(interp, "FullArgSpec", args=ListV(interp.heap, names))


def _object(interp: Interpreter, cls: str, /, **attributes: Value) -> Instance:
    made = Instance(interp.heap, ClassV(interp.heap, cls, (), {}, None, None))
    made.attributes.update(attributes)
    return made


FUNCTIONS: dict[str, Native] = {
    "inspect.signature": _signature,
    "inspect.getfullargspec": _names,
    "inspect.getargspec": _names,
}

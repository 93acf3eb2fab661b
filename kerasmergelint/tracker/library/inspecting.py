"""``inspect``: the parameters of a function of the program's own, by which settings are picked for it."""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import BoundMethod, ClassV, FunctionV, Instance
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value

_EMPTY = External("inspect.Parameter.empty")


def _parameters(function: Value) -> tuple[dict[str, Value], tuple[ir.Parameter, ...]] | None:
    """The defaults and the parameters that a caller gives; None if the function is not known."""
    if isinstance(function, ClassV):
        own = find(function, "__init__")
        function = BoundMethod(function, own[1]) if own is not None else None
    if isinstance(function, BoundMethod) and isinstance(function.function, FunctionV):
        inner = function.function
        return inner.defaults, inner.code.parameters[1:]
    if isinstance(function, FunctionV) and "__wrapped__" not in function.attributes:
        return function.defaults, function.code.parameters
    return None


def _signature(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``inspect.signature(function)``: its parameters by their names."""
    found = _parameters(args[0]) if len(args) == 1 else None
    if found is None:
        return interp.unknown("the signature of a function that is not known")
    defaults, parameters = found
    made: dict[str, Value] = {
        parameter.name: _object(
            interp,
            "Parameter",
            name=parameter.name,
            default=defaults.get(parameter.name, _EMPTY),
            kind=interp.unknown("the kind of a parameter"),
            annotation=interp.unknown("an annotation"),
        )
        for parameter in parameters
    }
    return _object(interp, "Signature", parameters=DictV(interp.heap, made))


def _names(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``inspect.getfullargspec(function).args``, with ``self``."""
    function = args[0] if len(args) == 1 else None
    own = find(function, "__init__") if isinstance(function, ClassV) else None
    inner = function if own is None else own[1]
    inner = inner.function if isinstance(inner, BoundMethod) else inner
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

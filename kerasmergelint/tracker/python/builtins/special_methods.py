"""The special methods of builtin values, called by name."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from collections.abc import Callable

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import arithmetic, conditions
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.value import Args, External, Value

Method = Callable[[Interpreter, Value, Args, Site], Value]

# Methods that are operators; the others are functions of the same name.
_OPERATORS = {"__add__": "+", "__mul__": "*", "__or__": "|", "__and__": "&", "__sub__": "-"}
_COMPARISONS = {"__eq__": "==", "__ne__": "!=", "__lt__": "<", "__gt__": ">"}
_FUNCTIONS = {"__len__": "len", "__iter__": "iter", "__str__": "str", "__repr__": "repr"}

METHODS: dict[str, Method] = {
    "__getitem__": lambda interp, value, args, site: interp.item(value, args[0], site),
    "__setitem__": lambda interp, value, args, site: interp.set_item(value, args[0], args[1], site),
    "__contains__": lambda interp, value, args, site: conditions.compare(
        interp, "in", args[0], value, site
    ),
}


def _of(name: str) -> Method:
    def native(interp: Interpreter, value: Value, args: Args, site: Site) -> Value:
        if name in _OPERATORS:
            return arithmetic.binary(interp, _OPERATORS[name], value, args[0], site)
        if name in _COMPARISONS:
            return conditions.compare(interp, _COMPARISONS[name], value, args[0], site)
        return interp.call(External(_FUNCTIONS[name]), [value], {}, site)

    return native


METHODS.update({name: _of(name) for name in (*_OPERATORS, *_COMPARISONS, *_FUNCTIONS)})
_TYPES: dict[type, tuple[type, ...]] = {
    ListV: (list, deque),
    DictV: (OrderedDict, Counter),
    SetV: (set,),
}


def method(value: Value, name: str) -> NativeV | None:
    """A method without a rule of its own, if Python has one of that name."""
    known = METHODS.get(name)
    if known is not None and (type(value) in _TYPES or hasattr(value, name)):
        return NativeV(name, lambda interp, args, keywords, site: known(interp, value, args, site))
    types = _TYPES.get(type(value), ())
    if any(callable(getattr(kind, name, None)) for kind in types):
        return NativeV(name, lambda interp, *_: _may_change(interp, value, name))
    return None


def _may_change(interp: Interpreter, value: Value, name: str) -> Value:
    """A method that may do anything to its object."""
    interp.forget(value, f"{name} is not modelled")
    return interp.unknown(f"the result of {name}")

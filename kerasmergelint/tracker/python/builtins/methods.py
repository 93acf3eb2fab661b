"""The methods of builtin types, as attributes of their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kerasmergelint.keras_api.named_results import NAMED_RESULTS
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter, Method
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python import sets
from kerasmergelint.tracker.python.attributes import of_other
from kerasmergelint.tracker.python.builtins import (
    constants,
    containers,
    iterating,
    special_methods,
    strings,
)
from kerasmergelint.tracker.values.containers import (
    DictV,
    GeneratorV,
    IteratorV,
    ListV,
    SetV,
    ViewV,
)
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import MUTABLE, NativeV
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value

Reader = Callable[[Interpreter, Own, str, Site], Value]


def methods(table: Mapping[str, Method]) -> Reader:
    """A reader of attributes for a type with these methods; any other is unknown.

    Neither a method's result nor the value itself may exceed the limits.
    """

    def read(interp: Interpreter, value: Value, name: str, site: Site) -> Value:
        method = table.get(name)
        if name == "value" and isinstance(value, (int, str)):
            return value  # a member of an enum of numbers or strings
        if method is None:
            return _other(interp, value, name, site)

        def call(again: Interpreter, args: Args, keywords: Keywords, where: Site) -> Value:
            result = limits.bounded(again, method(again, value, args, keywords, where))
            limits.trim(value)
            return result

        return NativeV(name, call)

    return read


def _other(interp: Interpreter, value: Value, name: str, site: Site) -> Value:
    """An attribute that is in no table."""
    if name == "__class__":
        return interp.call(External("type"), [value], {}, site)
    found = constants.attribute(value, name)
    if found is None:
        found = special_methods.method(value, name)
    if found is None and isinstance(value, tuple):
        found = _named_part(value, name)
    return _not_modelled(interp, value, name, site) if found is None else found


def _named_part(parts: tuple[Value, ...], name: str) -> Value:
    """``tf.math.top_k(x, 3).values``: some functions of TensorFlow give tuples whose items have names."""
    first = parts[0] if parts else None
    if not isinstance(first, TensorV) or first.node is None:
        return None
    names = NAMED_RESULTS.get(str(first.node.key), ())
    return parts[names.index(name)] if name in names and len(parts) == len(names) else None


def _not_modelled(interp: Interpreter, value: Value, name: str, site: Site) -> Value:
    """An unknown method may change its object."""
    if not isinstance(value, MUTABLE):
        return of_other(interp, value, name, site)

    def call(again: Interpreter, args: Args, keywords: Keywords, where: Site) -> Value:
        for thing in (value, *args, *keywords.values()):
            again.forget(thing, f"its method {name} was called")
        return again.unknown(f"the method {name} of a {type(value).__name__}")

    return NativeV(name, call)


READ: Mapping[type, Reader] = {
    str: methods(strings.METHODS),
    **dict.fromkeys((bool, bytes, complex, range, slice), methods({})),
    ListV: methods(containers.LIST_METHODS),
    DictV: methods(containers.DICT_METHODS),
    SetV: methods(sets.METHODS),
    **dict.fromkeys((frozenset, ViewV), methods(sets.FROZEN_METHODS)),
    tuple: methods(containers.TUPLE_METHODS),
    **dict.fromkeys((IteratorV, GeneratorV), methods(iterating.ITERATOR_METHODS)),
}

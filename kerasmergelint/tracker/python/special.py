"""Special methods: how objects of the program's own classes take part in the language."""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import BoundMethod, Instance
from kerasmergelint.tracker.values.value import Args, External, Value

NOT_IMPLEMENTED = External("NotImplemented")


def method(value: Value, name: str) -> BoundMethod | None:
    """The special method of an object, which stands in its class."""
    if not isinstance(value, Instance):
        return None
    found = find(value.cls, name)
    return None if found is None else BoundMethod(value, found[1])


_METHODS = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow",
    "@": "matmul", "|": "or", "&": "and", "<<": "lshift", ">>": "rshift", "^": "xor",
}  # fmt: skip


def in_place(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """``left operator= right`` by the method for that; NotImplemented if there is none."""
    return call(interp, left, f"__i{_METHODS[operator]}__", [right], site)


def call(interp: Interpreter, value: Value, name: str, args: Args, site: Site) -> Value:
    """What a special method gives; NotImplemented if there is none."""
    bound = method(value, name)
    return NOT_IMPLEMENTED if bound is None else interp.call(bound, args, {}, site)

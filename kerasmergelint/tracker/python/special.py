"""Special methods of the program's own classes."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.exceptions import ExceptionV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassV,
    FunctionV,
    Instance,
    is_all_own,
)
from kerasmergelint.tracker.values.value import Args, External, Value

NOT_IMPLEMENTED = External("NotImplemented")
_BUILTIN = (
    bool, int, float, complex, str, bytes, tuple, type(None), range, ListV, DictV, SetV,
)  # fmt: skip

_COLLECTIONS = ("list", "dict", "set", "tuple", "str", "collections.OrderedDict")

_METHODS = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow",
    "@": "matmul", "|": "or", "&": "and", "<<": "lshift", ">>": "rshift", "^": "xor",
}  # fmt: skip
_COMPARISONS = {
    "==": ("__eq__", "__eq__"), "!=": ("__ne__", "__ne__"), "<": ("__lt__", "__gt__"),
    ">": ("__gt__", "__lt__"), "<=": ("__le__", "__ge__"), ">=": ("__ge__", "__le__"),
}  # fmt: skip
_UNARY = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}


def method(value: Value, name: str) -> BoundMethod | None:
    """The special method of an object, looked up in its class."""
    if not isinstance(value, Instance):
        return None
    found = find(value.cls, name)
    return None if found is None else BoundMethod(value, found[1])


def call(interp: Interpreter, value: Value, name: str, args: Args, site: Site) -> Value:
    """Call a special method; NotImplemented if there is none."""
    bound = method(value, name)
    return NOT_IMPLEMENTED if bound is None else interp.call(bound, args, {}, site)


# -- operators ------------------------------------------------------------------------------


def binary(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """``left operator right``, where one of them is an object."""
    name = _METHODS[operator]
    result = _first(interp, f"__{name}__", f"__r{name}__", left, right, site)
    if result != NOT_IMPLEMENTED:
        return result
    if _is_known(left) and _is_known(right):
        raise interp.raised("TypeError", f"unsupported operands for {operator}")
    return interp.unknown("an operator on objects")


def in_place(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """``left operator= right`` by its own method; NotImplemented if there is none."""
    return call(interp, left, f"__i{_METHODS[operator]}__", [right], site)


def unary(interp: Interpreter, operator: str, operand: Instance, site: Site) -> Value:
    result = call(interp, operand, _UNARY[operator], [], site)
    if result == NOT_IMPLEMENTED:
        return interp.unknown("an operator on an object")
    return result


def _first(
    interp: Interpreter, name: str, reflected: str, left: Value, right: Value, site: Site
) -> Value:
    """The first of two methods that does not give NotImplemented."""
    for receiver, which, other in _attempts(name, reflected, left, right):
        result = call(interp, receiver, which, [other], site)
        if result != NOT_IMPLEMENTED:
            return result
    return NOT_IMPLEMENTED


def _attempts(
    name: str, reflected: str, left: Value, right: Value
) -> Iterator[tuple[Value, str, Value]]:
    """The left operand goes first, unless the right one's class derives from the left one's."""
    derived = (
        isinstance(left, Instance)
        and isinstance(right, Instance)
        and left.cls is not right.cls
        and any(entry is left.cls for entry in right.cls.mro)
    )
    if derived:
        yield right, reflected, left
        yield left, name, right
    else:
        yield left, name, right
        yield right, reflected, left


def _is_known(value: Value) -> bool:
    """Whether all methods of a value are known."""
    return isinstance(value, _BUILTIN) or _is_plain(value)


def _is_plain(value: Value) -> bool:
    """Whether it is an instance of a class that is all its own code."""
    return isinstance(value, Instance) and value.cls.kind == "class" and is_all_own(value.cls)


def _is_member(value: Value) -> bool:
    """Whether it is a member of an enum that mixes nothing else in."""
    return (
        isinstance(value, Instance)
        and value.cls.kind == "enum"
        and all(
            isinstance(base, ClassV) or (isinstance(base, External) and base.dotted in _OF_MEMBERS)
            for base in value.cls.mro
        )
    )


_OF_MEMBERS = frozenset({"enum.Enum", "enum.Flag", "object"})


# -- comparison and truth -------------------------------------------------------------------


def compare(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """``left operator right`` for ``==`` and the orders; None if it is not known."""
    result = _first(interp, *_COMPARISONS[operator], left, right, site)
    if result != NOT_IMPLEMENTED:
        return result
    if operator == "!=":
        same = compare(interp, "==", left, right, site)
        known = None if same is None else interp.truth(same)
        return None if known is None else not known
    if operator == "==":
        return _same(left, right)
    if _is_known(left) and _is_known(right):
        raise interp.raised("TypeError", f"unsupported operands for {operator}")
    return None


def _same(left: Value, right: Value) -> bool | None:
    """Equality without ``__eq__``: plain objects equal only themselves."""
    if left is right:
        return True
    known = all(
        isinstance(value, (*_BUILTIN, FunctionV, ExceptionV))
        or _is_plain(value)
        or _is_member(value)
        for value in (left, right)
    )
    return False if known else None


def equal(interp: Interpreter, left: Value, right: Value) -> bool | None:
    """``bool(left == right)``."""
    site = Site(interp.frame.module, None)
    result = compare(interp, "==", left, right, site)
    return None if result is None else interp.truth(result)


def truth(interp: Interpreter, value: Instance) -> bool | None:
    """Truth by ``__bool__`` or ``__len__``; other objects are true."""
    site = Site(interp.frame.module, None)
    for name in ("__bool__", "__len__"):
        bound = method(value, name)
        if bound is not None:
            return interp.truth(interp.call(bound, [], {}, site))
    if value.layer is None and (value.cls.unknown_base or _is_container(value)):
        return None
    return True


def _is_container(value: Instance) -> bool:
    """Whether its class derives from a collection of Python's."""
    return any(isinstance(base, External) and base.dotted in _COLLECTIONS for base in value.cls.mro)


def as_mapping(interp: Interpreter, value: Value, site: Site) -> DictV | None:
    """The dict that ``{**value}`` makes of an object with ``keys`` and items."""
    if method(value, "keys") is None or method(value, "__getitem__") is None:
        return None
    keys = interp.iterate(call(interp, value, "keys", [], site), site)
    if keys is None:
        return None
    made = DictV(interp.heap, {})
    for key in keys:
        interp.set_item(made, key, interp.item(value, key, site), site)
    return made
